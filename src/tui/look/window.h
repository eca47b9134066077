/* The window of time that the lanes show. Widths are 1, 2 or 5 times a power of ten, so that the
 * axis keeps round numbers; that of a whole run that grows may be 3 times one, too. Pure
 * arithmetic. */
#ifndef GS_TUI_LOOK_WINDOW_H
#define GS_TUI_LOOK_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

struct gs_window {
    uint64_t from, span;  /* ns */
    uint64_t shrunk_from; /* the width that it had; up to that it widens before it scrolls */
    bool chosen;          /* the user zoomed: the width is no longer ours to change */
    bool fitted;          /* the user asked for the whole run: it is shown however full it gets */
};

/* The smallest round width that is not below ns. */
uint64_t gs_window_round(uint64_t ns);

/* Whether a window from 0 of this width could still be read. */
typedef bool gs_window_legible(const void *context, uint64_t span);

/* Keeps now visible: widens while wider is legible, or was asked for, and the window starts at 0,
 * else scrolls by half a window. */
void gs_window_follow(struct gs_window *window, uint64_t now, gs_window_legible *legible,
                      const void *context);

/* A window from 0 that is mostly empty shrinks to what there is up to now. */
void gs_window_shrink(struct gs_window *window, uint64_t now);

/* To a fifth, with now in its second half: for a window that filled with more than can be read. */
void gs_window_narrow(struct gs_window *window, uint64_t now);

/* Scrolls by half windows until time is visible. */
void gs_window_reveal(struct gs_window *window, uint64_t time);

/* As wide as it is, with time in its middle, or near the edge of a run that goes up to end. */
void gs_window_centre(struct gs_window *window, uint64_t time, uint64_t end);

/* steps > 0 looks closer; at stays where it is on the screen. */
void gs_window_zoom(struct gs_window *window, int steps, uint64_t at);

/* The whole run up to end; `chosen` ends, `fitted` stays as it is. */
void gs_window_fit(struct gs_window *window, uint64_t end);

#endif
