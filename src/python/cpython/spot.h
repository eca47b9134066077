/* Where a thread is, in the user's terms: the innermost line of the user's own code, and what of
 * the library that line calls. The user's own is what is neither the standard library's nor a
 * package's. May be asked by whom frames.h says. */
#ifndef GS_PYTHON_CPYTHON_SPOT_H
#define GS_PYTHON_CPYTHON_SPOT_H

#include "python/cpython/frames.h"

enum gs_whose {
    GS_WHOSE_MACHINERY, /* what imports and starts programs, and our own half: never told */
    GS_WHOSE_FROZEN,    /* the library's, without a file to show */
    GS_WHOSE_LIBRARY,
    GS_WHOSE_GENERATED, /* made at run time: <string> */
    GS_WHOSE_OWN
};

/* By a file's name, whose code it is. Reads memory only. */
enum gs_whose gs_spot_whose(const char *file);

/* Frames without code: there is none. */
struct gs_spot {
    struct gs_frame line; /* whose line it is; where all is library, the innermost of that */
    struct gs_frame call; /* the library's function that it calls */
};

/* False: no Python runs in the thread, it begins or ends. thread may be NULL. */
bool gs_spot_find(gs_py *thread, struct gs_spot *spot);

/* "Queue.get", by the type of the method's object; "asyncio.run"; "" where there is nothing to
 * call it by. */
void gs_spot_call(const struct gs_frame *call, char *text, size_t size);

/* The same of a function of that name in that file; type: of the method's object, "": it is none.
 */
void gs_spot_call_name(const char *function, const char *file, const char *type, char *text,
                       size_t size);

/* Whether it has been seen that a file of the library's is the program, which is the user's own
 * from then on. */
bool gs_spot_program_known(void);

enum gs_whose gs_frame_whose(const struct gs_frame *frame);
bool gs_frame_is_own(const struct gs_frame *frame);

/* Whether it is of what imports and starts programs. */
bool gs_frame_is_machinery(const struct gs_frame *frame);

#endif
