/* Sentences about an event loop: whose turn it is, or what it waits for. */
#include "timeline/explain/busy.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/explain.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"
#include "timeline/turns.h"

/* " on from line 4": who computes tells no line until its turn is over, or long; what is known is
 * where it went on. */
static void say_origin(struct gs_say *say, const struct gs_span *span)
{
    char where[GS_WHERE_SIZE];
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    if (span->line)
        gs_say(say, " on from %s",
               gs_where_line(where, sizeof where, tables, span->line, span->place));
}

/* ", and blocks it for 3.0 s: it sleeps (line 4)", "…: it computes at line 14, in crunch": what the
 * actor does for most of the stretch that begins at start and is so long, 0: goes on. */
static void say_blocking(struct gs_say *say, uint32_t actor, uint64_t start, uint64_t length,
                         const struct gs_span *most)
{
    char words[GS_BUSY_SIZE];
    uint64_t at = most && most->start > start ? most->start : start;
    bool runs = most && most->state == GS_STATE_RUNNING;
    uint64_t end = length ? start + length : gs_timeline_end(say->timeline);
    const struct gs_event *busy = runs ? gs_turn_busy(say->timeline, actor, start, end) : NULL;
    gs_say(say, ", and blocks it");
    if (length)
        gs_say(say, " for %s", gs_say_time(say, length));
    if (busy) {
        gs_say(say, ": it computes %s", gs_busy_words(words, sizeof words, say->timeline, busy));
        return;
    }
    gs_say(say, ": it %s", gs_explain_deed(say, actor, at));
    if (runs)
        say_origin(say, most);
    else if (most)
        gs_say(say, "%s", gs_say_line(say, most->line, most->place));
}

static void say_blocked_turn(struct gs_say *say, const struct gs_hold *turn)
{
    const struct gs_span *most = gs_turn_longest(say->timeline, turn);
    uint64_t length = turn->open ? 0 : turn->end - turn->start;
    say_blocking(say, turn->owner, turn->start, length, most);
}

/* "fetch has had its turn on loop for 2.0 ms (line 4)". */
static void say_turn(struct gs_say *say, const struct gs_hold *turn, uint32_t loop, uint64_t time)
{
    const struct gs_span *span = gs_explain_span(say->timeline, turn->owner, time);
    const char *what = gs_say_who(say, loop);
    if (turn->start == time)
        gs_say(say, "%s gets its turn on %s", gs_say_who(say, turn->owner), what);
    else
        gs_say(say, "%s has had its turn on %s for %s", gs_say_who(say, turn->owner), what,
               gs_say_time(say, time - turn->start));
    if (gs_turn_blocks(say->timeline, turn, UINT64_MAX))
        say_blocked_turn(say, turn);
    else if (span)
        gs_say(say, "%s", gs_say_line(say, span->line, span->place));
}

/* "poll_disk (line 12), which loop calls, has run for 100 ms, and blocks it for 300 ms: it sleeps
 * (line 14)". */
static void say_callback(struct gs_say *say, const struct gs_label *label, uint32_t loop,
                         uint64_t time)
{
    char *text = gs_say_word(say);
    gs_name_string(text, GS_WORD_SIZE, gs_timeline_tables(say->timeline), label->text);
    gs_say(say, "%s%s, which %s calls, ", text, gs_say_line(say, label->line, label->place),
           gs_say_who(say, loop));
    if (time > label->start)
        gs_say(say, "has run for %s", gs_say_time(say, time - label->start));
    else
        gs_say(say, "begins");
    if (gs_callback_blocks(say->timeline, loop, label, UINT64_MAX))
        say_blocking(say, loop, label->start, label->open ? 0 : label->end - label->start,
                     gs_callback_longest(say->timeline, loop, label));
}

void gs_explain_keeper(struct gs_instant *x, uint32_t loop)
{
    struct gs_say *say = x->say;
    const struct gs_hold *turn = gs_explain_hold(x->t, loop, x->time, NULL);
    const struct gs_label *label = gs_turn_callback(x->t, loop, x->time);
    struct gs_crowd crowd = gs_crowd_at(x->t, loop, x->time);
    char kept[GS_BUSY_SIZE];
    if (turn)
        say_turn(say, turn, loop, x->time);
    else if (label)
        say_callback(say, label, loop, x->time);
    else
        gs_say(say, "Nobody has the turn on %s just now", gs_say_who(say, loop));
    bool blocks = turn ? gs_turn_blocks(x->t, turn, UINT64_MAX)
                       : label && gs_callback_blocks(x->t, loop, label, UINT64_MAX);
    if (blocks)
        gs_say(say, "%s", gs_kept_words(kept, sizeof kept, x->t, loop, x->time, x->actor));
    else if (crowd.ready > 1)
        gs_say(say, "; %u tasks stand in its queue", crowd.ready);
    gs_say(say, ".");
}

/* Who is the next one to have a turn, and when. */
static void say_next(struct gs_instant *x)
{
    size_t next = (size_t)(gs_lane_hold_at(x->lane, x->time) + 1);
    const struct gs_hold *turn = next < x->lane->holds.count ? &x->lane->holds.items[next] : NULL;
    if (turn)
        gs_say(x->say, " The next turn is that of %s, in %s.", gs_say_who(x->say, turn->owner),
               gs_say_time(x->say, turn->start - x->time));
}

static void say_end_of_wait(struct gs_say *say, const struct gs_span *end)
{
    if (end->cause == GS_CAUSE_CLOCK)
        gs_say(say, ": a timer is due");
    else if (end->cause == GS_CAUSE_WORK)
        gs_say(say, ": a file or socket has something");
    else if (end->cause && end->cause < GS_CAUSE_SIGNAL)
        gs_say(say, ": %s wakes it", gs_say_who(say, end->cause));
}

static void say_selector(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    struct gs_crowd crowd = gs_crowd_at(x->t, x->actor, x->time);
    const struct gs_span *end = &x->lane->spans.items[x->last];
    gs_say(say, "%s", gs_say_who(say, x->actor));
    gs_explain_since(x, "has waited in its selector", "begins to wait in its selector");
    if (crowd.awaiting)
        gs_say(say, ": its %u task%s await%s something", crowd.awaiting,
               crowd.awaiting == 1 ? "" : "s", crowd.awaiting == 1 ? "s" : "");
    gs_say(say, ".");
    if (end->open) {
        gs_explain_end(x);
    } else {
        gs_say(say, " It goes on in %s", gs_say_time(say, x->until - x->time));
        say_end_of_wait(say, end);
        gs_say(say, ".");
    }
    say_next(x);
}

void gs_explain_loop(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    bool rests = x->span->state == GS_STATE_IO || x->span->state == GS_STATE_SLEEPING;
    if (gs_explain_hold(x->t, x->actor, x->time, NULL) ||
        gs_turn_callback(x->t, x->actor, x->time)) {
        gs_explain_keeper(x, x->actor);
        return;
    }
    if (rests) {
        say_selector(x);
        return;
    }
    gs_say(say, "%s is between two turns: it %s.", gs_say_who(say, x->actor),
           x->span->state == GS_STATE_RUNNING ? "looks for what is due"
                                              : gs_explain_deed(say, x->actor, x->time));
    say_next(x);
}

const char *gs_explain_tasks_of(char *buffer, size_t size, const struct gs_timeline *timeline,
                                uint32_t loop, uint64_t time)
{
    struct gs_say say;
    struct gs_crowd crowd = gs_crowd_at(timeline, loop, time);
    gs_say_init(&say, timeline, buffer, size);
    uint32_t all = crowd.on + crowd.ready + crowd.awaiting;
    gs_say(&say, "%s has %u task%s now", gs_say_who(&say, loop), all, all == 1 ? "" : "s");
    if (all)
        gs_say(&say, ": %u in %s turn, %u ready, %u awaiting", crowd.on,
               crowd.on == 1 ? "its" : "their", crowd.ready, crowd.awaiting);
    gs_say(&say, ". z shows a lane for each.");
    return buffer;
}
