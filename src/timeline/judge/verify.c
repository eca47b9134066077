#include "timeline/judge/verify.h"

#include "timeline/judge/judge.h"
#include "timeline/judge/verify_cause.h"
#include "timeline/judge/verify_gil.h"
#include "timeline/judge/verify_lock.h"
#include "timeline/judge/verify_message.h"
#include "timeline/judge/verify_task.h"
#include "timeline/names.h"

#include <stdlib.h>

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
    case GS_ODD_TWO_TURNS:
        gs_judge_violate(j, odd->time, odd->actor,
                         "%s comes on its loop at %s, while %s is on it and did not begin it.", who,
                         when, gs_judge_name(j, w.other, detail));
        return;
    case GS_ODD_DROP:
        gs_judge_violate(j, odd->time, odd->actor,
                         "%s lets go of the GIL of %s at %s, but does not own it.", who,
                         gs_judge_name(j, w.gil, detail), when);
        return;
    }
}

static bool has_a_life(const struct gs_actor_row *row)
{
    return row && row->kind >= GS_ACTOR_THREAD;
}

/* The end of a run waits for no daemon: one may just be on his way in, or out. A loop that nobody
 * runs any more may never be closed. */
static bool may_be_nowhere(const struct gs_judge *j, const struct gs_lane *lane)
{
    const struct gs_actor_row *row = j->t->tables->actor(j->t->tables, lane->actor);
    return row && (row->flags & GS_ACTOR_DAEMON || row->kind == GS_ACTOR_LOOP);
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
    if (announced && !lane->died && !alive && !may_be_nowhere(j, lane) &&
        gs_timeline_complete(j->t) && !gs_store_lossy(j->t, lane->actor))
        gs_judge_violate(j, gs_timeline_end(j->t), lane->actor,
                         "%s, born at %s, has not died and is in no state at the end.", w.actor,
                         gs_judge_duration(w.time, lane->birth));
}

static void judge_spans(struct gs_judge *j, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        if (span->state == GS_STATE_RUNNING)
            gs_judge_ownership(j, lane, i, gs_lane_interpreter_at(lane, span->start));
        else
            gs_judge_cause(j, lane, span);
    }
}

static void judge_lane(struct gs_judge *j, const struct gs_lane *lane,
                       const struct gs_actor_row *row)
{
    bool on_loop = row && (row->kind == GS_ACTOR_LOOP || row->kind == GS_ACTOR_TASK);
    if (on_loop) {
        gs_judge_on_loop(j, lane);
        if (row->kind == GS_ACTOR_LOOP)
            gs_judge_callbacks(j, lane);
    } else {
        gs_judge_holds(j, lane);
        judge_spans(j, lane);
    }
    if (has_a_life(row))
        judge_life(j, lane);
}

bool gs_verify(const struct gs_timeline *timeline, struct gs_violations *violations)
{
    struct gs_judge j;
    gs_judge_init(&j, timeline, violations);
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
        judge_lane(&j, lane, row);
    }
    for (uint32_t id = 1; id <= timeline->tables->objects(timeline->tables); id++) {
        gs_judge_lock(&j, id);
        gs_judge_messages(&j, id);
    }
    gs_judge_destroy(&j);
    return violations->count == 0;
}
