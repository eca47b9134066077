/* The way of what the selected lane sends or receives in the cursor's column: ● at who sends it, an
 * arrow's head at who receives it, a line down the cursor's column between the two lanes; all in
 * the sender's colour. */
#include "draw/parts.h"

#include "timeline/messages.h"

/* The canvas row of a lane's states; -1: it is not shown. */
static int row_of(const struct gs_picture *p, uint32_t actor, int top, size_t lanes)
{
    for (size_t i = 0; i < lanes; i++) {
        size_t at = gs_rows_shown(p->view.rows, p->view.first_row, i);
        const struct gs_row *row = &p->view.rows->list.items[at];
        int lines = gs_row_lines(row, p->view.tall);
        if (row->kind == GS_ROW_LANE && row->actor == actor)
            return top + (lines > 1);
        top += lines;
    }
    return -1;
}

static void put(const struct gs_picture *p, int column, int y, unsigned role, const char *glyph)
{
    if (column >= 0 && column < p->shown)
        gs_canvas_put(p->canvas, p->left + column, y, glyph, role,
                      GS_STYLE_BOLD | GS_STYLE_REVERSE);
}

static const char *head(const struct gs_picture *p, bool down)
{
    if (p->canvas->ascii)
        return down ? "v" : "^";
    return down ? "▼" : "▲";
}

/* An end that lies outside the window stands at its edge. */
static void put_end(const struct gs_picture *p, uint64_t time, int y, unsigned role,
                    const char *glyph)
{
    bool ascii = p->canvas->ascii;
    if (time < p->view.from)
        put(p, 0, y, role, ascii ? "<" : "←");
    else if (time >= p->view.until)
        put(p, p->shown - 1, y, role, ascii ? ">" : "→");
    else
        put(p, gs_picture_column(p, time), y, role, glyph);
}

static void draw_way(const struct gs_picture *p, const struct gs_message *message, int here,
                     int top, size_t lanes)
{
    bool ascii = p->canvas->ascii;
    int from = row_of(p, message->from, top, lanes), to = row_of(p, message->to, top, lanes);
    int step = to > from ? 1 : -1;
    unsigned role = gs_signs_role(p, message->from);
    if (from < 0 || to < 0 || from == to)
        return;
    for (int y = from + step; y != to; y += step)
        put(p, here, y, role, ascii ? "|" : "│");
    put_end(p, message->sent, from, role, ascii ? "o" : "●");
    put_end(p, message->received, to, role, head(p, to > from));
}

void gs_messages_draw(const struct gs_picture *p, int top, size_t lanes)
{
    enum { MOST = 8 };
    const struct gs_timeline *t = p->view.timeline;
    if (p->view.selected < 0 || p->view.cursor < p->view.from || p->view.cursor >= p->view.until)
        return;
    const struct gs_row *row = &p->view.rows->list.items[p->view.selected];
    int here = gs_picture_column(p, p->view.cursor);
    uint64_t from = p->view.cursor, until = p->edges[here + 1];
    struct gs_event e;
    for (int i = 0; row->kind == GS_ROW_LANE && i < MOST &&
                    gs_timeline_find_message(t, row->actor, from, until, &e);
         i++) {
        const struct gs_message *message =
            gs_timeline_message(t, gs_event_through(&e), gs_event_number(&e));
        if (message && message->from && message->to)
            draw_way(p, message, here, top, lanes);
        from = e.time + 1;
    }
}
