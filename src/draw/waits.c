/* The word of a wait in the middle of its line: ──wait──, ╌╌join Thread-1╌╌, where it fits. */
#include "draw/parts.h"

#include "timeline/explain/awaited.h"
#include "timeline/names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { EDGE = 2, EDGE_TALL = 1, WORD_BYTES = 160 };

/* "lock a", but "Lock 1" and not "lock Lock 1". */
static void object_words(char *buffer, size_t size, const struct gs_picture *p,
                         const struct gs_lane *lane, const struct gs_span *span)
{
    const struct gs_timeline *timeline = p->view.timeline;
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_object_row *row = tables->object(tables, span->on);
    char name[GS_NAME_SIZE];
    gs_name_object(name, sizeof name, timeline, span->on);
    const char *kind = row ? gs_object_kind_word(row->kind) : "";
    bool awaits = span->state == GS_STATE_AWAITING;
    if (row && row->kind == GS_OBJECT_THREAD)
        snprintf(buffer, size, "%s %s", gs_awaited_start(timeline, lane, span) ? "start" : "join",
                 name);
    else if (row && row->kind == GS_OBJECT_PROCESS)
        snprintf(buffer, size, "join %s", name);
    else if (!row || row->kind == GS_OBJECT_TASK || (awaits && row->kind == GS_OBJECT_FUTURE) ||
             strcasestr(name, kind))
        snprintf(buffer, size, "%s", name);
    else
        snprintf(buffer, size, "%s %s", kind, name);
}

static const char *wait_words(char *buffer, size_t size, const struct gs_picture *p,
                              const struct gs_lane *lane, const struct gs_span *span)
{
    switch ((enum gs_state)span->state) {
    case GS_STATE_WANTS_GIL:
        return "wants GIL";
    case GS_STATE_IO:
        return "wait";
    case GS_STATE_SLEEPING:
        return "sleep";
    case GS_STATE_READY:
        return "ready";
    case GS_STATE_WAITING:
    case GS_STATE_AWAITING:
        if (!span->on)
            return span->state == GS_STATE_WAITING ? "wait" : "await";
        object_words(buffer, size, p, lane, span);
        return buffer;
    case GS_STATE_NONE:
    case GS_STATE_RUNNING:
    case GS_STATE_NATIVE:
    case GS_STATE_UNKNOWN:
    case GS_STATES:
        break;
    }
    return "";
}

static void draw_word(struct gs_picture *p, const struct gs_lane *lane, const struct gs_span *span,
                      int a, int b, int y)
{
    char buffer[WORD_BYTES];
    /* What the words stand on is to be seen; above it they are not to touch others. */
    int edge = p->lines > 1 ? EDGE_TALL : EDGE;
    if (b - a <= 2 * edge)
        return;
    const char *words = wait_words(buffer, sizeof buffer, p, lane, span);
    int width = gs_text_width(words);
    if (width == 0 || width + 2 * edge > b - a)
        return;
    int x = p->left + a + (b - a - width) / 2;
    gs_canvas_text(p->canvas, x, y, width, GS_ROLE_STATE + span->state, 0, words);
}

void gs_waits_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    for (int a = 0, b; a < p->columns; a = b) {
        long span = p->column[a].span;
        b = a + 1;
        if (span < 0 || p->taken[a])
            continue;
        while (b < p->columns && p->column[b].span == span && !p->taken[b])
            b++;
        draw_word(p, lane, &lane->spans.items[span], a, b, y);
    }
}
