/* A recording as a feed: what was recorded, as fast as it can be read. Nothing runs. */
#ifndef GS_TUI_RUN_PLAY_FEED_H
#define GS_TUI_RUN_PLAY_FEED_H

#include "base/error.h"
#include "tui/run/feed.h"

/* That of the file at path. NULL with err: it cannot be read. */
struct gs_feed *gs_play_feed_open(const char *path, struct gs_error *err);

#endif
