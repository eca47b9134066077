/* Where the program makes a lock, a queue, an event: the line, and the name that it is assigned to
 * there. */
#ifndef GS_PYTHON_WATCH_SITES_H
#define GS_PYTHON_WATCH_SITES_H

#include "python/cpython/frames.h"

struct gs_site {
    uint32_t name; /* string; 0: the line says none */
    uint32_t line;
};

/* That the frame, of the program's own code, is at. The same place is met again and again. */
struct gs_site gs_site_of(const struct gs_frame *frame);

/* What a queue is called that the thread's own line makes: the line's name for it behind the text,
 * "tasks of pool". A string. May be asked by whom frames.h says. */
uint32_t gs_site_called(gs_py *thread, const char *text);

#endif
