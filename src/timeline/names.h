/* Names as people read them, safe to print: what a scene called a thread may hold escape sequences,
 * or be empty, or be missing because the stage was killed. */
#ifndef GS_TIMELINE_NAMES_H
#define GS_TIMELINE_NAMES_H

#include "trace/event.h"
#include "trace/tables.h"

#include <stddef.h>

struct gs_timeline;

/* Room for a name in a sentence; longer ones are cut. */
enum { GS_NAME_SIZE = 96 };

/* "Thread-1 (work)", "Task-1 (main)"; without a name of its own "thread 7" by its id. The second of
 * a name is "worker #2": who reads of several must know of which; and of another process than the
 * run's first "MainThread of worker-1". Returns buffer. */
const char *gs_name_actor(char *buffer, size_t size, const struct gs_timeline *timeline,
                          uint32_t actor);
/* Whether it is in that one, so that its name says nothing of a process. */
bool gs_name_is_of_first_process(const struct gs_timeline *timeline, uint32_t actor);

/* The same where it can be seen which process is spoken of. */
const char *gs_name_inside(char *buffer, size_t size, const struct gs_timeline *timeline,
                           uint32_t actor);

/* Room for whom a note is about. */
enum { GS_NOTED_SIZE = GS_NAME_SIZE + 2 };

/* Before a note's text whom it is about, "Task-3 (job): "; "" where the actor itself says it, and
 * of other events. Returns buffer. */
const char *gs_name_noted(char *buffer, size_t size, const struct gs_timeline *timeline,
                          const struct gs_event *event);

/* "Lock 1"; "a lock" without a name. A thread's end goes by the name of the thread. */
const char *gs_name_object(char *buffer, size_t size, const struct gs_timeline *timeline,
                           uint32_t object);

/* How much of a name is left when it is to be short: without what stands behind it in parentheses,
 * as in "Thread-12 (work)", if a number comes before that. digits gets where the number begins that
 * tells it from its like; the length if there is none. */
size_t gs_name_short(const char *name, size_t *digits);

/* What stands for a text that somebody said and that did not fit into the trace any more. */
#define GS_NAME_NO_ROOM "(text that the trace had no room for)"

/* A string of the trace: the text of a note, a label … */
const char *gs_name_string(char *buffer, size_t size, const struct gs_tables *tables,
                           uint64_t string);

#endif
