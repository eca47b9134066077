/* Which line of the program a thread is on. Python's own functions make objects to say so, which a
 * thread without the GIL must not; its structures are read instead. A thread's frames change only
 * while it has the GIL: they can be read by itself, and by whoever has the GIL. */
#ifndef GS_PYTHON_CPYTHON_FRAMES_H
#define GS_PYTHON_CPYTHON_FRAMES_H

#include "python/cpython/cpython.h"

/* A function that runs. */
struct gs_frame {
    gs_py *python;
    gs_py *code;
    int offset; /* of the instruction, in bytes */
};

/* The innermost; then the one that called it. False: there is none. */
bool gs_frames_first(gs_py *thread, struct gs_frame *frame);
bool gs_frames_next(struct gs_frame *frame);

/* File and function; cut at size. */
void gs_frame_file(const struct gs_frame *frame, char *text, size_t size);
void gs_frame_function(const struct gs_frame *frame, char *text, size_t size);
/* Its first argument: a method's object. NULL: there is none. */
gs_py *gs_frame_self(const struct gs_frame *frame);
/* "Condition", or with its module, "_asyncio.Future"; what it is derived from, NULL: nothing. */
gs_py *gs_object_type(gs_py *object);
const char *gs_type_name(gs_py *type);
gs_py *gs_type_base(gs_py *type);

/* The user's own code is what is neither the standard library's nor a package's. */
bool gs_frame_is_own(const struct gs_frame *frame);
uint32_t gs_frame_line(const struct gs_frame *frame);

/* The file whose lines are shown: the program's. NULL: the first of the user's own that is met. */
void gs_frames_show(const char *file);
const char *gs_frames_shown(void); /* "": none yet */

/* The line of the innermost frame in that file; 0 if there is none. A line of another one would be
 * looked for in it. False: no Python runs in the thread, it begins or ends. thread may be NULL. */
bool gs_frames_line(gs_py *thread, uint32_t *line);

#endif
