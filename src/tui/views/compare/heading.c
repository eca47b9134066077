#include "tui/views/compare/heading.h"

#include "base/ending.h"
#include "base/text.h"
#include "draw/shorten.h"
#include "tui/parts/heading.h"
#include "tui/views/header.h"

#include <stdio.h>
#include <string.h>

static const struct gs_run *run_of(const struct gs_comparison *c, size_t i)
{
    return &c->runs.items[i].look->run;
}

/* The worst that it has come to, in a word or two. */
static void trouble_words(const struct gs_run *run, char *buffer, size_t size)
{
    bool error = false;
    *buffer = '\0';
    for (size_t i = 0; i < run->told.troubles.count; i++) {
        error |= run->told.troubles.items[i].kind == GS_EVENT_ERROR;
        if (run->told.troubles.items[i].kind != GS_EVENT_DEADLOCK)
            continue;
        snprintf(buffer, size, ", deadlock");
        return;
    }
    if (gs_timeline_signal(run->timeline)) {
        char word[32];
        snprintf(buffer, size, ", killed by %s",
                 gs_ending_signal(word, sizeof word, gs_timeline_signal(run->timeline)));
    } else if (error)
        snprintf(buffer, size, ", an error");
    else if (run->told.failed)
        snprintf(buffer, size, ", check failed");
}

/* How far it is; returns the role. */
static unsigned state_words(const struct gs_comparison *c, size_t i, bool ascii, char *buffer,
                            size_t size)
{
    const struct gs_compared_run *run = &c->runs.items[i];
    char time[32], trouble[64];
    if (!run->begun)
        return snprintf(buffer, size, "waits for its turn"), GS_ROLE_DIM;
    if (*run->trouble || (run_of(c, i)->drained && !gs_run_complete(run_of(c, i))))
        return snprintf(buffer, size, "not run"), GS_ROLE_ERROR;
    gs_text_duration(time, sizeof time, gs_run_live(run_of(c, i)));
    trouble_words(run_of(c, i), trouble, sizeof trouble);
    bool over = gs_run_complete(run_of(c, i));
    const char *how = over                        ? ""
                      : gs_comparison_holds(c, i) ? (ascii ? "|| paused, " : "‖ paused, ")
                                                  : (ascii ? "> runs, " : "▶ runs, ");
    snprintf(buffer, size, "%s%s%s", how, time, trouble);
    return *trouble ? GS_ROLE_ERROR : over ? GS_ROLE_TITLE : GS_ROLE_KEY;
}

/* Name, lanes, rules, time; the rules give way first, then the middle of the name. */
void gs_compare_heading(struct gs_canvas *canvas, const struct gs_comparison *c, size_t i,
                        const char *lanes, struct gs_box box)
{
    const struct gs_compared_run *run = &c->runs.items[i];
    enum { AROUND_NAME = 9 }; /* the line's beginning and end, the sign, the letter */
    char state[128], name[300], shorter[304], title[400], rules[128];
    unsigned role = state_words(c, i, canvas->ascii, state, sizeof state);
    gs_text_visible(name, sizeof name, run->from.called, strlen(run->from.called));
    gs_canvas_fill(canvas, box.x, box.y, box.width, canvas->ascii ? "-" : "─", GS_ROLE_DIM, 0);
    int right = box.x + box.width - gs_text_width(state) - 3;
    struct gs_box left = {box.x, box.y, right - box.x, 1};
    int room = left.width - AROUND_NAME - gs_text_width(lanes);
    snprintf(title, sizeof title, "%c  %s%s", (char)('A' + i),
             gs_shorten(shorter, sizeof shorter, name, room > 0 ? room : 0), lanes);
    int end = gs_heading_draw(canvas, left, i == c->selected, title) + 2;
    gs_canvas_textf(canvas, right, box.y, box.x + box.width - right, role, 0, " %s ", state);
    if (!gs_comparison_shows(c, i))
        return;
    gs_header_rules(run->look, canvas->ascii, right - end - 3, rules, sizeof rules);
    if (*rules)
        gs_canvas_textf(canvas, right - gs_text_width(rules) - 3, box.y, right - end, GS_ROLE_DIM,
                        0, " %s ", rules);
}
