/* One run as somebody looks at it: how far it is played, which rows and which stretch of time are
 * shown, where the cursor is, what is searched for. It knows no screen, and there can be several;
 * a view draws one, and its keys change it. */
#ifndef GS_TUI_LOOK_LOOK_H
#define GS_TUI_LOOK_LOOK_H

#include "timeline/rows.h"
#include "tui/keys.h"
#include "tui/look/window.h"
#include "tui/parts/notice.h"
#include "tui/parts/prompt.h"
#include "tui/run/run.h"

struct gs_hit {
    struct gs_row_name row;
    uint64_t time;
    size_t order;  /* in which they were found, of those of one lane and instant */
    char text[96]; /* what was found, safe to print */
};

/* Where Enter was pressed, and led away from. */
struct gs_step_taken {
    struct gs_row_name row;
    uint64_t cursor;
};

struct gs_search {
    char text[GS_PROMPT_MAX];
    GS_VEC(struct gs_hit) hits;
    size_t current;
};

enum gs_range_state { GS_RANGE_NONE, GS_RANGE_BEGUN, GS_RANGE_CHOSEN };

/* See range.h. */
struct gs_range {
    enum gs_range_state state;
    uint64_t from, until; /* ns; while it has only begun, both are where */
};

/* To a question of the program's: see asking.h. */
struct gs_answer_given {
    uint64_t time, text; /* of its event */
    unsigned answer;     /* from 0 */
};

struct gs_look {
    struct gs_run run;
    struct gs_notice *notice; /* where it answers keys; not its own */

    struct gs_rows rows;
    uint64_t births;   /* run.births that rows were built for, … */
    uint64_t homes;    /* … and the timeline's */
    unsigned built;    /* counts up whenever rows were built again … */
    uint64_t built_at; /* … for the cursor at this time, … */
    int built_for;     /* … and for so many lines of lanes */
    int room;          /* lines of lanes on the screen … */
    size_t fit;        /* … of which rows can have so many; 0: not known */
    size_t built_to_fit;
    size_t locks; /* that rows were built with */
    GS_VEC(uint32_t) folded;
    GS_VEC(struct gs_row_name) pinned;
    bool absent_shown; /* lanes that were not there in the window, too */
    bool all_rows; /* rows are for another picture than its own lanes: none is pinned or absent */
    uint64_t built_from,
        built_until;         /* the window that rows were built for; equal: for the whole */
    GS_VEC(uint32_t) opened; /* groups whose helpers are shown; see rows.h */
    char filter[GS_PROMPT_MAX];
    struct gs_row_name selected;
    bool selected_by_user;

    struct gs_window window;
    uint64_t cursor;
    bool follows;            /* the cursor is the playhead, the window goes along */
    enum gs_action stepping; /* the step that waits for the virtual clock; NONE: none does … */
    uint64_t searched_for;   /* … and how long it has, in ns of wall clock */
    struct gs_range range;
    unsigned answer; /* the selected one, while run.asks */
    GS_VEC(struct gs_answer_given) answers;
    GS_VEC(struct gs_step_taken) trail; /* see trail.h */
    struct gs_search search;
};

/* Looks at a feed from its beginning, in place of what was looked at before; only the text that was
 * searched for stays. The feed belongs to the look. Pace: as gs_run_start says. */
void gs_look_start(struct gs_look *look, struct gs_feed *feed, struct gs_pace pace);

/* Ends the run and forgets it; harmless when there is none. */
void gs_look_stop(struct gs_look *look);

#endif
