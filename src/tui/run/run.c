#include "tui/run/run.h"

#include "base/sorted.h"
#include "timeline/ends.h"

#include <stdlib.h>

static void take(void *context, const struct gs_event *event)
{
    struct gs_run *run = context;
    gs_timeline_add(run->timeline, event);
    gs_told_take(&run->told, event);
    bool failed = event->kind == GS_EVENT_DIED && event->flags == GS_DEATH_ERROR;
    run->births += event->kind == GS_EVENT_BORN || event->kind == GS_EVENT_DIED ||
                   event->kind == GS_EVENT_DEADLOCK || failed;
}

void gs_run_start(struct gs_run *run, struct gs_feed *feed, struct gs_pace pace)
{
    *run = (struct gs_run){.feed = feed, .pace = pace, .playback = {.speed = pace.asked}};
    run->timeline = gs_timeline_new(feed->ops->tables(feed));
}

void gs_run_stop(struct gs_run *run)
{
    if (!run->feed)
        return;
    gs_timeline_free(run->timeline);
    gs_told_free(&run->told);
    run->feed->ops->close(run->feed);
    run->feed = NULL;
}

bool gs_run_drain(struct gs_run *run, uint64_t budget_ns)
{
    bool is_there = run->feed->ops->live(run->feed) >= run->horizon;
    enum gs_feed_state state = run->feed->ops->drain(run->feed, budget_ns, take, run);
    run->caught_up = is_there && state != GS_FEED_MORE;
    run->drained = state == GS_FEED_DRY;
    return state == GS_FEED_MORE;
}

struct gs_feed_facts gs_run_facts(const struct gs_run *run)
{
    return run->feed->ops->facts(run->feed);
}

bool gs_run_virtual(const struct gs_run *run)
{
    return gs_run_facts(run).clock == GS_CLOCK_VIRTUAL;
}

bool gs_run_complete(const struct gs_run *run)
{
    return gs_timeline_complete(run->timeline);
}

uint64_t gs_run_live(const struct gs_run *run)
{
    return gs_timeline_end(run->timeline);
}

static void extend_to_live(struct gs_run *run)
{
    if (!gs_run_complete(run) && !run->gone)
        gs_timeline_extend(run->timeline, run->feed->ops->live(run->feed));
}

static uint64_t wanted_horizon(const struct gs_run *run)
{
    if (run->at_live && !run->playback.paused)
        return UINT64_MAX;
    uint64_t lead = run->playback.paused ? 0 : gs_playback_lead(&run->playback);
    return run->playback.now + lead + run->ahead;
}

static void set_horizon(struct gs_run *run)
{
    uint64_t horizon = wanted_horizon(run);
    if (horizon == run->horizon || run->gone)
        return;
    run->horizon = horizon;
    run->caught_up = false;
    run->feed->ops->allow(run->feed, horizon);
}

void gs_run_change_speed(struct gs_run *run, int steps)
{
    gs_playback_change_speed(&run->playback, steps);
    run->pace.asked = run->playback.speed;
    run->at_live = false;
}

/* What the phase that is played asks for, else the scene; 0: neither does. */
static double speed_asked_for(const struct gs_run *run)
{
    struct gs_points points = gs_timeline_points(run->timeline, GS_EVENT_PHASE);
    size_t begun = gs_sorted_until(&points.list, time, run->playback.now);
    uint32_t millionths = begun ? gs_event_high(&points.list.items[begun - 1]) : 0;
    gs_vec_free(&points.list);
    return millionths ? millionths / 1e6 : run->pace.scenes;
}

/* Nobody looks on for a minute where the program took a blink of its clock, unless he asked to. */
static void keep_pace(struct gs_run *run)
{
    uint32_t clock = gs_run_facts(run).clock;
    if (run->pace.asked > 0 || !clock)
        return;
    if (clock == GS_CLOCK_REAL) {
        run->at_live |= run->playback.speed <= 0;
        run->playback.speed = 1;
        return;
    }
    run->playback.speed = speed_asked_for(run);
    if (run->playback.speed <= 0)
        gs_playback_fit(&run->playback);
}

static size_t asked_up_to(const struct gs_run *run, uint64_t time)
{
    return gs_sorted_until(&run->told.asked, time, time);
}

static bool stops_at(const struct gs_run *run, const struct gs_event *e)
{
    return e->kind == GS_EVENT_ASK || (e->kind == GS_EVENT_MARK && run->pauses_at_marks);
}

static void stop_at(struct gs_run *run, const struct gs_event *e)
{
    gs_run_seek(run, e->time);
    run->playback.paused = true;
    run->asks = e->kind == GS_EVENT_ASK;
    run->question = *e;
}

/* Behind each mark that was passed, even if word of it came only afterwards, it is too late to look
 * at what the mark is about: the playhead goes back to the first of them. Who went there by a key
 * has seen it. */
static void stop_at_mark(struct gs_run *run)
{
    size_t passed = asked_up_to(run, run->playback.now);
    for (size_t i = run->passed; i < passed && !run->playback.paused; i++)
        if (stops_at(run, &run->told.asked.items[i]))
            stop_at(run, &run->told.asked.items[i]);
    run->passed = asked_up_to(run, run->playback.now);
}

void gs_run_back(struct gs_run *run)
{
    size_t i = gs_sorted_before(&run->told.asked, time, run->playback.now);
    while (i > 0 && !stops_at(run, &run->told.asked.items[i - 1]))
        i--;
    gs_run_seek(run, 0);
    run->playback.paused = true;
    if (i > 0)
        stop_at(run, &run->told.asked.items[i - 1]);
    set_horizon(run);
}

void gs_run_hurry(struct gs_run *run)
{
    run->at_live = true;
    run->playback.paused = false;
    set_horizon(run);
}

void gs_run_advance(struct gs_run *run, uint64_t wall_ns)
{
    if (!run->gone)
        run->gone = run->feed->ops->ended(run->feed, &run->end);
    keep_pace(run);
    extend_to_live(run);
    bool beyond = run->playback.now > gs_run_live(run); /* its end came, and was earlier */
    if (beyond || (run->at_live && !run->playback.paused))
        run->playback.now = gs_run_live(run);
    else
        gs_playback_advance(&run->playback, wall_ns, gs_run_live(run));
    stop_at_mark(run);
    set_horizon(run);
}

void gs_run_seek(struct gs_run *run, uint64_t time)
{
    uint64_t live = gs_run_live(run);
    run->playback.now = time < live ? time : live;
    run->playback.fraction = 0;
    run->passed = asked_up_to(run, run->playback.now);
    run->asks = false;
    run->at_live = false;
}

/* By a quarter of the way: hardly more runs than has to. */
#define LEAST_MORE 50000u

void gs_run_let_on(struct gs_run *run, uint64_t most)
{
    if (!run->caught_up)
        return;
    uint64_t next = run->feed->ops->live(run->feed);
    uint64_t ahead = next > run->playback.now ? next - run->playback.now : 0;
    uint64_t more = ahead / 4 < LEAST_MORE ? LEAST_MORE : ahead / 4;
    run->ahead = ahead + (more < most ? more : most);
    set_horizon(run);
}

void gs_run_to_live(struct gs_run *run)
{
    gs_run_seek(run, UINT64_MAX);
    run->at_live = true;
    run->playback.paused = false;
    set_horizon(run);
}

bool gs_run_over(const struct gs_run *run)
{
    return run->drained && run->playback.now >= gs_run_live(run);
}

bool gs_run_at_end(const struct gs_run *run)
{
    return gs_run_complete(run) && run->playback.now >= gs_run_live(run);
}

double gs_run_next_frame(const struct gs_run *run)
{
    if (!run->feed || (run->drained && (run->playback.paused || gs_run_over(run))))
        return 0;
    /* A program that stands still with us sends nothing: only its end has to be noticed. */
    bool still = run->playback.paused && gs_run_virtual(run);
    /* Who searches goes from one small piece of the run to the next. */
    return !still ? 1.0 / 60 : run->ahead ? 1.0 / 250 : 0.1;
}

int gs_run_status(const struct gs_run *run)
{
    if (gs_run_complete(run))
        return gs_end_verdict(run->timeline, gs_end_status(run->timeline));
    return run->gone ? run->end.status : 0;
}
