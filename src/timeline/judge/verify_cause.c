#include "timeline/judge/verify_cause.h"

#include "timeline/judge/verify_gil.h"
#include "timeline/names.h"

#include <stdio.h>

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
        [GS_STATE_UNKNOWN] = "did what nobody knows",
    };
    return verbs[state];
}

/* "Thread 1 waited (Lock 1) until 4.0 µs, " and what is wrong with that. */
static void tell(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span,
                 const char *wrong)
{
    struct gs_judge_words w;
    char on[GS_JUDGE_NAME + 8] = "";
    if (span->on)
        snprintf(on, sizeof on, " (%s)", gs_name_object(w.other, sizeof w.other, j->t, span->on));
    gs_judge_violate(j, span->end, lane->actor, "%s %s%s until %s, %s.",
                     gs_judge_name(j, w.actor, lane->actor), did(span->state), on,
                     gs_judge_duration(w.time, span->end), wrong);
}

static void tell_wrong_cause(struct gs_judge *j, const struct gs_lane *lane,
                             const struct gs_span *span, const char *what)
{
    char wrong[GS_JUDGE_NAME + 64], name[GS_JUDGE_NAME];
    snprintf(wrong, sizeof wrong, "ended by %s, who did not %s",
             gs_judge_name(j, name, span->cause), what);
    tell(j, lane, span, wrong);
}

/* A GIL that was free is taken without anybody's help. */
static void judge_nobody(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span)
{
    if (span->state == GS_STATE_WANTS_GIL &&
        !gs_judge_others_owned(j, lane, span, gs_lane_wanted(j->t, lane, span)))
        return;
    char wrong[64], length[GS_JUDGE_TIME];
    snprintf(wrong, sizeof wrong, "for %s, and nobody ended that",
             gs_judge_duration(length, span->end - span->start));
    tell(j, lane, span, wrong);
}

/* Who ended a wish for a GIL let go of it. */
static void judge_wish(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span)
{
    uint32_t gil = gs_lane_wanted(j->t, lane, span), who = span->cause;
    if (gs_judge_let_go(j, lane, span, gil, who) || gs_judge_let_go_unseen(j, span, gil, who))
        return;
    tell_wrong_cause(j, lane, span, "let go of it last");
}

/* Who ended any other wait woke the one who waited. Of a task that its being ready tells. */
static void judge_wait(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span)
{
    if (span->state == GS_STATE_AWAITING ||
        gs_judge_woke(j, span->cause, lane->actor, span->start, span->end) ||
        gs_judge_lost(j, span->cause, span->start, span->end + 1))
        return;
    tell_wrong_cause(j, lane, span, "wake it then");
}

/* Time, its own work, a free core and a signal end a wait as well; none of them lets go of a GIL.
 */
static void judge_something(struct gs_judge *j, const struct gs_lane *lane,
                            const struct gs_span *span)
{
    if (span->state == GS_STATE_WANTS_GIL)
        tell(j, lane, span, "ended by nobody who could have let go of it");
}

void gs_judge_cause(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span)
{
    bool cut_off = gs_death_is_sudden(lane->how) && span->end == lane->death;
    if (span->open || cut_off || gs_judge_lost(j, lane->actor, span->start, span->end))
        return;
    if (span->cause == GS_CAUSE_NONE) {
        judge_nobody(j, lane, span);
    } else if (span->cause >= GS_CAUSE_SIGNAL) {
        judge_something(j, lane, span);
    } else if (j->t->tables->actor(j->t->tables, span->cause)) {
        span->state == GS_STATE_WANTS_GIL ? judge_wish(j, lane, span) : judge_wait(j, lane, span);
    } else {
        char wrong[64];
        snprintf(wrong, sizeof wrong, "ended by actor %u, who is unknown", span->cause);
        tell(j, lane, span, wrong);
    }
}
