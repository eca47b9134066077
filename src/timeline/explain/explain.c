#include "timeline/explain/explain.h"

#include "timeline/ends.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"
#include "timeline/messages.h"
#include "timeline/turns.h"

/* A stretch is one state over one object: the runtime may split it to tell another line. */
static void find_stretch(struct gs_instant *x)
{
    const struct gs_span *spans = x->lane->spans.items;
    size_t first = x->index, last = x->index;
    while (first > 0 && spans[first - 1].state == x->span->state &&
           spans[first - 1].on == x->span->on && spans[first - 1].end == spans[first].start)
        first--;
    while (last + 1 < x->lane->spans.count && spans[last + 1].state == x->span->state &&
           spans[last + 1].on == x->span->on && spans[last].end == spans[last + 1].start)
        last++;
    x->since = spans[first].start;
    x->until = gs_span_end(x->t, &spans[last]);
    x->last = last;
}

bool gs_instant_find(struct gs_instant *x)
{
    long at = gs_lane_span_at(x->lane, x->time);
    if (at < 0)
        return false;
    x->index = (size_t)at;
    x->span = &x->lane->spans.items[at];
    if (!x->span->open && x->span->end <= x->time)
        return false;
    x->interpreter = gs_lane_interpreter_at(x->lane, x->time);
    find_stretch(x);
    return true;
}

static void explain_unborn(struct gs_instant *x)
{
    gs_say(x->say, "%s is not there yet: ", gs_say_who(x->say, x->actor));
    if (x->lane->creator)
        gs_say(x->say, "%s starts it in %s.", gs_say_who(x->say, x->lane->creator),
               gs_say_time(x->say, x->lane->birth - x->time));
    else
        gs_say(x->say, "it begins in %s.", gs_say_time(x->say, x->lane->birth - x->time));
}

static void explain_dead(struct gs_instant *x)
{
    const struct gs_lane *lane = x->lane;
    const char *how = gs_explain_ending(x->say, lane);
    bool error = lane->how == GS_DEATH_ERROR && !*how;
    gs_say(x->say, "%s ended at %s, after %s%s.", gs_say_who(x->say, x->actor),
           gs_say_time(x->say, lane->death), gs_say_time(x->say, lane->death - lane->birth),
           error ? ": an uncaught error ended it" : how);
}

struct census {
    uint32_t states[GS_STATES], threads, tasks;
};

static bool is_inside(const struct gs_tables *tables, const struct gs_actor_row *row,
                      uint32_t process)
{
    const struct gs_actor_row *interpreter = row ? tables->actor(tables, row->interpreter) : NULL;
    return interpreter && interpreter->parent == process;
}

/* What a loop does, and a task in its turn, their thread does. */
static bool does_it_itself(unsigned kind, unsigned state)
{
    return kind == GS_ACTOR_THREAD || (kind == GS_ACTOR_TASK && !gs_state_has_turn(state));
}

static struct census count_lives(const struct gs_timeline *t, uint32_t process, uint64_t time)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    struct census c = {0};
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(t, id);
        long at = lane && is_inside(tables, row, process) ? gs_lane_span_at(lane, time) : -1;
        const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
        if (!span || (!span->open && span->end <= time))
            continue;
        c.threads += row->kind == GS_ACTOR_THREAD;
        c.tasks += row->kind == GS_ACTOR_TASK;
        c.states[span->state] += does_it_itself(row->kind, span->state);
    }
    return c;
}

static void explain_empty(struct gs_say *say, uint32_t process, uint64_t time)
{
    char how[GS_END_SIZE];
    const struct gs_lane *lane = gs_timeline_lane(say->timeline, process);
    gs_end_of_process(how, sizeof how, say->timeline, process);
    if (*how && lane->death <= time)
        gs_say(say, "%s was %s at %s.", gs_say_who(say, process), how,
               gs_say_time(say, lane->death));
    else
        gs_say(say, "Nobody lives in %s now.", gs_say_who(say, process));
}

/* "process 1 has 3 threads: 1 running, 2 waiting." */
static void explain_process(struct gs_say *say, uint32_t process, uint64_t time)
{
    struct census c = count_lives(say->timeline, process, time);
    uint32_t left = c.threads + c.tasks;
    const char *who = gs_say_who(say, process);
    if (!left) {
        explain_empty(say, process, time);
        return;
    }
    gs_say(say, "%s has %u thread%s", who, c.threads, c.threads == 1 ? "" : "s");
    if (c.tasks)
        gs_say(say, " and %u task%s", c.tasks, c.tasks == 1 ? "" : "s");
    gs_say(say, ": ");
    for (unsigned s = GS_STATE_RUNNING; s < GS_STATES && left; s++) {
        left -= c.states[s];
        if (c.states[s])
            gs_say(say, "%u %s%s", c.states[s], gs_state_word(s), left ? ", " : ".");
    }
}

static void explain_native(struct gs_instant *x)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    const struct gs_actor_row *row = tables->actor(tables, x->interpreter);
    gs_say(x->say, "%s", gs_say_who(x->say, x->actor));
    gs_explain_since(x, "has been computing outside the interpreter",
                     "begins to compute outside the interpreter");
    gs_say(x->say, "%s.", gs_say_line(x->say, x->span->line, x->span->place));
    if (gs_actor_has_gil(row))
        gs_say(x->say, " It let go of the GIL for that: others can run meanwhile.");
    gs_explain_end(x);
}

static void explain_sleeping(struct gs_instant *x)
{
    gs_say(x->say, "%s", gs_say_who(x->say, x->actor));
    gs_explain_since(x, "has been sleeping", "goes to sleep");
    gs_say(x->say, "%s.", gs_say_line(x->say, x->span->line, x->span->place));
    gs_explain_end(x);
}

static void explain_io(struct gs_instant *x)
{
    const char *what = x->span->on ? gs_say_what(x->say, x->span->on) : "a socket or pipe";
    bool writes = gs_explain_object(x->t, x->span->on)->kind == GS_OBJECT_ROOM;
    gs_say(x->say, "%s %s on %s%s", gs_say_who(x->say, x->actor),
           x->time == x->since ? "blocks" : "has been blocked",
           writes ? "writing into the full " : "", what);
    if (x->time > x->since)
        gs_say(x->say, " for %s", gs_say_time(x->say, x->time - x->since));
    gs_say(x->say, "%s.", gs_say_line(x->say, x->span->line, x->span->place));
    gs_explain_end(x);
}

static void explain_ready(struct gs_instant *x)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    const struct gs_hold *hold = gs_explain_hold(x->t, x->interpreter, x->time, NULL);
    gs_say(x->say, "%s", gs_say_who(x->say, x->actor));
    gs_explain_since(x, "has been ready to run", "is ready to run");
    gs_say(x->say, ", but %s%s.",
           tables->facts(tables)->clock == GS_CLOCK_REAL
               ? "the kernel runs somebody else on its core"
               : "no core is free",
           hold && hold->owner == x->actor ? ", though it holds the GIL" : "");
    gs_explain_end(x);
}

static void explain_task(struct gs_instant *x)
{
    if (x->span->state == GS_STATE_AWAITING)
        gs_explain_awaiting(x);
    else if (x->span->state == GS_STATE_READY)
        gs_explain_task_ready(x);
    else
        gs_explain_turn(x);
}

static void explain_state(struct gs_instant *x)
{
    switch ((enum gs_state)x->span->state) {
    case GS_STATE_RUNNING:
        gs_explain_running(x);
        return;
    case GS_STATE_WANTS_GIL:
        gs_explain_wants_gil(x);
        return;
    case GS_STATE_NATIVE:
        explain_native(x);
        return;
    case GS_STATE_IO:
        explain_io(x);
        return;
    case GS_STATE_SLEEPING:
        explain_sleeping(x);
        return;
    case GS_STATE_WAITING:
        gs_explain_waiting(x);
        return;
    case GS_STATE_READY:
        explain_ready(x);
        return;
    case GS_STATE_AWAITING:
        gs_explain_awaiting(x);
        return;
    case GS_STATE_UNKNOWN:
        gs_say(x->say, "What %s did here is not known: %s.", gs_say_who(x->say, x->actor),
               x->time < gs_timeline_whole_from(x->t)
                   ? "there was no room to keep it, neither in memory nor on a disk"
                   : "the recording is damaged");
        return;
    case GS_STATE_NONE:
    case GS_STATES:
        return;
    }
}

/* over: when that is over, or 0 where nobody knows yet. */
static void say_passing(struct gs_instant *x, const char *what, uint64_t over)
{
    gs_say(x->say, "%s is %s", gs_say_who(x->say, x->actor), what);
    if (over)
        gs_say(x->say, "; that takes %s more", gs_say_time(x->say, over - x->time));
    gs_say(x->say, ".");
}

/* On the real clock a life begins before its first state, when somebody starts it, and ends a
 * moment after its last one. */
static void explain_stateless(struct gs_instant *x)
{
    const struct gs_lane *lane = x->lane;
    size_t count = lane->spans.count, next = (size_t)(gs_lane_span_at(lane, x->time) + 1);
    if (next == 0 && (count || !lane->died))
        say_passing(x, "being started", count ? lane->spans.items[0].start : 0);
    else if (next && next == count)
        say_passing(x, "ending", lane->died ? lane->death : 0);
    else
        gs_say(x->say, "%s is there, but the trace does not tell what it does.",
               gs_say_who(x->say, x->actor));
}

/* What it sends or receives at this very instant goes before what it is in. */
static void explain_exchange(struct gs_instant *x)
{
    struct gs_event e;
    if (!gs_timeline_find_message(x->t, x->actor, x->time, x->time + 1, &e))
        return;
    gs_explain_message(x->say, &e);
    gs_say(x->say, " ");
}

static void explain_lane(struct gs_instant *x)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    const struct gs_actor_row *row = tables->actor(tables, x->actor);
    unsigned kind = row ? row->kind : 0;
    explain_exchange(x);
    if (x->time < x->lane->birth || !x->lane->born)
        explain_unborn(x);
    else if (x->lane->died && x->time >= x->lane->death)
        explain_dead(x);
    else if (!gs_instant_find(x))
        explain_stateless(x);
    else if (kind == GS_ACTOR_LOOP)
        gs_explain_loop(x);
    else if (kind == GS_ACTOR_TASK)
        explain_task(x);
    else
        explain_state(x);
}

const char *gs_explain(char *buffer, size_t size, const struct gs_timeline *timeline,
                       uint32_t actor, uint64_t time)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    const struct gs_lane *lane = gs_timeline_lane(timeline, actor);
    struct gs_say say;
    gs_say_init(&say, timeline, buffer, size);
    if (time > gs_timeline_end(timeline))
        time = gs_timeline_end(timeline);
    struct gs_instant x = {.say = &say, .t = timeline, .lane = lane, .actor = actor, .time = time};
    if (row && row->kind == GS_ACTOR_PROCESS)
        explain_process(&say, actor, time);
    else if (row && row->kind == GS_ACTOR_INTERPRETER)
        gs_explain_interpreter(&say, actor, time);
    else if (lane && actor)
        explain_lane(&x);
    else
        gs_say(&say, "Nothing is known of %s.", gs_say_who(&say, actor));
    return buffer;
}
