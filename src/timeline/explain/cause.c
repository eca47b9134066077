/* Where Enter leads: to the event that the sentence names. Of who runs and of who was only now
 * woken that is what ended the state before; of who has to wait, what ends that, or else who has
 * what is waited for. */
#include "timeline/explain/explain.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"
#include "timeline/turns.h"

/* What somebody did, and when; nobody: actor is 0. */
struct deed {
    uint32_t actor;
    uint64_t time;
};

static const struct deed nobody;

static const struct gs_actor_row *row_of(const struct gs_instant *x, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    return tables->actor(tables, actor);
}

static bool is_another(const struct gs_instant *x, uint32_t actor)
{
    return actor && actor != x->actor && row_of(x, actor);
}

/* The loop of a task; 0: it is none. */
static uint32_t loop_of(const struct gs_instant *x)
{
    const struct gs_actor_row *row = row_of(x, x->actor);
    return row && row->kind == GS_ACTOR_TASK ? row->parent : 0;
}

/* Whether an event is what its actor ended the span by: it let go of the GIL, asked for it, or woke
 * the span's actor. */
static bool ends(const struct gs_event *e, const struct gs_span *span, uint32_t actor)
{
    if (e->kind == GS_EVENT_GIL_DROP)
        return span->state == GS_STATE_WANTS_GIL;
    if (e->kind == GS_EVENT_GIL_REQUEST)
        return span->state == GS_STATE_RUNNING && (uint32_t)e->b == actor;
    return e->kind == GS_EVENT_WAKE && (uint32_t)e->a == actor;
}

/* A task whose end was awaited with that of others has done so in its last step. */
static uint64_t last_deed(const struct gs_instant *x, uint32_t actor, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(x->t, actor);
    bool task = row_of(x, actor)->kind == GS_ACTOR_TASK;
    return task && gs_explain_has_ended(x->t, actor, time) ? lane->death - 1 : time;
}

/* Who ended the span, at the instant of doing so: a moment before its actor could go on. */
static struct deed end_of(const struct gs_instant *x, const struct gs_span *span)
{
    struct deed deed = {span->cause, span->end};
    const struct gs_lane *lane = gs_timeline_lane(x->t, span->cause);
    if (span->open || !is_another(x, span->cause))
        return nobody;
    deed.time = last_deed(x, span->cause, span->end);
    for (size_t i = lane ? lane->points.count : 0; i-- > 0;) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (e->time < span->start)
            break;
        if (e->time > span->end || !ends(e, span, x->actor))
            continue;
        deed.time = e->time;
        break;
    }
    return deed;
}

/* Who began the stretch that x is in, by ending the one before. A GIL that is free and a turn that
 * comes have no cause of their own: there it is who made the actor want one. */
static struct deed begin_of(const struct gs_instant *x)
{
    const struct gs_span *spans = x->lane->spans.items;
    size_t at = x->index;
    while (at > 0 && spans[at].start > x->since)
        at--;
    for (; at > 0; at--) {
        const struct gs_span *before = &spans[at - 1];
        struct deed deed = end_of(x, before);
        bool lined_up = before->state == GS_STATE_WANTS_GIL || before->state == GS_STATE_READY;
        if (deed.actor || !lined_up)
            return deed;
    }
    bool created = loop_of(x) && is_another(x, x->lane->creator);
    return created ? (struct deed){x->lane->creator, x->lane->birth} : nobody;
}

/* Who had the GIL before; of the first one nobody did. */
static struct deed how_it_came(const struct gs_instant *x, const struct gs_hold *hold, size_t index)
{
    return index ? (struct deed){hold[-1].owner, gs_hold_end(x->t, hold - 1)} : nobody;
}

/* Whoever has what is waited for, now. Where many have a share it is the latest. */
static struct deed who_has_it(const struct gs_instant *x)
{
    uint32_t kind = gs_explain_object(x->t, x->span->on)->kind;
    uint32_t actor = gs_explain_blocker(x->t, x->actor, x->span, x->time);
    struct gs_claim claim;
    bool shared = kind == GS_OBJECT_SEMAPHORE || kind == GS_OBJECT_TASKS;
    if (!actor && shared && gs_timeline_claims(x->t, x->span->on, x->time, &claim, 1))
        actor = claim.owner;
    return is_another(x, actor) ? (struct deed){actor, x->time} : nobody;
}

static struct deed of_running(const struct gs_instant *x)
{
    size_t index = 0;
    const struct gs_hold *hold = gs_explain_hold(x->t, x->interpreter, x->time, &index);
    struct deed deed = hold && hold->owner == x->actor ? how_it_came(x, hold, index) : nobody;
    return is_another(x, deed.actor) ? deed : begin_of(x);
}

static struct deed of_wanting(const struct gs_instant *x)
{
    size_t index = 0;
    uint32_t wanted = gs_lane_wanted(x->t, x->lane, x->span);
    const struct gs_hold *hold = gs_explain_hold(x->t, wanted, x->time, &index);
    struct deed begin = x->time == x->since ? begin_of(x) : nobody;
    /* On the real clock it has the GIL a moment before it stops to want it. */
    if (hold && hold->owner == x->actor)
        return hold->start >= x->since ? how_it_came(x, hold, index) : begin_of(x);
    if (begin.actor || !hold)
        return begin;
    return (struct deed){hold->owner, hold->open ? x->time : hold->end};
}

/* A task in its loop's queue: who put it there, else who has the turn. */
static struct deed of_ready(const struct gs_instant *x)
{
    struct deed deed = begin_of(x);
    const struct gs_hold *turn = gs_explain_hold(x->t, loop_of(x), x->time, NULL);
    if (deed.actor || !turn || !is_another(x, turn->owner))
        return deed;
    return (struct deed){turn->owner, x->time};
}

static struct deed of_waiting(const struct gs_instant *x)
{
    struct deed deed = end_of(x, &x->lane->spans.items[x->last]);
    return deed.actor ? deed : who_has_it(x);
}

static struct deed of_state(const struct gs_instant *x)
{
    if (loop_of(x) && gs_state_has_turn(x->span->state))
        return begin_of(x);
    switch ((enum gs_state)x->span->state) {
    case GS_STATE_RUNNING:
        return of_running(x);
    case GS_STATE_WANTS_GIL:
        return of_wanting(x);
    case GS_STATE_READY:
        return of_ready(x);
    case GS_STATE_NATIVE:
    case GS_STATE_IO:
    case GS_STATE_SLEEPING:
    case GS_STATE_WAITING:
    case GS_STATE_AWAITING:
        return of_waiting(x);
    case GS_STATE_UNKNOWN:
    case GS_STATE_NONE:
    case GS_STATES:
        break;
    }
    return nobody;
}

/* Before its first state it is somebody's work, and after its last one it may be. */
static struct deed of_life(const struct gs_instant *x)
{
    const struct gs_lane *lane = x->lane;
    bool began = gs_lane_span_at(lane, x->time) >= 0;
    if (lane->died && x->time >= lane->death && lane->how == GS_DEATH_CANCELLED)
        return (struct deed){lane->by, lane->death};
    return began ? nobody : (struct deed){lane->creator, lane->birth};
}

/* Of a GIL: how it came to who has it, or why nobody does. Whose turn it is on a loop is told
 * without that. */
static struct deed of_owned(const struct gs_instant *x, bool gil)
{
    long at = gs_lane_hold_at(x->lane, x->time);
    const struct gs_hold *hold = at < 0 ? NULL : &x->lane->holds.items[at];
    if (!hold)
        return nobody;
    uint64_t end = gs_explain_hold_end(x->t, hold);
    if (end <= x->time)
        return gil ? (struct deed){hold->owner, end} : nobody;
    if (!gil)
        return (struct deed){hold->owner, x->time};
    return at ? how_it_came(x, hold, (size_t)at) : (struct deed){hold->owner, hold->start};
}

static struct deed of_lane(struct gs_instant *x)
{
    const struct gs_actor_row *row = row_of(x, x->actor);
    bool gil = row && row->kind == GS_ACTOR_INTERPRETER;
    struct deed deed = gil || (row && row->kind == GS_ACTOR_LOOP) ? of_owned(x, gil) : nobody;
    bool lives = !(x->lane->died && x->time >= x->lane->death);
    if (deed.actor || gil)
        return deed;
    return lives && gs_instant_find(x) ? of_state(x) : of_life(x);
}

bool gs_explain_cause(const struct gs_timeline *timeline, uint32_t actor, uint64_t time,
                      uint32_t *cause_actor, uint64_t *cause_time)
{
    struct gs_instant x = {
        .t = timeline, .lane = gs_timeline_lane(timeline, actor), .actor = actor, .time = time};
    struct deed deed = x.lane ? of_lane(&x) : nobody;
    *cause_actor = deed.actor;
    *cause_time = deed.time;
    return is_another(&x, deed.actor);
}
