/* The feed of an order: a stage of the host's, or what was recorded. */
#ifndef GS_TUI_RUN_OPEN_FEED_H
#define GS_TUI_RUN_OPEN_FEED_H

#include "tui/run/play_feed.h"
#include "tui/run/stage_feed.h"

/* As gs_stage_feed_start says. */
static inline struct gs_feed *gs_feed_open(const struct gs_tui_host *host,
                                           const struct gs_order *order,
                                           const struct gs_about *about,
                                           struct gs_recorder *recorder, struct gs_error *err)
{
    if (order->guest == GS_GUEST_RECORDING)
        return gs_play_feed_open(order->scene, err);
    return gs_stage_feed_start(host, order, about, recorder, err);
}

#endif
