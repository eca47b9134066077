#include "tui/run/stage_feed.h"

#include "base/clock.h"
#include "base/ending.h"

#include <stdlib.h>

/* Events between two looks at the clock: some 100 µs of work. */
#define DRAIN_STEP 1024

/* A rest that the loop's timers cannot keep: it goes on looking instead. */
#define NO_REST 1000000u

struct stage_feed {
    struct gs_feed feed;
    const struct gs_tui_host *host;
    struct gs_order order;
    struct gs_tui_stage *stage; /* the host's */
    struct gs_control *control;
    struct gs_collector *collector;
    bool gone;          /* the stage's process has ended … */
    bool dry;           /* … and everything it wrote has been taken */
    int status;         /* of its process, as waitpid tells it */
    char message[1024]; /* what it wrote on stderr, cut */
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
                                  .scene = file ? s->order.scene : NULL,
                                  .clock = told->clock,
                                  .gil = told->gil,
                                  .python = told->python,
                                  .cores = told->cores};
}

static enum gs_feed_state drain(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    uint64_t until = gs_clock_system() + budget_ns;
    bool gone = s->gone;
    uint64_t taken;
    do {
        taken = gs_collector_drain(s->collector, DRAIN_STEP, sink, context);
    } while (taken == DRAIN_STEP && gs_clock_system() < until);
    if (taken == DRAIN_STEP)
        return GS_FEED_MORE;
    /* Only what was found empty after the stage's end is empty for good. */
    if (gone && !s->dry) {
        gs_collector_finish(s->collector, sink, context);
        gs_collector_end(s->collector, s->status, sink, context);
    }
    s->dry = gone;
    if (s->dry)
        return GS_FEED_DRY;
    return gs_collector_rest(s->collector, NO_REST) < NO_REST ? GS_FEED_MORE : GS_FEED_QUIET;
}

static uint64_t live(struct gs_feed *feed)
{
    return gs_control_now(((struct stage_feed *)feed)->control);
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

static void close_feed(struct gs_feed *feed)
{
    struct stage_feed *s = (struct stage_feed *)feed;
    gs_collector_free(s->collector);
    s->host->stop(s->host->context, s->stage);
    free(s);
}

static const struct gs_feed_ops stage_ops = {.tables = tables,
                                             .facts = facts,
                                             .drain = drain,
                                             .live = live,
                                             .allow = allow,
                                             .ended = ended,
                                             .close = close_feed};

struct gs_feed *gs_stage_feed_start(const struct gs_tui_host *host, const struct gs_order *order,
                                    struct gs_error *err)
{
    struct gs_tui_stage *stage = host->start(host->context, order, err);
    if (!stage)
        return NULL;
    struct stage_feed *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->feed.ops = &stage_ops;
    s->host = host;
    s->order = *order;
    s->stage = stage;
    s->control = gs_segment_control(stage->segment);
    s->collector = gs_collector_new(stage->segment);
    return &s->feed;
}
