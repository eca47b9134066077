#include "tui/views/below.h"

#include "tui/panes/layout.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"

#include <string.h>

/* A line each, if there is room for all: else they follow each other. */
static void add_checks(const struct gs_look *look, const struct gs_canvas *c, int room,
                       char *banner, size_t size)
{
    gs_verdicts_words(look, c->ascii, banner, size);
    size_t used = strlen(banner);
    gs_checks_words(look, c->ascii, true, banner + used, size - used);
    if (gs_wrap_lines(banner, c->width) > room)
        gs_checks_words(look, c->ascii, false, banner + used, size - used);
}

static unsigned question_words(const struct gs_look *look, const struct gs_canvas *c, int room,
                               char *buffer, size_t size)
{
    unsigned role = gs_question_panel(look, c->ascii, true, buffer, size);
    if (gs_wrap_lines(buffer, c->width) > room)
        gs_question_panel(look, c->ascii, false, buffer, size);
    return role;
}

/* A mark at which somebody stopped comes before all else, also at the end. */
static bool stands_at(const struct gs_look *look, const struct gs_event *asked)
{
    return asked && look->run.playback.paused && asked->time == look->run.playback.now;
}

/* All that was asked and noted at the instant of one: a mark with a note behind it is one thing to
 * who reads it. */
static unsigned said_at(const struct gs_look *look, const struct gs_canvas *c,
                        const struct gs_event *last, char *buffer, size_t size)
{
    const struct gs_event *first = last, *begin = look->run.told.asked.items;
    unsigned role = GS_ROLE_TEXT;
    size_t used = 0;
    while (first > begin && first[-1].time == last->time)
        first--;
    for (const struct gs_event *e = first; e <= last && used + 2 < size; e++) {
        unsigned own = gs_note_words(look, c->ascii, e, buffer + used, size - used);
        role = e == first ? own : role;
        used += strlen(buffer + used);
        if (e < last && used + 2 < size)
            buffer[used++] = '\n';
    }
    buffer[used] = '\0';
    return role;
}

unsigned gs_below_words(const struct gs_look *look, const struct gs_canvas *c, bool presents,
                        char *buffer, size_t size)
{
    if (look->run.asks)
        return question_words(look, c, gs_layout_words(c->height), buffer, size);
    const struct gs_event *asked = gs_told_asked(&look->run.told, look->cursor);
    if (presents && stands_at(look, asked))
        return said_at(look, c, asked, buffer, size);
    unsigned role = gs_banner_words(look, c->ascii, buffer, size);
    int room = presents ? gs_layout_words(c->height) : gs_layout_banner(c->height, true);
    add_checks(look, c, room, buffer, size);
    if (!presents || *buffer)
        return role;
    return gs_note_words(look, c->ascii, asked, buffer, size);
}
