/* A GIL's lane, or a loop's: each ownership a box with the owner's name, its border at the instant
 * it began. Boxes too narrow for the name carry a shorter form of it; where owners change faster
 * than the columns, a shade says so. */
#include "draw/parts.h"

#include "base/text.h"
#include "timeline/names.h"
#include "timeline/turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOBODY = 0, SEVERAL = -1, UNKNOWN = -2 };

/* Whose a column is. Where nobody had it for most of the column the hold in it is a brief one; one
 * that goes on in a neighbour, too, may only reach in: it begins or ends where that column does, as
 * the states below it. */
struct gs_slot {
    int64_t owner;
    uint64_t held;
    bool brief, before, behind;
};

static void place_single(struct gs_slot *slot, const struct gs_picture *p,
                         const struct gs_owned *owned, uint64_t from, uint64_t until)
{
    const struct gs_timeline *t = p->view.timeline;
    long last = gs_owned_at(t, owned, until - 1);
    struct gs_owning owning = gs_owned_get(t, owned, (size_t)last);
    slot->before = last == gs_owned_at(t, owned, from) && owning.start < from;
    slot->behind = owning.end > until;
}

/* One box ends where the next begins, so of two owners the longer one gets the column. A third, or
 * one back again, has changed unseen, unless one has two thirds. */
static struct gs_slot slot_of(const struct gs_picture *p, const struct gs_owned *owned, int c)
{
    uint64_t from = p->edges[c], until = p->edges[c + 1];
    const struct gs_timeline *t = p->view.timeline;
    struct gs_owner_share share = gs_owned_share(t, owned, from, until);
    struct gs_slot slot = {.owner = share.owner,
                           .held = share.held,
                           .brief = share.owners && share.held < (until - from) / 2};
    if (share.owners >= 2 && share.ns < share.held - share.held / 3 &&
        gs_owned_at(t, owned, until - 1) - gs_owned_at(t, owned, from) >= 2)
        slot.owner = SEVERAL;
    if (share.owners == 1)
        place_single(&slot, p, owned, from, until);
    return slot;
}

static bool reaches_in(const struct gs_slot *slot)
{
    return slot->brief && (slot->before || slot->behind);
}

/* A hold that only reaches into both its columns is where more of it is. */
static bool is_drawn(const struct gs_slot *slots, int c, int columns)
{
    const struct gs_slot *here = &slots[c];
    if (!reaches_in(here))
        return true;
    if (here->before)
        return c > 0 && reaches_in(here - 1) && !here[-1].before && here->held > here[-1].held;
    return c + 1 < columns && reaches_in(here + 1) && !here[1].behind && here->held >= here[1].held;
}

/* Brief holds are shown where most columns around them are free; else there would be nothing to be
 * seen of a GIL that is free nearly all the time. */
static void calm(struct gs_slot *slots, int count)
{
    for (int a = 0, b; a < count; a = b) {
        int brief = 0;
        for (b = a; b < count && (slots[b].brief || slots[b].owner == NOBODY); b++)
            brief += slots[b].brief;
        for (int c = a; c < b && 2 * brief > b - a; c++)
            slots[c].owner = NOBODY;
        b += b == a;
    }
}

/* Of what was forgotten nobody knows whether it was free. */
static void doubt(struct gs_slot *slots, const struct gs_picture *p)
{
    uint64_t whole_from = gs_timeline_whole_from(p->view.timeline);
    for (int c = 0; c < p->columns && p->edges[c + 1] <= whole_from; c++)
        if (slots[c].owner == NOBODY)
            slots[c].owner = UNKNOWN;
}

/* What is kept of them is right as long as no hold was put in before it: one that came late. */
static struct gs_kept_lane *kept_slots(const struct gs_picture *p, const struct gs_owned *owned)
{
    if (!p->view.kept || !owned->lane)
        return NULL;
    struct gs_kept_lane *kept = gs_kept_lane(p->view.kept, owned->lane->actor);
    while (kept->slots.count < (size_t)p->columns)
        gs_vec_push(&kept->slots, (struct gs_slot){0});
    if (gs_lane_hold_at(owned->lane, p->edges[kept->slots_done]) != kept->last_hold)
        kept->slots_done = 0;
    if (kept->slots_done == 0)
        kept->last_hold = gs_lane_hold_at(owned->lane, p->edges[0]);
    return kept;
}

/* All holds that began by the column's end are over: what they were changes no more. */
static bool is_over(struct gs_kept_lane *kept, const struct gs_picture *p,
                    const struct gs_lane *lane, int c)
{
    long last = gs_lane_hold_at(lane, p->edges[c + 1]);
    bool over = last >= 0 && p->edges[c + 1] <= gs_timeline_end(p->view.timeline);
    for (long i = kept->last_hold > 0 ? kept->last_hold : 0; over && i <= last; i++)
        over = !lane->holds.items[i].open;
    if (over)
        kept->last_hold = last;
    return over;
}

static void take_all(struct gs_slot *all, const struct gs_picture *p, const struct gs_owned *owned)
{
    struct gs_kept_lane *kept = kept_slots(p, owned);
    int c = kept ? kept->slots_done : 0;
    if (c > 0)
        memcpy(all, kept->slots.items, (size_t)c * sizeof *all);
    for (; c < p->columns; c++) {
        all[c] = slot_of(p, owned, c);
        if (kept && c == kept->slots_done && is_over(kept, p, owned->lane, c))
            kept->slots.items[kept->slots_done++] = all[c];
    }
}

static struct gs_slot *take_slots(const struct gs_picture *p, const struct gs_owned *owned)
{
    size_t count = (size_t)p->columns;
    struct gs_slot *all = calloc(count, sizeof *all), *drawn = calloc(count, sizeof *drawn);
    if (!all || !drawn)
        abort();
    take_all(all, p, owned);
    for (int c = 0; c < p->columns; c++)
        if (is_drawn(all, c, p->columns))
            drawn[c] = all[c];
    free(all);
    calm(drawn, p->columns);
    doubt(drawn, p);
    return drawn;
}

/* "Thread-12" → "T12", "worker 3" → "w3", "MainThread" → "M": first letter and number. */
static void initials(char *buffer, size_t size, const char *name)
{
    size_t digits, length = gs_name_short(name, &digits);
    uint32_t code;
    size_t letter = gs_text_decode(name, length, &code);
    snprintf(buffer, size, "%.*s%.*s", digits > 0 ? (int)letter : 0, name, (int)(length - digits),
             name + digits);
}

/* The longest form of the name that leaves a box so wide its border and a blank: "Thread-1 (work)",
 * "Thread-1", "T1". NULL: none. */
static const char *fitting(char *buffer, size_t size, const char *name, int width)
{
    size_t digits;
    if (gs_text_width(name) + 2 <= width)
        return name;
    snprintf(buffer, size, "%.*s", (int)gs_name_short(name, &digits), name);
    if (gs_text_width(buffer) + 2 <= width)
        return buffer;
    initials(buffer, size, name);
    return gs_text_width(buffer) + 2 <= width ? buffer : NULL;
}

/* Signs that are the end or the beginning of a name have one example. */
static struct gs_owner_sign *place_for(struct gs_lanes_signs *seen, uint32_t owner, bool plain)
{
    enum { MOST = sizeof seen->owners / sizeof *seen->owners };
    unsigned i = 0;
    if (plain)
        return &seen->plain;
    while (i < seen->owner_count && seen->owners[i].actor != owner)
        i++;
    if (i == MOST)
        return NULL;
    seen->owner_count += i == seen->owner_count;
    return &seen->owners[i];
}

static void see_sign(struct gs_lanes_signs *seen, uint32_t owner, const struct gs_sign *sign,
                     uint32_t columns)
{
    struct gs_owner_sign *place = columns ? place_for(seen, owner, sign->plain) : NULL;
    if (!place)
        return;
    if (!place->columns) {
        *place = (struct gs_owner_sign){.actor = owner, .role = sign->role};
        memcpy(place->glyph, sign->glyph, sizeof sign->glyph);
    }
    seen->plain_others |= place->actor != owner;
    place->columns += columns;
}

/* "fetch blocks", "fetch!", where that fits. */
static const char *blocking_form(char *buffer, size_t size, const char *name, const char *form,
                                 int width)
{
    char whole[GS_NAME_SIZE + 16];
    if (!form)
        return NULL;
    snprintf(whole, sizeof whole, "%s blocks", name);
    if (gs_text_width(whole) + 2 > width)
        snprintf(whole, sizeof whole, "%s blocks", form);
    if (gs_text_width(whole) + 2 > width)
        snprintf(whole, sizeof whole, "%s!", form);
    if (gs_text_width(whole) + 2 > width)
        return form;
    return gs_text_copy(buffer, size, whole);
}

static bool is_loop(const struct gs_picture *p, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(p->view.timeline);
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    return row && row->kind == GS_ACTOR_LOOP;
}

/* Whether the owner of these columns blocks the loop that the lane is, in a turn that is there; a
 * GIL and a lock are never blocked. */
static bool is_blocked(const struct gs_picture *p, const struct gs_lane *lane, int a, int b,
                       uint32_t owner)
{
    enum { LOOK_BACK = 32 };
    uint64_t from = p->edges[a], until = p->edges[b];
    uint64_t now = p->view.now ? p->view.now - 1 : UINT64_MAX;
    long last = until > from && lane && is_loop(p, lane) ? gs_lane_hold_at(lane, until - 1) : -1;
    for (long i = last; i >= 0 && i > last - LOOK_BACK; i--) {
        const struct gs_hold *turn = &lane->holds.items[i];
        if (gs_hold_end(p->view.timeline, turn) <= from)
            break;
        if (turn->owner == owner && gs_turn_blocks(p->view.timeline, turn, now))
            return true;
    }
    return false;
}

static void fill(const struct gs_picture *p, int x, int y, int width, const char *glyph,
                 unsigned role, unsigned style)
{
    for (int line = 0; line < p->lines; line++)
        gs_canvas_fill(p->canvas, x, y + line, width, glyph, role, style);
}

/* Where the reversed cells are not seen, a line goes on behind the name: blanks are free. */
static void draw_line(struct gs_picture *p, int x, int y, int end, unsigned role)
{
    p->seen.held += gs_picture_shown(p, x - p->left, end - p->left);
    if (end - x > 1)
        x++;
    gs_canvas_fill(p->canvas, x, y, end - x, "─", role, 0);
}

void gs_owners_box(struct gs_picture *p, int y, const struct gs_owner_box *box)
{
    int x = p->left + box->column, end = x + box->width, text = x + box->gap;
    fill(p, x, y, box->width, " ", box->role, GS_STYLE_REVERSE);
    fill(p, x, y, 1, "▏", box->role, GS_STYLE_REVERSE);
    int behind =
        gs_canvas_text(p->canvas, text, y, end - text, box->role, GS_STYLE_REVERSE, box->name);
    if (p->canvas->plain)
        draw_line(p, behind, y, end, box->role);
}

/* The box of one owner over columns a … b - 1. One too narrow for a name is filled with the owner's
 * sign: next to each other such boxes still tell column by column whose the GIL was. */
static void draw_box(struct gs_picture *p, int y, int a, int b, uint32_t owner, bool blocks)
{
    struct gs_sign sign = gs_signs_of(p, owner);
    char name[GS_NAME_SIZE], shorter[GS_NAME_SIZE];
    gs_name_inside(name, sizeof name, p->view.timeline, owner);
    unsigned role = blocks ? GS_ROLE_ERROR : sign.role;
    int x = p->left + a, width = b - a;
    const char *form = fitting(shorter, sizeof shorter, name, width);
    if (blocks)
        form = blocking_form(shorter, sizeof shorter, name, form, width);
    if (!form) {
        fill(p, x, y, width, sign.glyph, role, GS_STYLE_REVERSE);
        see_sign(&p->seen, owner, &sign, gs_picture_shown(p, a, b));
        return;
    }
    int gap = gs_text_width(form) + 3 <= width && form == name ? 2 : 1;
    gs_owners_box(p, y, &(struct gs_owner_box){a, width, gap, role, form});
}

static void draw_free(struct gs_picture *p, int a, int y)
{
    fill(p, p->left + a, y, 1, "▏", GS_ROLE_DIM, 0);
    p->seen.free += p->canvas->plain && a < p->shown;
}

static void draw_unknown(struct gs_picture *p, int y, int a, int b)
{
    fill(p, p->left + a, y, b - a, gs_state_glyph(GS_STATE_UNKNOWN, p->canvas->ascii),
         GS_ROLE_STATE + GS_STATE_UNKNOWN, 0);
    p->seen.states[GS_STATE_UNKNOWN] += gs_picture_shown(p, a, b);
}

void gs_owners_draw(struct gs_picture *p, const struct gs_owned *owned, int y)
{
    struct gs_slot *slots = take_slots(p, owned);
    int64_t before = NOBODY;
    for (int a = 0, b; a < p->columns; a = b) {
        int64_t owner = slots[a].owner;
        for (b = a + 1; b < p->columns && slots[b].owner == owner;)
            b++;
        if (owner == SEVERAL)
            p->seen.mixed += gs_picture_shown(p, a, b);
        if (owner == SEVERAL)
            fill(p, p->left + a, y, b - a, "▒", GS_ROLE_DIM, 0);
        else if (owner == UNKNOWN)
            draw_unknown(p, y, a, b);
        else if (owner != NOBODY)
            draw_box(p, y, a, b, (uint32_t)owner,
                     is_blocked(p, owned->lane, a, b, (uint32_t)owner));
        else if (before != NOBODY)
            draw_free(p, a, y);
        before = owner;
    }
    free(slots);
}
