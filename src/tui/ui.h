/* The screen without its terminal: a canvas, the view that is on it, the run that is looked at, and
 * what views share. Which views there are it is told; it calls them through their operations.
 * Everything runs in the screen's one thread. */
#ifndef GS_TUI_UI_H
#define GS_TUI_UI_H

#include "tui/look/comparison.h"
#include "tui/parts/notice.h"
#include "tui/parts/prompt.h"
#include "tui/term/input.h"
#include "tui/tui.h"
#include "tui/view.h"

/* See export.h. */
struct gs_exporting {
    char format[32];
    char over[GS_PROMPT_MAX]; /* a file that is there: writing over it was asked for once */
    uint64_t from, until;     /* ns */
    bool range;               /* … that the user chose; else the window's */
    bool boxes;               /* the screen has them in place of the lanes */
    bool writing;             /* … goes on … */
    char into[GS_PROMPT_MAX]; /* … into this file */
    bool leaving;             /* while it does the user has asked for the end of all once */
};

struct gs_ui {
    const struct gs_tui_conf *conf;
    struct gs_canvas canvas;
    const struct gs_view_ops *const *views; /* by enum gs_view */
    void *states[GS_VIEWS];                 /* each view's own */
    enum gs_view view, before;              /* the one shown, and the one before it */
    struct gs_look look;                    /* the run that the views are about */
    struct gs_order order;                  /* that it was started by */
    char rules[512];                 /* … as the form of the rules has asked for it, beside the
                                        command line; "": it has not */
    struct gs_comparison comparison; /* runs that are compared; without any: none are */
    struct gs_notice notice;
    struct gs_prompt prompt;
    struct gs_footer footer;           /* as it was drawn last */
    bool mouse;                        /* it is ours: the terminal tells what it does */
    char trouble[1024];                /* why nothing could be started */
    bool pauses_at_marks;              /* every run that is looked at */
    struct gs_recorder *recorder;      /* for the first run */
    bool recording_pending;            /* what w has asked for has no answer yet */
    bool recording_over;               /* that a recording is over was told */
    struct gs_exporting exporting;     /* what x has asked so far */
    bool presents;                     /* … as a speaker shows it */
    uint32_t key;                      /* that acts */
    int status;                        /* of the last run that ended */
    uint64_t drawn_version, drawn_now; /* what the screen shows of the run */
    uint64_t drawn_compared;           /* … and of those that are compared */
    uint64_t drawn_at;                 /* wall clock, ns */
    uint64_t shown_for;                /* ns of wall clock in all frames so far */
    bool drawn_drained;
    bool quit;
};

/* The view is the chooser at first. */
void gs_ui_init(struct gs_ui *ui, const struct gs_tui_conf *conf,
                const struct gs_view_ops *const views[GS_VIEWS], int width, int height);
void gs_ui_destroy(struct gs_ui *ui);

/* Draws everything on ui->canvas. */
void gs_ui_draw(struct gs_ui *ui);
void gs_ui_resize(struct gs_ui *ui, int width, int height);
void gs_ui_key(struct gs_ui *ui, uint32_t key);
/* A key, pasted text, or what the mouse does. */
void gs_ui_take(struct gs_ui *ui, const struct gs_said *said);

/* Takes what has arrived, for at most budget_ns; true: there is more, or soon will be. */
bool gs_ui_drain(struct gs_ui *ui, uint64_t budget_ns);
/* One frame; true: there is something new to draw. */
bool gs_ui_advance(struct gs_ui *ui, uint64_t wall_ns);
/* How soon the next frame can show something new, in seconds; 0: never, without a key. */
double gs_ui_next_frame(const struct gs_ui *ui);

/* The exit status that the screen would end with now. */
int gs_ui_status(const struct gs_ui *ui);

/* Whether the lanes are drawn to be presented. */
bool gs_ui_presents(const struct gs_ui *ui);

/* What views ask for. */
void gs_ui_show(struct gs_ui *ui, enum gs_view view);
/* Starts a scene, or the same again, and shows its lanes; a failure is shown instead. */
void gs_ui_start(struct gs_ui *ui, const struct gs_order *order, struct gs_pace pace);
/* Compares runs that are started one after the other. */
void gs_ui_compare(struct gs_ui *ui, const struct gs_tui_variant *variants, size_t count);
/* Compares the run that is looked at with what the text asks for, or adds that to those that are
 * compared already. False, and told so: the text asks for nothing that can be run. */
bool gs_ui_compare_also(struct gs_ui *ui, const char *text);
/* The same of what somebody typed: what varies does so from the rules of the run that he sees. */
bool gs_ui_compare_typed(struct gs_ui *ui, const char *text);
/* Ends the comparison: back to the run that is looked at, or out of the program. */
void gs_ui_leave_comparison(struct gs_ui *ui);
/* Ends the run and goes back to the chooser. */
void gs_ui_leave(struct gs_ui *ui);

/* Actions that are the same everywhere. */
void gs_ui_help(struct gs_ui *ui, void *state);
void gs_ui_quit(struct gs_ui *ui, void *state);
void gs_ui_toggle_mouse(struct gs_ui *ui, void *state);

#endif
