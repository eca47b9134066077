#include "export/tracks.h"

#include <stdio.h>
#include <stdlib.h>

/* Nothing is folded, as whoever looks can do that himself. */
static void rank_rows(struct gs_tracks *tracks)
{
    struct gs_rows rows = {0};
    gs_rows_build(&rows, tracks->timeline,
                  &(struct gs_row_choice){.helpers = true, .most_tasks = UINT32_MAX});
    for (size_t i = 0; i < rows.list.count; i++)
        if (!tracks->ranks[rows.list.items[i].actor])
            tracks->ranks[rows.list.items[i].actor] = (uint32_t)i + 1;
    gs_rows_free(&rows);
}

/* Actors without a row, interpreters that have no GIL say, stand below. */
struct gs_tracks gs_tracks_of(const struct gs_export_source *source)
{
    const struct gs_tables *tables = gs_timeline_tables(source->timeline);
    struct gs_tracks tracks = {.timeline = source->timeline, .count = tables->actors(tables) + 1};
    tracks.ranks = calloc(tracks.count, sizeof *tracks.ranks);
    if (!tracks.ranks)
        abort();
    rank_rows(&tracks);
    uint32_t last = 2 * tracks.count;
    for (uint32_t id = 1; id < tracks.count; id++)
        if (!tracks.ranks[id])
            tracks.ranks[id] = last++;
    return tracks;
}

void gs_tracks_free(struct gs_tracks *tracks)
{
    free(tracks->ranks);
    *tracks = (struct gs_tracks){0};
}

uint32_t gs_tracks_rank(const struct gs_tracks *tracks, uint32_t actor)
{
    return actor < tracks->count ? tracks->ranks[actor] : 0;
}

uint32_t gs_tracks_rank_lock(const struct gs_tracks *tracks, uint32_t lock)
{
    return 3 * tracks->count + lock;
}

static bool is_one_of_several(const struct gs_tables *tables, uint32_t interpreter)
{
    uint32_t process = gs_tables_process(tables, interpreter), count = 0;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        count += row && row->kind == GS_ACTOR_INTERPRETER && row->parent == process;
    }
    return count > 1;
}

const char *gs_tracks_name(char *buffer, const struct gs_tracks *tracks, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(tracks->timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    char name[GS_NAME_SIZE];
    gs_name_inside(buffer, GS_NAME_SIZE, tracks->timeline, actor);
    if (!row || row->kind != GS_ACTOR_INTERPRETER || !gs_actor_has_gil(row))
        return buffer;
    if (is_one_of_several(tables, actor))
        snprintf(buffer, GS_NAME_SIZE, "GIL of %s",
                 gs_name_inside(name, sizeof name, tracks->timeline, actor));
    else
        snprintf(buffer, GS_NAME_SIZE, "GIL");
    return buffer;
}
