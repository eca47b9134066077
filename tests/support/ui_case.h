/* The screen's state without a terminal, with a stage that plays a hand-made trace: keys in, the
 * canvas out, frame by frame. */
#ifndef GS_TEST_UI_CASE_H
#define GS_TEST_UI_CASE_H

#include "support/fake_stage.h"
#include "tui/ui.h"

struct ui_case {
    struct fake_stage stage;
    const char *scene;     /* its file */
    const char *recording; /* or play this one */
    bool choose;           /* open the chooser instead */
    double speed;          /* that is asked for; 0: ten times the clock */
    bool presents;
    bool fits; /* none is asked for */
    double scene_speed;

    /* its own */
    struct gs_order order;
    struct gs_tui_conf conf;
    struct gs_ui ui;
};

/* The ui stays where it is until the case is closed. */
struct gs_ui *ui_case_open(struct ui_case *c, int width, int height);
void ui_case_close(struct ui_case *c);

/* Frames of a second each, until all of the run has been played. */
void ui_case_play(struct gs_ui *ui);

/* So many frames of ns each; after each the stage has come as far as it may. */
void ui_case_frames(struct gs_ui *ui, int count, uint64_t ns);

/* Keys as a terminal sends them. */
void ui_case_press(struct gs_ui *ui, const char *bytes);

/* Draws, and looks for text on the canvas. */
bool ui_case_shows(struct gs_ui *ui, const char *text);
void ui_case_expect(struct gs_ui *ui, const char *text);

/* What was drawn, on stderr. */
void ui_case_print(const struct gs_ui *ui);

#endif
