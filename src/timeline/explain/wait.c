/* Sentences about waits: for what, who has it, what he waits for himself. */
#include "timeline/explain/awaited.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"

static bool is_lock(const struct gs_timeline *t, uint32_t object)
{
    uint32_t kind = gs_explain_object(t, object)->kind;
    return kind == GS_OBJECT_LOCK || kind == GS_OBJECT_RLOCK;
}

/* Behind what somebody waits for: who has that, and what he does, and so on. */
static void say_chain(struct gs_instant *x, uint32_t actor)
{
    enum { LONGEST = 4 };
    struct gs_say *say = x->say;
    for (int links = 0; links < LONGEST; links++) {
        const struct gs_span *span = gs_explain_span(x->t, actor, x->time);
        uint32_t next = span ? gs_explain_blocker(x->t, actor, span, x->time) : 0;
        if (!next)
            break;
        if (is_lock(x->t, span->on))
            gs_say(say, ", which %s holds", next == actor ? "it itself" : gs_say_who(say, next));
        if (next == actor || gs_explain_circle(x->t, next, x->time)) {
            gs_say(say, ": %s", next == actor ? "it can never go on" : "neither of them can go on");
            break;
        }
        const struct gs_span *does = gs_explain_span(x->t, next, x->time);
        gs_say(say, ". %s %s%s", gs_say_who(say, next), gs_explain_doing(say, next, x->time),
               gs_say_line(say, does ? does->line : 0, does ? does->place : 0));
        actor = next;
    }
}

/* Behind what the first one does whom the lane waits for. */
static void say_onward(struct gs_instant *x, uint32_t blocker)
{
    uint32_t length = gs_explain_circle(x->t, x->actor, x->time);
    const struct gs_span *span = gs_explain_span(x->t, blocker, x->time);
    if (length == 2 && is_lock(x->t, span->on))
        gs_say(x->say, ", which %s holds: neither can go on", gs_say_who(x->say, x->actor));
    else if (length == 2)
        gs_say(x->say, ": neither can go on");
    else if (length)
        gs_say(x->say, ": a circle of %u, in which nobody can go on", length);
    else
        say_chain(x, blocker);
    gs_say(x->say, ".");
}

static void say_lock_owner(struct gs_instant *x)
{
    struct gs_claim claim;
    struct gs_say *say = x->say;
    if (!gs_timeline_claims(x->t, x->span->on, x->time, &claim, 1)) {
        gs_say(say, " Nobody holds it at this instant.");
        return;
    }
    if (claim.owner == x->actor) {
        gs_say(say, " %s itself holds it%s, and can never have it a second time.",
               gs_say_who(say, x->actor), gs_say_line(say, claim.line, claim.place));
        return;
    }
    gs_say(say, " %s has held it for %s%s and %s", gs_say_who(say, claim.owner),
           gs_say_time(say, x->time - claim.start), gs_say_line(say, claim.line, claim.place),
           gs_explain_doing(say, claim.owner, x->time));
    say_onward(x, claim.owner);
}

/* A thread that runs needs no word: it will end. */
static void say_joined(struct gs_instant *x)
{
    uint32_t thread = gs_explain_blocker(x->t, x->actor, x->span, x->time);
    const struct gs_span *span = thread ? gs_explain_span(x->t, thread, x->time) : NULL;
    bool rests = span && (span->state == GS_STATE_WAITING || span->state == GS_STATE_SLEEPING ||
                          span->state == GS_STATE_IO);
    if (!rests || gs_awaited_start(x->t, x->lane, x->span))
        return;
    gs_say(x->say, " %s %s%s", gs_say_who(x->say, thread),
           gs_explain_doing(x->say, thread, x->time), gs_say_line(x->say, span->line, span->place));
    say_onward(x, thread);
}

static void say_length(struct gs_instant *x, uint32_t queue)
{
    uint64_t length;
    if (!gs_timeline_counter(x->t, queue, x->time, &length))
        return;
    if (length)
        gs_say(x->say, " It holds %llu item%s.", (unsigned long long)length,
               length == 1 ? "" : "s");
    else
        gs_say(x->say, " It is empty.");
}

static void say_of_object(struct gs_instant *x)
{
    const struct gs_object_row *row = gs_explain_object(x->t, x->span->on);
    switch (row->kind) {
    case GS_OBJECT_LOCK:
    case GS_OBJECT_RLOCK:
        say_lock_owner(x);
        break;
    case GS_OBJECT_SEMAPHORE:
        gs_explain_units(x);
        break;
    case GS_OBJECT_BARRIER:
        gs_explain_barrier(x);
        break;
    case GS_OBJECT_QUEUE:
        say_length(x, x->span->on);
        break;
    case GS_OBJECT_ROOM:
        say_length(x, row->whole);
        break;
    case GS_OBJECT_TASKS:
        gs_explain_tasks(x);
        break;
    case GS_OBJECT_THREAD:
        say_joined(x);
        break;
    }
}

void gs_explain_waiting(struct gs_instant *x)
{
    const char *what = gs_awaited_words(gs_say_word(x->say), GS_WORD_SIZE, x->t, x->lane, x->span);
    gs_say(x->say, "%s %s for %s", gs_say_who(x->say, x->actor),
           x->time == x->since ? "begins to wait" : "has waited", what);
    if (x->time > x->since)
        gs_say(x->say, " for %s", gs_say_time(x->say, x->time - x->since));
    gs_say(x->say, "%s.", gs_say_line(x->say, x->span->line, x->span->place));
    say_of_object(x);
    gs_explain_end(x);
}
