#include "tui/views/header.h"

#include "base/text.h"
#include "draw/shorten.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void rules_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    struct gs_feed_facts facts = gs_run_facts(&look->run);
    const char *dot = ascii ? ", " : " · ";
    char python[32];
    if (!facts.clock) {
        snprintf(buffer, size, "starting");
        return;
    }
    int used = snprintf(buffer, size, "%s", facts.clock == GS_CLOCK_VIRTUAL ? "virtual" : "real");
    if (facts.python)
        used += snprintf(buffer + used, size - (size_t)used, "%s%s", dot,
                         gs_python_word(python, sizeof python, facts.python));
    else if (facts.gil == GS_GIL_OFF)
        used += snprintf(buffer + used, size - (size_t)used, "%sno GIL", dot);
    else
        used += snprintf(buffer + used, size - (size_t)used, "%sGIL %s", dot,
                         gs_gil_profile_word(facts.gil));
    if (facts.cores)
        snprintf(buffer + used, size - (size_t)used, "%s%u core%s", dot, facts.cores,
                 facts.cores == 1 ? "" : "s");
}

static void play_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    const struct gs_run *run = &look->run;
    if (run->drained && !gs_run_complete(run))
        snprintf(buffer, size, "%s %s", ascii ? "[]" : "■",
                 gs_timeline_events(run->timeline) ? "cut" : "not run");
    else if (gs_run_at_end(run))
        snprintf(buffer, size, "%s %s", ascii ? "[]" : "■",
                 gs_timeline_signal(run->timeline) ? "died" : "ended");
    else if (run->playback.paused)
        snprintf(buffer, size, "%s paused", ascii ? "||" : "‖");
    else if (run->at_live)
        snprintf(buffer, size, "%s live", ascii ? ">" : "▶");
    else if (run->playback.speed > 0)
        snprintf(buffer, size, "%s %g%s", ascii ? ">" : "▶", run->playback.speed,
                 ascii ? "x" : "×");
    else
        snprintf(buffer, size, "%s", ascii ? ">" : "▶");
}

/* Seconds with as many decimals as the window can show, and at least so many. */
static void time_words(const struct gs_look *look, uint64_t ns, int least, char *buffer,
                       size_t size)
{
    uint64_t span = look->window.span;
    int decimals = span >= 50000000 ? 3 : span >= 1000000 ? 5 : 7;
    snprintf(buffer, size, "%.*f s", decimals > least ? decimals : least, (double)ns / 1e9);
}

/* Where the cursor is, once it has left the playhead. A step from event to event may stay in its
 * column: the microseconds show that it was made. */
static void cursor_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    char time[32];
    *buffer = '\0';
    if (look->follows || look->cursor == look->run.playback.now)
        return;
    time_words(look, look->cursor, 6, time, sizeof time);
    snprintf(buffer, size, "%s %s", ascii ? "^" : "▲", time);
}

/* On the real clock the program goes on without the view; a recording does not. */
static void behind_words(const struct gs_look *look, char *buffer, size_t size)
{
    uint64_t behind = gs_run_live(&look->run) - look->run.playback.now;
    char duration[32];
    *buffer = '\0';
    struct gs_feed_facts facts = gs_run_facts(&look->run);
    if (facts.clock != GS_CLOCK_VIRTUAL && !facts.recorded && behind > 500000000)
        snprintf(buffer, size, "%s behind", gs_text_duration(duration, sizeof duration, behind));
}

static int draw_right(struct gs_canvas *c, int right, int y, unsigned role, const char *text)
{
    if (!*text)
        return right;
    right -= gs_text_width(text);
    gs_canvas_text(c, right, y, c->width - right, role, 0, text);
    return right - 3;
}

/* Leaves rules away, the last first, until the rest fits. */
static void shorten(char *rules, int width)
{
    while (*rules && gs_text_width(rules) >= width) {
        char *comma = strrchr(rules, ','), *dot = strrchr(rules, '\xc2');
        char *cut = dot ? dot - 1 : comma ? comma : rules;
        *cut = '\0';
    }
}

void gs_header_rules(const struct gs_look *look, bool ascii, int width, char *buffer, size_t size)
{
    rules_words(look, ascii, buffer, size);
    shorten(buffer, width);
}

static void lost_words(const struct gs_look *look, char *buffer, size_t size)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    uint64_t events = gs_timeline_lost(look->run.timeline), names = tables->left_out(tables);
    *buffer = '\0';
    uint64_t whole = gs_timeline_whole_from(look->run.timeline);
    char from[32];
    if (whole)
        snprintf(buffer, size, "whole from %s", gs_text_duration(from, sizeof from, whole));
    else if (events)
        snprintf(buffer, size, "%" PRIu64 " events lost", events);
    else if (names)
        snprintf(buffer, size, "no room for %" PRIu64 " name%s", names,
                 names == 1 ? " or text" : "s or texts");
}

void gs_header_draw(struct gs_canvas *c, const struct gs_look *look, struct gs_box box)
{
    bool ascii = c->ascii;
    char rules[128], play[32], now[32], cursor[48], behind[48], lost[64], name[256];
    play_words(look, ascii, play, sizeof play);
    time_words(look, look->run.playback.now, 0, now, sizeof now);
    cursor_words(look, ascii, cursor, sizeof cursor);
    behind_words(look, behind, sizeof behind);
    lost_words(look, lost, sizeof lost);
    const char *called = gs_run_facts(&look->run).name;
    gs_text_visible(name, sizeof name, called, strlen(called));

    int right = draw_right(c, box.width, box.y, GS_ROLE_TEXT, now);
    right = draw_right(c, right, box.y, GS_ROLE_TITLE, play);
    right = draw_right(c, right, box.y, GS_ROLE_ERROR, lost);
    if (box.width >= 60)
        right = draw_right(c, right, box.y, GS_ROLE_MARK, cursor);
    if (box.width >= 60)
        right = draw_right(c, right, box.y, GS_ROLE_DIM, behind);
    right += 2;
    int x = 0;
    if (box.width >= 60)
        x = gs_canvas_text(c, x, box.y, right - 1, GS_ROLE_TITLE, 0, "gilscope") + 2;
    x = gs_canvas_name(c, x, box.y, right - 1 - x, GS_ROLE_TITLE, 0, name) + 3;
    gs_header_rules(look, ascii, right - x, rules, sizeof rules);
    gs_canvas_text(c, x, box.y, right - 1 - x, GS_ROLE_DIM, 0, rules);
}
