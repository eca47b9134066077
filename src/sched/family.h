/* What the processes of a run's family share of the virtual clock. It lies in the trace's segment,
 * its parts refer to each other by index and never by address, so that every process sees one
 * clock, wherever it has the segment mapped. Whoever has the baton may read and write it all; the
 * few words that others look at are atomic.
 *
 * A slot is what the clock knows of an actor that runs. Slots count from 1, 0 is none; they are
 * used again, but never while something can still refer to them: what ends has left every queue. */
#ifndef GS_SCHED_FAMILY_H
#define GS_SCHED_FAMILY_H

#include "base/error.h"
#include "sched/heap.h"
#include "sched/standing.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct gs_segment;

#define GS_FAMILY_PROCESSES 4096
#define GS_FAMILY_CHILDREN  32768
#define GS_FAMILY_DOOR      64
#define GS_FAMILY_ASKED     256
#define GS_FAMILY_PORTS     12000
#define GS_FAMILY_NUMBERS   65536
#define GS_LOT_BITS         12

struct gs_slot {
    _Atomic uint32_t bell;  /* a futex: rung when the baton is for it */
    uint32_t order;         /* of being made; equal times go by it */
    uint32_t process;       /* index in processes */
    _Atomic int32_t thread; /* the kernel's number of it; 0: it has not begun */
    uint64_t at;            /* its own time */
    uint64_t worked;        /* how much of it it spent on a core */
    uint64_t slice_end;     /* of its core */
    uint64_t deadline;      /* of the wait it is in; of an alarm, … */
    uint64_t every;         /* … which comes again after so long; 0: once */
    uint32_t lane;          /* that the guest tells itself: an actor; 0: none; … */
    uint64_t told;          /* … and the time of the last event that it told of it */
    bool taken;
    bool has_core;
    bool close;    /* see gs_keep_close */
    bool alarm;    /* nobody runs in it: see gs_baton_set_alarm */
    bool serves;   /* the guest's: when its deadline comes it only looks around, and waits again */
    uint32_t next; /* in the queue for a core, or of the free slots */

    /* In the parking lot: see lot.h. */
    bool parked, older, interrupted;
    bool interruptible; /* the guest's: by a signal */
    uint32_t parked_next;
    uint64_t key;
    uint64_t awake_until; /* it does not sleep yet */
    bool one_file;        /* the guest's: it waits for nothing but this file of its process … */
    int16_t file_events;  /* … to be ready for these, as poll(2) has them */
    int32_t file;
    uint32_t ended_by; /* the guest's: who ended its last wait for that: an actor; 0: not known */
    struct gs_slot_wait wait;
};

struct gs_lot_queue {
    uint32_t first, last; /* slots, by when they came; of several keys */
};

/* A process that one of the family has forked, or a program that one has started, on either clock.
 */
struct gs_family_child {
    _Atomic int32_t pid;      /* 0: none */
    _Atomic uint32_t process; /* see struct gs_child */
    _Atomic uint32_t end;
    _Atomic bool told;
};

/* A program at the door: one that nobody of the family has started wants to be on the clock. */
struct gs_family_guest {
    _Atomic int32_t pid;    /* 0: nobody */
    _Atomic uint32_t bell;  /* a futex: rung once … */
    _Atomic uint32_t place; /* … it has this process, and … */
    _Atomic uint32_t slot;  /* … this slot */
};

struct gs_family_process {
    bool taken;
    bool ending;     /* it has left the clock, but perhaps not the kernel */
    bool ended;      /* … nor that, but its parent may not have asked for its status yet */
    int32_t pid;     /* 0: it is about to be forked */
    uint32_t lane;   /* likewise */
    uint32_t hand;   /* the guest's: the task that it runs, which goes with it (string) */
    uint32_t hearer; /* the guest's: slot that hears of the process's signals */
    uint8_t outside; /* the guest's: whether it has children that are none of the family … */
    uint32_t outsiders_ended; /* … and how many that have ended and were not asked for */
    uint64_t looked;          /* the guest's: … at which it was woken to look last */
    uint64_t worked;          /* what its actors spent on cores, those that have ended too */
    uint64_t children_worked; /* the guest's: likewise its children that it has waited for */
};

struct gs_family {
    _Atomic uint32_t holder; /* slot that has the baton, or is meant to have it */
    _Atomic int32_t able;    /* real clock: see real.c */
    _Atomic bool outside;    /* nobody can go on: who has the baton waits for the outside */
    bool hand_on;            /* it was given to who only hands it on, … */
    bool over;               /* … or ends the run; … */
    uint32_t asked_by; /* … or fills in what its process waits for: a slot; 0: nobody asks */
    uint32_t slots;    /* ever used */
    uint32_t made;     /* how often a slot was taken */
    uint32_t free;     /* first of those used before */
    uint32_t processes_used; /* ever */
    uint32_t processes_ending;
    uint32_t cores_taken;
    uint32_t core_first, core_last; /* who is ready and has no core */
    uint64_t shortest_interval_ns;  /* that any GIL has had */
    uint64_t happened;              /* the guest's: how often something did to a file */
    struct gs_heap runnable;        /* by their own time */
    struct gs_heap timers;          /* who waits with a deadline, by it */
    struct gs_lot_queue lot[1 << GS_LOT_BITS];
    _Atomic uint32_t knocking; /* how many are at the door */
    struct gs_family_guest door[GS_FAMILY_DOOR];
    _Atomic uint32_t ring; /* the guest's: all on the clock write into it */
    /* The guest's: what processes are called that another one has been asked to fork, in turn. */
    _Atomic uint32_t asked, answered;
    _Atomic uint32_t names[GS_FAMILY_ASKED];
    /* The guest's: by process, an actor: it has told that it starts programs that have no lanes. */
    _Atomic bool outsiders[GS_FAMILY_PROCESSES];
    /* The guest's: ports that the program sees, by their number from the first on: which the
     * machine has for it, 0: the same; how many were drawn; and how many are others. */
    uint32_t ports_drawn, ports_other;
    uint16_t port[GS_FAMILY_PORTS];
    /* The guest's: the kernel's numbers of processes and threads, by the program's; how many. */
    _Atomic uint32_t numbered;
    _Atomic int32_t number[GS_FAMILY_NUMBERS];
    struct gs_standings standing;                        /* the guest's, on the real clock */
    struct gs_family_child children[GS_FAMILY_CHILDREN]; /* by its id, the last of each row */
    struct gs_family_process processes[GS_FAMILY_PROCESSES];
    struct gs_slot slot[GS_SLOTS + 1];
};

/* The family's tables, as the calling process sees them; NULL before gs_family_join. */
extern struct gs_family *gs_family;

/* The tables alone: on the real clock, or where the process has its place already. False: the
 * segment has no room for a scheduler. */
bool gs_family_open(struct gs_segment *segment, struct gs_error *err);

/* Once a process, before its first actor. False, too, where the family is full. */
bool gs_family_join(struct gs_segment *segment, struct gs_error *err);

/* A row of processes; false: all are taken. */
bool gs_family_take_process(uint32_t *index);

/* A slot for a new actor of the calling process; 0: all are taken. The caller has the baton, or is
 * alone. */
uint32_t gs_family_take_slot(void);
void gs_family_free_slot(uint32_t slot);

/* What the calling process is in the family, and which it is. */
struct gs_family_process *gs_family_process(void);
uint32_t gs_family_self(void);

/* A place for a process that the calling one, baton in hand, is about to fork, or for a program
 * that it is about to start: it begins with one actor, in this slot. False: the family is full. */
struct gs_family_place {
    uint32_t process, slot;
};
bool gs_family_reserve(struct gs_family_place *place);
void gs_family_give_up(const struct gs_family_place *place);

/* In the child, or the new program: it is this process from now on, and owns nothing of its
 * parent's. */
void gs_family_enter(const struct gs_family_place *place);

/* What is known of a process by its id, also after its end; any process asks and says it at any
 * time. All zero: nothing is. */
struct gs_child {
    uint32_t process; /* actor; 0: it has no lanes */
    uint32_t end;     /* object: what its end is called */
    bool told;        /* its lanes have begun */
};
void gs_family_set_child(int32_t pid, struct gs_child child);
void gs_family_tell_child(int32_t pid);
struct gs_child gs_family_child(int32_t pid);

#endif
