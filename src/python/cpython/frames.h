/* Which functions a thread is in, and where in them. Python's own functions make objects to say so,
 * which a thread without the GIL must not; its structures are read instead. A thread's frames
 * change only while it has the GIL: they can be read by itself, and by whoever has the GIL. */
#ifndef GS_PYTHON_CPYTHON_FRAMES_H
#define GS_PYTHON_CPYTHON_FRAMES_H

#include "python/cpython/cpython.h"

#include <stddef.h>

/* A function that runs. */
struct gs_frame {
    gs_py *python;
    gs_py *code;
    int offset; /* of the instruction, in bytes */
};

/* The innermost; then the one that called it. False: there is none. thread may be NULL. */
bool gs_frames_first(gs_py *thread, struct gs_frame *frame);
bool gs_frames_next(struct gs_frame *frame);
/* Whether there is an innermost one, and no more. */
bool gs_frames_any(gs_py *thread);

/* The one that Python keeps there, of a coroutine, say. */
bool gs_frames_at(gs_py *python, struct gs_frame *frame);

/* File, function and the name of its first variable, which is a parameter where it has any; cut at
 * size. */
void gs_frame_file(const struct gs_frame *frame, char *text, size_t size);
void gs_frame_function(const struct gs_frame *frame, char *text, size_t size);
void gs_frame_parameter(const struct gs_frame *frame, char *text, size_t size);
/* Whether its function is called that, in ASCII. */
bool gs_frame_is_in(const struct gs_frame *frame, const char *function);
uint32_t gs_frame_line(const struct gs_frame *frame);

/* What of its line it computes, in bytes from the line's beginning. */
struct gs_columns {
    int from, to; /* behind it; INT_MAX: it goes on in other lines; 0: not known, as before 3.11 */
};
struct gs_columns gs_frame_columns(const struct gs_frame *frame);

/* Its first argument: a method's object; and any, from 0. NULL: there is none. */
gs_py *gs_frame_self(const struct gs_frame *frame);
gs_py *gs_frame_argument(const struct gs_frame *frame, size_t i);
/* "Condition", or with its module, "_asyncio.Future"; what it is derived from, NULL: nothing. */
gs_py *gs_object_type(gs_py *object);
const char *gs_type_name(gs_py *type);
gs_py *gs_type_base(gs_py *type);

/* A file's name is one object for all its code. What is remembered of it is good as long as the
 * object looks the same: another one may lie there later. */
struct gs_text_object {
    const void *address;
    size_t length;
    char tail[16];
};
struct gs_text_object gs_frame_file_object(const struct gs_frame *frame);

static inline bool gs_text_object_same(const struct gs_text_object *a,
                                       const struct gs_text_object *b)
{
    return a->address == b->address && a->length == b->length &&
           __builtin_memcmp(a->tail, b->tail, sizeof a->tail) == 0;
}

#endif
