#include "tui/look/look.h"

#include <stdlib.h>

/* What the first picture spans, and how much wall clock it should last at most. */
#define FIRST_SPAN    100000000u
#define FIRST_SECONDS 5e9

static uint64_t first_span(struct gs_pace pace)
{
    double speed = pace.asked > 0 ? pace.asked : pace.scenes;
    uint64_t span = (uint64_t)((speed > 0 ? speed : 0.02) * FIRST_SECONDS);
    return gs_window_round(span < FIRST_SPAN ? span : FIRST_SPAN);
}

void gs_look_start(struct gs_look *look, struct gs_feed *feed, struct gs_pace pace)
{
    gs_look_stop(look);
    *look = (struct gs_look){.notice = look->notice,
                             .search = look->search,
                             .window = {.span = first_span(pace)},
                             .follows = true};
    gs_run_start(&look->run, feed, pace);
}

void gs_look_stop(struct gs_look *look)
{
    gs_run_stop(&look->run);
    gs_rows_free(&look->rows);
    gs_vec_free(&look->folded);
    gs_vec_free(&look->opened);
    gs_vec_free(&look->pinned);
    gs_vec_free(&look->trail);
    gs_vec_free(&look->answers);
    gs_vec_free(&look->search.hits);
    look->filter[0] = '\0';
}
