#include "timeline/judge/verify_parts.h"

#include "base/sorted.h"
#include "base/text.h"
#include "timeline/names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEPT = 100 };

const char *gs_judge_name(const struct gs_judge *j, char buffer[GS_JUDGE_NAME], uint32_t actor)
{
    return gs_name_actor(buffer, GS_JUDGE_NAME, j->t->tables, actor);
}

const char *gs_judge_duration(char buffer[GS_JUDGE_TIME], uint64_t ns)
{
    return gs_text_duration(buffer, GS_JUDGE_TIME, ns);
}

void gs_judge_violate(struct gs_judge *j, uint64_t time, uint32_t actor, const char *format, ...)
{
    struct gs_violations *found = j->found;
    found->count++;
    if (found->list.count == KEPT) {
        if (found->list.items[KEPT - 1].time <= time)
            return;
        found->list.count--;
    }
    struct gs_violation *place = gs_sorted_add(&found->list, time, time);
    *place = (struct gs_violation){.time = time, .actor = actor};
    va_list args;
    va_start(args, format);
    vsnprintf(place->text, sizeof place->text, format, args);
    va_end(args);
}

bool gs_judge_lost(const struct gs_judge *j, uint32_t actor, uint64_t from, uint64_t until)
{
    if (!j->losses.count)
        return false;
    uint32_t carrier = gs_store_carrier(j->t->tables, actor);
    for (size_t i = gs_sorted_before(&j->losses, time, from); i < j->losses.count; i++) {
        const struct gs_loss *loss = &j->losses.items[i];
        if (loss->time > until)
            return false;
        if (loss->carrier == carrier || !loss->carrier)
            return true;
    }
    return false;
}

static void tell_odd(struct gs_judge *j, const struct gs_oddity *odd)
{
    struct gs_judge_words w;
    const char *who = gs_judge_name(j, w.actor, odd->actor),
               *when = gs_judge_duration(w.time, odd->time);
    uint32_t detail = (uint32_t)odd->detail;
    switch (odd->rule) {
    case GS_ODD_TIME_BACK:
        gs_judge_violate(j, odd->time, odd->actor, "The time of %s goes back at %s, by %s.", who,
                         when, gs_judge_duration(w.length, odd->time - odd->detail));
        return;
    case GS_ODD_BORN_TWICE:
        gs_judge_violate(j, odd->time, odd->actor, "%s is born a second time at %s.", who, when);
        return;
    case GS_ODD_AFTER_DEATH:
        gs_judge_violate(j, odd->time, odd->actor, "%s is dead, and yet it has a '%s' event at %s.",
                         who, gs_event_kind_name(detail), when);
        return;
    case GS_ODD_LABEL_END:
        gs_judge_violate(j, odd->time, odd->actor, "%s ends a label at %s, but none is open.", who,
                         when);
        return;
    case GS_ODD_LABEL_OPEN:
        gs_judge_violate(j, odd->time, odd->actor, "%s died at %s inside the label '%s'.", who,
                         when, gs_name_string(w.other, sizeof w.other, j->t->tables, detail));
        return;
    case GS_ODD_TAKE_TWICE:
        gs_judge_violate(j, odd->time, odd->actor,
                         "%s takes a GIL at %s, but has not let go of the GIL of %s.", who, when,
                         gs_judge_name(j, w.gil, detail));
        return;
    case GS_ODD_DROP:
        gs_judge_violate(j, odd->time, odd->actor,
                         "%s lets go of the GIL of %s at %s, but does not own it.", who,
                         gs_judge_name(j, w.gil, detail), when);
        return;
    }
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
static void judge_cause(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span,
                        uint32_t interpreter)
{
    if (span->open || span->state == GS_STATE_RUNNING || span->cause >= GS_CAUSE_CORE)
        return;
    bool exists = span->cause && j->t->tables->actor(j->t->tables, span->cause);
    bool free_gil = span->state == GS_STATE_WANTS_GIL && !span->cause &&
                    !gs_judge_others_owned(j, lane, span, interpreter);
    if (exists || free_gil || gs_judge_lost(j, lane->actor, span->start, span->end))
        return;
    struct gs_judge_words w;
    gs_judge_name(j, w.actor, lane->actor);
    char on[GS_JUDGE_NAME + 8] = "";
    if (span->on)
        snprintf(on, sizeof on, " (%s)",
                 gs_name_object(w.other, sizeof w.other, j->t->tables, span->on));
    const char *verb = did(span->state), *when = gs_judge_duration(w.time, span->end);
    if (span->cause)
        gs_judge_violate(j, span->end, lane->actor,
                         "%s %s%s until %s, ended by actor %u, who is unknown.", w.actor, verb, on,
                         when, span->cause);
    else
        gs_judge_violate(j, span->end, lane->actor,
                         "%s %s%s until %s, for %s, and nobody ended that.", w.actor, verb, on,
                         when, gs_judge_duration(w.length, span->end - span->start));
}

static bool has_a_life(const struct gs_actor_row *row)
{
    return row && row->kind >= GS_ACTOR_THREAD;
}

/* Whoever was born dies or is alive at the end; whoever lives was born. */
static void judge_life(struct gs_judge *j, const struct gs_lane *lane)
{
    struct gs_judge_words w;
    gs_judge_name(j, w.actor, lane->actor);
    bool announced = ((const struct gs_book *)lane)->announced;
    bool alive = lane->spans.count && lane->spans.items[lane->spans.count - 1].open;
    if (!announced && (lane->spans.count || lane->died) && !gs_timeline_lost(j->t))
        gs_judge_violate(j, lane->spans.count ? lane->spans.items[0].start : lane->death,
                         lane->actor, "%s lives, but its birth is not told.", w.actor);
    if (announced && !lane->died && !alive && gs_timeline_complete(j->t) &&
        !gs_store_lossy(j->t, lane->actor))
        gs_judge_violate(j, gs_timeline_end(j->t), lane->actor,
                         "%s, born at %s, has not died and is in no state at the end.", w.actor,
                         gs_judge_duration(w.time, lane->birth));
}

static void judge_spans(struct gs_judge *j, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint32_t interpreter = gs_lane_interpreter_at(lane, span->start);
        if (span->state == GS_STATE_RUNNING)
            gs_judge_ownership(j, lane, i, interpreter);
        judge_cause(j, lane, span, gs_lane_wanted(j->t, lane, span));
    }
}

static void find_losses(struct gs_judge *j)
{
    struct gs_points lost = gs_timeline_points(j->t, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++) {
        const struct gs_event *e = &lost.list.items[i];
        struct gs_loss loss = {.time = e->time,
                               .carrier = e->actor ? gs_store_carrier(j->t->tables, e->actor) : 0};
        gs_vec_push(&j->losses, loss);
    }
    gs_vec_free(&lost.list);
}

bool gs_verify(const struct gs_timeline *timeline, struct gs_violations *violations)
{
    struct gs_judge j = {.t = timeline, .found = violations};
    *violations = (struct gs_violations){0};
    find_losses(&j);
    for (uint64_t i = 0; i < timeline->oddity_count && i < GS_ODDITIES_KEPT; i++)
        tell_odd(&j, &timeline->oddities[i]);
    if (timeline->oddity_count > GS_ODDITIES_KEPT)
        violations->count += timeline->oddity_count - GS_ODDITIES_KEPT;
    if (timeline->strays)
        gs_judge_violate(&j, 0, 0,
                         "Events that make no sense (unknown actor, kind, state or object): %llu.",
                         (unsigned long long)timeline->strays);
    for (size_t id = 1; id < timeline->books.count; id++) {
        const struct gs_lane *lane = gs_timeline_lane(timeline, (uint32_t)id);
        const struct gs_actor_row *row = timeline->tables->actor(timeline->tables, (uint32_t)id);
        if (!lane)
            continue;
        gs_judge_holds(&j, lane);
        judge_spans(&j, lane);
        if (has_a_life(row))
            judge_life(&j, lane);
    }
    gs_vec_free(&j.losses);
    return violations->count == 0;
}
