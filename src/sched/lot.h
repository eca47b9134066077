/* The family's parking lot: who waits for something that is known by a number alone, the address of
 * a condition variable or a semaphore, say. It lies in the family's tables, so that any process can
 * wake any other one's. Virtual clock only; called with the baton in hand, for the calling actor.
 *
 * Whom a wake reaches is as with glibc's condition variables (nptl/pthread_cond_wait.c): waiters
 * stand in two groups, a wake goes to the older one, and only when that is empty does the younger
 * one take its place. In it the first goes first, but for who has come so lately that he does not
 * sleep yet: he sees the wake before anybody who has to be woken for it. */
#ifndef GS_SCHED_LOT_H
#define GS_SCHED_LOT_H

#include "sched/sched.h"

#include <stdbool.h>
#include <stdint.h>

/* Waits until somebody wakes the caller, or until the deadline. Nobody is left who could: the run's
 * end, see gs_wait. */
enum gs_wait_end gs_park(uint64_t key, uint64_t deadline);

/* Wakes one who waits for the key; 0: nobody does. Returns the slot of whom it woke. */
uint32_t gs_unpark(uint64_t key);
void gs_unpark_all(uint64_t key);

/* … all who wait for the key and are meant: it is asked once about each. */
void gs_unpark_those(uint64_t key, bool (*is_meant)(uint32_t slot));

/* For what comes from outside the family: all who wait for the key look at that time, or at their
 * own. How often they looked in vain nobody can tell afterwards: it takes no time. */
void gs_unpark_all_at(uint64_t key, uint64_t time);

/* Ends the wait of an actor in the lot, not before that time, for another reason than its key's: it
 * returns GS_WAIT_INTERRUPTED. False: the actor is not in the lot. */
bool gs_interrupt(uint32_t slot, uint64_t time);

/* An actor that runs no more waits for nothing. */
void gs_lot_forget(uint32_t slot);

/* Whether anybody waits for it. */
bool gs_is_parked(uint64_t key);

#endif
