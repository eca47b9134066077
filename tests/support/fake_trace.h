/* Traces made by hand, for tests of everything that reads one: a segment for the names, a timeline
 * that the events go into, and every event kept, so that a test can feed another reader too.
 *
 *     struct fake_trace *f = fake_open();
 *     uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
 *     uint32_t t1 = fake_thread(f, gil, "Thread 1");
 *     fake_born(f, t1, 0, 0);
 *     fake_take(f, t1, FAKE_MS(1), gil, 12);
 *     fake_state(f, t1, FAKE_MS(1), GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
 *
 * Times are in ns. Nothing is checked: a test may build traces that break every rule. */
#ifndef GS_TEST_FAKE_TRACE_H
#define GS_TEST_FAKE_TRACE_H

#include "base/vec.h"
#include "timeline/timeline.h"
#include "trace/segment.h"

#define FAKE_US(n) ((uint64_t)((n)*1000.0))
#define FAKE_MS(n) ((uint64_t)((n)*1000000.0))

struct fake_trace {
    struct gs_segment *segment;
    const struct gs_tables *tables;
    struct gs_timeline *timeline;
    GS_VEC(struct gs_event) events; /* in the order of the calls */
};

struct fake_trace *fake_open(void);
void fake_close(struct fake_trace *f);

/* Names. Each gives the id. An actor exists for a reader only once an event names it: see
 * fake_born. A GIL that nothing else is said of goes by the rules of 3.12, at 5 ms. */
uint32_t fake_process(struct fake_trace *f, const char *name);
uint32_t fake_interpreter(struct fake_trace *f, uint32_t process, const char *name, bool has_gil);
uint32_t fake_interpreter_by(struct fake_trace *f, uint32_t process, const char *name,
                             enum gs_gil_profile profile, uint64_t interval_ns);
uint32_t fake_thread(struct fake_trace *f, uint32_t interpreter, const char *name);
/* A thread or a process of Python's own: GS_ACTOR_HELPER. */
uint32_t fake_helper(struct fake_trace *f, enum gs_actor_kind kind, uint32_t parent,
                     const char *name);
uint32_t fake_loop(struct fake_trace *f, uint32_t thread, const char *name);
uint32_t fake_task(struct fake_trace *f, uint32_t loop, const char *name);
/* … with the coroutine that it runs, "Client.get". */
uint32_t fake_task_of(struct fake_trace *f, uint32_t loop, const char *name, const char *coroutine);
uint32_t fake_object(struct fake_trace *f, enum gs_object_kind kind, const char *name);
/* A lock that the program made in that line. */
uint32_t fake_lock(struct fake_trace *f, const char *name, uint32_t line);
/* Of how many: a semaphore's units, a barrier's parties. */
uint32_t fake_object_of(struct fake_trace *f, enum gs_object_kind kind, const char *name,
                        uint32_t of);
/* What awaits the task awaits, as gs_object_kind's TASK. */
uint32_t fake_end_of_task(struct fake_trace *f, uint32_t task);
/* What a join of the thread waits for, and what a join of the queue does. */
uint32_t fake_end_of(struct fake_trace *f, uint32_t thread, const char *name);
uint32_t fake_tasks(struct fake_trace *f, uint32_t queue, const char *name);
uint32_t fake_memory(struct fake_trace *f, uint32_t process);

/* A file's path, NULL: the program's own; a call of the library's, NULL: none. */
uint16_t fake_place(struct fake_trace *f, const char *file, const char *call);

/* Events. Anything at all goes through fake_event. */
void fake_event(struct fake_trace *f, struct gs_event event);
void fake_born(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t creator);
void fake_died(struct fake_trace *f, uint32_t actor, uint64_t ns, bool failed);
/* How, and by whom or with what: enum gs_death, an actor or string. */
void fake_died_by(struct fake_trace *f, uint32_t actor, uint64_t ns, enum gs_death how,
                  uint32_t by);
void fake_state(struct fake_trace *f, uint32_t actor, uint64_t ns, unsigned state, uint32_t on,
                uint32_t line, uint32_t cause);
/* The actor was without a core between the two times, as it tells afterwards. */
void fake_off_core(struct fake_trace *f, uint32_t actor, uint64_t ns, uint64_t from,
                   uint64_t until);
void fake_enter(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t interpreter);
void fake_request(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t interpreter,
                  uint32_t holder);
void fake_take(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t interpreter,
               uint32_t line);
void fake_drop(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t interpreter,
               enum gs_drop why, uint32_t line);
void fake_interval(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t interpreter,
                   uint64_t interval_ns);
void fake_wake(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t woken, uint32_t on);
void fake_acquire(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t object, uint32_t line,
                  uint32_t units);
void fake_release(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t object, uint32_t line,
                  uint32_t units);
void fake_message(struct fake_trace *f, uint32_t actor, uint64_t ns, bool sender, uint32_t object,
                  uint64_t bytes);
void fake_label(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *text, uint32_t line);
/* flags: in hundredths. */
void fake_busy(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *function,
               uint32_t line, uint16_t place, uint8_t flags);
void fake_due(struct fake_trace *f, uint32_t task, uint64_t ns, uint64_t until);
/* … and it awaits something else, at most until then. */
void fake_limit(struct fake_trace *f, uint32_t task, uint64_t ns, uint64_t until);
/* What the task awaits from then on needs the end of the member: one of so many, and so many are
 * not told. */
void fake_member(struct fake_trace *f, uint32_t task, uint64_t ns, uint32_t member, uint32_t of,
                 uint32_t untold);
void fake_label_end(struct fake_trace *f, uint32_t actor, uint64_t ns);
/* PHASE, NOTE, MARK, OUTPUT, ERROR, DEADLOCK. text NULL is string 0. */
void fake_text(struct fake_trace *f, uint32_t actor, uint64_t ns, enum gs_event_kind kind,
               const char *text, uint32_t line);
/* A standstill without a circle. */
void fake_stall(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *text);
void fake_check(struct fake_trace *f, uint32_t actor, uint64_t ns, bool holds, const char *text,
                uint32_t line);
void fake_counter(struct fake_trace *f, uint32_t actor, uint64_t ns, uint32_t object,
                  uint64_t value);
void fake_lost(struct fake_trace *f, uint32_t actor, uint64_t ns, uint64_t count);
/* By the first thread that there is. */
void fake_end(struct fake_trace *f, uint64_t ns, uint8_t status);

/* Ready-made: main starts two computing threads and joins them; they hand the GIL over every 5 ms,
 * each after a request, until both are done at 60 ms. Breaks no rule. The ids are given back
 * through the struct. */
struct fake_fight {
    struct fake_trace *trace;
    uint32_t process, gil, main, t1, t2;
    uint32_t join1, join2; /* objects: the ends of the threads */
};
struct fake_fight fake_gil_fight(void);

#endif
