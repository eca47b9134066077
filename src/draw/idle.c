/* A process in which nothing began has no lane: a pool's worker, say, that was ended before its
 * Python ran. Its row says so. */
#include "draw/parts.h"

#include "timeline/ends.h"

#include <stdio.h>

/* Behind the place where it ended, or before it where there is more room. */
static int place_of(const struct gs_picture *p, int column, int width)
{
    enum { GAP = 2 };
    int behind = column + GAP, before = column - 1 - width;
    if (behind + width <= p->columns)
        return behind;
    return before > 0 ? before : 0;
}

static bool is_to_come(const struct gs_picture *p, uint64_t time)
{
    return p->view.now && time >= p->view.now;
}

void gs_idle_draw(struct gs_picture *p, const struct gs_lane *process, int y)
{
    char how[GS_END_SIZE], words[GS_END_SIZE + 32];
    int column = gs_picture_edge(p, process->death);
    if (!process->died || process->death > p->view.until || is_to_come(p, process->death))
        return;
    gs_end_of_process(how, sizeof how, p->view.timeline, process->actor);
    snprintf(words, sizeof words, "%s before it did anything", *how ? how : "ended");
    int x = place_of(p, column, gs_text_width(words));
    gs_canvas_text(p->canvas, p->left + x, y, p->columns - x, GS_ROLE_DIM, 0, words);
    gs_states_failure(p, process, y);
}
