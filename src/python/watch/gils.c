#include "python/watch/gils.h"

#include "python/cpython/frames.h"
#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/watch/files.h"
#include "python/watch/places.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

/* What lies in front of the GIL's first condition variable, see Include/internal/pycore_gil.h. */
struct before {
    unsigned long interval_us;
    gs_py *last_holder;
    int locked;
    unsigned long switch_number;
};

enum {
    MOST = 256,          /* interpreters with a GIL of their own at a time */
    UNSEEN_NS = 15000,   /* a GIL let go for less, and not missed by anybody, was not let go */
    AT_ONCE_NS = 100000, /* … who was asked wants it back after so much processor time */
};

/* Of a take and a drop that nobody sees, little more is left than what cannot be left out: the rest
 * is kept out of it, and what it saves in registers as well. */
#define SLOW __attribute__((noinline, cold))

void (*gs_gil_found)(void);

static struct gs_watched_gil gils[MOST];
static _Atomic unsigned count;
static unsigned interpreters;   /* that there have been */
static _Atomic bool any_thread; /* has taken one */

static const volatile struct before *inside(const struct gs_watched_gil *gil)
{
    return (const volatile struct before *)(const void *)((const char *)gil->cond -
                                                          sizeof(struct before));
}

/* Up to 3.11 all interpreters have one GIL, which knows with which state it was taken: a thread
 * that went into another interpreter and back may have left that behind, and it may be gone. */
gs_py *gs_gil_python_of(const struct gs_watched *thread)
{
    gs_py *own = thread == gs_watched_self && thread->holds ? gs_cpython.thread_or_none() : NULL;
    if (own)
        return own;
    return thread->holds ? inside(thread->holds)->last_holder : thread->python;
}

static struct gs_watched_gil *find(const pthread_cond_t *cond)
{
    const struct gs_watched_gil *end = gils + atomic_load_explicit(&count, memory_order_acquire);
    for (struct gs_watched_gil *gil = gils; gil < end; gil++) {
        if (gil->cond == cond || gil->switch_cond == cond)
            return gil;
    }
    return NULL;
}

/* This time, but never before the GIL's last event: the counters of two cores may differ by a few
 * ns. */
static uint64_t stamp(struct gs_watched_gil *gil, uint64_t now)
{
    uint64_t last = atomic_load_explicit(&gil->stamp, memory_order_relaxed);
    uint64_t time = now > last ? now : last;
    atomic_store_explicit(&gil->stamp, time, memory_order_relaxed);
    return time;
}

/* When it was let go last: for who has the GIL's mutex, and for who did it and has not told. */
static uint64_t free_since(struct gs_watched_gil *gil)
{
    uint64_t since = atomic_load(&gil->free_since);
    if (since != GS_UNDATED)
        return since;
    uint64_t at = gs_clock_then(gil->let_go_counter) - gs_watch.start_ns;
    uint64_t last = atomic_load_explicit(&gil->stamp, memory_order_relaxed);
    at = at > last ? at : last;
    return atomic_compare_exchange_strong(&gil->free_since, &since, at) ? at : since;
}

/* --- being made */

static uint32_t name_of_interpreter(unsigned number)
{
    static uint32_t first;
    char name[32];
    if (number == 1)
        return gs_watch_word(&first, "interpreter 1");
    int length = snprintf(name, sizeof name, "interpreter %u", number);
    return gs_watch_string(name, (size_t)length);
}

static uint32_t add_interpreter(unsigned number)
{
    struct gs_actor_row row = {.kind = GS_ACTOR_INTERPRETER,
                               .parent = gs_watch.process,
                               .name = name_of_interpreter(number),
                               .gil = gs_cpython.minor < 10 ? GS_GIL_39 : GS_GIL_312,
                               .interval_ns = 5000000};
    return gs_segment_add_actor(gs_watch.segment, &row);
}

static void add(pthread_cond_t *cond, pthread_cond_t *switch_cond)
{
    gs_guard_lock(GS_GUARD_GILS);
    struct gs_watched_gil *gil = find(cond);
    unsigned known = atomic_load(&count);
    if (!gil && known < MOST)
        gil = &gils[known];
    if (gil) {
        *gil = (struct gs_watched_gil){.cond = cond,
                                       .switch_cond = switch_cond,
                                       .interpreter = add_interpreter(++interpreters),
                                       .unseen = gs_watch.driven ? 0 : gs_clock_ticks(UNSEEN_NS),
                                       .interval_us = 5000};
        if (gil == &gils[known])
            atomic_store_explicit(&count, known + 1, memory_order_release);
    }
    gs_guard_unlock(GS_GUARD_GILS);
}

/* The last four that the thread made: mutex, switch mutex, condition, switch condition, which lie
 * in the order condition, mutex, switch condition, switch mutex. */
static _Thread_local void *made[4];

static void note(void *address)
{
    memmove(made, made + 1, sizeof made - sizeof made[0]);
    made[3] = address;
}

static bool is_gil(void)
{
    char *cond = made[2], *mutex = cond + sizeof(pthread_cond_t),
         *switch_cond = mutex + sizeof(pthread_mutex_t);
    return made[0] == mutex && made[3] == switch_cond &&
           made[1] == switch_cond + sizeof(pthread_cond_t);
}

static int mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
    note(mutex);
    return gs_below.pthread_mutex_init(mutex, attributes);
}

static int cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes)
{
    note(cond);
    if (is_gil()) {
        add(made[2], made[3]);
        gs_gil_found();
    }
    return gs_below.pthread_cond_init(cond, attributes);
}

/* --- being let go */

/* What a thread that let go is told to do since, if it has not said: the request was why it let
 * go, or it computes outside the interpreter. */
static enum gs_state guess(struct gs_watched *thread, uint32_t *on)
{
    enum gs_state doing = atomic_load(&thread->doing);
    *on = doing == GS_STATE_IO ? gs_files_object(atomic_load(&thread->doing_fd)) : 0;
    if (doing != GS_STATE_NONE)
        return doing;
    return thread->asked_by ? GS_STATE_WANTS_GIL : GS_STATE_NATIVE;
}

/* Who has put the mark there may write into the thread's ring, until it takes it away again. which:
 * NULL: whichever GIL it has let go. */
#define TELLING ((struct gs_watched_gil *)(uintptr_t)1)

static struct gs_watched_gil *begin_to_tell(struct gs_watched *thread,
                                            const struct gs_watched_gil *which)
{
    struct gs_watched_gil *gil = atomic_load(&thread->let_go);
    while (gil) {
        if (which && gil != which && gil != TELLING)
            return NULL;
        if (gil != TELLING && atomic_compare_exchange_weak(&thread->let_go, &gil, TELLING))
            break;
        if (gil == TELLING)
            sched_yield();
        gil = atomic_load(&thread->let_go);
    }
    return gil;
}

/* Where it is, by the way that it has just gone to find out what it waits for. */
static bool find_line(struct gs_watched *thread)
{
    return (thread == gs_watched_self && thread->way &&
            gs_places_of_way(thread->way, &thread->line, &thread->place)) ||
           gs_places_look(thread->python, &thread->line, &thread->place);
}

static void tell(struct gs_watched *thread, struct gs_watched_gil *gil, enum gs_state state,
                 uint32_t on)
{
    uint64_t time = thread->let_go_at == GS_UNDATED ? free_since(gil) : thread->let_go_at;
    enum gs_drop why = state == GS_STATE_WANTS_GIL ? GS_DROP_ASKED : GS_DROP_BLOCKING;
    bool nowhere = thread->state == GS_STATE_RUNNING && !thread->line && !gs_watch.driven;
    if (!find_line(thread)) {
        why = GS_DROP_EXIT;
        state = GS_STATE_NATIVE;
    }
    if (nowhere && thread->line) /* the first turn: nobody has known where it is until now */
        gs_watch_put_line(thread, thread->since, GS_EVENT_STATE, GS_STATE_RUNNING, 0, 0);
    gs_watched_state(thread, time, state, on, why == GS_DROP_ASKED ? thread->asked_by : 0);
    gs_watch_put_line(thread, time, GS_EVENT_GIL_DROP, why, gil->interpreter, 0);
    atomic_store_explicit(&thread->let_go, NULL, memory_order_release);
}

static bool settle(struct gs_watched *thread, const struct gs_watched_gil *which,
                   enum gs_state state, uint32_t on)
{
    struct gs_watched_gil *gil = begin_to_tell(thread, which);
    if (gil)
        tell(thread, gil, state, on);
    return gil != NULL;
}

bool gs_gil_settle(struct gs_watched *thread, enum gs_state state, uint32_t on)
{
    return settle(thread, NULL, state, on);
}

void gs_gil_settle_at_end(struct gs_watched *thread, enum gs_state state, uint32_t on)
{
    struct gs_watched_gil *gil = begin_to_tell(thread, NULL);
    if (!gil)
        return;
    thread->python = NULL;
    tell(thread, gil, state, on);
}

/* For a thread that is somewhere outside the interpreter: it cannot run Python meanwhile, since
 * the caller is inside. In another interpreter it can, and is left alone there. Why one let go that
 * had been asked to, it alone knows. */
static SLOW void tell_for(const struct gs_watched_gil *gil, struct gs_watched *thread)
{
    uint32_t on;
    if (!atomic_load_explicit(&thread->let_go, memory_order_acquire) || thread->asked_by)
        return;
    enum gs_state state = guess(thread, &on);
    settle(thread, gil, state, on);
}

/* On a busy machine a thread that was asked may be a long way from the drop to its next wish; but
 * it works little on it, and much if it is computing. */
static uint64_t processor_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Whether the counter alone says how long it has been let go. */
static bool counts(const struct gs_watched_gil *gil)
{
    return gil->unseen != 0;
}

/* One that nobody has asked for is over in no time, as a rule, and then nobody wants to know when
 * it was. One that was asked for may be told when others have had the GIL since. */
static SLOW uint64_t date_drop(struct gs_watched_gil *gil, struct gs_watched *self)
{
    if (self->asked_by)
        self->worked = processor_time();
    return stamp(gil, gs_watch_now());
}

static void dropped(struct gs_watched_gil *gil, struct gs_watched *self)
{
    if (gil->untold && gil->untold != self)
        tell_for(gil, gil->untold);
    self->asked_by = gil->asked_by;
    gil->let_go_counter = gs_clock_counter();
    self->let_go_at = self->asked_by || !counts(gil) ? date_drop(gil, self) : GS_UNDATED;
    atomic_store_explicit(&gil->free_since, self->let_go_at, memory_order_relaxed);
    self->python = inside(gil)->last_holder;
    /* At its end Python's thread state goes, and nobody may look into it any more. */
    if (!gs_frames_any(self->python))
        self->python = NULL;
    self->holds = NULL;
    self->way = NULL;
    atomic_store_explicit(&self->doing, GS_STATE_NONE, memory_order_relaxed);
    gil->holder = NULL;
    gil->untold = self;
    atomic_store_explicit(&self->let_go, gil, memory_order_release);
}

/* --- being taken */

static void tell_interval(struct gs_watched_gil *gil, struct gs_watched *self, uint64_t time)
{
    gil->interval_us = inside(gil)->interval_us;
    gs_watch_put(self, time, GS_EVENT_GIL_INTERVAL, 0, gil->interpreter, gil->interval_us * 1000);
}

static void announce(struct gs_watched_gil *gil, struct gs_watched *self, uint64_t time)
{
    if (gil->announced || !atomic_load_explicit(&gs_watch.begun, memory_order_relaxed))
        return;
    gil->announced = true;
    gs_watch_put_for(self, gil->interpreter, time, GS_EVENT_BORN, 0, gs_watch.process, 0);
}

static void run(struct gs_watched_gil *gil, struct gs_watched *self, uint64_t time, uint32_t cause)
{
    announce(gil, self, time);
    if (self->interpreter != gil->interpreter) {
        self->interpreter = gil->interpreter;
        gs_watch_put(self, time, GS_EVENT_ENTER, 0, gil->interpreter, 0);
    }
    gs_watch_put_line(self, time, GS_EVENT_GIL_TAKE, 0, gil->interpreter, 0);
    if (gil->interval_us != inside(gil)->interval_us)
        tell_interval(gil, self, time);
    gs_watched_state(self, time, GS_STATE_RUNNING, 0, cause);
}

void gs_gil_begin(struct gs_watched_gil *gil, struct gs_watched *self, uint64_t time)
{
    /* Until now it was another clock's. */
    atomic_store_explicit(&gil->stamp, time, memory_order_relaxed);
    run(gil, self, time, GS_CAUSE_NONE);
}

static bool within_microseconds(const struct gs_watched_gil *gil, const struct gs_watched *self)
{
    return counts(gil) ? gs_clock_counter() - gil->let_go_counter < gil->unseen
                       : gs_watch_now() - self->let_go_at < UNSEEN_NS;
}

/* Back within microseconds, and nobody has had it: nothing happened. */
static bool unseen(const struct gs_watched_gil *gil, const struct gs_watched *self)
{
    return gil->untold == self &&
           atomic_load_explicit(&self->let_go, memory_order_relaxed) == gil &&
           within_microseconds(gil, self);
}

/* A drop that the thread has not told, and that is worth telling: it was asked for, and the thread
 * wants the GIL again at once; or it was away. */
static void tell_drop(struct gs_watched *self)
{
    uint32_t on;
    if (self->asked_by && processor_time() - self->worked > AT_ONCE_NS)
        self->asked_by = 0;
    enum gs_state state = guess(self, &on);
    gs_gil_settle(self, state, on);
    if (self->cause == GS_CAUSE_NONE && self->state != GS_STATE_WANTS_GIL)
        self->cause = GS_CAUSE_WORK;
}

/* It runs: what it did before is of no interest any more. */
static void forget(struct gs_watched *self)
{
    self->asked_by = 0;
    self->cause = GS_CAUSE_NONE;
    atomic_store_explicit(&self->doing, GS_STATE_NONE, memory_order_relaxed);
}

/* Who asked may have gone another way, or the last one had let go before it was wished for: then it
 * was free all the time. */
static uint32_t who_let_go(struct gs_watched_gil *gil, const struct gs_watched *self)
{
    const struct gs_watched *last = gil->untold;
    bool free = !last || last == self || free_since(gil) < self->since;
    return free ? GS_CAUSE_NONE : last->id;
}

static SLOW void tell_take(struct gs_watched_gil *gil, struct gs_watched *self)
{
    if (gil->untold)
        (void)stamp(gil, free_since(gil));
    uint64_t now = stamp(gil, gs_watch_now());
    if (gil->untold && gil->untold != self)
        tell_for(gil, gil->untold);
    tell_drop(self);
    run(gil, self, now, self->state == GS_STATE_WANTS_GIL ? who_let_go(gil, self) : self->cause);
}

static void taken(struct gs_watched_gil *gil, struct gs_watched *self)
{
    gil->holder = self;
    self->holds = gil;
    gil->asked_by = 0;
    if (unseen(gil, self))
        atomic_store_explicit(&self->let_go, NULL, memory_order_relaxed);
    else
        tell_take(gil, self);
    forget(self);
}

/* The first GIL that a thread takes makes it one of ours; the first thread of all is the main one.
 */
static SLOW void make_self(const struct gs_watched_gil *gil)
{
    if (atomic_exchange(&any_thread, true)) {
        gs_watched_enter(gs_watched_new(0, 0, gil->interpreter, 0));
    } else {
        static uint32_t main_thread;
        uint32_t name = gs_watch_word(&main_thread, "MainThread");
        gs_watched_enter(gs_watched_new(name, gs_watch.forked_by, gil->interpreter, 0));
        gs_watch.main_thread = gs_watched_self->id;
    }
}

static struct gs_watched *known_self(const struct gs_watched_gil *gil)
{
    if (!gs_watched_self)
        make_self(gil);
    return gs_watched_self;
}

void gs_gils_forget(void)
{
    atomic_store(&count, 0);
    atomic_store(&any_thread, false);
    interpreters = 0;
}

void gs_gil_tell_wait(void)
{
    if (gs_watched_self)
        tell_drop(gs_watched_self);
}

static int cond_signal(pthread_cond_t *cond)
{
    struct gs_watched_gil *gil = find(cond);
    if (gil && cond == gil->switch_cond)
        taken(gil, known_self(gil));
    else if (gil && gil->holder && gil->holder == gs_watched_self)
        dropped(gil, gs_watched_self);
    return gs_below.pthread_cond_signal(cond);
}

/* --- being wanted */

static void want(struct gs_watched *self)
{
    uint64_t now = gs_watch_now();
    tell_drop(self);
    if (self->state != GS_STATE_WANTS_GIL)
        gs_watched_state(self, now, GS_STATE_WANTS_GIL, 0, self->cause);
}

static void timed_out(struct gs_watched_gil *gil, struct gs_watched *self, unsigned long before)
{
    uint64_t now = gs_watch_now();
    if (!gil->holder || inside(gil)->switch_number != before) {
        gs_watch_put(self, now, GS_EVENT_GIL_TIMEOUT, 0, gil->interpreter, 0);
        return;
    }
    if (gil->asked_by)
        return;
    gil->asked_by = self->id;
    gs_watch_put(self, now, GS_EVENT_GIL_REQUEST, 0, gil->interpreter, gil->holder->id);
}

static int cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *t)
{
    struct gs_watched_gil *gil = find(cond);
    if (!gil)
        return gs_below.pthread_cond_timedwait(cond, mutex, t);
    struct gs_watched *self = known_self(gil);
    want(self);
    unsigned long before = inside(gil)->switch_number;
    int result = gs_below.pthread_cond_timedwait(cond, mutex, t);
    if (result == ETIMEDOUT)
        timed_out(gil, self, before);
    return result;
}

void gs_gil_tell_waits(void)
{
    for (struct gs_watched *thread = gs_watched_first(); thread; thread = thread->next) {
        uint32_t on;
        enum gs_state state = guess(thread, &on);
        (void)gs_gil_settle(thread, state, on);
    }
}

void gs_gil_end(struct gs_watched *self)
{
    uint64_t now = gs_watch_now();
    if (!self->holds)
        return;
    gs_watched_state(self, now, GS_STATE_NATIVE, 0, 0);
    gs_watch_put_line(self, now, GS_EVENT_GIL_DROP, GS_DROP_EXIT, self->holds->interpreter, 0);
    self->holds = NULL;
}

void gs_gil_tell_all(void)
{
    for (struct gs_watched *thread = gs_watched_first(); thread; thread = thread->next) {
        uint32_t on;
        enum gs_state state = guess(thread, &on);
        if (thread == gs_watched_self)
            continue;
        gs_gil_settle_at_end(thread, state, on);
    }
}

void gs_watch_gils(struct gs_front *table)
{
    table->pthread_mutex_init = mutex_init;
    table->pthread_cond_init = cond_init;
    table->pthread_cond_signal = cond_signal;
    table->pthread_cond_timedwait = cond_timedwait;
}
