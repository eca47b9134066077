/* One event, one sentence. */
#include "base/text.h"
#include "timeline/ends.h"
#include "timeline/explain/awaited.h"
#include "timeline/explain/busy.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/parts.h"
#include "timeline/messages.h"
#include "timeline/question.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *verb(unsigned state)
{
    static const char *const verbs[GS_STATES] = {
        [GS_STATE_NONE] = "goes away",
        [GS_STATE_RUNNING] = "runs",
        [GS_STATE_WANTS_GIL] = "wants the GIL",
        [GS_STATE_NATIVE] = "computes outside the interpreter",
        [GS_STATE_IO] = "blocks on I/O",
        [GS_STATE_SLEEPING] = "goes to sleep",
        [GS_STATE_WAITING] = "waits",
        [GS_STATE_READY] = "is ready to run",
        [GS_STATE_AWAITING] = "awaits",
    };
    return state < GS_STATES ? verbs[state] : "is in an unknown state";
}

/* What an actor waited for at an instant, as it stands behind "for". */
static const char *awaited(struct gs_say *say, uint32_t actor, uint32_t object, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, actor);
    for (long i = lane ? gs_lane_span_at(lane, time) : -1; i >= 0; i--) {
        const struct gs_span *span = &lane->spans.items[i];
        if (span->end < time)
            break;
        if (span->on == object && span->state == GS_STATE_WAITING)
            return gs_awaited_words(gs_say_word(say), GS_WORD_SIZE, say->timeline, lane, span);
    }
    return gs_say_what(say, object);
}

/* The state before: what the cause of this event ended. */
static unsigned state_before(const struct gs_timeline *t, const struct gs_event *e)
{
    const struct gs_lane *lane = gs_timeline_lane(t, e->actor);
    long at = lane ? gs_lane_span_at(lane, e->time) : -1;
    while (at >= 0 && lane->spans.items[at].state != e->flags)
        at--;
    return at > 0 ? lane->spans.items[at - 1].state : GS_STATE_NONE;
}

/* What ended the state before, as a clause; NULL: nothing did. */
static const char *why(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, e->actor);
    return gs_explain_end_clause(say, lane ? gs_lane_interpreter_at(lane, e->time) : 0,
                                 state_before(say->timeline, e), gs_event_high(e), false);
}

static const char *line_of(struct gs_say *say, const struct gs_event *e)
{
    return gs_say_line(say, gs_event_line(e), e->place);
}

static void say_state(struct gs_say *say, const struct gs_event *e)
{
    const char *clause = why(say, e);
    gs_say(say, "%s %s", gs_say_who(say, e->actor), verb(e->flags));
    if (e->a && e->a <= UINT32_MAX)
        gs_say(say, " %s%s", e->flags == GS_STATE_WAITING ? "for " : "",
               awaited(say, e->actor, (uint32_t)e->a, e->time));
    gs_say(say, "%s%s%s.", line_of(say, e), clause ? ": " : "", clause ? clause : "");
}

static void say_born(struct gs_say *say, const struct gs_event *e)
{
    if (e->a && e->a <= UINT32_MAX)
        gs_say(say, "%s started %s.", gs_say_who(say, (uint32_t)e->a), gs_say_who(say, e->actor));
    else
        gs_say(say, "%s began.", gs_say_who(say, e->actor));
}

/* The hold that the drop ended. */
static const struct gs_hold *dropped(const struct gs_timeline *t, const struct gs_event *e)
{
    const struct gs_lane *gil = gs_timeline_lane(t, (uint32_t)e->a);
    for (long i = gil ? gs_lane_hold_at(gil, e->time) : -1; i >= 0; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (hold->owner == e->actor && hold->end == e->time)
            return hold;
        if (hold->end < e->time)
            break;
    }
    return NULL;
}

static void say_drop(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_hold *hold = dropped(say->timeline, e);
    gs_say(say, "%s let go of %s%s: ", gs_say_who(say, e->actor),
           gs_say_gil(say, (uint32_t)e->a, e->actor), line_of(say, e));
    if (e->flags == GS_DROP_BLOCKING)
        gs_say(say, "it %s.", gs_explain_blocking(say, e->actor, (uint32_t)e->a, e->time));
    else if (e->flags != GS_DROP_ASKED)
        gs_say(say, "it ends.");
    else if (hold && hold->asked)
        gs_say(say, "%s had asked it to after %s.", gs_say_who(say, hold->asked_by),
               gs_say_time(say, hold->asked - hold->start));
    else
        gs_say(say, "its turn was over.");
}

static void say_gil(struct gs_say *say, const struct gs_event *e)
{
    const char *who = gs_say_who(say, e->actor);
    const char *gil = gs_say_gil(say, (uint32_t)e->a, e->actor);
    if (e->kind == GS_EVENT_GIL_REQUEST)
        gs_say(say, "%s asked %s to let go of %s.", who, gs_say_who(say, (uint32_t)e->b), gil);
    else if (e->kind == GS_EVENT_GIL_TIMEOUT)
        gs_say(say,
               "%s waited a switch interval for %s; others had it meanwhile, so it does not "
               "ask yet.",
               who, gil);
    else if (e->kind == GS_EVENT_GIL_INTERVAL)
        gs_say(say, "%s set the switch interval of %s to %s.", who, gil, gs_say_time(say, e->b));
    else if (e->kind == GS_EVENT_GIL_MISS)
        gs_say(say, "%s was woken for %s, but it had been taken again first.", who, gil);
    else
        gs_say(say, "%s took %s%s.", who, gil, line_of(say, e));
}

static void say_claim(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_object_row *row = tables->object(tables, (uint32_t)e->a);
    bool unit = row && row->kind == GS_OBJECT_SEMAPHORE, task = row && row->kind == GS_OBJECT_TASKS;
    const char *gave = !task ? "released" : e->flags & 1 ? "put back" : "is done with";
    bool again = row && row->kind == GS_OBJECT_RLOCK && gs_event_high(e) > 1;
    gs_say(say, "%s %s %s%s", gs_say_who(say, e->actor),
           e->kind == GS_EVENT_ACQUIRE ? "took" : gave,
           unit   ? "a unit of "
           : task ? "a task of "
                  : "",
           gs_say_what(say, (uint32_t)e->a));
    if (again && e->kind == GS_EVENT_ACQUIRE)
        gs_say(say, ", which it has now taken %u times", gs_event_high(e));
    gs_say(say, "%s.", line_of(say, e));
}

/* Whose labels are what it calls. */
static bool is_loop(const struct gs_say *say, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    return row && row->kind == GS_ACTOR_LOOP;
}

static void say_label_end(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, e->actor);
    /* Of those that cover the instant before, the innermost that ends now. */
    long at = lane && e->time ? gs_lane_label_at(lane, e->time - 1) : -1;
    while (at >= 0 && lane->labels.items[at].end != e->time)
        at = (long)lane->labels.items[at].outer - 1;
    char text[GS_NAME_SIZE];
    if (at < 0) {
        gs_say(say, "%s ended a label.", gs_say_who(say, e->actor));
        return;
    }
    gs_name_string(text, sizeof text, gs_timeline_tables(say->timeline),
                   lane->labels.items[at].text);
    if (is_loop(say, e->actor))
        gs_say(say, "%s, which %s called, is over.", text, gs_say_who(say, e->actor));
    else
        gs_say(say, "%s ended '%s'.", gs_say_who(say, e->actor), text);
}

/* Texts are the scene's own and may be long: they go to the sentence by way of a larger buffer. */
static void say_text(struct gs_say *say, const struct gs_event *e, const char *format_before,
                     const char *after)
{
    char text[2048], about[GS_NOTED_SIZE];
    gs_question_said(text, sizeof text, gs_timeline_tables(say->timeline), e);
    gs_say(say, "%s%s%s%s", format_before, gs_name_noted(about, sizeof about, say->timeline, e),
           text, after);
}

static void say_scene(struct gs_say *say, const struct gs_event *e)
{
    const char *who = gs_say_who(say, e->actor), *line = line_of(say, e);
    char before[GS_NAME_SIZE + 16];
    if (e->kind == GS_EVENT_PHASE && !e->a) {
        gs_say(say, "The phase ends%s.", line);
        return;
    }
    bool label = e->kind == GS_EVENT_LABEL_BEGIN, calls = label && is_loop(say, e->actor);
    if (label)
        snprintf(before, sizeof before, calls ? "%s calls " : "%s began '", who);
    else if (e->kind == GS_EVENT_OUTPUT)
        snprintf(before, sizeof before, "%s printed%s: ", who,
                 e->flags & GS_OUTPUT_ON_STDERR ? " on stderr" : "");
    else if (e->kind == GS_EVENT_CHECK)
        snprintf(before, sizeof before, "Check %s: ", e->flags & 1 ? "holds" : "FAILED");
    else
        snprintf(before, sizeof before, "%s: ",
                 e->kind == GS_EVENT_PHASE  ? "Phase"
                 : e->kind == GS_EVENT_NOTE ? "Note"
                 : e->kind == GS_EVENT_MARK ? "Mark"
                 : e->kind == GS_EVENT_ASK  ? "Question"
                                            : "Error");
    say_text(say, e, before, label && !calls ? "'" : "");
    gs_say(say, "%s%s", line, label ? "." : "");
}

static void say_deadlock(struct gs_say *say, const struct gs_event *e)
{
    char text[2048];
    gs_name_string(text, sizeof text, gs_timeline_tables(say->timeline), e->a);
    const char *word = e->flags & 1 ? "Stall: " : "Deadlock: ";
    bool prefixed = strncasecmp(text, word, strlen(word)) == 0;
    gs_say(say, "%s%s", word, prefixed ? text + strlen(word) : text);
}

/* What a thread hands another one is no bytes, but the thing itself. */
struct message_words {
    const char *sent, *received, *pending, *later, *before;
};

static const struct message_words of_bytes = {"sent", "received", "; nobody has received them yet.",
                                              "; %s received them %s later.",
                                              "; %s had sent them %s before."},
                                  of_item = {"put an item", "took an item",
                                             "; nobody has taken it yet.", "; %s took it %s later.",
                                             "; %s had put it there %s before."};

/* The other end of a message, where it is told. */
static void say_other_end(struct gs_say *say, const struct gs_event *e,
                          const struct message_words *words)
{
    const struct gs_message *message =
        gs_timeline_message(say->timeline, gs_event_through(e), gs_event_number(e));
    bool sent = e->flags & 1;
    uint32_t other = message ? (sent ? message->to : message->from) : 0;
    if (!other) {
        gs_say(say, "%s", sent && message ? words->pending : ".");
        return;
    }
    uint64_t later = message->received > message->sent ? message->received - message->sent : 0;
    gs_say(say, sent ? words->later : words->before, gs_say_who(say, other),
           gs_say_time(say, later));
}

void gs_explain_message(struct gs_say *say, const struct gs_event *e)
{
    bool sent = e->flags & 1;
    const struct message_words *words = e->b ? &of_bytes : &of_item;
    gs_say(say, "%s %s", gs_say_who(say, e->actor), sent ? words->sent : words->received);
    if (e->b)
        gs_say(say, " %llu byte%s", (unsigned long long)e->b, e->b == 1 ? "" : "s");
    gs_say(say, " %s %s", sent ? "into" : "from", gs_say_what(say, (uint32_t)e->a));
    say_other_end(say, e, words);
}

static void say_wake(struct gs_say *say, const struct gs_event *e)
{
    gs_say(say, "%s woke %s", gs_say_who(say, e->actor), gs_say_who(say, (uint32_t)e->a));
    if (e->b)
        gs_say(say, ", which waited for %s", awaited(say, (uint32_t)e->a, (uint32_t)e->b, e->time));
    gs_say(say, ".");
}

static void say_busy(struct gs_say *say, const struct gs_event *e)
{
    char words[GS_BUSY_SIZE];
    gs_say(say, "%s has computed %s, in its turn until here.", gs_say_who(say, e->actor),
           gs_busy_words(words, sizeof words, say->timeline, e));
}

static void say_due(struct gs_say *say, const struct gs_event *e)
{
    gs_say(say, "%s %s until %s.", gs_say_who(say, e->actor),
           e->flags & GS_DUE_LIMIT ? "awaits something, at most" : "sleeps",
           gs_say_time(say, e->a));
}

static void say_member(struct gs_say *say, const struct gs_event *e)
{
    bool handed = e->flags & GS_MEMBER_HANDED;
    gs_say(say, "What %s awaits needs %s%s.", gs_say_who(say, e->actor),
           handed ? "an item of " : "the end of ",
           handed ? gs_say_what(say, (uint32_t)e->a) : gs_say_who(say, (uint32_t)e->a));
}

static void say_lost(struct gs_say *say, const struct gs_event *e)
{
    bool one = e->a == 1;
    if (e->flags & GS_LOST_NO_ROOM) {
        gs_say(say,
               "From here on the run is whole: there was no room for what was before, neither in "
               "memory nor on a disk.");
        return;
    }
    if (e->flags & GS_LOST_OF_ALL) {
        gs_say(say,
               "%llu event%s %s missing in the recording, which is damaged: of the last %s nothing "
               "is known.",
               (unsigned long long)e->a, one ? "" : "s", one ? "is" : "are",
               gs_say_time(say, e->time > e->b ? e->time - e->b : 0));
        return;
    }
    gs_say(say, "%llu event%s of %s did not fit and %s lost.", (unsigned long long)e->a,
           one ? "" : "s", gs_say_who(say, e->actor), one ? "is" : "are");
}

static void say_counter(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_object_row *row = tables->object(tables, (uint32_t)e->a);
    const char *what = gs_say_what(say, (uint32_t)e->a);
    unsigned long long value = e->b;
    char bytes[32];
    if (row && row->kind == GS_OBJECT_MEMORY)
        gs_say(say,
               "%s has %s of memory for itself, with its share of what forked processes have in "
               "common.",
               gs_say_who(say, e->actor), gs_text_bytes(bytes, sizeof bytes, e->b));
    else if (row && row->kind == GS_OBJECT_QUEUE)
        gs_say(say, "%s holds %llu item%s now.", what, value, value == 1 ? "" : "s");
    else
        gs_say(say, "%s is %llu now.", what, value);
}

static void say_died_alone(struct gs_say *say, const struct gs_event *e)
{
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, e->actor);
    const char *how = lane ? gs_explain_ending(say, lane) : "";
    bool error = e->flags == GS_DEATH_ERROR && !*how;
    gs_say(say, "%s ended%s.", gs_say_who(say, e->actor), error ? ", by an uncaught error" : how);
}

static void say_died(struct gs_say *say, const struct gs_event *e)
{
    char how[GS_END_SIZE];
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    bool process = gs_tables_process(tables, e->actor) == e->actor;
    gs_end_of_process(how, sizeof how, say->timeline, e->actor);
    if (process && *how)
        gs_say(say, "%s was %s.", gs_say_who(say, e->actor), how);
    else
        say_died_alone(say, e);
}

static void say_end(struct gs_say *say, const struct gs_event *e)
{
    char how[GS_END_SIZE];
    gs_end_of_run(how, sizeof how, say->timeline);
    gs_say(say, "The run ended");
    bool expected = e->flags && gs_end_was_expected(say->timeline);
    if (!e->a)
        gs_say(say, " with exit status %u", expected ? 0 : e->flags);
    gs_say(say, "%s%s.", *how ? ", its process " : "", how);
}

const char *gs_explain_event(char *buffer, size_t size, const struct gs_timeline *timeline,
                             const struct gs_event *e)
{
    struct gs_say sentence, *say = &sentence;
    gs_say_init(say, timeline, buffer, size);
    switch ((enum gs_event_kind)e->kind) {
    case GS_EVENT_BORN:
        say_born(say, e);
        break;
    case GS_EVENT_DIED:
        say_died(say, e);
        break;
    case GS_EVENT_STATE:
        say_state(say, e);
        break;
    case GS_EVENT_OFF_CORE:
        gs_say(say, "%s was without a core for %s: the kernel ran somebody else.",
               gs_say_who(say, e->actor), gs_say_time(say, e->b > e->a ? e->b - e->a : 0));
        break;
    case GS_EVENT_ENTER:
        gs_say(say, "%s entered %s.", gs_say_who(say, e->actor), gs_say_who(say, (uint32_t)e->a));
        break;
    case GS_EVENT_GIL_REQUEST:
    case GS_EVENT_GIL_TIMEOUT:
    case GS_EVENT_GIL_MISS:
    case GS_EVENT_GIL_TAKE:
    case GS_EVENT_GIL_INTERVAL:
        say_gil(say, e);
        break;
    case GS_EVENT_GIL_DROP:
        say_drop(say, e);
        break;
    case GS_EVENT_WAKE:
        say_wake(say, e);
        break;
    case GS_EVENT_ACQUIRE:
    case GS_EVENT_RELEASE:
        say_claim(say, e);
        break;
    case GS_EVENT_MESSAGE:
        gs_explain_message(say, e);
        break;
    case GS_EVENT_LABEL_END:
        say_label_end(say, e);
        break;
    case GS_EVENT_LABEL_BEGIN:
    case GS_EVENT_PHASE:
    case GS_EVENT_NOTE:
    case GS_EVENT_MARK:
    case GS_EVENT_ASK:
    case GS_EVENT_CHECK:
    case GS_EVENT_OUTPUT:
    case GS_EVENT_ERROR:
        say_scene(say, e);
        break;
    case GS_EVENT_BUSY:
        say_busy(say, e);
        break;
    case GS_EVENT_DUE:
        say_due(say, e);
        break;
    case GS_EVENT_MEMBER:
        say_member(say, e);
        break;
    case GS_EVENT_COUNTER:
        say_counter(say, e);
        break;
    case GS_EVENT_DEADLOCK:
        say_deadlock(say, e);
        break;
    case GS_EVENT_LOST:
        say_lost(say, e);
        break;
    case GS_EVENT_END:
        say_end(say, e);
        break;
    case GS_EVENT_KINDS:
        gs_say(say, "An event of an unknown kind.");
        break;
    }
    if (e->kind > GS_EVENT_KINDS)
        gs_say(say, "An event of an unknown kind.");
    return buffer;
}
