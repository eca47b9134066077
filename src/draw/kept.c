#include "draw/kept.h"

#include "draw/parts.h"

#include <stdlib.h>

/* More than a screen has rows: those of lanes that were scrolled away. */
enum { MOST = 512 };

void gs_kept_begin(struct gs_kept *kept, const struct gs_timeline *timeline, uint64_t from,
                   uint64_t until, int columns, const struct gs_canvas *canvas)
{
    uint64_t whole_from = gs_timeline_whole_from(timeline);
    bool same = kept->timeline == timeline && kept->from == from && kept->until == until &&
                kept->columns == columns && kept->whole_from == whole_from &&
                kept->ascii == canvas->ascii && kept->two == canvas->two;
    if (!same || kept->lanes.count > MOST)
        gs_kept_free(kept);
    kept->timeline = timeline;
    kept->from = from;
    kept->until = until;
    kept->whole_from = whole_from;
    kept->columns = columns;
    kept->ascii = canvas->ascii;
    kept->two = canvas->two;
    kept->at = 0;
}

static size_t place_of(const struct gs_kept *kept, uint32_t actor)
{
    for (size_t i = 0; i < kept->lanes.count; i++) {
        size_t at = (kept->at + i) % kept->lanes.count;
        if (kept->lanes.items[at].actor == actor)
            return at;
    }
    return kept->lanes.count;
}

struct gs_kept_lane *gs_kept_lane(struct gs_kept *kept, uint32_t actor)
{
    size_t at = place_of(kept, actor);
    if (at == kept->lanes.count) {
        struct gs_kept_lane new = {.actor = actor};
        for (int c = 0; c < kept->columns; c++) {
            gs_vec_push(&new.whole, (struct gs_column){.span = -1});
            gs_vec_push(&new.column, (struct gs_column){.span = -1});
        }
        for (int i = 0; i < 2; i++)
            gs_vec_push(&new.last, (struct gs_settled){0});
        gs_vec_push(&kept->lanes, new);
    }
    kept->at = at + 1;
    return &kept->lanes.items[at];
}

void gs_kept_free(struct gs_kept *kept)
{
    for (size_t i = 0; i < kept->lanes.count; i++) {
        gs_vec_free(&kept->lanes.items[i].last);
        gs_vec_free(&kept->lanes.items[i].whole);
        gs_vec_free(&kept->lanes.items[i].column);
        gs_vec_free(&kept->lanes.items[i].cells);
        gs_vec_free(&kept->lanes.items[i].slots);
    }
    gs_vec_free(&kept->lanes);
    *kept = (struct gs_kept){0};
}
