/* The screen with its guard: what it needs from the program (scenes, a stage) is given to it
 * here. */
#ifndef GS_CLI_STAGE_SCREEN_H
#define GS_CLI_STAGE_SCREEN_H

#include "trace/control.h"

#include <stdbool.h>

struct gs_variants;

struct gs_screen_conf {
    struct gs_order order;
    struct gs_order asked; /* by the options of the command line alone: for what is run besides */
    bool choose;           /* order holds options only: open the chooser */
    const struct gs_variants *compared; /* these, and no order's run; NULL: none */
    bool ascii, pauses_at_marks, no_mouse, presents;
    double speed;       /* 0: not said */
    double scene_speed; /* that the scene of `order` asks for, or 0 */
    const char *title;  /* of that scene; NULL: none */
    const char *record; /* the first run into this file; NULL: not asked for */
};

/* Takes the terminal until the user quits; returns the exit status. */
int gs_screen_run(const struct gs_screen_conf *conf);

#endif
