/* The state of the screen that its views share, and what they offer one another. A view draws on
 * the canvas and answers actions; it knows no terminal and no event loop. Everything runs in the
 * screen's one thread. */
#ifndef GS_TUI_UI_H
#define GS_TUI_UI_H

#include "timeline/explain/explain.h"
#include "timeline/judge/stats.h"
#include "timeline/rows.h"
#include "tui/box.h"
#include "tui/keys.h"
#include "tui/panes/source_file.h"
#include "tui/prompt.h"
#include "tui/run/run.h"
#include "tui/tui.h"
#include "tui/views/window.h"

#include "draw/lanes.h"

/* A row is named by what it shows: its index changes with every fold, filter and birth. */
struct gs_row_name {
    enum gs_row_kind kind;
    uint32_t actor;
};

struct gs_lanes_state {
    struct gs_rows rows;
    GS_VEC(uint32_t) folded;
    uint64_t births; /* run.births that rows were built for */
    struct gs_row_name selected;
    bool selected_by_user;
    size_t first_row;
    struct gs_window window;
    uint64_t cursor;
    bool follows;        /* the cursor is the playhead, the window goes along */
    uint64_t read_again; /* playhead from which on it is time to see if all can be read */
    int columns;         /* of time, as last drawn */
    int visible_rows;
    int title_width, titles_for; /* of all rows, for a box of this width; 0: look again */
    enum gs_action stepping;     /* the step that waits for the virtual clock; NONE: none does */
};

struct gs_chooser_state {
    size_t selected, first_line;
};

struct gs_hit {
    struct gs_row_name row;
    uint64_t time;
    size_t order;  /* in which they were found, of those of one lane and instant */
    char text[96]; /* what was found, safe to print */
};

struct gs_search {
    char text[GS_PROMPT_MAX];
    GS_VEC(struct gs_hit) hits;
    size_t current;
};

struct gs_ui {
    const struct gs_tui_conf *conf;
    struct gs_canvas canvas;
    enum gs_place place, behind_help; /* behind_help: where the help goes back to */
    int help_line;
    struct gs_run run;
    struct gs_order order; /* that the run was started by */
    struct gs_lanes_state lanes;
    struct gs_chooser_state chooser;
    struct gs_prompt prompt;
    struct gs_search search;
    char filter[GS_PROMPT_MAX];
    struct gs_source source;
    uint32_t source_line; /* that the pane last went to; 0: it goes there again */
    int source_wish;      /* -1: where there is room for it; 0, 1: as the user said */
    enum gs_pane extra, focus;
    int pane_line[GS_PANES]; /* how far a pane is scrolled */
    struct gs_stats stats;
    int stats_names;                    /* width of the widest name in them */
    uint64_t stats_version, stats_time; /* what they were taken of, and when */
    char notice[256];                   /* an answer to the last key; gone with the next */
    char trouble[1024];                 /* why nothing could be started */
    int status;                         /* of the last run that ended */
    uint64_t drawn_version, drawn_now;  /* what the screen shows of the run */
    uint64_t drawn_at;                  /* wall clock, ns */
    bool drawn_drained;
    bool quit;
};

void gs_ui_init(struct gs_ui *ui, const struct gs_tui_conf *conf, int width, int height);
void gs_ui_destroy(struct gs_ui *ui);

/* Draws everything on ui->canvas. */
void gs_ui_draw(struct gs_ui *ui);
void gs_ui_resize(struct gs_ui *ui, int width, int height);
void gs_ui_key(struct gs_ui *ui, uint32_t key);

/* One frame; true: there is something new to draw. */
bool gs_ui_advance(struct gs_ui *ui, uint64_t wall_ns);

/* Starts a scene, or the same again, and shows its lanes; a failure is shown instead. */
void gs_ui_start(struct gs_ui *ui, const struct gs_order *order, double speed);

/* Says something about the last key in the note's line. */
void gs_ui_notice(struct gs_ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

typedef void gs_ui_act(struct gs_ui *ui);
/* What a view does for an action, by enum gs_action; NULL: nothing. */
extern gs_ui_act *const gs_lanes_acts[GS_ACTIONS];
extern gs_ui_act *const gs_chooser_acts[GS_ACTIONS];
extern gs_ui_act *const gs_help_acts[GS_ACTIONS];

/* Actions that are the same everywhere. */
void gs_ui_help(struct gs_ui *ui);
void gs_ui_quit(struct gs_ui *ui);

/* The views. */
void gs_chooser_draw(struct gs_ui *ui);
/* To the next or previous scene that speaks of ui->search.text. */
void gs_chooser_search(struct gs_ui *ui, int direction);
void gs_help_draw(struct gs_ui *ui);
void gs_lanes_view_draw(struct gs_ui *ui);
void gs_header_draw(struct gs_ui *ui, struct gs_box box);
void gs_source_pane_draw(struct gs_ui *ui, struct gs_box box);
void gs_stats_pane_draw(struct gs_ui *ui, struct gs_box box);
void gs_events_pane_draw(struct gs_ui *ui, struct gs_box box);
/* A pane's first line: its name, and whether it has the arrow keys. */
void gs_pane_title_draw(struct gs_ui *ui, struct gs_box box, enum gs_pane pane, const char *title);

/* told.c: what the run says: the banner in words ("" : none), the current note. */
unsigned gs_told_banner(struct gs_ui *ui, char *buffer, size_t size); /* returns its role */
unsigned gs_told_note(const struct gs_ui *ui, char *buffer, size_t size);

/* cursor.c */
void gs_cursor_build_rows(struct gs_ui *ui);
long gs_cursor_row(const struct gs_ui *ui); /* index of the selected row; -1: there are none */
const struct gs_row *gs_cursor_selected(const struct gs_ui *ui); /* NULL: there are no rows */
void gs_cursor_select(struct gs_ui *ui, long index);
/* Moves the cursor; the playhead goes along where it would fall behind. */
void gs_cursor_set(struct gs_ui *ui, uint64_t time);
void gs_cursor_follow(struct gs_ui *ui);
/* Goes to a lane at a time, unfolding what hides it. */
void gs_cursor_go(struct gs_ui *ui, struct gs_row_name row, uint64_t time);
/* The interpreter whose GIL the selected row is about; 0: none. */
uint32_t gs_cursor_interpreter(const struct gs_ui *ui);

/* folds.c */
void gs_fold_toggle(struct gs_ui *ui);
/* Left and Right on a group's row; false: they mean something else here. */
bool gs_fold_by_arrow(struct gs_ui *ui, bool folded);

/* panes.c */
bool gs_panes_show_source(const struct gs_ui *ui);
void gs_panes_source(struct gs_ui *ui);
void gs_panes_stats(struct gs_ui *ui);
void gs_panes_events(struct gs_ui *ui);
void gs_panes_next(struct gs_ui *ui);
/* After a change of size: a pane that is not shown any more has no keys. */
void gs_panes_keep_focus(struct gs_ui *ui);

/* steps.c: the next or previous instant of its kind; false: there is none (yet). */
bool gs_step_find(const struct gs_ui *ui, enum gs_action action, uint64_t *time);
void gs_step_take(struct gs_ui *ui, enum gs_action action);
/* A step that waits for the virtual clock: tried again after every frame. */
void gs_step_retry(struct gs_ui *ui);

/* search.c */
void gs_search_start(struct gs_ui *ui, const char *text);
void gs_search_go(struct gs_ui *ui, int direction);

#endif
