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
void gs_states_failure(struct gs_picture *p, const struct gs_lane *lane, int y)
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

/* Where one state ends and the next begins within a column, each has half of it. */
static bool is_half(const struct gs_picture *p, int c)
{
    const struct gs_column *column = &p->column[c];
    return column->two && (is_solid(column->before) || is_solid(column->behind)) &&
           is_told(p, c - 1, column->before) && is_told(p, c + 1, column->behind);
}

/* No two halved columns stand side by side; the one before the first is none. */
static void draw_halves(struct gs_picture *p, int y, int first)
{
    for (int c = first; p->canvas->two && c < p->columns; c++)
        if (is_half(p, c))
            draw_two(p, y, c++);
}

static bool same_sign(const struct gs_column *a, const struct gs_column *b)
{
    return a->state == b->state && a->mix == b->mix &&
           (a->mix != GS_COLUMN_MIXED || a->behind == b->behind);
}

static void fill_from(struct gs_picture *p, int y, int first)
{
    for (int a = first, b; a < p->columns; a = b) {
        const struct gs_column *column = &p->column[a];
        for (b = a + 1; b < p->columns && same_sign(column, &p->column[b]);)
            b++;
        if (column->state != GS_STATE_NONE)
            fill(p, y, a, b, column);
    }
    draw_halves(p, y, first);
}

/* What the legend is to tell. */
static void see(struct gs_picture *p)
{
    struct gs_lanes_signs *seen = &p->seen;
    int end = p->shown < p->columns ? p->shown : p->columns;
    for (int a = 0, b; a < end; a = b) {
        const struct gs_column *column = &p->column[a];
        uint32_t *sign = column->mix == GS_COLUMN_MIXED ? &seen->mixed
                         : column->mix == GS_COLUMN_RAN ? &seen->ran
                                                        : &seen->states[column->state];
        for (b = a + 1; b < end && gs_column_alike(column, &p->column[b]);)
            b++;
        if (column->state == GS_STATE_NONE)
            continue;
        *sign += (uint32_t)(b - a);
        seen->others += column->mix == GS_COLUMN_OTHERS ? (uint32_t)(b - a) : 0;
    }
}

/* The canvas lines of a row that its states fill; NULL: there is no such one. */
static struct gs_cell *filled_line(const struct gs_picture *p, int y, int line)
{
    bool whole = gs_canvas_at(p->canvas, p->left + p->columns - 1, y + line);
    return whole ? gs_canvas_at(p->canvas, p->left, y + line) : NULL;
}

/* What states fill depends on nothing but their columns: up to the first that is not what it was
 * the cells stand. A half is told by its neighbours, too: they are filled again from a column on
 * that is none, behind one that is none. */
static int first_to_fill(const struct gs_picture *p)
{
    const struct gs_kept_lane *kept = p->kept;
    int c = p->stands;
    if (!kept || kept->lines != p->lines || kept->cells.count == 0)
        return 0;
    if (c == p->columns)
        return c;
    for (c--; c > 0 && (p->column[c].two || p->column[c - 1].two);)
        c--;
    return c > 0 ? c : 0;
}

static bool is_filled(const struct gs_column *column)
{
    return column->state != GS_STATE_NONE || column->two;
}

/* Where no state is, the canvas may have something else. */
static void put_kept(const struct gs_picture *p, int y, int end)
{
    const struct gs_cell *from = end ? p->kept->cells.items : NULL;
    for (int line = p->lines > 1; from && line < p->lines; line++, from += p->columns) {
        struct gs_cell *to = filled_line(p, y, line);
        for (int a = 0, b; to && a < end; a = b) {
            for (b = a; b < end && is_filled(&p->column[b]);)
                b++;
            memcpy(to + a, from + a, (size_t)(b - a) * sizeof *to);
            b += b < end;
        }
    }
}

/* A row of which the canvas has but a part would not do for a frame that has room for it. */
static void keep(const struct gs_picture *p, int y, int first)
{
    struct gs_kept_lane *kept = p->kept;
    int lines = p->lines > 1 ? p->lines - 1 : 1;
    size_t columns = (size_t)p->columns, behind = (size_t)(p->columns - first);
    kept->lines = p->lines;
    while (kept->cells.count < columns * (size_t)lines)
        gs_vec_push(&kept->cells, (struct gs_cell){0});
    for (int line = 0; line < lines; line++) {
        const struct gs_cell *from = filled_line(p, y, line + (p->lines > 1));
        if (!from) {
            kept->cells.count = 0;
            return;
        }
        memcpy(kept->cells.items + (size_t)line * columns + first, from + first,
               behind * sizeof *from);
    }
}

void gs_states_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    gs_columns_take(p, lane);
    memset(p->taken, 0, (size_t)p->columns * sizeof *p->taken);
    see(p);
    int first = first_to_fill(p);
    put_kept(p, y, first);
    fill_from(p, y, first);
    if (p->kept && first < p->columns)
        keep(p, y, first);
    gs_labels_draw(p, lane, y);
    gs_waits_draw(p, lane, y);
    gs_states_failure(p, lane, y + (p->lines > 1));
}
