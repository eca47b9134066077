#include "draw/parts.h"

#include "timeline/ends.h"

#include <string.h>

const char *gs_states_glyph(const struct gs_column *column, bool ascii)
{
    switch ((enum gs_column_mix)column->mix) {
    case GS_COLUMN_MIXED:
        return ascii ? "*" : "▒";
    case GS_COLUMN_RAN:
        return ascii ? "o" : "▪";
    case GS_COLUMN_PURE:
    case GS_COLUMN_OTHERS:
        break;
    }
    return gs_state_glyph(column->state, ascii);
}

/* Where an uncaught error ended the actor, a kill its process, or it was cancelled; the eye must
 * find it even in a lane of blanks. */
static void draw_failure(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    bool failed = lane->how == GS_DEATH_ERROR || gs_end_was_violent(p->view.timeline, lane);
    bool cancelled = lane->how == GS_DEATH_CANCELLED;
    if (!(failed || cancelled) || lane->death < p->view.from || lane->death > p->view.until)
        return;
    int column = gs_picture_edge(p, lane->death);
    if (column >= p->columns)
        column = p->columns - 1;
    p->seen.cancelled |= cancelled && column < p->shown;
    gs_canvas_put(p->canvas, p->left + column, y, cancelled ? GS_CANCELLED : "✗", GS_ROLE_ERROR,
                  GS_STYLE_BOLD);
}

/* The lines of a lane that its states take; its words stand above them, or where there is one line
 * on them. */
static void fill(struct gs_picture *p, int y, int a, int b, const struct gs_column *column)
{
    /* Most terminals can underline: there it also shows that a column holds others. */
    unsigned style = column->mix == GS_COLUMN_OTHERS ? GS_STYLE_UNDERLINE : 0;
    for (int line = p->lines > 1; line < p->lines; line++)
        gs_canvas_fill(p->canvas, p->left + a, y + line, b - a,
                       gs_states_glyph(column, p->canvas->ascii), GS_ROLE_STATE + column->state,
                       style);
}

static bool same_sign(const struct gs_column *a, const struct gs_column *b)
{
    return a->state == b->state && a->mix == b->mix;
}

/* What the legend is to tell. */
static void see(struct gs_lanes_signs *seen, const struct gs_column *column)
{
    seen->mixed |= column->mix == GS_COLUMN_MIXED;
    seen->ran |= column->mix == GS_COLUMN_RAN;
    if (column->mix == GS_COLUMN_PURE || column->mix == GS_COLUMN_OTHERS)
        seen->states[column->state] = true;
}

void gs_states_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    gs_columns_take(p, lane);
    memset(p->taken, 0, (size_t)p->columns * sizeof *p->taken);
    for (int a = 0, b; a < p->columns; a = b) {
        const struct gs_column *column = &p->column[a];
        for (b = a + 1; b < p->columns && same_sign(column, &p->column[b]);)
            b++;
        if (column->state == GS_STATE_NONE)
            continue;
        if (a < p->shown)
            see(&p->seen, column);
        fill(p, y, a, b, column);
    }
    gs_labels_draw(p, lane, y);
    gs_waits_draw(p, lane, y);
    draw_failure(p, lane, y + (p->lines > 1));
}
