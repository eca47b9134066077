/* Clauses that sentences about different states share: what somebody does, what ended it. */
#include "timeline/explain/clause.h"

#include "timeline/ends.h"
#include "timeline/explain/awaited.h"
#include "timeline/explain/facts.h"
#include "timeline/store.h"

#include <stdio.h>
#include <stdlib.h>

/* What somebody else did to end a state. The old GIL is not asked for: its holder let go of it by
 * itself, and was too slow to have it back. */
static const char *deed(unsigned state, enum gs_gil_profile profile, bool ahead)
{
    if (state == GS_STATE_RUNNING && profile == GS_GIL_27)
        return ahead ? "wins the race for it" : "won the race for it";
    if (state == GS_STATE_RUNNING)
        return ahead ? "asks for the GIL" : "asked for the GIL";
    if (state == GS_STATE_WANTS_GIL)
        return ahead ? "lets go" : "let go";
    return ahead ? "wakes it" : "woke it";
}

const char *gs_explain_end_clause(struct gs_say *say, uint32_t interpreter, unsigned state,
                                  uint32_t cause, bool ahead)
{
    switch (cause) {
    case GS_CAUSE_NONE:
        return NULL;
    case GS_CAUSE_CLOCK:
        if (state == GS_STATE_SLEEPING)
            return "its sleep is over";
        if (state == GS_STATE_AWAITING)
            return ahead ? "a time is up" : "a time was up";
        return ahead ? "its time limit runs out" : "its time limit ran out";
    case GS_CAUSE_WORK:
        if (state == GS_STATE_AWAITING)
            return "a file or socket has something for it";
        return state == GS_STATE_IO ? "the answer is there" : "its work is done";
    case GS_CAUSE_CORE:
        return state == GS_STATE_RUNNING ? "its core was taken away" : "a core is free";
    case GS_CAUSE_SIGNAL:
        return ahead ? "a signal interrupts it" : "a signal interrupted it";
    }
    const char *who = gs_say_who(say, cause);
    char *clause = gs_say_word(say);
    snprintf(clause, GS_WORD_SIZE, "%s %s", who,
             deed(state, gs_explain_profile(say->timeline, interpreter), ahead));
    return clause;
}

/* A wait that never ended: did the run come to stand still? */
static void say_deadlock(struct gs_instant *x)
{
    struct gs_points deadlocks = gs_timeline_points(x->t, GS_EVENT_DEADLOCK);
    const struct gs_event *found = deadlocks.list.count ? &deadlocks.list.items[0] : NULL;
    bool stall = found && found->flags & 1;
    if (found && found->time > x->time)
        gs_say(x->say, " It never ends: in %s the run comes to a %s.",
               gs_say_time(x->say, found->time - x->time), stall ? "standstill" : "deadlock");
    else if (found)
        gs_say(x->say, " Nobody can end that any more: the run stands %s.",
               stall ? "still" : "in a deadlock");
    gs_vec_free(&deadlocks.list);
}

void gs_explain_end(struct gs_instant *x)
{
    const struct gs_span *end = &x->lane->spans.items[x->last];
    if (end->open) {
        say_deadlock(x);
        return;
    }
    const char *clause =
        gs_explain_end_clause(x->say, x->interpreter, end->state, end->cause, true);
    gs_say(x->say, " This ends in %s%s%s.", gs_say_time(x->say, x->until - x->time),
           clause ? ": " : "", clause ? clause : "");
}

void gs_explain_since(struct gs_instant *x, const char *has_been, const char *begins)
{
    if (x->time == x->since)
        gs_say(x->say, " %s", begins);
    else
        gs_say(x->say, " %s for %s", has_been, gs_say_time(x->say, x->time - x->since));
}

static const char *awaited(struct gs_say *say, const struct gs_lane *lane,
                           const struct gs_span *span)
{
    return gs_awaited_words(gs_say_word(say), GS_WORD_SIZE, say->timeline, lane, span);
}

static const char *doing(struct gs_say *say, const struct gs_lane *lane, const struct gs_span *span)
{
    bool awaits = span->state == GS_STATE_AWAITING;
    if (awaits && gs_explain_object(say->timeline, span->on)->kind == GS_OBJECT_SLEEP)
        return "sleeps";
    if (span->on && (span->state == GS_STATE_WAITING || awaits)) {
        const char *what = awaited(say, lane, span);
        char *sentence = gs_say_word(say);
        snprintf(sentence, GS_WORD_SIZE, "%s %s", awaits ? "awaits" : "waits for", what);
        return sentence;
    }
    static const char *const words[GS_STATES] = {
        [GS_STATE_NONE] = "is away",
        [GS_STATE_RUNNING] = "runs",
        [GS_STATE_WANTS_GIL] = "wants the GIL",
        [GS_STATE_NATIVE] = "computes outside the interpreter",
        [GS_STATE_IO] = "blocks on a socket or pipe",
        [GS_STATE_SLEEPING] = "sleeps",
        [GS_STATE_WAITING] = "waits",
        [GS_STATE_READY] = "is ready to run",
        [GS_STATE_AWAITING] = "awaits something",
    };
    return words[span->state];
}

static bool is_task(const struct gs_say *say, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    return row && row->kind == GS_ACTOR_TASK;
}

const char *gs_explain_deed(struct gs_say *say, uint32_t actor, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, actor);
    const struct gs_span *span = gs_explain_span(say->timeline, actor, time);
    if (span)
        return doing(say, lane, span);
    if (is_task(say, actor) && gs_explain_has_ended(say->timeline, actor, time))
        return "is done";
    return lane && gs_lane_span_at(lane, time) < 0 ? "has not begun" : "is at its end";
}

const char *gs_explain_doing(struct gs_say *say, uint32_t actor, uint64_t time)
{
    const struct gs_span *span = gs_explain_span(say->timeline, actor, time);
    const char *deed = gs_explain_deed(say, actor, time);
    bool blocks = span && is_task(say, actor) &&
                  (span->state == GS_STATE_SLEEPING || span->state == GS_STATE_IO ||
                   span->state == GS_STATE_WAITING);
    if (!blocks)
        return deed;
    char *words = gs_say_word(say);
    snprintf(words, GS_WORD_SIZE, "%s and blocks its loop", deed);
    return words;
}

/* Nobody lets go of a GIL in order to run, nor to want it: but who leaves an interpreter wants the
 * GIL of another, straight after it ran. */
static bool is_a_reason(const struct gs_span *spans, long at)
{
    if (spans[at].state == GS_STATE_WANTS_GIL)
        return at > 0 && spans[at - 1].state == GS_STATE_RUNNING;
    return spans[at].state != GS_STATE_RUNNING;
}

/* The span that an actor let go of a GIL for. On the virtual clock it may have been of no length,
 * and what came after it is of the same instant. */
static const struct gs_span *let_go_for(const struct gs_lane *lane, uint64_t time)
{
    long last = gs_lane_span_at(lane, time), at = last;
    const struct gs_span *spans = lane->spans.items;
    while (at > 0 && spans[at].start == time)
        at--;
    if (at < last && spans[at].start < time && spans[at].end <= time)
        at++;
    while (at < last && !is_a_reason(spans, at))
        at++;
    return at >= 0 && (spans[at].open || spans[at].end >= time) ? &spans[at] : NULL;
}

/* It was in one interpreter before it ever was in the other. */
static bool knew_before(const struct gs_book *book, uint32_t one, uint32_t other)
{
    uint32_t in = book->first_interpreter;
    for (size_t i = 0; i < book->enters.count && in != one && in != other; i++)
        in = book->enters.items[i].interpreter;
    return in == one;
}

/* Who leaves an interpreter calls into another one, or goes back to where it came from. */
static const char *leaving(const struct gs_lane *lane, uint32_t interpreter, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)lane;
    for (size_t i = 0; i < book->enters.count; i++) {
        const struct gs_enter *enter = &book->enters.items[i];
        if (enter->start >= time && enter->interpreter != interpreter)
            return knew_before(book, enter->interpreter, interpreter)
                       ? "is done with its call there"
                       : "goes to another interpreter";
    }
    return "goes to another interpreter";
}

const char *gs_explain_blocking(struct gs_say *say, uint32_t actor, uint32_t interpreter,
                                uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, actor);
    const struct gs_span *span = lane ? let_go_for(lane, time) : NULL;
    if (!span)
        return gs_explain_doing(say, actor, time);
    return span->state == GS_STATE_WANTS_GIL ? leaving(lane, interpreter, time)
                                             : doing(say, lane, span);
}

static const char *cut_off(struct gs_say *say, uint32_t actor)
{
    char how[GS_END_SIZE];
    gs_end_of_process(how, sizeof how, say->timeline, actor);
    if (!*how)
        return ", with its process";
    char *word = gs_say_word(say);
    snprintf(word, GS_WORD_SIZE, ": its process was %s", how);
    return word;
}

static const char *failed(struct gs_say *say, uint32_t error)
{
    char text[GS_WORD_SIZE - 24];
    char *word = gs_say_word(say);
    snprintf(word, GS_WORD_SIZE, ": it failed with %s",
             gs_name_string(text, sizeof text, gs_timeline_tables(say->timeline), error));
    return error ? word : ": it failed";
}

static const char *cancelled(struct gs_say *say, uint32_t by)
{
    const char *who = by ? gs_say_who(say, by) : "";
    char *word = gs_say_word(say);
    snprintf(word, GS_WORD_SIZE, ": %s cancelled it", who);
    return by ? word : ": it was cancelled";
}

const char *gs_explain_ending(struct gs_say *say, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    bool task = row && row->kind == GS_ACTOR_TASK;
    if (lane->how == GS_DEATH_CANCELLED)
        return cancelled(say, lane->by);
    if (lane->how == GS_DEATH_ERROR)
        return task ? failed(say, lane->by) : "";
    if (!gs_death_is_sudden(lane->how))
        return "";
    return gs_end_was_forgotten(say->timeline, lane) ? ", before it was done"
                                                     : cut_off(say, lane->actor);
}
