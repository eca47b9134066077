/* Sentences about a task: why it does not go on, through all that it awaits; whose turn it is
 * meanwhile; and what it does with its own. */
#include "timeline/explain/awaited.h"
#include "timeline/explain/busy.h"
#include "timeline/explain/cancelled.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"
#include "timeline/members.h"
#include "timeline/store.h"

#include <stdio.h>

enum { MOST_LINKS = 8 };

static uint32_t loop_of(const struct gs_timeline *t, uint32_t task)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, task);
    return book ? book->loop : 0;
}

static bool is_sleep(const struct gs_timeline *t, const struct gs_span *span)
{
    return span->state == GS_STATE_AWAITING &&
           gs_explain_object(t, span->on)->kind == GS_OBJECT_SLEEP;
}

/* --- the chain of what is awaited */

/* Behind "which": what a link of the chain does. */
static void say_link(struct gs_instant *x, uint32_t actor, const struct gs_span *span)
{
    struct gs_say *say = x->say;
    bool told = span && !span->open && span->cause == GS_CAUSE_CLOCK && is_sleep(x->t, span);
    uint64_t due = gs_turn_due(x->t, actor, x->time);
    gs_say(say, ", which %s", gs_explain_doing(say, actor, x->time));
    if (told || due)
        gs_say(say, "%s until %s", span && !is_sleep(x->t, span) ? " at most" : "",
               gs_say_time(say, due ? due : span->end));
    if (span)
        gs_say(say, "%s", gs_say_line(say, span->line, span->place));
}

static void say_circle(struct gs_instant *x, uint32_t length)
{
    if (length == 1)
        gs_say(x->say, ": it can never go on");
    else if (length == 2)
        gs_say(x->say, ": neither can go on");
    else
        gs_say(x->say, ": a circle of %u, in which nobody can go on", length);
}

/* ": a, b and at least 5 others of 9 are not done". False: it awaits nothing of that kind, or all
 * are. */
static bool say_members(struct gs_instant *x, uint32_t task, const struct gs_span *span)
{
    enum { NAMED = 3 };
    struct gs_say *say = x->say;
    uint32_t undone[NAMED];
    struct gs_members members = gs_members_at(x->t, task, span, x->time, undone, NAMED);
    uint32_t count = members.undone + members.untold;
    if (members.undone == 0)
        return false;
    uint32_t named = count <= NAMED && members.undone == count ? count
                     : members.undone < NAMED                  ? members.undone
                                                               : NAMED - 1;
    for (uint32_t i = 0; i < named; i++)
        gs_say(say, "%s%s",
               i == 0           ? ": "
               : i + 1 == count ? " and "
                                : ", ",
               gs_say_who(say, undone[i]));
    if (named < count)
        gs_say(say, " and %s%u others", members.untold ? "up to " : "", count - named);
    if (members.of > 1)
        gs_say(say, " of %u", members.of);
    gs_say(say, " %s not done", count == 1 ? "is" : "are");
    return true;
}

/* ", of which pool_0 and pool_1 run 2, and nobody has taken 3 from pool's tasks yet" */
static void say_takers(struct gs_instant *x, const struct gs_members_handed *handed,
                       const uint32_t *runners, uint32_t named)
{
    if (handed->run || handed->untaken)
        gs_say(x->say, ", of which ");
    for (uint32_t i = 0; i < handed->run && i < named; i++)
        gs_say(x->say, "%s%s",
               i == 0                 ? ""
               : i + 1 == handed->run ? " and "
                                      : ", ",
               gs_say_who(x->say, runners[i]));
    if (handed->run > named)
        gs_say(x->say, " and %u others", handed->run - named);
    if (handed->run)
        gs_say(x->say, " run%s %u%s", handed->run == 1 ? "s" : "", handed->run,
               handed->untaken ? ", and " : "");
    if (handed->untaken)
        gs_say(x->say, "nobody has taken %u from %s yet", handed->untaken,
               gs_say_what(x->say, (uint32_t)handed->first));
}

/* ", which pool_0 runs". False: it awaits nothing that threads were given. */
static bool say_taker(struct gs_instant *x, uint32_t task, const struct gs_span *span)
{
    enum { NAMED = 3 };
    uint32_t runners[NAMED];
    struct gs_members_handed handed = gs_members_handed(x->t, task, span, x->time, runners, NAMED);
    uint64_t item = handed.first;
    if (handed.of > 1)
        say_takers(x, &handed, runners, NAMED);
    if (handed.of != 1)
        return handed.of > 1;
    struct gs_taker taker = gs_members_taker(x->t, item, x->time);
    if (!taker.actor)
        gs_say(x->say, ", which nobody has taken from %s yet", gs_say_what(x->say, (uint32_t)item));
    else
        gs_say(x->say, ", which %s %s", gs_say_who(x->say, taker.actor),
               taker.runs ? "runs" : "has done");
    return true;
}

/* "…, which awaits fetch-2 (line 14), which sleeps until 2.0 s (line 20)". */
static void say_chain(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    const struct gs_span *span = x->span;
    uint32_t actor = x->actor;
    for (int links = 0; span; links++) {
        bool many = say_members(x, actor, span);
        many |= say_taker(x, actor, span);
        uint32_t next = gs_explain_blocker(x->t, actor, span, x->time);
        uint32_t length = next ? gs_explain_circle(x->t, next, x->time) : 0;
        if (!next)
            return;
        if (!many && gs_explain_object(x->t, span->on)->actor != next)
            gs_say(say, ", which %s has", next == x->actor ? "it itself" : gs_say_who(say, next));
        if (next == x->actor || (length && links >= (int)length)) {
            say_circle(x, length);
            return;
        }
        if (links == MOST_LINKS - 1) {
            gs_say(say, ", and so on");
            return;
        }
        span = gs_explain_span(x->t, next, x->time);
        actor = next;
        say_link(x, next, span);
    }
}

/* What ended that something was awaited, seen from before. */
static const char *end_clause(struct gs_instant *x, const struct gs_span *end)
{
    const struct gs_object_row *row = gs_explain_object(x->t, end->on);
    char *clause = gs_say_word(x->say), canceller[GS_CANCELLED_SIZE];
    bool awaits_it = row->kind == GS_OBJECT_TASK && row->actor == end->cause;
    if (gs_cancelled_by(canceller, sizeof canceller, x->t, x->lane, end)) {
        snprintf(clause, GS_WORD_SIZE, "%s cancels it", canceller);
        return clause;
    }
    if (end->cause == GS_CAUSE_CLOCK)
        return row->kind == GS_OBJECT_SLEEP ? "its sleep is over" : "its time limit runs out";
    if (end->cause == GS_CAUSE_WORK)
        return "a file or socket has something for it";
    if (end->cause == GS_CAUSE_NONE)
        return NULL;
    snprintf(clause, GS_WORD_SIZE, "%s %s", gs_say_who(x->say, end->cause),
             awaits_it || gs_explain_has_ended(x->t, end->cause, end->end) ? "is done"
                                                                           : "wakes it");
    return clause;
}

/* " This is over in 1.5 s", or its time limit, and who has the turn where it has been due: then the
 * loop is late. */
static void say_due(struct gs_instant *x, uint64_t due)
{
    bool sleeps = is_sleep(x->t, x->span);
    if (due > x->time) {
        gs_say(x->say, " %s in %s.", sleeps ? "This is over" : "Its time limit runs out",
               gs_say_time(x->say, due - x->time));
        return;
    }
    gs_say(x->say, " Its time%s %s ago, and its loop has had no turn since to wake it. ",
           sleeps ? " came" : " limit ran out", gs_say_time(x->say, x->time - due));
    gs_explain_keeper(x, loop_of(x->t, x->actor));
}

/* Behind how a sleep or a time limit ends: a loop that was blocked is late. */
static void say_lateness(struct gs_instant *x, const struct gs_span *end, uint64_t due)
{
    enum { LATE_NS = 10000000 };
    bool by_time = is_sleep(x->t, end) || end->cause == GS_CAUSE_CLOCK;
    if (due && by_time && x->until > due && x->until - due >= LATE_NS)
        gs_say(x->say, ", %s late", gs_say_time(x->say, x->until - due));
}

void gs_explain_awaiting(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    bool begins = x->time == x->since, sleeps = is_sleep(x->t, x->span);
    const char *what = gs_awaited_words(gs_say_word(say), GS_WORD_SIZE, x->t, x->lane, x->span);
    if (sleeps)
        gs_say(say, "%s %s", gs_say_who(say, x->actor), begins ? "goes to sleep" : "has slept");
    else
        gs_say(say, "%s %s %s", gs_say_who(say, x->actor), begins ? "awaits" : "has awaited",
               x->span->on ? what : "something");
    if (!begins)
        gs_say(say, " for %s", gs_say_time(say, x->time - x->since));
    gs_say(say, "%s%s", gs_say_line(say, x->span->line, x->span->place),
           sleeps ? ", and keeps nobody from running" : "");
    say_chain(x);
    gs_say(say, ".");
    const struct gs_span *end = &x->lane->spans.items[x->last];
    uint64_t due = gs_turn_due(x->t, x->actor, x->time);
    if (due && (end->open || due <= x->time))
        say_due(x, due);
    if (end->open) {
        gs_explain_end(x);
        return;
    }
    const char *clause = end_clause(x, end);
    gs_say(say, " This ends in %s%s%s", gs_say_time(say, x->until - x->time), clause ? ": " : "",
           clause ? clause : "");
    say_lateness(x, end, due);
    gs_say(say, ".");
}

/* --- the queue of those that are ready */

/* Who put it into its loop's queue: whoever ended the state before, or made the task. */
static void say_who_put_it(struct gs_instant *x)
{
    const struct gs_span *spans = x->lane->spans.items;
    size_t first = x->index;
    while (first > 0 && spans[first].start > x->since)
        first--;
    const struct gs_span *before = first ? &spans[first - 1] : NULL;
    uint32_t cause = before ? before->cause : x->lane->creator;
    char canceller[GS_CANCELLED_SIZE];
    if (before && gs_cancelled_by(canceller, sizeof canceller, x->t, x->lane, before))
        gs_say(x->say, ": %s cancelled it", canceller);
    else if (cause == GS_CAUSE_CLOCK)
        gs_say(x->say, ": %s",
               before && is_sleep(x->t, before) ? "its sleep is over" : "a time was up");
    else if (cause == GS_CAUSE_WORK)
        gs_say(x->say, ": a file or socket has something for it");
    else if (cause && cause < GS_CAUSE_SIGNAL && !before)
        gs_say(x->say, ": %s created it", gs_say_who(x->say, cause));
    else if (cause && cause < GS_CAUSE_SIGNAL)
        gs_say(x->say, ": %s woke it", gs_say_who(x->say, cause));
}

void gs_explain_task_ready(struct gs_instant *x)
{
    gs_say(x->say, "%s", gs_say_who(x->say, x->actor));
    gs_explain_since(x, "has been ready to run", "is ready to run");
    say_who_put_it(x);
    gs_say(x->say, ". ");
    gs_explain_keeper(x, loop_of(x->t, x->actor));
    if (!x->lane->spans.items[x->last].open)
        gs_say(x->say, " Its turn comes in %s.", gs_say_time(x->say, x->until - x->time));
}

/* --- its turn */

static void say_deed(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    const char *what = x->span->on ? gs_say_what(say, x->span->on) : "a socket or pipe";
    char *words = gs_say_word(say);
    switch ((enum gs_state)x->span->state) {
    case GS_STATE_NATIVE:
        gs_explain_since(x, "has been computing outside the interpreter",
                         "begins to compute outside the interpreter");
        return;
    case GS_STATE_SLEEPING:
        gs_explain_since(x, "has been sleeping", "goes to sleep");
        return;
    case GS_STATE_IO:
        snprintf(words, GS_WORD_SIZE, "blocks on %s", what);
        gs_explain_since(x, "has been blocked on a socket or pipe", words);
        return;
    case GS_STATE_WAITING:
        snprintf(words, GS_WORD_SIZE, "has waited for %s",
                 gs_awaited_words(gs_say_word(say), GS_WORD_SIZE, x->t, x->lane, x->span));
        gs_explain_since(x, words, "begins to wait");
        return;
    case GS_STATE_WANTS_GIL:
        gs_explain_since(x, "has wanted the GIL", "wants the GIL from here on");
        return;
    case GS_STATE_RUNNING:
    case GS_STATE_READY:
    case GS_STATE_AWAITING:
    case GS_STATE_UNKNOWN:
    case GS_STATE_NONE:
    case GS_STATES:
        break;
    }
    gs_explain_since(x, "has been running", "begins to run");
}

/* " It blocks its loop for 312 ms, mostly at line 14, in crunch". */
static void say_that_it_blocks(struct gs_say *say, const struct gs_hold *turn)
{
    const struct gs_span *most = gs_turn_longest(say->timeline, turn);
    const struct gs_event *busy = most && most->state == GS_STATE_RUNNING
                                      ? gs_turn_busy(say->timeline, turn->owner, turn->start,
                                                     gs_hold_end(say->timeline, turn))
                                      : NULL;
    char words[GS_BUSY_SIZE];
    gs_say(say, " It blocks its loop");
    if (!turn->open)
        gs_say(say, " for %s", gs_say_time(say, turn->end - turn->start));
    if (busy)
        gs_say(say, ", %s", gs_busy_words(words, sizeof words, say->timeline, busy));
}

/* "It blocks its loop: it keeps 3 tasks waiting: a, b and c." */
static void say_what_it_keeps(struct gs_instant *x, const struct gs_hold *turn, uint32_t loop)
{
    struct gs_crowd crowd = gs_crowd_at(x->t, loop, x->time);
    struct gs_say *say = x->say;
    char kept[GS_BUSY_SIZE];
    bool blocks = gs_turn_blocks(x->t, turn, UINT64_MAX);
    if (blocks)
        say_that_it_blocks(say, turn);
    if (blocks)
        gs_say(say, "%s", gs_kept_words(kept, sizeof kept, x->t, loop, x->time, x->actor));
    else if (crowd.ready)
        gs_say(say, " %u other%s ready, and ha%s to wait for %s turn", crowd.ready,
               crowd.ready == 1 ? " is" : "s are", crowd.ready == 1 ? "s" : "ve",
               crowd.ready == 1 ? "its" : "their");
    gs_say(say, "%s", blocks || crowd.ready ? "." : "");
}

void gs_explain_turn(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    uint32_t loop = loop_of(x->t, x->actor);
    const struct gs_hold *turn = gs_explain_hold(x->t, loop, x->time, NULL);
    gs_say(say, "%s", gs_say_who(say, x->actor));
    say_deed(x);
    gs_say(say, "%s.", gs_say_line(say, x->span->line, x->span->place));
    if (turn && turn->owner != x->actor) {
        gs_say(say, " %s runs its first step inside.", gs_say_who(say, turn->owner));
        return;
    }
    if (!turn)
        return;
    if (turn->start != x->since)
        gs_say(say, " Its turn on the loop has lasted for %s.",
               gs_say_time(say, x->time - turn->start));
    say_what_it_keeps(x, turn, loop);
    if (!turn->open)
        gs_say(say, " It gives way in %s.", gs_say_time(say, turn->end - x->time));
}
