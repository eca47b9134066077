/* The real clock: when who holds a GIL has no core, because the kernel runs somebody else there.
 * The thread itself cannot know; those that wait for its GIL look, each time that they have asked
 * in vain, how much processor time it has had since the last look. What they saw it traces when it
 * leaves `running`, so that its lane shows `ready` for that time. Between two looks where it was
 * without a core is not known exactly, and less than a millisecond is not told. A thread that
 * nobody waits for is not looked at: to ask the kernel at each change of state would cost more than
 * the event. */
#ifndef GS_SCHED_OFF_CORE_H
#define GS_SCHED_OFF_CORE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct gs_runner;

enum { GS_OFF_CORE_STRETCHES = 8 };

struct gs_off_core {
    _Atomic bool watched; /* somebody has looked since the runner began to run */
    pthread_mutex_t mutex;
    /* Guarded by mutex. */
    uint64_t looked_at, had; /* when it was looked at last, and the processor time it had had */
    uint32_t count;
    struct gs_off_core_stretch {
        uint64_t from, until;
    } stretches[GS_OFF_CORE_STRETCHES]; /* what comes after them is not told */
};

void gs_off_core_init(struct gs_off_core *off);

/* Looks at a runner that has been running since then and cannot end meanwhile; one that has not run
 * for long yet is left alone. On the virtual clock there is nothing to see. */
void gs_off_core_look(struct gs_runner *runner, uint64_t since);

/* The calling runner leaves `running` at that time, or comes to it: tells what was seen, or forgets
 * what was seen too late. Only for who is `watched`. */
void gs_off_core_tell(uint64_t time);
void gs_off_core_forget(void);

#endif
