/* The scheduler: the one interface through which anything in the runtime waits, wakes, takes time
 * or asks what time it is. Behind it are two clocks:
 *
 * real     actors are OS threads, time is CLOCK_MONOTONIC, the kernel chooses who runs;
 * virtual  actors are OS threads too, but one holds the baton at a time. Time is what the cost
 *          model says. An actor runs ahead of the others until it touches something shared; then
 *          whoever is earliest in virtual time goes first.
 *
 * The calling actor is always gs_self. All times are ns since the run began. */
#ifndef GS_SCHED_SCHED_H
#define GS_SCHED_SCHED_H

#include "base/error.h"
#include "sched/costs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

struct gs_actor;
struct gs_runner;

#define GS_NEVER UINT64_MAX /* a deadline that does not come */

/* Guards a piece of shared state and orders its waiters. On the virtual clock entering is the touch
 * that lets earlier actors go first, and until the monitor is left or waited in nobody else runs.
 * Monitors nest only in one order: a primitive's, then nothing (a GIL is never taken or dropped
 * inside another monitor). */
struct gs_monitor {
    pthread_mutex_t mutex;
#ifndef NDEBUG
    struct gs_actor *_Atomic owner; /* who has entered it; written by him alone */
#endif
};

/* One wait of one actor in one queue; on the waiter's stack. Guarded by the monitor it waits in. */
struct gs_waiter {
    struct gs_waiter *next;
    struct gs_waitq *queue;
    struct gs_monitor *monitor;
    struct gs_runner *runner;
    _Atomic bool woken;
};

/* Who waits, first come first served. Guarded by the monitor that its waiters wait in. */
struct gs_waitq {
    struct gs_waiter *first, *last;
};

/* Only who waits in the parking lot can be interrupted: see lot.h. */
enum gs_wait_end { GS_WAIT_WOKEN, GS_WAIT_TIMED_OUT, GS_WAIT_INTERRUPTED };

struct gs_sched_ops {
    void (*enter)(struct gs_monitor *monitor);
    void (*leave)(struct gs_monitor *monitor);
    enum gs_wait_end (*wait)(struct gs_monitor *monitor, struct gs_waiter *waiter,
                             uint64_t deadline);
    void (*unpark)(struct gs_runner *runner, bool for_ever, bool awake);
    void (*work)(uint64_t ns);
    void (*core)(void);
    void (*charge)(uint64_t ns);
    bool (*spawn)(struct gs_runner *runner, struct gs_error *err);
    void (*begin)(void);
    void (*finish)(void);
    uint64_t (*processor_time)(bool whole_process);
    uint64_t (*core_time)(const struct gs_runner *runner); /* NULL: lanes show who has a core */
    uint64_t (*date)(void);
    void (*stand_still)(uint64_t ns); /* time goes on, and nobody does anything more */
};

extern const struct gs_sched_ops gs_sched_real, gs_sched_virtual;

/* Starts an OS thread that runs entry(argument) as the runner, which the calling actor made. It
 * begins with gs_begin and ends with gs_finish, behind which it traces nothing more. */
bool gs_spawn(struct gs_runner *runner, void *(*entry)(void *), void *argument,
              struct gs_error *err);
void gs_begin(void);
void gs_finish(void);

void gs_monitor_init(struct gs_monitor *monitor);
void gs_monitor_destroy(struct gs_monitor *monitor);
void gs_monitor_enter(struct gs_monitor *monitor);
void gs_monitor_leave(struct gs_monitor *monitor);
/* Asserts that the caller has entered it. */
void gs_monitor_assert(const struct gs_monitor *monitor);

/* Waits in the entered monitor until somebody wakes the caller out of the queue, or until the
 * deadline. The monitor is left meanwhile and entered again before it returns. No spurious wakes.
 * gs_self->cause is then who ended the wait. Must not be called with a GIL held. A wait with
 * GS_NEVER that nobody can ever end is found: gs_deadlock_report ends the run. */
enum gs_wait_end gs_wait(struct gs_monitor *monitor, struct gs_waitq *queue, uint64_t deadline);

/* The same, where the wake is due within microseconds: whoever will wake the caller runs already.
 * Stays awake for it at first, since to sleep and be woken would take ten times as long. On the
 * virtual clock there is no difference. */
enum gs_wait_end gs_wait_awake(struct gs_monitor *monitor, struct gs_waitq *queue,
                               uint64_t deadline, uint64_t awake_ns);

/* Waits for the deadline alone: a sleep. */
void gs_sleep_until(uint64_t deadline);

/* Takes the first waiter out of the queue and lets it run; the monitor of the queue is entered.
 * object, if not 0, is traced as what was waited for. Returns whom it woke, or NULL. */
struct gs_actor *gs_wake_one(struct gs_waitq *queue, uint32_t object);
void gs_wake_all(struct gs_waitq *queue, uint32_t object);

/* The same with one waiter of the queue, who is still awake, so that a wake takes no time; NULL if
 * he is not in it. */
struct gs_actor *gs_wake_awake(struct gs_waitq *queue, const struct gs_actor *actor);

/* All who wait in one queue wait in another one from now on, behind those who do already. */
void gs_waitq_move(struct gs_waitq *from, struct gs_waitq *to);

/* Computes for ns of processor time, on a core (virtual: cores are shared by time slices). Takes a
 * core first if the caller has none. */
void gs_work(uint64_t ns);

/* Returns once the caller has a core to run on: at once on the real clock, where the kernel sees to
 * that; on the virtual clock the lane may be `ready` for a while, then in the state it was in. A
 * core goes back with the next wait. */
void gs_core(void);

/* Whether the calling actor shares memory with others that no lock guards (no GIL): then it stays
 * close to them on the virtual clock, so that what they read of each other is at most 20 us old. */
void gs_keep_close(bool close);

/* The date, in ns since 1970; on the virtual clock every run begins in that moment. */
uint64_t gs_date(void);

/* How much processor time the calling actor, or the whole process, has used so far. */
uint64_t gs_thread_time(void);
uint64_t gs_process_time(void);

/* The virtual clock's price for something; nothing on the real one. */
void gs_charge(enum gs_cost cost);
void gs_charge_times(enum gs_cost cost, uint64_t times);
/* So much. */
void gs_charge_ns(uint64_t ns);
/* Virtual clock: how much the caller can compute before it has to charge it, so that nobody could
 * tell that it was charged late. Valid until the caller waits, wakes somebody or charges. */
uint64_t gs_charge_slack(void);
/* Something from nothing up to the price, as the run's seed has it. */
void gs_charge_random(enum gs_cost cost);

#endif
