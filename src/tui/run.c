#include "tui/run.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

/* Events between two looks at the clock: some 100 µs of work. */
#define DRAIN_STEP 1024

/* A rest that the loop's timers cannot keep: it goes on looking instead. */
#define NO_REST 1000000u

static bool is_told(unsigned kind)
{
    return kind == GS_EVENT_NOTE || kind == GS_EVENT_MARK || kind == GS_EVENT_PHASE ||
           kind == GS_EVENT_CHECK || kind == GS_EVENT_OUTPUT;
}

static bool is_trouble(const struct gs_event *e)
{
    return e->kind == GS_EVENT_DEADLOCK || e->kind == GS_EVENT_ERROR ||
           (e->kind == GS_EVENT_CHECK && !e->flags);
}

/* Between actors events arrive out of order, but never by much: from the end it is a short way. */
static void keep(struct gs_told *told, const struct gs_event *event)
{
    gs_vec_push(&told->list, *event);
    size_t i = told->list.count - 1;
    for (; i > 0 && told->list.items[i - 1].time > event->time; i--)
        told->list.items[i] = told->list.items[i - 1];
    told->list.items[i] = *event;
}

size_t gs_told_until(const struct gs_told *told, uint64_t time)
{
    size_t low = 0, high = told->list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (told->list.items[middle].time > time)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void take(void *context, const struct gs_event *event)
{
    struct gs_run *run = context;
    gs_timeline_add(run->timeline, event);
    run->births += event->kind == GS_EVENT_BORN;
    run->checks += event->kind == GS_EVENT_CHECK;
    run->failed += event->kind == GS_EVENT_CHECK && !event->flags;
    if (is_trouble(event))
        keep(&run->troubles, event);
    else if (is_told(event->kind))
        keep(&run->told, event);
}

bool gs_run_start(struct gs_run *run, const struct gs_tui_host *host, const struct gs_order *order,
                  double speed, struct gs_error *err)
{
    struct gs_order wanted = *order;
    gs_run_stop(run);
    *run = (struct gs_run){.host = host, .order = wanted};
    run->playback.speed = speed;
    run->segment = host->start(host->context, &run->order, err);
    if (!run->segment)
        return false;
    run->control = gs_segment_control(run->segment);
    run->collector = gs_collector_new(run->segment);
    run->timeline = gs_timeline_new(gs_segment_tables(run->segment));
    return true;
}

void gs_run_stop(struct gs_run *run)
{
    if (!run->segment)
        return;
    gs_collector_free(run->collector);
    gs_timeline_free(run->timeline);
    gs_vec_free(&run->told.list);
    gs_vec_free(&run->troubles.list);
    run->host->stop(run->host->context);
    run->segment = NULL;
}

bool gs_run_drain(struct gs_run *run, uint64_t budget_ns)
{
    uint64_t until = gs_clock_system() + budget_ns;
    bool gone = run->gone;
    uint64_t taken;
    do {
        taken = gs_collector_drain(run->collector, DRAIN_STEP, take, run);
    } while (taken == DRAIN_STEP && gs_clock_system() < until);
    if (taken == DRAIN_STEP)
        return true;
    /* Only what was found empty after the stage's end is empty for good. */
    if (gone && !run->drained) {
        gs_collector_finish(run->collector, take, run);
        run->drained = true;
    }
    return !run->drained && gs_collector_rest(run->collector, NO_REST) < NO_REST;
}

bool gs_run_virtual(const struct gs_run *run)
{
    return atomic_load(&run->control->clock) == GS_CLOCK_VIRTUAL;
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
        gs_timeline_extend(run->timeline, gs_control_now(run->control));
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
    gs_control_set_horizon(run->control, horizon);
}

void gs_run_advance(struct gs_run *run, uint64_t wall_ns)
{
    if (!run->gone)
        run->gone =
            run->host->gone(run->host->context, &run->status, run->message, sizeof run->message);
    uint32_t clock = atomic_load(&run->control->clock);
    if (run->playback.speed <= 0 && clock)
        run->playback.speed = clock == GS_CLOCK_VIRTUAL ? 0.02 : 1;
    extend_to_live(run);
    bool beyond = run->playback.now > gs_run_live(run); /* its end came, and was earlier */
    if (beyond || (run->at_live && !run->playback.paused))
        run->playback.now = gs_run_live(run);
    else
        gs_playback_advance(&run->playback, wall_ns, gs_run_live(run));
    set_horizon(run);
}

void gs_run_seek(struct gs_run *run, uint64_t time)
{
    uint64_t live = gs_run_live(run);
    run->playback.now = time < live ? time : live;
    run->playback.fraction = 0;
    run->at_live = false;
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

double gs_run_next_frame(const struct gs_run *run)
{
    if (!run->segment || (run->drained && (run->playback.paused || gs_run_over(run))))
        return 0;
    /* A program that stands still with us sends nothing: only its end has to be noticed. */
    bool still = run->playback.paused && run->ahead == 0 && gs_run_virtual(run);
    return still ? 0.1 : 1.0 / 60;
}

int gs_run_status(const struct gs_run *run)
{
    if (run->timeline && gs_run_complete(run))
        return gs_timeline_status(run->timeline);
    return run->gone ? run->status : 0;
}
