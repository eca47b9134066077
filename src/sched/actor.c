#include "sched/actor.h"

#include <string.h>
#include <time.h>

_Thread_local struct gs_actor *gs_self;

/* With the hostile build's small rings, losing would be all there is. */
#ifdef GS_HOSTILE
enum { HOSTILE = true };
#else
enum { HOSTILE = false };
#endif

/* The virtual clock's one ring; its first opener is the main actor. */
static struct gs_ring shared_ring;

static void init_bell(pthread_cond_t *bell)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(bell, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void enlist(struct gs_actor *actor)
{
    pthread_mutex_lock(&gs_runtime.actors_mutex);
    struct gs_actor **end = &gs_runtime.actors;
    while (*end)
        end = &(*end)->next_actor;
    *end = actor;
    pthread_mutex_unlock(&gs_runtime.actors_mutex);
}

bool gs_actor_init(struct gs_actor *actor, const char *name, uint32_t interpreter, uint32_t flags,
                   struct gs_error *err)
{
    uint32_t text = gs_segment_add_string(gs_runtime.segment, name, strlen(name));
    struct gs_actor_row row = {.kind = GS_ACTOR_THREAD,
                               .parent = interpreter,
                               .interpreter = interpreter,
                               .name = text,
                               .flags = flags};
    *actor = (struct gs_actor){.id = gs_segment_add_actor(gs_runtime.segment, &row),
                               .parent = gs_self ? gs_self->id : 0,
                               .name = gs_segment_tables(gs_runtime.segment)
                                           ->string(gs_segment_tables(gs_runtime.segment), text),
                               .heap_place = -1,
                               .timer_place = -1};
    if (!actor->id)
        return gs_error_set(err,
                            "RuntimeError: can't start new thread: the trace has no room for more");
    /* Two odd constants spread seed and id over all bits (splitmix64's increment and a mixer). */
    actor->random = (gs_runtime.seed + 1) * 0x9e3779b97f4a7c15u ^ actor->id * 0xbf58476d1ce4e5b9u;
    gs_monitor_init(&actor->own);
    init_bell(&actor->bell);
    enlist(actor);
    return true;
}

struct gs_actor *gs_actor_find(uint32_t id)
{
    pthread_mutex_lock(&gs_runtime.actors_mutex);
    struct gs_actor *actor = gs_runtime.actors;
    while (actor && actor->id != id)
        actor = actor->next_actor;
    pthread_mutex_unlock(&gs_runtime.actors_mutex);
    return actor;
}

bool gs_actor_open_ring(struct gs_error *err)
{
    struct gs_actor *self = gs_self;
    if (!gs_runtime.traced)
        return true;
    if (gs_runtime.virtual_clock) {
        if (!shared_ring.shared &&
            !gs_segment_open_ring(gs_runtime.segment, self->id, true, &shared_ring))
            return gs_error_set(err, "the trace has no ring");
        self->ring = &shared_ring;
        return true;
    }
    if (!gs_segment_open_ring(gs_runtime.segment, self->id, HOSTILE, &self->own_ring))
        return gs_error_set(err, "RuntimeError: can't start new thread: 2048 are running already");
    gs_ring_warm(&self->own_ring);
    self->ring = &self->own_ring;
    return true;
}

void gs_actor_close_ring(void)
{
    if (gs_self->ring == &gs_self->own_ring)
        gs_ring_close(&gs_self->own_ring);
    gs_self->ring = NULL;
}

void gs_actor_announce(uint32_t actor, uint32_t parent)
{
    gs_ring_put(gs_self->ring, gs_now(), actor, GS_EVENT_BORN, 0, parent, 0);
}

void gs_emit_surely(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    if (gs_self->ring)
        gs_ring_await_room(gs_self->ring);
    gs_emit(kind, flags, a, b);
}

void gs_actor_note_line(void)
{
    if (gs_self->state == GS_STATE_RUNNING && gs_runtime.find_line)
        (void)gs_runtime.find_line(&gs_self->line);
}

void gs_actor_enter_state(enum gs_state state, uint32_t on, uint32_t cause)
{
    gs_actor_enter_state_at(gs_now(), state, on, cause);
}

void gs_actor_enter_state_at(uint64_t time, enum gs_state state, uint32_t on, uint32_t cause)
{
    struct gs_actor *self = gs_self;
    gs_actor_note_line();
    self->state = state;
    self->state_on = on;
    gs_emit_at(time, GS_EVENT_STATE, (uint8_t)state, on, gs_event_pack(self->line, cause));
}

uint64_t gs_actor_random(void)
{
    /* xorshift64* (Vigna): small, and the same on every machine. */
    uint64_t x = gs_self->random;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    gs_self->random = x;
    return x * 0x2545f4914f6cdd1du >> 16;
}

uint32_t gs_actor_string(const char *text, size_t length)
{
    return gs_runtime.traced ? gs_segment_add_string(gs_runtime.segment, text, length) : 0;
}
