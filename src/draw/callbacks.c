/* What a loop calls that is no task's step, in boxes beside those of its tasks' turns. Where it
 * blocks the loop it says so. */
#include "draw/parts.h"

#include "base/text.h"
#include "timeline/names.h"
#include "timeline/turns.h"

#include <stdio.h>
#include <string.h>

/* "main.<locals>.tick" → "tick". */
static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot[1] ? dot + 1 : name;
}

static bool fits(const char *text, int width)
{
    return gs_text_width(text) + 2 <= width;
}

/* The longest form that leaves the box its border and a blank; "": none does. */
static void form_of(char *form, size_t size, const char *name, bool blocks, int width)
{
    const char *forms[] = {name, last_part(name)};
    for (size_t i = 0; i < 2; i++) {
        snprintf(form, size, "%s%s", forms[i], blocks ? " blocks" : "");
        if (fits(form, width))
            return;
    }
    snprintf(form, size, "%s%s", forms[1], blocks ? "!" : "");
    if (!fits(form, width))
        *form = '\0';
}

static void draw_box(struct gs_picture *p, const struct gs_lane *lane, const struct gs_label *label,
                     int y)
{
    const struct gs_timeline *t = p->view.timeline;
    char name[GS_NAME_SIZE], form[GS_NAME_SIZE + 16];
    uint64_t now = p->view.now ? p->view.now - 1 : UINT64_MAX;
    bool blocks = gs_callback_blocks(t, lane->actor, label, now);
    unsigned role = blocks ? GS_ROLE_ERROR : GS_ROLE_DIM;
    int a = gs_picture_edge(p, label->start), b = gs_picture_edge(p, gs_label_end(t, label));
    if (b <= a)
        return;
    gs_name_string(name, sizeof name, gs_timeline_tables(t), label->text);
    form_of(form, sizeof form, name, blocks, b - a);
    gs_owners_box(p, y, &(struct gs_owner_box){a, b - a, 1, role, form});
}

/* One that is wide enough for a column, however its edges are rounded, is there in the middle of
 * its first one. */
void gs_callbacks_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    long last = -1;
    for (int c = 0; c < p->columns && lane->labels.count; c++) {
        long at = gs_lane_label_at(lane, p->edges[c] + (p->edges[c + 1] - p->edges[c]) / 2);
        if (at >= 0 && at != last)
            draw_box(p, lane, &lane->labels.items[at], y);
        last = at >= 0 ? at : last;
    }
}
