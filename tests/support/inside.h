/* What runs inside a Python's process, src/python/{cpython,drive,preload}, without one: for tests
 * of its parts. Nothing stands in front of the C library here. */
#ifndef GS_TESTS_SUPPORT_INSIDE_H
#define GS_TESTS_SUPPORT_INSIDE_H

#include "trace/event.h"
#include "trace/segment.h"

/* A watched run on the real clock begins: the calling thread is MainThread, outside of Python, and
 * what it tells goes into gs_watch.segment, or if that is NULL into one of its own. */
void inside_open(void);
void inside_close(void);

const struct gs_tables *inside_tables(void);

/* What has been told since: the next event of this kind; NULL: there is none. Good until the next
 * call. */
const struct gs_event *inside_next(enum gs_event_kind kind);

/* Runs play as the main thread of a driven program, in a process of its own, with what the virtual
 * clock puts in front of the C library. Whether it came to its end and said true. */
struct gs_front;
bool inside_driven(bool (*play)(const struct gs_front *front), uint64_t seed);

#endif
