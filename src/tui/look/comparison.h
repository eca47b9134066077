/* Several runs looked at on one time scale: a look for each, one window and one cursor for all of
 * them. A run that is still to come begins when the one before it is over: on the real clock none
 * disturbs another's time. All are played as far as they have come. Ticked by the screen's loop;
 * never blocks. */
#ifndef GS_TUI_LOOK_COMPARISON_H
#define GS_TUI_LOOK_COMPARISON_H

#include "tui/look/look.h"
#include "tui/tui.h"

enum { GS_COMPARISON_MOST = 26 /* runs: they are called A to Z */ };

struct gs_compared_run {
    struct gs_tui_variant from;
    struct gs_look *look; /* its own, or one that is lent; it has no run before that begins */
    bool lent, begun;
    char trouble[512]; /* why it cannot begin; "": nothing speaks against it */
};

/* Where a run is played. */
struct gs_played {
    struct gs_playback playback;
    bool at_live;
};

/* Where a lent look was: there it is again when it goes back. */
struct gs_look_place {
    struct gs_played played;
    bool follows, selected_by_user;
    struct gs_window window;
    uint64_t cursor;
    struct gs_row_name selected;
    char filter[GS_PROMPT_MAX];
};

struct gs_comparison {
    const struct gs_tui_host *host;
    struct gs_notice *notice; /* where keys are answered; not its own */
    GS_VEC(struct gs_compared_run) runs;
    size_t selected;
    struct gs_look_place lent_from;
    struct gs_played played; /* the run whose look was asked for last */

    struct gs_window window;
    uint64_t cursor;
    bool moved; /* the user has chosen where it is */

    bool races; /* all are played at once, from the cursor on: it is the playhead */
    struct gs_playback playback; /* … and how */
};

/* Without runs, in place of those that were compared before. */
void gs_comparison_begin(struct gs_comparison *c, const struct gs_tui_host *host,
                         struct gs_notice *notice);
/* Ends its own runs and gives the lent one back; harmless when there are none. */
void gs_comparison_end(struct gs_comparison *c);

/* One more that is still to begin. False: there are GS_COMPARISON_MOST. */
bool gs_comparison_add(struct gs_comparison *c, const struct gs_tui_variant *from);
/* The first one: a run that somebody looks at, which stays theirs. The cursor is where theirs is. A
 * program that is paused stays paused; another one goes on to its end. */
void gs_comparison_lend(struct gs_comparison *c, struct gs_look *look,
                        const struct gs_tui_variant *from);

/* The look of a run, with the window and the cursor of all, and whether it has anything to show. */
struct gs_look *gs_comparison_look(struct gs_comparison *c, size_t run);
bool gs_comparison_shows(const struct gs_comparison *c, size_t run);
/* After a key that changed the look that was asked for last: window and cursor become those of all,
 * and its run is played as before. */
void gs_comparison_take(struct gs_comparison *c, struct gs_look *look);

/* To an instant; the window goes along. */
void gs_comparison_move(struct gs_comparison *c, uint64_t time);
/* Plays all at once from the cursor on, from the start if it is at the end; or pauses that, and
 * goes on. What the playhead has not come to is not shown meanwhile. It ends at the end of the
 * longest, with a move, or when it is told to: false if there is nothing to end. */
void gs_comparison_race(struct gs_comparison *c);
bool gs_comparison_end_race(struct gs_comparison *c);
/* To the next faster speed, or a slower one. */
void gs_comparison_change_speed(struct gs_comparison *c, int steps);

/* The whole of the longest run, and what is still to come of it. */
void gs_comparison_fit(struct gs_comparison *c);
/* Of all runs only the lanes that the text leaves; "": all. */
void gs_comparison_filter(struct gs_comparison *c, const char *text);

/* How long the longest is, in ns. */
uint64_t gs_comparison_end_time(const struct gs_comparison *c);
/* Whether a run is a program that the screen holds: it is paused, on the virtual clock; and whether
 * more of it is to come by itself. */
bool gs_comparison_holds(const struct gs_comparison *c, size_t run);
bool gs_comparison_goes_on(const struct gs_comparison *c, size_t run);
/* Whether all have begun and nothing more comes. */
bool gs_comparison_over(const struct gs_comparison *c);

/* What struct gs_ui has of the same names. A lent run is drained and advanced by who lent it. */
bool gs_comparison_drain(struct gs_comparison *c, uint64_t budget_ns);
void gs_comparison_advance(struct gs_comparison *c, uint64_t wall_ns);
double gs_comparison_next_frame(const struct gs_comparison *c);
/* Counts up with every change of a run. */
uint64_t gs_comparison_version(const struct gs_comparison *c);
/* That of the first that has another than 0. */
int gs_comparison_status(const struct gs_comparison *c);

#endif
