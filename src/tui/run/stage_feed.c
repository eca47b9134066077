#include "tui/run/stage_feed.h"

#include "base/clock.h"
#include "base/ending.h"
#include "base/text.h"
#include "trace/intake.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Events between two looks at the clock: some 100 µs of work. */
#define DRAIN_STEP 1024

struct stage_feed {
    struct gs_feed feed;
    const struct gs_tui_host *host;
    struct gs_order order;
    char title[sizeof((struct gs_about *)0)->title];
    struct gs_tui_stage *stage; /* the host's */
    struct gs_control *control;
    struct gs_intake *intake;
    struct gs_recorder *recorder; /* of all that is drained; NULL: … */
    struct gs_error unrecorded;   /* … why */
    uint64_t come;                /* how far the run's clock was seen to be */
    bool gone;                    /* the stage's process has ended … */
    bool dry;                     /* … and everything it wrote has been taken */
    int status;                   /* of its process, as waitpid tells it */
    char message[1024];           /* what it wrote on stderr, cut */
};

static const struct gs_tables *tables(struct gs_feed *feed)
{
    return gs_segment_tables(((struct stage_feed *)feed)->stage->segment);
}

static struct gs_feed_facts facts(struct gs_feed *feed)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    const struct gs_facts *told = tables(feed)->facts(tables(feed));
    bool file = s->order.guest == GS_GUEST_LUA || s->order.guest == GS_GUEST_PYTHON_FILE;
    return (struct gs_feed_facts){.name = s->order.name,
                                  .title = s->title,
                                  .scene = file ? s->order.scene : NULL,
                                  .clock = told->clock,
                                  .gil = told->gil,
                                  .python = told->python,
                                  .cores = told->cores};
}

static uint64_t live(struct gs_feed *feed)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    uint64_t now = gs_control_now(s->control);
    s->come = now > s->come ? now : s->come;
    return now;
}

struct tee {
    struct gs_recorder *recorder;
    gs_collector_sink *sink;
    void *context;
};

static void take(void *context, const struct gs_event *event)
{
    const struct tee *tee = context;
    if (tee->recorder)
        gs_recorder_put(tee->recorder, event);
    tee->sink(tee->context, event);
}

static void finish_recording(struct stage_feed *s, bool cut)
{
    struct gs_recorded_end end = {
        .now = s->come, .cut = cut, .status = cut ? 0 : (uint64_t)gs_ending_exit_status(s->status)};
    snprintf(end.message, sizeof end.message, "%s", s->message);
    if (s->recorder)
        (void)gs_recorder_finish(s->recorder, &end, NULL);
}

static enum gs_feed_state drain(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    uint64_t until = gs_clock_system() + budget_ns;
    bool gone = s->gone;
    struct tee tee = {s->recorder, sink, context};
    uint64_t taken;
    do {
        taken = gs_intake_drain_at_once(s->intake, DRAIN_STEP, take, &tee);
    } while (taken == DRAIN_STEP && gs_clock_system() < until);
    if (s->recorder)
        gs_recorder_flush(s->recorder, live(feed));
    if (taken == DRAIN_STEP)
        return GS_FEED_MORE;
    /* Only what was found empty after the stage's end is empty for good. */
    if (gone && !s->dry) {
        gs_intake_finish(s->intake, take, &tee);
        gs_intake_end(s->intake, s->status, take, &tee);
        finish_recording(s, false);
    }
    s->dry = gone;
    if (s->dry)
        return GS_FEED_DRY;
    return gs_intake_has_more(s->intake) ? GS_FEED_MORE : GS_FEED_QUIET;
}

static void allow(struct gs_feed *feed, uint64_t ns)
{
    gs_control_set_horizon(((struct stage_feed *)feed)->control, ns);
}

static bool ended(struct gs_feed *feed, struct gs_feed_end *end)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    if (!s->gone)
        s->gone =
            s->host->gone(s->host->context, s->stage, &s->status, s->message, sizeof s->message);
    *end = (struct gs_feed_end){.status = gs_ending_exit_status(s->status), .message = s->message};
    return s->gone;
}

static struct gs_recorder_state recording(struct gs_feed *feed)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    if (s->recorder)
        return gs_recorder_state(s->recorder);
    return (struct gs_recorder_state){.over = true, .failed = true, .err = s->unrecorded};
}

static bool record(struct gs_feed *feed, const char *path, struct gs_error *err)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    struct gs_recorder_state state = recording(feed);
    if (state.named || state.naming)
        return gs_error_set(err, "the run is being recorded: %" PRIu64 " events so far",
                            state.events);
    if (state.failed)
        return gs_error_set(err, "the run cannot be recorded: %s", state.err.text);
    gs_recorder_name(s->recorder, path);
    return true;
}

static void close_feed(struct gs_feed *feed)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    struct gs_recorder_state state = recording(feed);
    if (state.named || state.naming)
        finish_recording(s, !s->gone);
    gs_recorder_free(s->recorder);
    gs_intake_free(s->intake);
    s->host->stop(s->host->context, s->stage);
    free(s);
}

static const struct gs_feed_ops stage_ops = {.tables = tables,
                                             .facts = facts,
                                             .drain = drain,
                                             .live = live,
                                             .allow = allow,
                                             .ended = ended,
                                             .record = record,
                                             .recording = recording,
                                             .close = close_feed};

struct gs_feed *gs_stage_feed_start(const struct gs_tui_host *host, const struct gs_order *order,
                                    const struct gs_about *about, struct gs_recorder *recorder,
                                    struct gs_error *err)
{
    struct gs_tui_stage *stage = host->start(host->context, order, err);
    if (!stage) {
        gs_recorder_free(recorder);
        return NULL;
    }
    struct stage_feed *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->feed.ops = &stage_ops;
    s->host = host;
    s->order = *order;
    s->stage = stage;
    s->control = gs_segment_control(stage->segment);
    s->intake = gs_intake_new(stage->segment);
    gs_text_copy(s->title, sizeof s->title, about ? about->title : "");
    s->recorder = recorder;
    if (!recorder && about)
        s->recorder = gs_recorder_new(NULL, about, &s->unrecorded);
    else if (!recorder)
        gs_error_set(&s->unrecorded, "it is one of several");
    if (s->recorder)
        gs_recorder_follow(s->recorder, gs_segment_tables(stage->segment));
    return &s->feed;
}
