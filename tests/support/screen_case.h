/* The screen on a test terminal, with a stage that plays a hand-made trace. */
#ifndef GS_TEST_SCREEN_CASE_H
#define GS_TEST_SCREEN_CASE_H

#include "support/fake_stage.h"
#include "support/vterm_screen.h"

struct screen_case {
    struct fake_stage stage;
    struct gs_order order;
    bool choose, ascii;
    const struct gs_tui_variant *compared;
    size_t compared_count;
    double speed; /* 0: ten times the clock, so that a test need not wait */
    const char *const *environment;
};

/* The screen showing the run, or the chooser, and settled. */
struct vscreen *screen_case_open(struct screen_case *c, int width, int height);

/* Presses q, expects the end and gives the exit status. */
int screen_case_quit(struct vscreen *screen);

#endif
