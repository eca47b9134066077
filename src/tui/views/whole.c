#include "tui/views/whole.h"

bool gs_whole_is_part(const struct gs_look *look)
{
    const struct gs_window *w = &look->window;
    return w->from > 0 || w->from + w->span < look->run.playback.now;
}

/* While the run goes on, by steps: a scale that changes with every frame cannot be read, and all
 * columns would have to be counted again. */
static uint64_t span_of(const struct gs_look *look)
{
    struct gs_window all = {0};
    gs_window_fit(&all, look->run.playback.now);
    return gs_run_at_end(&look->run) ? all.span : gs_window_round(all.span);
}

void gs_whole_draw(struct gs_overview *overview, const struct gs_look *look,
                   struct gs_canvas *canvas, int title_width, struct gs_box *box)
{
    const struct gs_window *w = &look->window;
    gs_overview_take(overview, look->run.timeline, span_of(look), look->run.playback.now,
                     box->width - title_width);
    gs_overview_draw(canvas, overview, box->x, box->y, title_width, w->from, w->from + w->span);
    box->y++;
    box->height--;
}
