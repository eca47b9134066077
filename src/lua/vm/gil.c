#include "lua/vm/gil.h"

#include "lua/vm/checkpoint.h"
#include "lua/vm/memory.h"
#include "sched/actor.h"

void gs_gil_init(struct gs_gil *gil, uint32_t interpreter, enum gs_gil_profile profile,
                 uint64_t interval_ns, struct gs_memory *memory)
{
    *gil = (struct gs_gil){.profile = profile,
                           .interpreter = interpreter,
                           .interval_ns = interval_ns,
                           .memory = memory,
                           .counters = {.shortest_asked = GS_NEVER}};
    gs_monitor_init(&gil->monitor);
}

/* Now, but never before the GIL's last event: the counters of two cores may differ by a few ns, and
 * an owner must not seem to begin before the last one ended. */
static uint64_t stamp(struct gs_gil *gil)
{
    uint64_t now = gs_now();
    if (now < gil->stamp)
        now = gil->stamp;
    gil->stamp = now;
    return now;
}

/* Wanting it is an event of the GIL's as well: whoever has it lets go no earlier. */
static void begin_to_want(struct gs_gil *gil, uint32_t cause)
{
    uint64_t now = gs_now();
    gs_monitor_assert(&gil->monitor);
    if (gil->stamp < now)
        gil->stamp = now;
    gs_actor_enter_state_at(now, GS_STATE_WANTS_GIL, 0, cause);
}

static void request_drop(struct gs_gil *gil)
{
    gs_monitor_assert(&gil->monitor);
    bool asked_before = atomic_load_explicit(&gil->drop_request, memory_order_relaxed);
    if (!asked_before)
        gil->asked_by = gs_self->id;
    gs_checkpoint_warm(gil->holder);
    uint64_t asked_at = gs_now();
    atomic_store(&gil->drop_request, true);
    /* Every interval anew, like CPython: arming can come to nothing if the holder's VM is just
     * about to forget an older hook. */
    gs_checkpoint_ask(gil->holder);
    if (asked_before)
        return;
    /* Told only now: a core that has just woken takes as long to write this as the holder needs to
     * come to its check point. */
    gil->counters.requests++;
    gs_emit_at(asked_at, GS_EVENT_GIL_REQUEST, 0, gil->interpreter, gil->holder->id);
}

/* How long a hand-over is waited for awake, by who asked and by who has let go: a thousandth of
 * what was waited before. A core that slept for 5 ms is slower to come to itself than one that
 * slept for 0.1 ms; and CPython has no such moment. With 4 us for both at any interval, hand-overs
 * at 0.1 ms were 5 to 10 % more frequent than CPython's, with 4 us for who lets go 4 %; without any
 * they took longer than its at 5 ms. */
static uint64_t awake_ns(const struct gs_gil *gil)
{
    enum { MOST_NS = 4000 };
    uint64_t ns = gil->interval_ns / 1000;
    return ns < MOST_NS ? ns : MOST_NS;
}

/* On the virtual clock the seed has it. */
static uint64_t dozes_off_after(const struct gs_gil *gil)
{
    return gs_runtime.virtual_clock ? gs_runner_random() % (gs_runtime.costs.ns[GS_COST_doze] + 1)
                                    : awake_ns(gil);
}

/* What pthread_cond_signal does. Who has just asked is still awake: if the signal is for his group,
 * he sees it before anybody who must be woken. So CPython's requests are answered: a thread that
 * asks while another has waited for longer does not get the GIL; of two that came together the one
 * that asks often does, and the other may wait for several intervals (tests/bench/gil_peer.py). */
static void signal_one(struct gs_gil *gil)
{
    if (!gil->older.first)
        gs_waitq_move(&gil->younger, &gil->older);
    if (gs_now() > gil->awake_until || !gs_wake_awake(&gil->older, gil->asker))
        gs_wake_one(&gil->older, 0);
}

/* One turn of waiting; returns whether it asked the holder, who then lets go at any moment. The new
 * GIL asks when a whole interval went by without a switch; the old one can only hope to be quicker
 * than the holder after a release. */
static bool wait_a_turn(struct gs_gil *gil, bool asked)
{
    uint64_t before = gil->switch_number;
    if (gil->profile == GS_GIL_27) {
        gs_wait(&gil->monitor, &gil->younger, GS_NEVER);
        gs_monitor_leave(&gil->monitor);
        gs_charge_random(GS_COST_jitter);
        gs_monitor_enter(&gil->monitor);
        if (gil->holder)
            gs_emit(GS_EVENT_GIL_MISS, 0, gil->interpreter, 0);
        return false;
    }
    uint64_t deadline = gs_now() + gil->interval_ns;
    enum gs_wait_end end =
        gs_wait_awake(&gil->monitor, &gil->younger, deadline, asked ? awake_ns(gil) : 0);
    if (end == GS_WAIT_WOKEN || !gil->holder)
        return false;
    if (gil->switch_number == before) {
        request_drop(gil);
        gil->asker = gs_self;
        gil->awake_until = gs_now() + dozes_off_after(gil);
        gs_off_core_look(gs_runner_of(gil->holder), gil->taken_at);
        return true;
    }
    gs_emit(GS_EVENT_GIL_TIMEOUT, 0, gil->interpreter, 0);
    return false;
}

static void count_asked(struct gs_gil *gil, uint64_t end, uint32_t line)
{
    struct gs_gil_counters *counters = &gil->counters;
    uint64_t held = end - gil->taken_at;
    if (held < counters->shortest_asked)
        counters->shortest_asked = held;
    if (line < GS_GIL_LINES)
        counters->asked_at[line]++;
}

/* One release of profile 2.7's, on the stack of who has let go. */
struct gs_race {
    struct gs_actor *loser; /* if he loses */
    uint64_t lost_at;       /* 0: he has not */
    uint32_t winner;
    bool told;
};

/* As far as a lane can show, he had the GIL until another took it. */
static void tell_lost_race(struct gs_gil *gil, struct gs_race *race)
{
    struct gs_actor *loser = race->loser;
    race->told = true;
    loser->state = GS_STATE_WANTS_GIL;
    gs_ring_put(gs_runner_of(gs_self)->ring, race->lost_at, loser->id, GS_EVENT_STATE,
                GS_STATE_WANTS_GIL, 0, gs_event_pack(loser->line, race->winner));
    gs_ring_put(gs_runner_of(gs_self)->ring, race->lost_at, loser->id, GS_EVENT_GIL_DROP,
                GS_DROP_ASKED, gil->interpreter, loser->line);
    gil->untold--;
    gs_wake_all(&gil->told, 0);
}

/* The caller has won. On the virtual clock, where all trace into one ring, he tells it at once: the
 * loser may come to nothing else first than to lose his core. On the real one each traces himself,
 * or readers of both rings would see the loser's time go back. */
static void lose_race(struct gs_gil *gil, uint64_t now)
{
    gs_monitor_assert(&gil->monitor);
    struct gs_race *race = gil->racing;
    gil->racing = NULL;
    gil->untold++;
    race->lost_at = now;
    race->winner = gs_self->id;
    count_asked(gil, now, race->loser->line);
    if (gs_runtime.virtual_clock)
        tell_lost_race(gil, race);
}

/* The monitor is entered and nobody holds the GIL. */
static void become_holder(struct gs_gil *gil)
{
    struct gs_actor *self = gs_self;
    gs_monitor_assert(&gil->monitor);
    gil->holder = self;
    if (gil->last_holder != self) {
        gil->last_holder = self;
        gil->switch_number++;
        gil->counters.hand_offs++;
    }
    atomic_store_explicit(&gil->drop_request, false, memory_order_relaxed);
    uint64_t now = stamp(gil);
    if (gil->racing)
        lose_race(gil, now);
    gil->taken_at = now;
    gs_emit_at(now, GS_EVENT_GIL_TAKE, 0, gil->interpreter, self->line);
    gs_wake_all(&gil->switched, 0);
}

/* The monitor is entered, and the lane is `wants-gil`. Returns who let go last. */
static uint32_t wait_until_free(struct gs_gil *gil)
{
    atomic_fetch_add(&gil->wanters, 1);
    for (bool asked = false; gil->holder;)
        asked = wait_a_turn(gil, asked);
    atomic_fetch_sub(&gil->wanters, 1);
    return gil->last_holder->id;
}

/* The monitor is entered and nobody holds the GIL; cause is who ended the state before. */
static void run_on(struct gs_gil *gil, uint32_t cause)
{
    become_holder(gil);
    gs_monitor_leave(&gil->monitor);
    gs_actor_enter_state(GS_STATE_RUNNING, 0, cause);
    gs_core();
}

void gs_gil_take(struct gs_gil *gil, uint32_t cause)
{
    gs_monitor_enter(&gil->monitor);
    if (gil->holder) {
        if (gs_self->state != GS_STATE_WANTS_GIL)
            begin_to_want(gil, cause);
        cause = wait_until_free(gil);
    }
    run_on(gil, cause);
}

static uint32_t who_left_since(const struct gs_gil *gil, uint64_t since)
{
    bool left = gil->last_holder && gil->last_holder != gs_self;
    return left && (gil->racing || gil->stamp > since) ? gil->last_holder->id : GS_CAUSE_NONE;
}

void gs_gil_take_next(struct gs_gil *gil, uint64_t since)
{
    gs_monitor_enter(&gil->monitor);
    run_on(gil, gil->holder ? wait_until_free(gil) : who_left_since(gil, since));
}

/* Somebody else has had it since: whether he still has it or not, it is he who makes room. */
static void take_back(struct gs_gil *gil)
{
    gs_monitor_enter(&gil->monitor);
    run_on(gil, wait_until_free(gil));
}

void gs_gil_drop(struct gs_gil *gil, enum gs_drop why)
{
    gs_monitor_enter(&gil->monitor);
    /* Who lost a race must come to tell it, before the caller may end the run. */
    while (why == GS_DROP_EXIT && gil->untold > 0)
        gs_wait(&gil->monitor, &gil->told, GS_NEVER);
    bool asked = atomic_load_explicit(&gil->drop_request, memory_order_relaxed);
    uint64_t now = stamp(gil);
    if (why == GS_DROP_ASKED)
        count_asked(gil, now, gs_self->line);
    if (why == GS_DROP_EXIT)
        gs_actor_enter_state_at(now, GS_STATE_NONE, 0, GS_CAUSE_NONE);
    gs_emit_at(now, GS_EVENT_GIL_DROP, (uint8_t)why, gil->interpreter, gs_self->line);
    gil->holder = NULL;
    gil->last_holder = gs_self;
    gs_memory_let_go(gil->memory);
    signal_one(gil);
    /* Forced switching: who asked gets it, whatever this thread would like to do next. */
    while (asked && gil->last_holder == gs_self)
        gs_wait_awake(&gil->monitor, &gil->switched, GS_NEVER, awake_ns(gil));
    gs_monitor_leave(&gil->monitor);
    gs_ring_warm(&gs_runner_of(gs_self)->own_ring);
}

static void hand_over(struct gs_gil *gil, uint64_t reached)
{
    gs_actor_enter_state_at(reached, GS_STATE_WANTS_GIL, 0, gil->asked_by);
    gs_gil_drop(gil, GS_DROP_ASKED);
    take_back(gil);
}

/* After the release, the monitor entered again: nobody has taken it, or somebody has. */
static bool win_race(struct gs_gil *gil, struct gs_race *race)
{
    struct gs_actor *self = gs_self;
    if (gil->racing == race) {
        gil->racing = NULL;
        gil->holder = self;
        return true;
    }
    if (!race->told)
        tell_lost_race(gil, race);
    /* It may have been taken off its core in between, and come back to where it was. */
    if (self->state != GS_STATE_WANTS_GIL)
        gs_actor_enter_state(GS_STATE_WANTS_GIL, 0, race->winner);
    return false;
}

/* Profile 2.7: release, and race for it again. Nearly always the holder wins, and then nothing has
 * happened that a lane could show; so the release is traced only when it lost. */
static void release_and_race(struct gs_gil *gil)
{
    struct gs_actor *self = gs_self;
    struct gs_race race = {.loser = self};
    gs_monitor_enter(&gil->monitor);
    /* Whoever was woken and is on his way counts: he may arrive in just this release. */
    if (atomic_load_explicit(&gil->wanters, memory_order_relaxed) == 0) {
        gs_monitor_leave(&gil->monitor);
        return;
    }
    gil->counters.releases++;
    gs_actor_note_line();
    (void)stamp(gil);
    gil->holder = NULL;
    gil->last_holder = self;
    /* Only until this function has entered the monitor again. */
    /* cppcheck-suppress autoVariables */
    gil->racing = &race;
    signal_one(gil);
    gs_monitor_leave(&gil->monitor);
    gs_charge(GS_COST_race);
    gs_monitor_enter(&gil->monitor);
    bool won = win_race(gil, &race);
    gs_monitor_leave(&gil->monitor);
    if (!won)
        take_back(gil);
}

void gs_gil_check_point(struct gs_gil *gil, uint64_t reached)
{
    if (gil->profile == GS_GIL_27)
        release_and_race(gil);
    else if (atomic_load_explicit(&gil->drop_request, memory_order_acquire))
        hand_over(gil, reached);
}

struct gs_gil_counters gs_gil_counters(struct gs_gil *gil)
{
    gs_monitor_enter(&gil->monitor);
    struct gs_gil_counters counters = gil->counters;
    gs_monitor_leave(&gil->monitor);
    return counters;
}

struct gs_gil_counters gs_gil_restart_shortest(struct gs_gil *gil)
{
    gs_monitor_enter(&gil->monitor);
    struct gs_gil_counters counters = gil->counters;
    gil->counters.shortest_asked = GS_NEVER;
    gs_monitor_leave(&gil->monitor);
    return counters;
}

void gs_gil_set_interval(struct gs_gil *gil, uint64_t interval_ns)
{
    gs_monitor_enter(&gil->monitor);
    gil->interval_ns = interval_ns;
    gs_emit(GS_EVENT_GIL_INTERVAL, 0, gil->interpreter, interval_ns);
    /* The virtual clock lets nobody run ahead further than the shortest interval allows. */
    if (gs_runtime.virtual_clock && interval_ns < gs_family->shortest_interval_ns)
        gs_family->shortest_interval_ns = interval_ns;
    gs_monitor_leave(&gil->monitor);
}

#ifdef GS_HOSTILE
void gs_gil_force(struct gs_gil *gil)
{
    gs_monitor_enter(&gil->monitor);
    const struct gs_waiter *first = gil->older.first ? gil->older.first : gil->younger.first;
    if (first && !atomic_load_explicit(&gil->drop_request, memory_order_relaxed)) {
        gil->asked_by = first->runner->actor.id;
        atomic_store_explicit(&gil->drop_request, true, memory_order_release);
    }
    gs_monitor_leave(&gil->monitor);
}
#endif
