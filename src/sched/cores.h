/* The virtual clock's cores: to compute, an actor needs one of them. With none free it queues,
 * `ready`; while others queue, it keeps its core for a quantum. Like Linux's scheduler this one
 * favours who comes out of a wait: the actor that has had its core longest gives way to it after a
 * quarter of that. Called with the baton in hand, for the calling actor. */
#ifndef GS_SCHED_CORES_H
#define GS_SCHED_CORES_H

#include <stdint.h>

/* Returns with a core; the lane may be `ready` for a while. */
void gs_cores_take(void);

/* Its core goes to who waits for one; harmless without one. */
void gs_cores_give_back(void);

/* Gives it back and waits until somebody makes the caller ready, or until the deadline. */
void gs_cores_wait(uint64_t deadline);

/* Gives way if its quantum is over and somebody waits. */
void gs_cores_share(void);

/* Another actor, which runs no more, wants no core; if it has one, others get it at that time. */
void gs_cores_forget(uint32_t slot, uint64_t time);

#endif
