#include "tui/look/comparison.h"

#include "tui/look/cursor.h"
#include "tui/run/open_feed.h"

#include <stdio.h>
#include <stdlib.h>

void gs_comparison_begin(struct gs_comparison *c, const struct gs_tui_host *host,
                         struct gs_notice *notice)
{
    gs_comparison_end(c);
    *c = (struct gs_comparison){.host = host, .notice = notice, .window = {.span = 1000000}};
}

static struct gs_played played_of(const struct gs_run *run)
{
    return (struct gs_played){run->playback, run->at_live};
}

static void play_as(struct gs_run *run, const struct gs_played *played)
{
    run->playback = played->playback;
    run->at_live = played->at_live;
}

static struct gs_look_place place_of(const struct gs_look *look)
{
    struct gs_look_place place = {.played = played_of(&look->run),
                                  .follows = look->follows,
                                  .selected_by_user = look->selected_by_user,
                                  .window = look->window,
                                  .cursor = look->cursor,
                                  .selected = look->selected};
    snprintf(place.filter, sizeof place.filter, "%s", look->filter);
    return place;
}

static void go_back(struct gs_look *look, const struct gs_look_place *place)
{
    if (gs_run_virtual(&look->run))
        play_as(&look->run, &place->played);
    look->follows = place->follows;
    look->selected_by_user = place->selected_by_user;
    look->window = place->window;
    look->cursor = place->cursor;
    look->selected = place->selected;
    snprintf(look->filter, sizeof look->filter, "%s", place->filter);
    look->all_rows = false;
    gs_cursor_build_rows(look);
}

void gs_comparison_end(struct gs_comparison *c)
{
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_compared_run *run = &c->runs.items[i];
        if (run->lent) {
            go_back(run->look, &c->lent_from);
            continue;
        }
        gs_look_stop(run->look);
        free(run->look);
    }
    gs_vec_free(&c->runs);
}

static struct gs_look *new_look(struct gs_notice *notice)
{
    struct gs_look *look = calloc(1, sizeof *look);
    if (!look)
        abort();
    look->notice = notice;
    return look;
}

bool gs_comparison_add(struct gs_comparison *c, const struct gs_tui_variant *from)
{
    if (c->runs.count == GS_COMPARISON_MOST)
        return false;
    struct gs_look *look = new_look(c->notice);
    gs_vec_push(&c->runs, ((struct gs_compared_run){.from = *from, .look = look}));
    return true;
}

static bool is_held(const struct gs_run *run)
{
    return run->playback.paused && gs_run_virtual(run) && !run->gone && !gs_run_complete(run);
}

/* On the real clock nobody waits for the screen: there it plays on as it did. */
static void play_on(struct gs_run *run)
{
    if (gs_run_virtual(run) && !is_held(run))
        gs_run_to_live(run);
}

void gs_comparison_lend(struct gs_comparison *c, struct gs_look *look,
                        const struct gs_tui_variant *from)
{
    gs_vec_push(&c->runs, ((struct gs_compared_run){
                              .from = *from, .look = look, .lent = true, .begun = true}));
    c->lent_from = place_of(look);
    c->cursor = look->cursor;
    c->moved = true;
    gs_cursor_search_no_more(look);
    play_on(&look->run);
}

struct gs_look *gs_comparison_look(struct gs_comparison *c, size_t run)
{
    struct gs_look *look = c->runs.items[run].look;
    c->played = played_of(&look->run);
    look->window = c->window;
    look->cursor = c->cursor;
    look->follows = false;
    look->all_rows = true;
    return look;
}

/* A step moves the playhead along, and one that finds nothing holds the program. */
void gs_comparison_take(struct gs_comparison *c, struct gs_look *look)
{
    c->moved |= c->cursor != look->cursor;
    c->races &= c->cursor == look->cursor;
    c->cursor = look->cursor;
    c->window = look->window;
    gs_cursor_search_no_more(look);
    play_as(&look->run, &c->played);
}

bool gs_comparison_shows(const struct gs_comparison *c, size_t run)
{
    return c->runs.items[run].look->run.feed != NULL;
}

bool gs_comparison_holds(const struct gs_comparison *c, size_t run)
{
    return gs_comparison_shows(c, run) && is_held(&c->runs.items[run].look->run);
}

bool gs_comparison_goes_on(const struct gs_comparison *c, size_t run)
{
    return gs_comparison_shows(c, run) && !c->runs.items[run].look->run.drained &&
           !gs_comparison_holds(c, run);
}

uint64_t gs_comparison_end_time(const struct gs_comparison *c)
{
    uint64_t end = 0;
    for (size_t i = 0; i < c->runs.count; i++) {
        uint64_t own = gs_comparison_shows(c, i) ? gs_run_live(&c->runs.items[i].look->run) : 0;
        end = own > end ? own : end;
    }
    return end;
}

bool gs_comparison_over(const struct gs_comparison *c)
{
    for (size_t i = 0; i < c->runs.count; i++)
        if (!c->runs.items[i].begun || gs_comparison_goes_on(c, i))
            return false;
    return true;
}

void gs_comparison_move(struct gs_comparison *c, uint64_t time)
{
    uint64_t end = gs_comparison_end_time(c);
    c->cursor = time < end ? time : end;
    c->moved = true;
    c->races = false;
    gs_window_reveal(&c->window, c->cursor);
}

/* So fast that it takes some seconds. */
static double speed_for(uint64_t ns)
{
    enum { SECONDS = 6 };
    struct gs_playback playback = {.speed = 10};
    for (double before = 0;
         playback.speed != before && (double)ns < playback.speed * SECONDS * 1e9;) {
        before = playback.speed;
        gs_playback_change_speed(&playback, -1);
    }
    return playback.speed;
}

void gs_comparison_race(struct gs_comparison *c)
{
    uint64_t end = gs_comparison_end_time(c);
    if (c->races) {
        c->playback.paused = !c->playback.paused;
        return;
    }
    if (c->cursor >= end)
        c->cursor = 0;
    double speed = c->playback.speed > 0 ? c->playback.speed : speed_for(end);
    c->playback = (struct gs_playback){.now = c->cursor, .speed = speed};
    c->moved = c->races = true;
}

bool gs_comparison_end_race(struct gs_comparison *c)
{
    bool raced = c->races;
    c->races = false;
    return raced;
}

void gs_comparison_change_speed(struct gs_comparison *c, int steps)
{
    if (c->playback.speed <= 0)
        c->playback.speed = speed_for(gs_comparison_end_time(c));
    gs_playback_change_speed(&c->playback, steps);
    gs_notice_say(c->notice, "Plays at %g× the clock's speed.", c->playback.speed);
}

/* At the end it is over, unless more is to come. */
static void advance_race(struct gs_comparison *c, uint64_t wall_ns)
{
    uint64_t end = gs_comparison_end_time(c);
    gs_playback_advance(&c->playback, wall_ns, end);
    c->cursor = c->playback.now;
    gs_window_reveal(&c->window, c->cursor);
    c->races = c->cursor < end || !gs_comparison_over(c);
}

/* While a run grows, by steps: a scale that changes with every frame cannot be read. */
void gs_comparison_fit(struct gs_comparison *c)
{
    uint64_t end = gs_comparison_end_time(c);
    if (gs_comparison_over(c))
        gs_window_fit(&c->window, end);
    else
        c->window = (struct gs_window){.span = gs_window_round(end + 1)};
}

void gs_comparison_filter(struct gs_comparison *c, const char *text)
{
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_look *look = c->runs.items[i].look;
        snprintf(look->filter, sizeof look->filter, "%s", text);
        if (gs_comparison_shows(c, i))
            gs_cursor_build_rows(look);
    }
}

static void begin_run(struct gs_comparison *c, struct gs_compared_run *run)
{
    struct gs_error err;
    struct gs_feed *feed = gs_feed_open(c->host, &run->from.order, NULL, NULL, &err);
    run->begun = true;
    if (!feed) {
        snprintf(run->trouble, sizeof run->trouble, "%s", err.text);
        return;
    }
    gs_look_start(run->look, feed, (struct gs_pace){.asked = 1});
    snprintf(run->look->filter, sizeof run->look->filter, "%s", c->runs.items[0].look->filter);
    gs_run_to_live(&run->look->run);
}

/* The first that waits, unless one goes on. */
static void begin_next(struct gs_comparison *c)
{
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_compared_run *run = &c->runs.items[i];
        if (!run->begun) {
            begin_run(c, run);
            return;
        }
        if (!run->lent && gs_comparison_goes_on(c, i))
            return;
    }
}

/* Where all of them were still under way there is something to compare. */
static void choose_cursor(struct gs_comparison *c)
{
    uint64_t shortest = UINT64_MAX;
    for (size_t i = 0; i < c->runs.count; i++) {
        uint64_t end = gs_comparison_shows(c, i) ? gs_run_live(&c->runs.items[i].look->run) : 0;
        shortest = end && end < shortest ? end : shortest;
    }
    if (!c->moved && shortest < UINT64_MAX)
        c->cursor = shortest / 2;
}

bool gs_comparison_drain(struct gs_comparison *c, uint64_t budget_ns)
{
    bool more = false;
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_compared_run *run = &c->runs.items[i];
        if (!run->lent && gs_comparison_shows(c, i) && !run->look->run.drained)
            more |= gs_run_drain(&run->look->run, budget_ns);
    }
    return more;
}

void gs_comparison_advance(struct gs_comparison *c, uint64_t wall_ns)
{
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_compared_run *run = &c->runs.items[i];
        if (!run->lent && gs_comparison_shows(c, i))
            gs_run_advance(&run->look->run, wall_ns);
    }
    begin_next(c);
    choose_cursor(c);
    if (c->races)
        advance_race(c, wall_ns);
    if (!c->window.chosen)
        gs_comparison_fit(c);
}

double gs_comparison_next_frame(const struct gs_comparison *c)
{
    bool moves = c->races && !c->playback.paused;
    return c->runs.count == 0 || (gs_comparison_over(c) && !moves) ? 0 : 1.0 / 60;
}

uint64_t gs_comparison_version(const struct gs_comparison *c)
{
    uint64_t version = c->races ? c->cursor : 0;
    for (size_t i = 0; i < c->runs.count; i++) {
        const struct gs_compared_run *run = &c->runs.items[i];
        version += run->begun;
        if (gs_comparison_shows(c, i))
            version += gs_timeline_version(run->look->run.timeline) + run->look->run.drained;
    }
    return version;
}

int gs_comparison_status(const struct gs_comparison *c)
{
    enum { REFUSED = 2 };
    int status = 0;
    for (size_t i = 0; i < c->runs.count && status == 0; i++) {
        const struct gs_compared_run *run = &c->runs.items[i];
        if (*run->trouble)
            status = REFUSED;
        else if (gs_comparison_shows(c, i))
            status = gs_run_status(&run->look->run);
    }
    return status;
}
