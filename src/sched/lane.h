/* An actor: whatever has a lane and can wait. A thread is one; a task of an event loop will be one
 * that a thread carries. Nothing in it belongs to a guest: what a guest needs beside stands in the
 * guest, around it. Actors live until their process ends, so that whoever remembers one as the
 * cause of something never meets freed memory. */
#ifndef GS_SCHED_LANE_H
#define GS_SCHED_LANE_H

#include "trace/event.h"

struct gs_resource;

struct gs_actor {
    uint32_t id; /* in the trace's table */
    uint32_t parent;
    const char *name; /* as the program gave it; owned by the segment */
    enum gs_state state;
    uint32_t state_on; /* object */
    uint32_t line;     /* of the program, when it last left `running` */

    /* Waiting. Written by the actor before it waits, and by who ends the wait under the monitor. */
    const struct gs_resource *waits_for; /* NULL: nothing that has a name */
    bool for_ever;                       /* it waits, without a deadline, and nobody has woken it */
    uint32_t cause;                      /* who ended the last wait: an actor or GS_CAUSE_… */
    uint32_t ended_by;                   /* the same, but not of a wait for a GIL */

    bool failed; /* an uncaught error ended it */

    struct gs_actor *next_actor; /* all of the process's */
};

#endif
