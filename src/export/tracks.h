/* How the lanes are called and in which order they stand in the viewers that group by process and
 * thread by themselves: as the rows of the picture do. Private to export/. */
#ifndef GS_EXPORT_TRACKS_H
#define GS_EXPORT_TRACKS_H

#include "export/export.h"
#include "timeline/names.h"

struct gs_tracks {
    const struct gs_timeline *timeline;
    uint32_t *ranks; /* by actor */
    uint32_t count;
};

struct gs_tracks gs_tracks_of(const struct gs_export_source *source);
void gs_tracks_free(struct gs_tracks *tracks);

/* Lower ones stand above; each has its own. */
uint32_t gs_tracks_rank(const struct gs_tracks *tracks, uint32_t actor);

/* A lock's, which stands below all lanes. */
uint32_t gs_tracks_rank_lock(const struct gs_tracks *tracks, uint32_t lock);

/* Inside its process's group: "Thread-1 (work)"; of an interpreter "GIL", where its process has
 * several with the interpreter's name. Returns buffer, which has GS_NAME_SIZE. */
const char *gs_tracks_name(char *buffer, const struct gs_tracks *tracks, uint32_t actor);

#endif
