/* Where a thread is, looked at in the middle of anything it does: by a signal's handler, which
 * comes between any two instructions of the interpreter's own, while a frame is made, say. So
 * nothing is remembered, locked, kept or allocated, and what is to be read is asked of the kernel
 * first: what is no memory any more is no answer, and no fault. */
#ifndef GS_PYTHON_CPYTHON_GLANCE_H
#define GS_PYTHON_CPYTHON_GLANCE_H

#include "python/cpython/cpython.h"

#include <stddef.h>

enum { GS_GLANCE_PATH = 1024, GS_GLANCE_NAME = 64, GS_GLANCE_TAIL = 128 };

/* The texts that spot.h's names are made of, since the frames are gone when those are told. */
struct gs_glance {
    uint32_t line;
    char file[GS_GLANCE_PATH], function[GS_GLANCE_NAME];
    const void
        *call; /* the code of the library's function that the line calls; NULL: it calls none */
    char call_function[GS_GLANCE_NAME], call_file[GS_GLANCE_TAIL], call_type[GS_GLANCE_NAME];
};

/* Where the thread is inside the frame `base`, which is not looked at: the innermost line of the
 * user's own code, or else of what was made at run time, or else of the library. The caller has the
 * GIL. doubtful: the thread was interrupted. False: it is nowhere there, or cannot be read. */
bool gs_glance(gs_py *thread, const void *base, bool doubtful, struct gs_glance *glance);

/* The frame that the thread is in. The caller is in the middle of nothing. */
const void *gs_glance_base(gs_py *thread);

#endif
