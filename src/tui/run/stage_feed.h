/* The feed of a scene that runs: a stage of the host's, its segment and a collector on it. */
#ifndef GS_TUI_RUN_STAGE_FEED_H
#define GS_TUI_RUN_STAGE_FEED_H

#include "tui/run/feed.h"
#include "tui/tui.h"

/* Starts the order's stage. NULL with err: nothing runs. */
struct gs_feed *gs_stage_feed_start(const struct gs_tui_host *host, const struct gs_order *order,
                                    struct gs_error *err);

#endif
