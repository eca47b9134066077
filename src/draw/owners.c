/* A GIL's lane: each ownership a box with the owner's name, its border at the instant it began.
 * Boxes too narrow for the name carry a shorter form of it; where owners change faster than the
 * columns, a shade says so. */
#include "draw/parts.h"

#include "base/text.h"
#include "timeline/names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { NOBODY = 0, SEVERAL = -1 };

/* A hold that goes on in the next column, and has less than half of this one, begins or ends there,
 * as the states below it do. */
static bool only_reaches_in(const struct gs_picture *p, const struct gs_lane *lane, uint64_t from,
                            uint64_t until, const struct gs_owner_share *share)
{
    if (share->owners != 1 || share->held >= (until - from) / 2)
        return false;
    long i = gs_lane_hold_at(lane, until - 1);
    const struct gs_hold *hold = &lane->holds.items[i];
    return i == gs_lane_hold_at(lane, from) || hold->start <= from ||
           gs_hold_end(p->view.timeline, hold) >= until;
}

/* Who owns a column: one box ends where the next begins, so of two owners the longer one gets it. A
 * third, or one back again, has changed unseen, unless one has two thirds. Time in which nobody
 * held it does not count: a hold must not vanish for being short. */
static int64_t column_owner(const struct gs_picture *p, const struct gs_lane *lane, uint64_t from,
                            uint64_t until)
{
    struct gs_owner_share share = gs_lane_owner_share(p->view.timeline, lane, from, until);
    if (share.owners >= 2 && share.ns < share.held - share.held / 3 &&
        gs_lane_hold_at(lane, until - 1) - gs_lane_hold_at(lane, from) >= 2)
        return SEVERAL;
    return only_reaches_in(p, lane, from, until, &share) ? NOBODY : share.owner;
}

/* "Thread 12" → "T12", "worker-3" → "w3", "main" → "m": first letter and number. */
static void initials(char *buffer, size_t size, const char *name)
{
    size_t length = strlen(name);
    size_t digits = length;
    while (digits > 0 && isdigit((unsigned char)name[digits - 1]))
        digits--;
    uint32_t code;
    size_t letter = gs_text_decode(name, length, &code);
    snprintf(buffer, size, "%.*s%s", digits > 0 ? (int)letter : 0, name, name + digits);
}

/* The longest form of the name that leaves a box so wide its border and a blank; NULL: none. */
static const char *fitting(char *buffer, size_t size, const char *name, int width)
{
    if (gs_text_width(name) + 2 <= width)
        return name;
    initials(buffer, size, name);
    return gs_text_width(buffer) + 2 <= width ? buffer : NULL;
}

static void see_sign(struct gs_lanes_signs *seen, uint32_t owner, const struct gs_sign *sign)
{
    enum { MOST = sizeof seen->owners / sizeof *seen->owners };
    unsigned i = 0;
    while (i < seen->owner_count && seen->owners[i].actor != owner)
        i++;
    if (i < seen->owner_count || i == MOST)
        return;
    seen->owners[i] = (struct gs_owner_sign){.actor = owner, .role = sign->role};
    memcpy(seen->owners[i].glyph, sign->glyph, sizeof sign->glyph);
    seen->owner_count++;
}

/* The box of one owner over columns a … b - 1. One too narrow for a name is filled with the owner's
 * sign: next to each other such boxes still tell column by column whose the GIL was. */
static void draw_box(struct gs_picture *p, int y, int a, int b, uint32_t owner)
{
    struct gs_sign sign = gs_signs_of(p, owner);
    char name[GS_NAME_SIZE], shorter[GS_NAME_SIZE];
    gs_name_actor(name, sizeof name, gs_timeline_tables(p->view.timeline), owner);
    unsigned role = sign.role;
    int x = p->left + a, width = b - a;
    const char *form = fitting(shorter, sizeof shorter, name, width);
    if (!form) {
        gs_canvas_fill(p->canvas, x, y, width, sign.glyph, role, GS_STYLE_REVERSE);
        if (!sign.plain && a < p->shown)
            see_sign(&p->seen, owner, &sign);
        return;
    }
    gs_canvas_fill(p->canvas, x, y, width, " ", role, GS_STYLE_REVERSE);
    int gap = gs_text_width(form) + 3 <= width && form == name ? 2 : 1;
    gs_canvas_put(p->canvas, x, y, "▏", role, GS_STYLE_REVERSE);
    gs_canvas_text(p->canvas, x + gap, y, width - gap, role, GS_STYLE_REVERSE, form);
}

void gs_owners_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    if (!p->signs)
        gs_signs_take(p);
    int64_t before = NOBODY;
    int64_t next = column_owner(p, lane, p->edges[0], p->edges[1]);
    for (int a = 0, b; a < p->columns; a = b) {
        int64_t owner = next;
        for (b = a + 1; b < p->columns; b++) {
            next = column_owner(p, lane, p->edges[b], p->edges[b + 1]);
            if (next != owner)
                break;
        }
        p->seen.mixed |= owner == SEVERAL && a < p->shown;
        if (owner == SEVERAL)
            gs_canvas_fill(p->canvas, p->left + a, y, b - a, "▒", GS_ROLE_DIM, 0);
        else if (owner != NOBODY)
            draw_box(p, y, a, b, (uint32_t)owner);
        else if (before != NOBODY)
            gs_canvas_put(p->canvas, p->left + a, y, "▏", GS_ROLE_DIM, 0);
        before = owner;
    }
}
