#include "tui/run/play_feed.h"

#include "base/clock.h"
#include "trace/recording/player.h"

#include <stdio.h>
#include <stdlib.h>

struct play_feed {
    struct gs_feed feed;
    struct gs_player *player;
    bool dry;
    bool told; /* how far the run's clock came, after that; … */
    bool over; /* … and how it ended */
    char message[1024];
};

static struct play_feed *of(struct gs_feed *feed)
{
    return (struct play_feed *)feed;
}

static const struct gs_tables *tables(struct gs_feed *feed)
{
    return gs_player_tables(of(feed)->player);
}

static struct gs_feed_facts facts(struct gs_feed *feed)
{
    const struct gs_about *about = gs_player_about(of(feed)->player);
    return (struct gs_feed_facts){.name = about->name,
                                  .title = about->title,
                                  .scene = about->scene[0] ? about->scene : NULL,
                                  .clock = (uint32_t)about->clock,
                                  .gil = (uint32_t)about->gil,
                                  .python = (uint32_t)about->version,
                                  .cores = (uint32_t)about->cores,
                                  .recorded = true};
}

static enum gs_feed_state drain(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context)
{
    struct play_feed *p = of(feed);
    uint64_t until = gs_clock_system() + budget_ns, taken;
    do {
        taken = gs_player_drain(p->player, 1, sink, context);
    } while (taken > 0 && gs_clock_system() < until);
    p->dry = taken == 0;
    return p->over ? GS_FEED_DRY : p->dry ? GS_FEED_QUIET : GS_FEED_MORE;
}

static uint64_t live(struct gs_feed *feed)
{
    struct play_feed *p = of(feed);
    p->told = p->dry;
    return gs_player_live(p->player);
}

static void allow(struct gs_feed *feed, uint64_t ns)
{
    (void)feed;
    (void)ns;
}

/* What is not as it was written concerns whoever looks at it more than what the program said. */
static bool ended(struct gs_feed *feed, struct gs_feed_end *end)
{
    struct play_feed *p = of(feed);
    const struct gs_recorded_end *recorded = gs_player_end(p->player);
    if (!p->told)
        return false;
    gs_player_trouble(p->player, p->message, sizeof p->message);
    if (!*p->message && recorded)
        snprintf(p->message, sizeof p->message, "%s", recorded->message);
    *end = (struct gs_feed_end){.status = recorded ? (int)(recorded->status & 0xff) : 0,
                                .damaged = gs_player_is_damaged(p->player),
                                .message = p->message};
    return p->over = true;
}

static bool record(struct gs_feed *feed, const char *path, struct gs_error *err)
{
    (void)path;
    return gs_error_set(err, "this is a recording already: %s", gs_player_called(of(feed)->player));
}

static struct gs_recorder_state recording(struct gs_feed *feed)
{
    (void)feed;
    return (struct gs_recorder_state){.over = true};
}

static char *text_of(struct gs_feed *feed, const char *path, size_t *size)
{
    return gs_player_file(of(feed)->player, path, size);
}

static void close_feed(struct gs_feed *feed)
{
    gs_player_close(of(feed)->player);
    free(feed);
}

static const struct gs_feed_ops play_ops = {.tables = tables,
                                            .facts = facts,
                                            .drain = drain,
                                            .live = live,
                                            .allow = allow,
                                            .ended = ended,
                                            .record = record,
                                            .recording = recording,
                                            .text_of = text_of,
                                            .close = close_feed};

struct gs_feed *gs_play_feed_open(const char *path, struct gs_error *err)
{
    struct gs_player *player = gs_player_open(path, err);
    if (!player)
        return NULL;
    struct play_feed *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->feed.ops = &play_ops;
    p->player = player;
    return &p->feed;
}
