#include "tui/look/window.h"

#define NARROWEST 1000u             /* 1 µs */
#define WIDEST    3600000000000000u /* 1000 hours */

/* The smallest of these digits with noughts that is not below ns; 0 ends them. */
static uint64_t round_to(uint64_t ns, const uint64_t *digits)
{
    uint64_t decade = NARROWEST;
    while (decade < WIDEST && decade * 10 <= ns)
        decade *= 10;
    for (; *digits; digits++)
        if (decade * *digits >= ns)
            return decade * *digits;
    return decade * 10;
}

uint64_t gs_window_round(uint64_t ns)
{
    return round_to(ns, (const uint64_t[]){1, 2, 5, 0});
}

/* For the picture of the whole, which widens when it is full: then half of it is there. */
static uint64_t enough(uint64_t ns)
{
    return round_to(ns, (const uint64_t[]){1, 2, 3, 5, 0});
}

void gs_window_reveal(struct gs_window *window, uint64_t time)
{
    if (time >= window->span && window->from == 0 && window->span < window->shrunk_from) {
        uint64_t wider = enough(time + 1);
        window->span = wider < window->shrunk_from ? wider : window->shrunk_from;
    }
    uint64_t half = window->span / 2;
    if (time >= window->from + window->span)
        window->from += (time - window->from - window->span) / half * half + half;
    if (time < window->from) {
        uint64_t back = ((window->from - time - 1) / half + 1) * half;
        window->from -= window->from < back ? window->from : back;
    }
}

void gs_window_follow(struct gs_window *window, uint64_t now, gs_window_legible *legible,
                      const void *context)
{
    while (now >= window->span && window->from == 0 && !window->chosen) {
        uint64_t wider = enough(window->span + 1);
        if (!window->fitted && !legible(context, wider))
            break;
        window->span = wider;
    }
    gs_window_reveal(window, now);
}

void gs_window_shrink(struct gs_window *window, uint64_t now)
{
    uint64_t span = enough(now + 1);
    if (now == 0 || window->from > 0 || window->chosen || span >= window->span)
        return;
    if (window->shrunk_from < window->span)
        window->shrunk_from = window->span;
    window->span = span;
}

void gs_window_narrow(struct gs_window *window, uint64_t now)
{
    window->span = gs_window_round(window->span / 5);
    uint64_t half = window->span / 2;
    uint64_t from = now / half * half;
    window->from = from > half ? from - half : 0;
}

void gs_window_centre(struct gs_window *window, uint64_t time, uint64_t end)
{
    uint64_t half = window->span / 2, last = end > window->span ? end - window->span : 0;
    uint64_t from = time > half ? time - half : 0;
    window->from = from < last ? from : last;
}

static uint64_t next_width(uint64_t span, int direction)
{
    uint64_t up = gs_window_round(span);
    if (direction < 0)
        return up > span ? up : gs_window_round(span + 1);
    /* The next below: of 1, 2, 5 the predecessor is between a half and two fifths. */
    uint64_t down = gs_window_round(span * 2 / 5);
    return down < span ? down : span / 2;
}

void gs_window_zoom(struct gs_window *window, int steps, uint64_t at)
{
    uint64_t offset = at > window->from ? at - window->from : 0;
    double place = (double)offset / (double)window->span;
    uint64_t span = window->span;
    for (int i = steps; i > 0 && span > NARROWEST; i--)
        span = next_width(span, 1);
    for (int i = steps; i < 0 && span < WIDEST; i++)
        span = next_width(span, -1);
    uint64_t before = (uint64_t)(place * (double)span);
    window->from = at > before ? at - before : 0;
    window->span = span;
    window->chosen = true;
    window->fitted = false;
    window->shrunk_from = 0;
}

void gs_window_fit(struct gs_window *window, uint64_t end)
{
    *window = (struct gs_window){.span = end > NARROWEST ? end + end / 64 : NARROWEST,
                                 .fitted = window->fitted};
}
