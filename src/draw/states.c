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
    p->seen.cancelled += cancelled && column < p->shown;
    gs_canvas_put(p->canvas, p->left + column, y, cancelled ? GS_CANCELLED : "✗", GS_ROLE_ERROR,
                  GS_STYLE_BOLD);
}

/* The lines of a lane that its states take; its words stand above them, or where there is one line
 * on them. */
static void fill(struct gs_picture *p, int y, int a, int b, const struct gs_column *column)
{
    const char *glyph = gs_states_glyph(column, p->canvas->ascii);
    unsigned role = GS_ROLE_STATE + column->state;
    /* Most terminals can underline: there it also shows that a column holds others. */
    unsigned style = column->mix == GS_COLUMN_OTHERS ? GS_STYLE_UNDERLINE : 0;
    bool blend = column->mix == GS_COLUMN_MIXED && p->canvas->two && column->behind;
    for (int line = p->lines > 1; line < p->lines; line++) {
        if (blend)
            gs_canvas_fill_two(p->canvas, p->left + a, y + line, b - a, glyph, role,
                               GS_ROLE_STATE + column->behind);
        else
            gs_canvas_fill(p->canvas, p->left + a, y + line, b - a, glyph, role, style);
    }
}

/* States whose cells are filled: half a cell of it is seen as half of it. The others' signs are
 * thin lines, and half a cell of their colour would be more than all of it. */
static bool is_solid(unsigned state)
{
    return state == GS_STATE_RUNNING || state == GS_STATE_NATIVE || state == GS_STATE_WANTS_GIL;
}

/* Whether the column beside shows the state by its sign: a half that stood alone would tell it by
 * nothing but its colour. */
static bool is_told(const struct gs_picture *p, int c, unsigned state)
{
    return !is_solid(state) || (c >= 0 && c < p->columns && p->column[c].state == state &&
                                p->column[c].mix != GS_COLUMN_MIXED);
}

static void draw_two(struct gs_picture *p, int y, int c)
{
    const struct gs_column *column = &p->column[c];
    bool left = is_solid(column->before), right = is_solid(column->behind);
    unsigned role = GS_ROLE_STATE + (left ? column->before : column->behind);
    unsigned back = left && right ? GS_ROLE_STATE + column->behind : GS_ROLE_TEXT;
    for (int line = p->lines > 1; line < p->lines; line++)
        gs_canvas_fill_two(p->canvas, p->left + c, y + line, 1, left ? "▌" : "▐", role, back);
}

/* Where one state ends and the next begins within a column, each has half of it: no two such
 * columns stand side by side. */
static void draw_halves(struct gs_picture *p, int y)
{
    for (int c = 0; p->canvas->two && c < p->columns; c++) {
        const struct gs_column *column = &p->column[c];
        if (!column->two || !(is_solid(column->before) || is_solid(column->behind)) ||
            !is_told(p, c - 1, column->before) || !is_told(p, c + 1, column->behind))
            continue;
        draw_two(p, y, c++);
    }
}

static bool same_sign(const struct gs_column *a, const struct gs_column *b)
{
    return a->state == b->state && a->mix == b->mix &&
           (a->mix != GS_COLUMN_MIXED || a->behind == b->behind);
}

/* What the legend is to tell. */
static void see(struct gs_lanes_signs *seen, const struct gs_column *column, uint32_t columns)
{
    uint32_t *sign = column->mix == GS_COLUMN_MIXED ? &seen->mixed
                     : column->mix == GS_COLUMN_RAN ? &seen->ran
                                                    : &seen->states[column->state];
    *sign += columns;
    seen->others += column->mix == GS_COLUMN_OTHERS ? columns : 0;
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
        see(&p->seen, column, gs_picture_shown(p, a, b));
        fill(p, y, a, b, column);
    }
    draw_halves(p, y);
    gs_labels_draw(p, lane, y);
    gs_waits_draw(p, lane, y);
    draw_failure(p, lane, y + (p->lines > 1));
}
