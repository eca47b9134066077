/* Sentences about the GIL: who has it, how it got there, when it goes on. */
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"
#include "timeline/store.h"

#include <stdio.h>

static bool has_gil(const struct gs_timeline *t, uint32_t interpreter)
{
    return gs_actor_has_gil(gs_timeline_tables(t)->actor(gs_timeline_tables(t), interpreter));
}

static const char *when_it_lets_go(enum gs_gil_profile profile)
{
    switch (profile) {
    case GS_GIL_39:
        return "at its next instruction";
    case GS_GIL_27:
        return "every 100 instructions, and races for it again at once";
    case GS_GIL_OFF:
        return "never: there is nothing to let go of";
    case GS_GIL_UNSET:
    case GS_GIL_312:
        break;
    }
    return "at its next loop jump or call";
}

/* "Thread-1 was asked after 5.0 ms and let go at line 12": how a hold ended, as a clause; it is
 * what the clause calls the GIL. */
static void say_how_it_ended(struct gs_say *say, const struct gs_hold *hold, uint32_t interpreter,
                             const char *it)
{
    const char *who = gs_say_who(say, hold->owner);
    char at[GS_WHERE_SIZE] = " at ";
    gs_where_line(at + 4, sizeof at - 4, gs_timeline_tables(say->timeline), hold->end_line,
                  hold->end_place);
    if (!hold->end_line)
        at[0] = '\0';
    if (hold->open && gs_explain_hold_end(say->timeline, hold) == UINT64_MAX)
        gs_say(say, "when %s let go is not known", who);
    else if (hold->open)
        gs_say(say, "%s ended and left %s", who, it);
    else if (hold->why == GS_DROP_BLOCKING)
        gs_say(say, "%s let go of %s%s, because it %s", who, it, at,
               gs_explain_blocking(say, hold->owner, interpreter, hold->end));
    else if (hold->why == GS_DROP_EXIT)
        gs_say(say, "%s ended and left %s", who, it);
    else if (hold->asked)
        gs_say(say, "%s was asked after %s and let go%s", who,
               gs_say_time(say, hold->asked - hold->start), at);
    else
        gs_say(say, "%s released %s%s and lost the race for it", who, it, at);
}

static void say_how_it_came(struct gs_say *say, const struct gs_hold *holds, size_t index,
                            uint32_t interpreter)
{
    const struct gs_hold *hold = &holds[index], *before = index ? hold - 1 : NULL;
    if (!before)
        gs_say(say, "nobody had it before");
    else if (before->owner == hold->owner)
        gs_say(say, "nobody had taken it since %s let go", gs_say_who(say, before->owner));
    else
        say_how_it_ended(say, before, interpreter, "it");
}

struct wanters {
    uint32_t count, first, second; /* two of them */
};

/* But for the owner: on the real clock it takes the GIL a moment before its wish for it ends, and
 * wants it back a moment before it lets go. */
static struct wanters who_else_wants(const struct gs_timeline *t, uint32_t owner,
                                     uint32_t interpreter, uint64_t time)
{
    struct wanters w = {0};
    for (size_t id = 1; id < t->books.count; id++) {
        const struct gs_lane *lane = gs_timeline_lane(t, (uint32_t)id);
        const struct gs_actor_row *row = t->tables->actor(t->tables, (uint32_t)id);
        bool thread = row && row->kind == GS_ACTOR_THREAD;
        long at = lane && thread && id != owner ? gs_lane_span_at(lane, time) : -1;
        if (at < 0)
            continue;
        const struct gs_span *span = &lane->spans.items[at];
        if (span->state != GS_STATE_WANTS_GIL || (!span->open && span->end <= time) ||
            gs_lane_interpreter_at(lane, time) != interpreter)
            continue;
        w.second = w.count == 1 ? lane->actor : w.second;
        w.first = w.count++ ? w.first : lane->actor;
    }
    return w;
}

static bool has_no_core(const struct gs_timeline *t, uint32_t actor, uint64_t time)
{
    const struct gs_span *span = gs_explain_span(t, actor, time);
    return span && span->state == GS_STATE_READY;
}

/* What becomes of a hold: "; the request is set; Thread-1 lets go at its next loop jump …". Each
 * clause begins with its semicolon. */
static void say_when_it_goes(struct gs_say *say, const struct gs_hold *hold, uint32_t interpreter,
                             uint64_t time)
{
    const char *who = gs_say_who(say, hold->owner);
    enum gs_gil_profile profile = gs_explain_profile(say->timeline, interpreter);
    bool told = !hold->open && hold->end > time;
    if (profile == GS_GIL_27) {
        gs_say(say, "; %s releases it %s", who, when_it_lets_go(profile));
    } else if (hold->asked && hold->asked <= time) {
        gs_say(say, "; the request is set; %s lets go %s%s%s", who, when_it_lets_go(profile),
               told && hold->why == GS_DROP_ASKED
                   ? gs_say_line(say, hold->end_line, hold->end_place)
                   : "",
               has_no_core(say->timeline, hold->owner, time) ? ", once it has a core" : "");
    } else if (hold->asked) {
        gs_say(say, "; %s asks for it in %s", gs_say_who(say, hold->asked_by),
               gs_say_time(say, hold->asked - time));
    } else if (told && hold->why != GS_DROP_ASKED) {
        gs_say(say, "; %s lets go in %s, when it %s%s", who, gs_say_time(say, hold->end - time),
               hold->why == GS_DROP_EXIT
                   ? "ends"
                   : gs_explain_blocking(say, hold->owner, interpreter, hold->end),
               gs_say_line(say, hold->end_line, hold->end_place));
    } else {
        gs_say(say, "; the request is set once it has not changed hands for %s",
               gs_say_time(say, gs_timeline_interval(say->timeline, interpreter, time)));
    }
}

static void say_who_wants(struct gs_say *say, const struct gs_hold *hold, uint32_t interpreter,
                          uint64_t time)
{
    struct wanters w = who_else_wants(say->timeline, hold->owner, interpreter, time);
    if (!w.count) {
        gs_say(say, " Nobody else wants it.");
        return;
    }
    if (w.count == 1 && hold->asked > time && hold->asked_by == w.first) {
        gs_say(say, " %s wants it and asks for it in %s.", gs_say_who(say, w.first),
               gs_say_time(say, hold->asked - time));
        return;
    }
    gs_say(say, " %s", gs_say_who(say, w.first));
    if (w.count == 2)
        gs_say(say, " and %s", gs_say_who(say, w.second));
    else if (w.count > 2)
        gs_say(say, " and %u others", w.count - 1);
    gs_say(say, " want%s it", w.count == 1 ? "s" : "");
    say_when_it_goes(say, hold, interpreter, time);
    gs_say(say, ".");
}

/* From the instant of the take on. */
static void say_taken(struct gs_instant *x, const struct gs_hold *holds, size_t index)
{
    struct gs_say *say = x->say;
    gs_say(say, "%s took %s", gs_say_who(say, x->actor), gs_say_gil(say, x->interpreter, x->actor));
    if (x->time > holds[index].start)
        gs_say(say, " %s ago", gs_say_time(say, x->time - holds[index].start));
    gs_say(say, ": ");
    say_how_it_came(say, holds, index, x->interpreter);
    gs_say(say, ".");
}

/* How long it has run; with the hand-over that let it, where the two began together. */
static void say_running(struct gs_instant *x, const struct gs_hold *hold,
                        const struct gs_hold *holds, size_t index)
{
    struct gs_say *say = x->say;
    const char *who = gs_say_who(say, x->actor),
               *line = gs_say_line(say, x->span->line, x->span->place);
    bool together = hold && hold->start == x->since && index && hold[-1].owner != hold->owner;
    if (hold && hold->start == x->time) {
        say_taken(x, holds, index);
        return;
    }
    gs_say(say, "%s", who);
    gs_explain_since(x, "has been running", "begins to run");
    gs_say(say, "%s", line);
    if (together) {
        gs_say(say, ", since ");
        say_how_it_ended(say, hold - 1, x->interpreter, "the GIL");
    }
    gs_say(say, ".");
    if (together || !hold)
        return;
    gs_say(say, " It took the GIL %s ago: ", gs_say_time(say, x->time - hold->start));
    say_how_it_came(say, holds, index, x->interpreter);
    gs_say(say, ".");
}

/* On the real clock it is looked at as it computes, and the line is where it is; on the virtual one
 * it is where it went on from. */
static void say_where(struct gs_instant *x)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    char where[GS_WHERE_SIZE];
    if (tables->facts(tables)->clock == GS_CLOCK_REAL && x->span->line)
        gs_say(x->say, " It is at %s.",
               gs_where_text(where, sizeof where, tables, x->span->line, x->span->place));
}

void gs_explain_running(struct gs_instant *x)
{
    const struct gs_lane *gil = gs_timeline_lane(x->t, x->interpreter);
    size_t index = 0;
    const struct gs_hold *hold = gs_explain_hold(x->t, x->interpreter, x->time, &index);
    say_running(x, hold, gil ? gil->holds.items : NULL, index);
    say_where(x);
    if (!has_gil(x->t, x->interpreter))
        gs_say(x->say, " There is no GIL here: others can run at the same time.");
    else if (hold)
        say_who_wants(x->say, hold, x->interpreter, x->time);
}

/* Misses of the old GIL: woken for it, and too late. */
static uint32_t races_lost(const struct gs_instant *x)
{
    const struct gs_lane *lane = x->lane;
    uint32_t count = 0;
    for (long i = gs_lane_point_at(lane, x->time); i >= 0; i--) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (e->time < x->since)
            break;
        count += e->kind == GS_EVENT_GIL_MISS;
    }
    return count;
}

static uint32_t others_first(const struct gs_instant *x)
{
    const struct gs_lane *gil = gs_timeline_lane(x->t, x->interpreter);
    uint32_t count = 0;
    long at = gil ? gs_lane_hold_at(gil, x->time) : -1;
    for (size_t i = (size_t)(at + 1); gil && i < gil->holds.count; i++) {
        if (gil->holds.items[i].start >= x->until)
            break;
        count += gil->holds.items[i].owner != x->actor;
    }
    return count;
}

static void say_when_it_gets_it(struct gs_instant *x)
{
    const struct gs_span *end = &x->lane->spans.items[x->last];
    if (end->open)
        return;
    uint32_t others = others_first(x);
    gs_say(x->say, " The wait ends in %s", gs_say_time(x->say, x->until - x->time));
    if (others == 1)
        gs_say(x->say, ", after one other turn");
    else if (others)
        gs_say(x->say, ", after %u turns of others", others);
    gs_say(x->say, ".");
}

/* The first instant: where it comes from. */
static void say_begin_of_want(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    const struct gs_lane *gil = gs_timeline_lane(x->t, x->interpreter);
    const char *who = gs_say_who(say, x->actor);
    for (long i = gil ? gs_lane_hold_at(gil, x->time) : -1; i >= 0; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (hold->end < x->time)
            break;
        if (hold->owner != x->actor || hold->open ||
            (hold->end > x->time && hold->why != GS_DROP_ASKED))
            continue;
        say_how_it_ended(say, hold, x->interpreter, "the GIL");
        gs_say(say, ", and wants it back.");
        return;
    }
    const struct gs_span *before = x->index ? x->span - 1 : NULL;
    const char *clause =
        before ? gs_explain_end_clause(say, x->interpreter, before->state, before->cause, false)
               : "it has just begun";
    gs_say(say, "%s wants the GIL from here on%s%s.", who, clause ? ": " : "",
           clause ? clause : "");
}

/* On the real clock the state begins before the drop that it is about. */
static void say_it_lets_go(struct gs_instant *x, const struct gs_hold *hold)
{
    if (hold->open)
        gs_say(x->say, " %s is about to let go of it.", gs_say_who(x->say, x->actor));
    else if (x->time > x->since)
        gs_say(x->say, " %s lets go of it in %s.", gs_say_who(x->say, x->actor),
               gs_say_time(x->say, hold->end - x->time));
}

void gs_explain_wants_gil(struct gs_instant *x)
{
    struct gs_say *say = x->say;
    size_t index = 0;
    /* Who calls into another interpreter wants the GIL of that one, and may still have its own. */
    x->interpreter = gs_lane_interpreter_at(x->lane, x->until > x->time ? x->until - 1 : x->time);
    const struct gs_hold *hold = gs_explain_hold(x->t, x->interpreter, x->time, &index);
    const char *who = gs_say_who(say, x->actor);
    bool owns = hold && hold->owner == x->actor;
    /* On the real clock the take comes before the state that it leads to. */
    if (owns && hold->start >= x->since) {
        say_taken(x, hold - index, index);
        say_who_wants(say, hold, x->interpreter, x->time);
        return;
    }
    if (x->time == x->since)
        say_begin_of_want(x);
    else
        gs_say(say, "%s has wanted the GIL for %s.", who, gs_say_time(say, x->time - x->since));
    if (!hold) {
        gs_say(say, " Nobody holds it at this instant.");
    } else if (owns) {
        say_it_lets_go(x, hold);
    } else {
        gs_say(say, " %s holds it", gs_say_who(say, hold->owner));
        say_when_it_goes(say, hold, x->interpreter, x->time);
        gs_say(say, ".");
    }
    uint32_t lost = gs_explain_profile(x->t, x->interpreter) == GS_GIL_27 ? races_lost(x) : 0;
    if (lost)
        gs_say(say, " %s was woken for it %u time%s and came too late.", gs_say_who(say, x->actor),
               lost, lost == 1 ? "" : "s");
    say_when_it_gets_it(x);
}

static bool is_one_of_several(const struct gs_tables *tables, uint32_t process)
{
    uint32_t count = tables->actors(tables);
    for (uint32_t id = 1; id <= count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && row->kind == GS_ACTOR_PROCESS && id != process)
            return true;
    }
    return false;
}

/* "the GIL", "the GIL of process 1" where there are several: unless the owner's name, "MainThread
 * of worker", says that. */
static const char *which_gil(struct gs_say *say, uint32_t interpreter, uint32_t owner)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    uint32_t process = gs_tables_process(tables, interpreter);
    char *words = gs_say_word(say), name[GS_NAME_SIZE];
    snprintf(words, GS_WORD_SIZE, "the GIL");
    if (process && is_one_of_several(tables, process) &&
        (!owner || gs_name_is_of_first_process(say->timeline, owner)))
        snprintf(words, GS_WORD_SIZE, "the GIL of %s",
                 gs_name_actor(name, sizeof name, say->timeline, process));
    return words;
}

static void say_free(struct gs_say *say, uint32_t interpreter, uint64_t time)
{
    const struct gs_lane *gil = gs_timeline_lane(say->timeline, interpreter);
    long last = gil ? gs_lane_hold_at(gil, time) : -1;
    const struct gs_hold *before = last < 0 ? NULL : &gil->holds.items[last];
    uint64_t end = before ? gs_explain_hold_end(say->timeline, before) : time;
    const char *which = which_gil(say, interpreter, 0);
    if (end < time)
        gs_say(say, "Nobody has held %s for %s", which, gs_say_time(say, time - end));
    else
        gs_say(say, "Nobody holds %s", which);
    if (before) {
        gs_say(say, ": ");
        say_how_it_ended(say, before, interpreter, "it");
    }
    gs_say(say, ".");
}

void gs_explain_interpreter(struct gs_say *say, uint32_t interpreter, uint64_t time)
{
    const struct gs_timeline *t = say->timeline;
    size_t index;
    const struct gs_hold *hold = gs_explain_hold(t, interpreter, time, &index);
    if (!has_gil(t, interpreter)) {
        gs_say(say, "%s has no GIL: its threads run side by side.", gs_say_who(say, interpreter));
        return;
    }
    if (!hold) {
        say_free(say, interpreter, time);
        return;
    }
    const char *which = which_gil(say, interpreter, hold->owner);
    if (hold->start == time)
        gs_say(say, "%s took %s: ", gs_say_who(say, hold->owner), which);
    else
        gs_say(say, "%s has held %s for %s: ", gs_say_who(say, hold->owner), which,
               gs_say_time(say, time - hold->start));
    say_how_it_came(say, hold - index, index, interpreter);
    gs_say(say, ".");
    say_who_wants(say, hold, interpreter, time);
}
