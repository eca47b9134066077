/* Which stretch of the run the lanes show while it plays. */
#include "tui/views/lanes/parts.h"

#include "tui/look/play.h"
#include "tui/views/whole.h"

struct shown {
    const struct gs_look *look;
    const struct gs_lanes_state *lanes;
};

/* While it plays, a window that is full within a second, and jumps on twice as often, is not read
 * however few changes it has. */
static bool is_gone_at_once(const struct gs_run *run, uint64_t span)
{
    return gs_play_goes_on(run) && (double)span < run->playback.speed * 1e9;
}

static bool legible(const void *context, uint64_t span)
{
    const struct shown *shown = context;
    if (is_gone_at_once(&shown->look->run, span))
        return true;
    const struct gs_rows *rows = &shown->look->rows;
    size_t first = shown->lanes->first_row, at;
    for (int i = 0; i < shown->lanes->visible_rows; i++)
        if ((at = gs_rows_shown(rows, first, (size_t)i)) < rows->list.count &&
            gs_lanes_crowded(shown->look->run.timeline, &rows->list.items[at],
                             shown->lanes->columns, 0, span))
            return false;
    return true;
}

/* The picture of the whole run grows until it cannot be read; from then on it scrolls. What fills
 * it is only known afterwards: a window found too wide narrows once. */
void gs_lanes_follow(struct gs_look *look, struct gs_lanes_state *l)
{
    struct gs_window *w = &look->window;
    struct shown shown = {look, l};
    look->cursor = look->run.playback.now;
    bool outside = look->cursor >= w->from + w->span || look->cursor < w->from;
    bool whole = w->from == 0 && !w->chosen;
    bool due = look->cursor >= l->read_again;
    if (whole && due) {
        l->read_again = look->cursor + w->span / 16;
        if (!outside && !w->fitted && !legible(&shown, w->span))
            gs_window_narrow(w, look->cursor);
    }
    if (outside)
        gs_window_follow(w, look->cursor, legible, &shown);
    /* While it stands there is nothing to keep the room for. */
    if (!gs_play_goes_on(&look->run))
        gs_window_shrink(w, look->cursor);
    /* The last picture has the run from edge to edge, and its total under it, as in a book. */
    if (!w->chosen && gs_run_complete(&look->run) && gs_run_over(&look->run))
        gs_window_fit(w, look->cursor);
}

/* How full the picture is, is looked at where it is to stay: at the end, and of a run that the user
 * has wanted as a whole. */
bool gs_lanes_whole_is_due(const struct gs_look *look, const struct gs_lanes_state *l, bool roomy)
{
    struct shown shown = {look, l};
    bool stays = gs_run_at_end(&look->run) || look->window.fitted;
    return gs_whole_is_part(look) || (roomy && stays && !legible(&shown, look->window.span));
}
