/* The virtual clock's baton: who has it runs, everybody else of the family sleeps on his bell. A
 * process that dies with it in hand is noticed by the others, and the clock goes on without it.
 * Slots are what family.h says; all of this is called with the baton in hand. */
#ifndef GS_SCHED_BATON_H
#define GS_SCHED_BATON_H

#include "sched/family.h"

/* The calling actor's slot, and its number. */
uint32_t gs_baton_self(void);
struct gs_slot *gs_baton_slot(void);

/* The slot can run, not before that time; it leaves the timers. */
void gs_baton_ready(uint32_t slot, uint64_t time);

/* The calling actor can go on at its own time, which it has changed. */
void gs_baton_moved(void);

/* Everybody who is earlier goes first. */
void gs_baton_touch(void);

/* Whoever is next goes on, and the caller once it is his turn: it has left the runnable, or
 * somebody is earlier. Nobody ever: gs_deadlock_report. */
void gs_baton_pass(void);

/* Whether the caller has run further ahead of the others than can be told: see virtual.c. */
bool gs_baton_too_far_ahead(uint64_t window);

/* A time that nobody waits for: when it has come, whoever has the baton calls gs_runtime.alarm,
 * once. The slot was taken for it; an earlier time of it is forgotten. */
void gs_baton_set_alarm(uint32_t slot, uint64_t time);
void gs_baton_clear_alarm(uint32_t slot);

/* The screen may hold the clock: everything stands still here, baton in hand. */
void gs_baton_await_screen(uint64_t time);

/* The first actor of all takes the baton, any other one awaits it. */
void gs_baton_begin(void);

/* The calling actor is gone. The baton goes on, and its slot to somebody else. */
void gs_baton_finish(void);

/* So is its process, with all that it has on the clock: see gs_bury_own. The actor has given its
 * core back. */
void gs_baton_leave(bool ends);

/* Nobody can go on: all processes fill in what their actors wait for, by gs_runtime.describe. */
void gs_baton_ask_all(void);

/* The run is over: the first process, which is alive, ends it by gs_runtime.over, and with it all
 * others end. Does not return. */
_Noreturn void gs_baton_end_run(void);

#endif
