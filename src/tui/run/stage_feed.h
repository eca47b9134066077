/* The feed of a scene that runs: a stage of the host's, its segment and an intake on it. */
#ifndef GS_TUI_RUN_STAGE_FEED_H
#define GS_TUI_RUN_STAGE_FEED_H

#include "tui/run/feed.h"
#include "tui/tui.h"

/* Starts the order's stage. It is recorded by the recorder, which belongs to the feed from then on;
 * without one into a file that has no name yet, unless about is NULL: then it is not. NULL with
 * err: nothing runs. */
struct gs_feed *gs_stage_feed_start(const struct gs_tui_host *host, const struct gs_order *order,
                                    const struct gs_about *about, struct gs_recorder *recorder,
                                    struct gs_error *err);

#endif
