/* All tasks of a loop in one lane: bars for how many stand in its ready queue, and where none does
 * whether one runs or all are suspended, with their number where there is room. */
#include "draw/glyph.h"
#include "draw/parts.h"

#include "timeline/turns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BARS = GS_GLYPH_BARS, NOT_THERE = -1, SUSPENDED = 0 };

/* What a column shows: NOT_THERE, SUSPENDED, or a bar's height; RUNNING: one has its turn and no
 * other stands in the queue. */
enum { RUNNING = BARS + 1 };

static double largest(const struct gs_crowd_mean *means, int columns)
{
    double most = 1;
    for (int c = 0; c < columns; c++)
        most = means[c].ready > most ? means[c].ready : most;
    return most;
}

/* By the logarithm: that a hundred stand in the queue must be seen beside ten thousand. */
static int height(double ready, double most)
{
    return gs_glyph_bar_height(log1p(ready), log1p(most));
}

/* Less than half a task counts for none. */
static int sign_of(const struct gs_crowd_mean *mean, double most)
{
    static const double half = 0.5;
    if (mean->ready >= half)
        return height(mean->ready, most);
    if (mean->on >= half)
        return RUNNING;
    return mean->awaiting > 0 ? SUSPENDED : mean->on > 0 ? RUNNING : NOT_THERE;
}

static const char *glyph_of(int sign, bool ascii)
{
    if (sign == RUNNING || sign == SUSPENDED)
        return gs_state_glyph(sign == RUNNING ? GS_STATE_RUNNING : GS_STATE_AWAITING, ascii);
    return gs_glyph_bar(sign, ascii);
}

static unsigned state_of(int sign)
{
    return sign == RUNNING     ? GS_STATE_RUNNING
           : sign == SUSPENDED ? GS_STATE_AWAITING
                               : GS_STATE_READY;
}

/* How many are suspended, in the middle of a stretch where nothing else is. */
static void draw_number(struct gs_picture *p, const struct gs_crowd_mean *means, int a, int b,
                        int y)
{
    enum { EDGES = 4 };
    char text[32];
    unsigned count = (unsigned)(means[(a + b) / 2].awaiting + 0.5);
    int width = snprintf(text, sizeof text, "%u await", count);
    if (width + EDGES <= b - a)
        gs_canvas_text(p->canvas, p->left + a + (b - a - width) / 2, y, width,
                       GS_ROLE_STATE + GS_STATE_AWAITING, 0, text);
}

static void see(struct gs_picture *p, int sign, double most, uint32_t columns)
{
    if (sign < 1 || sign > BARS) {
        p->seen.states[state_of(sign)] += columns;
        return;
    }
    p->seen.ready += columns;
    p->seen.ready_most = (uint32_t)(most + 0.5);
}

void gs_crowd_draw(struct gs_picture *p, const struct gs_lane *loop, int y)
{
    struct gs_crowd_mean *means = calloc((size_t)p->columns, sizeof *means);
    if (!means)
        abort();
    for (int c = 0; c < p->columns; c++)
        means[c] = gs_crowd_between(p->view.timeline, loop->actor, p->edges[c], p->edges[c + 1]);
    double most = largest(means, p->columns);
    for (int a = 0, b; a < p->columns; a = b) {
        int sign = sign_of(&means[a], most);
        for (b = a + 1; b < p->columns && sign_of(&means[b], most) == sign;)
            b++;
        if (sign == NOT_THERE)
            continue;
        see(p, sign, most, gs_picture_shown(p, a, b));
        gs_canvas_fill(p->canvas, p->left + a, y, b - a, glyph_of(sign, p->canvas->ascii),
                       GS_ROLE_STATE + state_of(sign), 0);
        if (sign == SUSPENDED)
            draw_number(p, means, a, b, y);
    }
    free(means);
}
