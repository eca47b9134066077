#include "python/watch/watch.h"

#include "python/drive/drive.h"
#include "python/front/guards.h"
#include "python/watch/gils.h"
#include "python/watch/output.h"
#include "python/watch/ticks.h"

#include "base/own.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With the hostile build's small rings, losing would be all there is. */
#ifdef GS_HOSTILE
enum { HOSTILE = true };
#else
enum { HOSTILE = false };
#endif

struct gs_watch gs_watch;
_Thread_local struct gs_watched *gs_watched_self;

uint32_t gs_watch_string(const char *text, size_t length)
{
    return gs_segment_add_string(gs_watch.segment, text, length);
}

uint32_t gs_watch_word(uint32_t *known, const char *text)
{
    if (!*known)
        *known = gs_watch_string(text, strlen(text));
    return *known;
}

/* They stay: a late look at one must not meet freed memory. */
static struct gs_watched *_Atomic all;

static void enlist(struct gs_watched *thread)
{
    thread->next = atomic_load(&all);
    while (!atomic_compare_exchange_weak(&all, &thread->next, thread))
        ;
}

static uint32_t next_number(void)
{
    static _Atomic unsigned unnamed;
    char numbered[32];
    int length =
        snprintf(numbered, sizeof numbered, "native thread %u", atomic_fetch_add(&unnamed, 1) + 1);
    return gs_watch_string(numbered, (size_t)length);
}

struct gs_watched *gs_watched_new(uint32_t name, uint32_t parent, uint32_t interpreter,
                                  uint32_t flags)
{
    struct gs_watched *thread = aligned_alloc(GS_CACHE_LINE, sizeof *thread);
    if (!thread)
        abort();
    *thread = (struct gs_watched){0};
    struct gs_actor_row row = {.kind = GS_ACTOR_THREAD,
                               .parent = interpreter,
                               .interpreter = interpreter,
                               .name = name ? name : next_number(),
                               .flags = flags};
    thread->id = gs_segment_add_actor(gs_watch.segment, &row);
    thread->parent = parent;
    thread->interpreter = interpreter;
    enlist(thread);
    return thread;
}

struct gs_watched *gs_watched_first(void)
{
    return atomic_load(&all);
}

struct gs_watched *gs_watched_of(uint32_t actor)
{
    struct gs_watched *thread = atomic_load(&all);
    while (thread && thread->id != actor)
        thread = thread->next;
    return thread;
}

/* On the virtual clock all share one ring, since one thread runs at a time. On the real one each
 * has its own; those of a process for whom none is left share one, too, and take turns. */
static struct gs_ring shared;

static bool open_ring(struct gs_watched *thread)
{
    if (!shared.shared && !gs_segment_open_ring(gs_watch.segment, thread->id, true, &shared))
        return false;
    if (gs_watch.driven)
        atomic_store_explicit(&gs_family->ring, shared.index, memory_order_relaxed);
    if (!gs_watch.driven &&
        gs_segment_open_ring(gs_watch.segment, thread->id, HOSTILE, &thread->ring))
        return true;
    thread->crowded = !gs_watch.driven;
    thread->ring = shared;
    return true;
}

void gs_watch_join_ring(void)
{
    gs_segment_join_ring(gs_watch.segment, atomic_load(&gs_family->ring), &shared);
}

void gs_watch_put_crowded(struct gs_watched *thread, const struct gs_event *event)
{
    gs_guard_lock(GS_GUARD_THREADS);
    gs_ring_put_shared(&thread->ring, event);
    gs_guard_unlock(GS_GUARD_THREADS);
}

void gs_watched_enter(struct gs_watched *thread)
{
    gs_watched_self = thread;
    thread->ident = (unsigned long)pthread_self();
    if (!gs_watch.driven && gs_family)
        thread->standing = gs_standing_take(&gs_family->standing, thread->id);
    if (gs_watch.driven && atomic_load(&gs_watch.begun))
        gs_drive_lanes(gs_watch.process, thread->id);
    if (!thread->id || !open_ring(thread))
        return;
    /* A process that has just been forked may be gone soon: its memory comes as it is needed. */
    if (!thread->crowded && !(gs_watch.forked_by && thread->parent == gs_watch.forked_by))
        gs_ring_warm(&thread->ring);
    gs_watch_put(thread, gs_watch_now(), GS_EVENT_BORN, 0, thread->parent, 0);
    if (!gs_watch.driven)
        gs_ticks_begin(thread);
}

void gs_watched_end_carried(struct gs_watched *thread, struct gs_watched *teller, uint64_t time)
{
    if (thread->task)
        gs_watch_store(teller, (struct gs_event){.time = time,
                                                 .actor = thread->task,
                                                 .kind = GS_EVENT_DIED,
                                                 .flags = GS_DEATH_CUT_OFF});
    if (thread->loop)
        gs_watch_store(teller, (struct gs_event){.time = time,
                                                 .actor = thread->loop,
                                                 .kind = GS_EVENT_STATE,
                                                 .flags = GS_STATE_NONE,
                                                 .b = gs_event_pack(0, GS_CAUSE_NONE)});
    thread->task = thread->loop = 0;
}

void gs_watched_end(struct gs_watched *thread, enum gs_death how, uint32_t program)
{
    gs_output_finish();
    if (thread->stuck)
        return;
    gs_gil_settle_at_end(thread, GS_STATE_NATIVE, 0);
    /* Cut off while the interpreter ended, in the middle of its wish: it has not got further. */
    if (thread->state == GS_STATE_WANTS_GIL)
        return;
    if (!thread->holds)
        gs_watched_do(thread, GS_STATE_NONE, 0);
    uint64_t now = gs_watch_now();
    if (atomic_load(&gs_watch.begun) && thread->ring.shared)
        gs_watched_end_carried(thread, thread, now);
    gs_watch_put(thread, now, GS_EVENT_DIED, (uint8_t)(thread->failed ? GS_DEATH_ERROR : how),
                 program, 0);
}

void gs_watched_leave(struct gs_watched *thread)
{
    gs_watched_end(thread, 0, 0);
    gs_ticks_end(thread);
    atomic_store(&thread->gone, true);
    gs_standing_give_back(thread->standing);
    if (!gs_watch.driven && !thread->crowded)
        gs_ring_close(&thread->ring);
    gs_watched_self = NULL;
}

void gs_watched_forget(void)
{
    atomic_store(&all, NULL);
    gs_watched_self = NULL;
    if (!gs_watch.driven)
        shared = (struct gs_ring){0};
}

void gs_watch_tell_death(struct gs_event death)
{
    gs_ring_put_event(&shared, death);
}

/* What an event loop and its task do is what the thread that runs them does. */
static void put_carried(struct gs_watched *thread, uint32_t actor, uint64_t time,
                        enum gs_state state, uint32_t on, uint32_t cause)
{
    if (actor)
        gs_watch_put_event_for(thread, (struct gs_event){.time = time,
                                                         .actor = actor,
                                                         .kind = GS_EVENT_STATE,
                                                         .flags = (uint8_t)state,
                                                         .place = thread->place,
                                                         .a = on,
                                                         .b = gs_event_pack(thread->line, cause)});
}

void gs_watched_tell_called(struct gs_watched *thread)
{
    const struct gs_called *called = &thread->called;
    if (called->untold)
        gs_watch_put_event_for(thread, (struct gs_event){.time = called->since,
                                                         .actor = thread->loop,
                                                         .kind = GS_EVENT_LABEL_BEGIN,
                                                         .place = called->place,
                                                         .a = called->name,
                                                         .b = gs_event_pack(called->line, 0)});
    thread->called.untold = false;
}

void gs_watched_state(struct gs_watched *thread, uint64_t time, enum gs_state state, uint32_t on,
                      uint32_t cause)
{
    /* First, since locks that it took in the state before are told with it. */
    gs_watch_put_line(thread, time, GS_EVENT_STATE, (uint8_t)state, on, cause);
    gs_watched_tell_called(thread);
    put_carried(thread, thread->loop, time, state, on, cause);
    put_carried(thread, thread->task, time, state, on, cause);
    thread->state = state;
    thread->since = time;
    atomic_store_explicit(&thread->on, on, memory_order_relaxed);
}

void gs_watched_do(struct gs_watched *self, enum gs_state state, uint32_t on)
{
    atomic_store_explicit(&self->doing, GS_STATE_NONE, memory_order_relaxed);
    if (!gs_gil_settle(self, state, on))
        gs_watched_state(self, gs_watch_now(), state, on,
                         self->cause ? self->cause : GS_CAUSE_WORK);
}

uint32_t gs_watched_woken_by(struct gs_watched *self, uint32_t ended, int result)
{
    /* Its own: it was free after all. */
    uint32_t waker = result == 0 && ended != self->id ? ended : 0;
    self->cause = waker            ? waker
                  : result == 0    ? GS_CAUSE_WORK
                  : errno == EINTR ? GS_CAUSE_SIGNAL
                                   : GS_CAUSE_CLOCK;
    return waker;
}

void gs_watched_interrupted(void)
{
    struct gs_watched *self = gs_watched_away();
    if (self)
        self->cause = GS_CAUSE_SIGNAL;
}

bool gs_watch_has_lanes(void)
{
    return gs_watched_self && atomic_load(&gs_watch.begun) && gs_own_pid() == gs_watch.pid;
}

/* Of a driven run the scheduler has told it. */
static void tell_screen(struct gs_control *control)
{
    enum { DEFAULT_INTERVAL_NS = 5000000 };
    uint64_t asked = control->order.interval_ns;
    const struct gs_facts facts = {.clock = GS_CLOCK_REAL,
                                   .gil = gs_cpython.minor < 10 ? GS_GIL_39 : GS_GIL_312,
                                   .cores = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN),
                                   .python = gs_cpython.number_of_version,
                                   .interval_ns = asked ? asked : DEFAULT_INTERVAL_NS};
    gs_segment_tell_facts(gs_watch.segment, &facts);
    atomic_store(&control->start_ns, gs_watch.start_ns);
    atomic_store(&control->phase, GS_STAGE_RUNNING);
}

void gs_watch_note_told(const struct gs_watched *thread, const struct gs_event *event)
{
    if (gs_self && thread == gs_watched_self && event->actor == thread->id)
        gs_drive_told(event->time);
}

static void begin_run(void)
{
    if (gs_watch.driven) {
        gs_drive_begin();
        return;
    }
    gs_watch.start_ns = gs_clock_now();
    tell_screen(gs_watch.control);
}

static void announce_process(struct gs_watched *self, uint64_t now)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t by = self->parent ? gs_tables_process(tables, self->parent) : 0;
    uint64_t began = gs_watch.started_ns ? gs_watch.started_ns : now;
    if (!gs_watch.has_process)
        gs_watch_put_for(self, gs_watch.process, began, GS_EVENT_BORN, 0, by, 0);
    gs_watch.has_process = true;
    gs_family_tell_child(gs_own_pid());
}

void gs_watch_begin(void)
{
    struct gs_watched *self = gs_watched_self;
    if (!self || !self->holds || atomic_load(&gs_watch.begun))
        return;
    if (!gs_watch.started)
        begin_run();
    else if (gs_watch.driven)
        gs_drive_begin_program();
    self->line = self->place = 0; /* it was in what starts Python until now */
    uint64_t now = gs_watch.started ? gs_watch_now() : 0;
    atomic_store(&gs_watch.begun, true);
    if (gs_watch.driven)
        gs_drive_lanes(gs_watch.process, self->id);
    announce_process(self, now);
    gs_watch_put_for(self, self->id, now, GS_EVENT_BORN, 0, self->parent, 0);
    gs_gil_begin(self->holds, self, now);
}
