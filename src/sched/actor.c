#include "sched/actor.h"

#include "base/vec.h"

#include <string.h>

_Thread_local struct gs_actor *gs_self;

/* All of the process's, by id: gs_runtime.actors_mutex guards it. */
static GS_VEC(struct gs_actor *) by_id;

void gs_actor_enlist(struct gs_actor *actor)
{
    pthread_mutex_lock(&gs_runtime.actors_mutex);
    if (gs_runtime.last_actor)
        gs_runtime.last_actor->next_actor = actor;
    else
        gs_runtime.actors = actor;
    gs_runtime.last_actor = actor;
    while (by_id.count <= actor->id)
        gs_vec_push(&by_id, NULL);
    by_id.items[actor->id] = actor;
    pthread_mutex_unlock(&gs_runtime.actors_mutex);
}

struct gs_actor *gs_actor_find(uint32_t id)
{
    pthread_mutex_lock(&gs_runtime.actors_mutex);
    struct gs_actor *actor = id < by_id.count ? by_id.items[id] : NULL;
    pthread_mutex_unlock(&gs_runtime.actors_mutex);
    return actor;
}

void gs_actor_announce(uint32_t actor, uint32_t parent)
{
    gs_ring_put(gs_runner_of(gs_self)->ring, gs_now(), actor, GS_EVENT_BORN, 0, parent, 0);
}

void gs_emit_surely(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    struct gs_ring *ring = gs_runner_of(gs_self)->ring;
    if (ring)
        gs_ring_await_room(ring);
    gs_emit(kind, flags, a, b);
}

void gs_actor_note_line(void)
{
    if (gs_self->state == GS_STATE_RUNNING && gs_runtime.find_line)
        (void)gs_runtime.find_line(&gs_self->line);
}

static void account_for_core(uint64_t time, enum gs_state next)
{
    if (!atomic_load_explicit(&gs_runner_of(gs_self)->off_core.watched, memory_order_relaxed))
        return;
    if (gs_self->state == GS_STATE_RUNNING)
        gs_off_core_tell(time);
    else if (next == GS_STATE_RUNNING)
        gs_off_core_forget();
}

void gs_actor_enter_state(enum gs_state state, uint32_t on, uint32_t cause)
{
    gs_actor_enter_state_at(gs_now(), state, on, cause);
}

void gs_actor_enter_state_at(uint64_t time, enum gs_state state, uint32_t on, uint32_t cause)
{
    struct gs_actor *self = gs_self;
    gs_actor_note_line();
    account_for_core(time, state);
    self->state = state;
    self->state_on = on;
    gs_emit_at(time, GS_EVENT_STATE, (uint8_t)state, on, gs_event_pack(self->line, cause));
}

uint32_t gs_actor_string(const char *text, size_t length)
{
    return gs_runtime.traced ? gs_segment_add_string(gs_runtime.segment, text, length) : 0;
}
