#include "timeline/verify.h"

#include "base/text.h"
#include "timeline/names.h"
#include "timeline/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 100, TIME_SIZE = 32, SHORT_NAME = 48 };

struct loss {
    uint64_t time;
    uint32_t carrier; /* 0: anybody's */
};

struct judge {
    const struct gs_timeline *t;
    struct gs_violations *found;
    GS_VEC(struct loss) losses; /* by time */
};

/* Names and times for one violation's text; as many as the longest sentence has. */
struct words {
    char actor[SHORT_NAME], other[SHORT_NAME], gil[SHORT_NAME], time[TIME_SIZE], length[TIME_SIZE];
};

static const char *name(const struct judge *j, char buffer[SHORT_NAME], uint32_t actor)
{
    return gs_name_actor(buffer, SHORT_NAME, j->t->tables, actor);
}

static const char *duration(char buffer[TIME_SIZE], uint64_t ns)
{
    return gs_text_duration(buffer, TIME_SIZE, ns);
}

__attribute__((format(printf, 4, 5))) static void violate(struct judge *j, uint64_t time,
                                                          uint32_t actor, const char *format, ...)
{
    struct gs_violations *found = j->found;
    size_t at = found->list.count;
    found->count++;
    while (at && found->list.items[at - 1].time > time)
        at--;
    if (at == KEPT)
        return;
    if (found->list.count < KEPT)
        gs_vec_add(&found->list);
    struct gs_violation *place = &found->list.items[at];
    memmove(place + 1, place, (found->list.count - 1 - at) * sizeof *place);
    *place = (struct gs_violation){.time = time, .actor = actor};
    va_list args;
    va_start(args, format);
    vsnprintf(place->text, sizeof place->text, format, args);
    va_end(args);
}

/* Index of the first loss at or behind time. */
static size_t first_loss(const struct judge *j, uint64_t time)
{
    size_t low = 0, high = j->losses.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (j->losses.items[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Events that tell of the actor were lost between the two instants, both included. */
static bool lost_between(const struct judge *j, uint32_t actor, uint64_t from, uint64_t until)
{
    if (!j->losses.count)
        return false;
    uint32_t carrier = gs_store_carrier(j->t->tables, actor);
    for (size_t i = first_loss(j, from); i < j->losses.count; i++) {
        const struct loss *loss = &j->losses.items[i];
        if (loss->time > until)
            return false;
        if (loss->carrier == carrier || !loss->carrier)
            return true;
    }
    return false;
}

static void tell_odd(struct judge *j, const struct gs_oddity *odd)
{
    struct words w;
    const char *who = name(j, w.actor, odd->actor), *when = duration(w.time, odd->time);
    uint32_t detail = (uint32_t)odd->detail;
    switch (odd->rule) {
    case GS_ODD_TIME_BACK:
        violate(j, odd->time, odd->actor, "The time of %s goes back at %s, by %s.", who, when,
                duration(w.length, odd->time - odd->detail));
        return;
    case GS_ODD_BORN_TWICE:
        violate(j, odd->time, odd->actor, "%s is born a second time at %s.", who, when);
        return;
    case GS_ODD_AFTER_DEATH:
        violate(j, odd->time, odd->actor, "%s is dead, and yet it has a '%s' event at %s.", who,
                gs_event_kind_name(detail), when);
        return;
    case GS_ODD_LABEL_END:
        violate(j, odd->time, odd->actor, "%s ends a label at %s, but none is open.", who, when);
        return;
    case GS_ODD_LABEL_OPEN:
        violate(j, odd->time, odd->actor, "%s died at %s inside the label '%s'.", who, when,
                gs_name_string(w.other, sizeof w.other, j->t->tables, detail));
        return;
    case GS_ODD_TAKE_TWICE:
        violate(j, odd->time, odd->actor,
                "%s takes a GIL at %s, but has not let go of the GIL of %s.", who, when,
                name(j, w.gil, detail));
        return;
    case GS_ODD_DROP:
        violate(j, odd->time, odd->actor, "%s lets go of the GIL of %s at %s, but does not own it.",
                who, name(j, w.gil, detail), when);
        return;
    }
}

static bool excused(const struct judge *j, const struct gs_hold *first,
                    const struct gs_hold *second)
{
    uint64_t end = gs_hold_end(j->t, first), other_end = gs_hold_end(j->t, second);
    end = end > other_end ? end : other_end;
    if (first->open) /* its drop may be in any hole behind */
        end = UINT64_MAX;
    return lost_between(j, first->owner, first->start, end) ||
           lost_between(j, second->owner, first->start, end);
}

static void tell_two_owners(struct judge *j, const struct gs_lane *gil, const struct gs_hold *first,
                            const struct gs_hold *second)
{
    struct words w;
    name(j, w.gil, gil->actor);
    name(j, w.actor, second->owner);
    name(j, w.other, first->owner);
    duration(w.time, second->start);
    if (first->open)
        violate(j, second->start, second->owner,
                "Two owners of the GIL of %s: %s took it at %s, and %s has not let go.", w.gil,
                w.actor, w.time, w.other);
    else
        violate(j, second->start, second->owner,
                "Two owners of the GIL of %s: %s took it at %s, %s before %s let go.", w.gil,
                w.actor, w.time, duration(w.length, first->end - second->start), w.other);
}

/* One owner at a time. `widest` is the earlier hold that lasts longest: the next one need not be
 * the neighbour of what it overlaps. */
static void judge_holds(struct judge *j, const struct gs_lane *gil)
{
    size_t widest = 0;
    for (size_t i = 1; i < gil->holds.count; i++) {
        const struct gs_hold *before = &gil->holds.items[widest], *hold = &gil->holds.items[i];
        bool overlap = before->open || before->end > hold->start;
        if (overlap && before->owner != hold->owner && !excused(j, before, hold))
            tell_two_owners(j, gil, before, hold);
        if (before->open || hold->open || hold->end >= before->end)
            widest = i;
    }
}

/* A task runs by right of the thread that owns the GIL. */
static bool owns(const struct judge *j, const struct gs_hold *hold, uint32_t actor)
{
    return hold->owner == actor || hold->owner == gs_store_carrier(j->t->tables, actor);
}

/* How far from `from` on the actor owns the GIL without a gap; `from` itself: not at all. */
static uint64_t owned_until(const struct judge *j, const struct gs_lane *gil, uint32_t actor,
                            uint64_t from)
{
    enum { LOOK_BACK = 8 }; /* holds that a broken trace has on top of the actor's own */
    long at = gs_lane_hold_at(gil, from);
    uint64_t until = from;
    for (long i = at; i >= 0 && i > at - LOOK_BACK; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        uint64_t end = hold->open ? UINT64_MAX : hold->end;
        if (!owns(j, hold, actor) || end <= from)
            continue;
        until = end;
        at = i;
        break;
    }
    if (until == from)
        return from;
    for (size_t i = (size_t)at + 1; i < gil->holds.count; i++) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (hold->start != until || !owns(j, hold, actor))
            break;
        until = gs_hold_end(j->t, hold);
    }
    return until;
}

static void judge_ownership(struct judge *j, const struct gs_lane *lane, size_t index,
                            uint32_t interpreter)
{
    const struct gs_span *span = &lane->spans.items[index];
    uint64_t end = gs_span_end(j->t, span);
    const struct gs_actor_row *row = j->t->tables->actor(j->t->tables, interpreter);
    if (span->start == end || !gs_actor_has_gil(row))
        return;
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    uint64_t owned = gil ? owned_until(j, gil, lane->actor, span->start) : span->start;
    /* Its take may be what was lost: then nothing is known since the state before. */
    uint64_t known_from = index ? span[-1].start : lane->birth;
    if (owned >= end || lost_between(j, lane->actor, known_from, end))
        return;
    struct words w;
    name(j, w.actor, lane->actor);
    name(j, w.gil, interpreter);
    if (owned > span->start)
        violate(j, owned, lane->actor,
                "%s runs on at %s, for %s, after it let go of the GIL of %s.", w.actor,
                duration(w.time, owned), duration(w.length, end - owned), w.gil);
    else
        violate(j, span->start, lane->actor, "%s runs at %s, for %s, without the GIL of %s.",
                w.actor, duration(w.time, span->start), duration(w.length, end - span->start),
                w.gil);
}

static bool somebody_else_owned(const struct judge *j, const struct gs_lane *lane,
                                const struct gs_span *span, uint32_t interpreter)
{
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    if (!gil || span->start == span->end)
        return false;
    long last = gs_lane_hold_at(gil, span->end - 1);
    for (long i = last; i >= 0 && i > last - 4; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (!owns(j, hold, lane->actor) && gs_hold_end(j->t, hold) > span->start)
            return true;
    }
    return false;
}

static const char *did(unsigned state)
{
    static const char *const verbs[GS_STATES] = {
        [GS_STATE_NONE] = "was away",
        [GS_STATE_RUNNING] = "ran",
        [GS_STATE_WANTS_GIL] = "wanted the GIL",
        [GS_STATE_NATIVE] = "computed outside the interpreter",
        [GS_STATE_IO] = "was blocked on I/O",
        [GS_STATE_SLEEPING] = "slept",
        [GS_STATE_WAITING] = "waited",
        [GS_STATE_READY] = "was ready to run",
        [GS_STATE_AWAITING] = "awaited",
    };
    return verbs[state];
}

/* Every wait that ended has a cause, and one that exists. A GIL that was free is taken without
 * anybody's help. */
static void judge_cause(struct judge *j, const struct gs_lane *lane, const struct gs_span *span,
                        uint32_t interpreter)
{
    if (span->open || span->state == GS_STATE_RUNNING || span->cause >= GS_CAUSE_ABORT)
        return;
    bool exists = span->cause && j->t->tables->actor(j->t->tables, span->cause);
    bool free_gil = span->state == GS_STATE_WANTS_GIL && !span->cause &&
                    !somebody_else_owned(j, lane, span, interpreter);
    if (exists || free_gil || lost_between(j, lane->actor, span->start, span->end))
        return;
    struct words w;
    name(j, w.actor, lane->actor);
    char on[SHORT_NAME + 8] = "";
    if (span->on)
        snprintf(on, sizeof on, " (%s)",
                 gs_name_object(w.other, sizeof w.other, j->t->tables, span->on));
    const char *verb = did(span->state), *when = duration(w.time, span->end);
    if (span->cause)
        violate(j, span->end, lane->actor, "%s %s%s until %s, ended by actor %u, who is unknown.",
                w.actor, verb, on, when, span->cause);
    else
        violate(j, span->end, lane->actor, "%s %s%s until %s, for %s, and nobody ended that.",
                w.actor, verb, on, when, duration(w.length, span->end - span->start));
}

static bool has_a_life(const struct gs_actor_row *row)
{
    return row && row->kind >= GS_ACTOR_THREAD;
}

/* Whoever was born dies or is alive at the end; whoever lives was born. */
static void judge_life(struct judge *j, const struct gs_lane *lane)
{
    struct words w;
    name(j, w.actor, lane->actor);
    bool announced = ((const struct gs_book *)lane)->announced;
    bool alive = lane->spans.count && lane->spans.items[lane->spans.count - 1].open;
    if (!announced && (lane->spans.count || lane->died) && !gs_timeline_lost(j->t))
        violate(j, lane->spans.count ? lane->spans.items[0].start : lane->death, lane->actor,
                "%s lives, but its birth is not told.", w.actor);
    if (announced && !lane->died && !alive && gs_timeline_complete(j->t) &&
        !gs_store_lossy(j->t, lane->actor))
        violate(j, gs_timeline_end(j->t), lane->actor,
                "%s, born at %s, has not died and is in no state at the end.", w.actor,
                duration(w.time, lane->birth));
}

static void judge_spans(struct judge *j, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint32_t interpreter = gs_lane_interpreter_at(lane, span->start);
        if (span->state == GS_STATE_RUNNING)
            judge_ownership(j, lane, i, interpreter);
        /* Between two interpreters it is the second one's GIL that is wanted. */
        judge_cause(j, lane, span, gs_lane_interpreter_at(lane, gs_span_end(j->t, span)));
    }
}

static void find_losses(struct judge *j)
{
    struct gs_points lost = gs_timeline_points(j->t, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++) {
        const struct gs_event *e = &lost.list.items[i];
        struct loss loss = {.time = e->time,
                            .carrier = e->actor ? gs_store_carrier(j->t->tables, e->actor) : 0};
        gs_vec_push(&j->losses, loss);
    }
    gs_vec_free(&lost.list);
}

bool gs_verify(const struct gs_timeline *timeline, struct gs_violations *violations)
{
    struct judge j = {.t = timeline, .found = violations};
    *violations = (struct gs_violations){0};
    find_losses(&j);
    for (uint64_t i = 0; i < timeline->oddity_count && i < GS_ODDITIES_KEPT; i++)
        tell_odd(&j, &timeline->oddities[i]);
    if (timeline->oddity_count > GS_ODDITIES_KEPT)
        violations->count += timeline->oddity_count - GS_ODDITIES_KEPT;
    if (timeline->strays)
        violate(&j, 0, 0, "Events that make no sense (unknown actor, kind, state or object): %llu.",
                (unsigned long long)timeline->strays);
    for (size_t id = 1; id < timeline->books.count; id++) {
        const struct gs_lane *lane = gs_timeline_lane(timeline, (uint32_t)id);
        const struct gs_actor_row *row = timeline->tables->actor(timeline->tables, (uint32_t)id);
        if (!lane)
            continue;
        judge_holds(&j, lane);
        judge_spans(&j, lane);
        if (has_a_life(row))
            judge_life(&j, lane);
    }
    gs_vec_free(&j.losses);
    return violations->count == 0;
}
