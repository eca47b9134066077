#include "draw/parts.h"

struct shown {
    bool states[GS_STATES];
    bool mixed, ran;
};

/* The same columns that the picture shows, so that the legend names no sign too many or too few. */
static void see_lane(struct gs_picture *p, const struct gs_lane *lane, struct shown *shown)
{
    gs_columns_take(p, lane);
    for (int c = 0; c < p->columns; c++) {
        const struct gs_column *column = &p->column[c];
        shown->mixed |= column->mix == GS_COLUMN_MIXED;
        shown->ran |= column->mix == GS_COLUMN_RAN;
        if (column->mix == GS_COLUMN_PURE || column->mix == GS_COLUMN_OTHERS)
            shown->states[column->state] = true;
    }
}

static struct shown see(struct gs_picture *p)
{
    struct shown shown = {0};
    size_t end = p->view.first_row + (size_t)(p->view.height > 1 ? p->view.height - 1 : 0);
    for (size_t i = p->view.first_row; i < p->view.rows->list.count && i < end; i++) {
        const struct gs_row *row = &p->view.rows->list.items[i];
        const struct gs_lane *lane = gs_timeline_lane(p->view.timeline, row->actor);
        if (lane && row->kind == GS_ROW_LANE)
            see_lane(p, lane, &shown);
        else if (lane && row->kind == GS_ROW_GIL)
            shown.mixed |= gs_owners_change_unseen(p, lane);
    }
    return shown;
}

static int entry(struct gs_canvas *canvas, int x, int y, int limit, unsigned role,
                 const char *glyph, const char *word)
{
    if (x + 2 + gs_text_width(word) > limit)
        return x;
    gs_canvas_put(canvas, x, y, glyph, role, 0);
    return gs_canvas_text(canvas, x + 2, y, limit - x - 2, GS_ROLE_DIM, 0, word) + 3;
}

int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_lanes_view *view, int x, int y,
                    int width)
{
    struct gs_picture p;
    int limit = x + width;
    int start = x;
    if (gs_picture_init(&p, canvas, view)) {
        struct shown shown = see(&p);
        for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
            if (shown.states[s])
                x = entry(canvas, x, y, limit, GS_ROLE_STATE + s, gs_state_glyph(s, canvas->ascii),
                          gs_state_word(s));
        const struct gs_column ran = {.mix = GS_COLUMN_RAN}, mixed = {.mix = GS_COLUMN_MIXED};
        if (shown.ran)
            x = entry(canvas, x, y, limit, GS_ROLE_TEXT, gs_states_glyph(&ran, canvas->ascii),
                      "ran briefly");
        if (shown.mixed)
            x = entry(canvas, x, y, limit, GS_ROLE_TEXT, gs_states_glyph(&mixed, canvas->ascii),
                      "fast changes");
    }
    gs_picture_destroy(&p);
    return x > start ? x - 3 : x;
}
