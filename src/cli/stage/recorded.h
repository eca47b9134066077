/* A recording, read to its end: what a run without a screen leaves behind, without the run. */
#ifndef GS_CLI_STAGE_RECORDED_H
#define GS_CLI_STAGE_RECORDED_H

#include "timeline/timeline.h"
#include "trace/recording/player.h"

struct gs_recorded {
    struct gs_player *player; /* the timeline reads its names */
    struct gs_timeline *timeline;
    bool damaged; /* beyond being cut */
};

/* What is cut or damaged in it is said on stderr, and the rest of it is there. False with err: it
 * cannot be read at all. */
bool gs_recorded_read(struct gs_recorded *recorded, const char *path, struct gs_error *err);
void gs_recorded_free(struct gs_recorded *recorded); /* harmless on one that is all zero */

/* Whether the file at path is a recording, by how it begins. */
bool gs_recorded_is_one(const char *path);

#endif
