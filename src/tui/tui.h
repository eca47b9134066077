/* The screen: chooser, lanes, panes, keys. It owns the terminal while it runs and never runs a
 * scene: what it needs from the program around it (which scenes there are, a stage to be started
 * or ended) it gets through struct gs_tui_host. One libev loop, one thread. */
#ifndef GS_TUI_TUI_H
#define GS_TUI_TUI_H

#include "base/error.h"
#include "timeline/rows.h"
#include "trace/recording/recorder.h"
#include "trace/segment.h"
#include "tui/decision.h"

#include <stddef.h>

struct gs_tui_scene {
    const char *name; /* "gil/cpu-threads" */
    const char *chapter, *title, *summary, *path;
    const char
        *trouble;   /* why its file cannot be read: then it has a name and a chapter, no more */
    double speed;   /* of playback the scene asks for; 0: the screen chooses */
    uint32_t clock; /* enum gs_clock_kind the scene asks for; 0: virtual */
};

/* A run that is compared with others, and where it comes from. */
struct gs_tui_variant {
    char called[256]; /* as the user calls it: "gil/cpu-threads, cores=1" */
    struct gs_order order;
};

/* What is on the screen, for a file. */
struct gs_tui_export {
    const char *format, *path;
    const struct gs_timeline *timeline;
    const struct gs_rows *rows; /* the lanes that are shown */
    const char *name, *title;   /* of the run; title may be "" */
    uint64_t from, until;       /* ns; until is behind from */
    uint64_t at;                /* the cursor's instant */
    int width;                  /* the screen's columns */
};

enum gs_tui_writing { GS_TUI_WRITING, GS_TUI_WRITTEN, GS_TUI_NOT_WRITTEN };

/* A stage that was started: the first member of what the host has of it. */
struct gs_tui_stage {
    struct gs_segment *segment; /* the host's; stays until the stage is stopped */
};

struct gs_tui_host {
    void *context;
    /* Every scene, by chapter, and every file that is to be one; stays valid while the screen runs.
     */
    const struct gs_tui_scene *(*scenes)(void *context, size_t *count);
    /* What to ask somebody who does not know which one to look at: without lines where there is
     * nothing. Stays valid likewise. */
    const struct gs_decision *(*decision)(void *context);
    /* The runs that a user asks for to be compared with the one of `shown`: "cores=1,4 gil=off" is
     * that scene with each pair of these values, a word without "=" another scene. At most room are
     * filled in. 0 with err: the text is none of that, or there is no room for all. */
    size_t (*variants)(void *context, const struct gs_order *shown, const char *text,
                       struct gs_tui_variant *variants, size_t room, struct gs_error *err);
    /* The formats that a run can be exported in: "lanes, json". Returns buffer. */
    const char *(*formats)(void *context, char *buffer, size_t size);
    /* What a file's name ends in, without the dot, if it is of that format. NULL with err: there is
     * no such one. */
    const char *(*ending)(void *context, const char *format, struct gs_error *err);
    /* Begins to write it, as the run is now, and returns; one at a time. False with err: it cannot
     * be begun. */
    bool (*write)(void *context, const struct gs_tui_export *what, struct gs_error *err);
    /* How far that is, in bytes; err says why it has failed. Once it goes on no more another can
     * begin. Until it is done what was at the path is still there. Never blocks. */
    enum gs_tui_writing (*written)(void *context, uint64_t *bytes, struct gs_error *err);
    /* Ends it before that. What goes on when the screen ends is the host's to tell of. */
    void (*unwrite)(void *context);
    /* Starts a stage, beside those that there are; it is the host's until it is stopped. NULL with
     * err: nothing runs. The control block's horizon is set to 0 before the stage runs: the screen
     * raises it with the playhead. */
    struct gs_tui_stage *(*start)(void *context, const struct gs_order *order,
                                  struct gs_error *err);
    /* Ends the stage and everything it started, at once, and forgets it. */
    void (*stop)(void *context, struct gs_tui_stage *stage);
    /* True once the stage's process is gone; status is as waitpid tells it. message gets what it
     * wrote on stderr, cut to size, not yet safe to print. Never blocks. */
    bool (*gone)(void *context, struct gs_tui_stage *stage, int *status, char *message,
                 size_t size);
};

struct gs_tui_conf {
    const struct gs_tui_host *host;
    /* What to run first, and the options (clock, GIL, cores …) for what the chooser starts. */
    const struct gs_order *order;
    bool choose; /* order holds options only: open the chooser */
    /* Or, if there are any: runs to compare, at most GS_COMPARISON_MOST. */
    const struct gs_tui_variant *compared;
    size_t compared_count;
    bool ascii;
    bool colours;                 /* the terminal's */
    bool pauses_at_marks;         /* at first; a key changes it */
    bool no_mouse;                /* likewise */
    bool presents;                /* the lanes are large, with a caption and no footer */
    double speed;                 /* of playback; 0: the scene's, else the screen's choice */
    double scene_speed;           /* that the scene of `order` asks for, or 0 */
    const char *title;            /* of that scene; NULL: none */
    struct gs_recorder *recorder; /* of the first run, which takes it; NULL: nobody has asked */
};

/* Takes the terminal until the user quits, restores it, and returns the exit status of the last
 * run (0 if none ended). Ends early, terminal restored, when the terminal goes away or on TERM,
 * HUP, INT: then 128 + the signal. *ok is false, with err, when the terminal cannot be used. */
int gs_tui_run(const struct gs_tui_conf *conf, bool *ok, struct gs_error *err);

#endif
