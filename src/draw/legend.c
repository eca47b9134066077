#include "draw/parts.h"

#include "timeline/names.h"

#include <stdio.h>
#include <string.h>

enum { SIGNS = GS_STATES + 8, OWNERS = 16, GAP = 3 };

struct entry {
    uint32_t columns; /* that its sign fills */
    unsigned role, style;
    char glyph[8], word[GS_NAME_SIZE + 8];
};

struct entries {
    struct entry list[SIGNS + OWNERS];
    unsigned count;
    int width; /* with a gap behind each */
};

static int width_of(const struct entry *entry)
{
    return 2 + gs_text_width(entry->word) + GAP;
}

static void add(struct entries *e, uint32_t columns, unsigned role, unsigned style,
                const char *glyph, const char *word)
{
    if (!columns)
        return;
    struct entry *entry = &e->list[e->count++];
    *entry = (struct entry){.columns = columns, .role = role, .style = style};
    snprintf(entry->glyph, sizeof entry->glyph, "%s", glyph);
    snprintf(entry->word, sizeof entry->word, "%s", word);
    e->width += width_of(entry);
}

static void add_mix(struct entries *e, uint32_t columns, enum gs_column_mix mix, bool ascii,
                    const char *word)
{
    const struct gs_column column = {.mix = (uint8_t)mix};
    add(e, columns, GS_ROLE_TEXT, 0, gs_states_glyph(&column, ascii), word);
}

static void add_states(struct entries *e, const struct gs_lanes_signs *signs, bool ascii)
{
    char bars[48];
    snprintf(bars, sizeof bars, "tasks ready, up to %u", signs->ready_most);
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        add(e, signs->states[s], GS_ROLE_STATE + s, 0, gs_state_glyph(s, ascii), gs_state_word(s));
    add(e, signs->cancelled, GS_ROLE_ERROR, GS_STYLE_BOLD, GS_CANCELLED, "cancelled");
    add(e, signs->ready, GS_ROLE_STATE + GS_STATE_READY, 0, ascii ? "7" : "▇", bars);
    add_mix(e, signs->ran, GS_COLUMN_RAN, ascii, "ran briefly");
    add_mix(e, signs->mixed, GS_COLUMN_MIXED, ascii, "fast changes");
    add(e, signs->held, GS_ROLE_TEXT, 0, "─", "held");
    add(e, signs->free, GS_ROLE_TEXT, 0, "▏", "free from here");
}

/* Whether another owner of the legend is called the same, as each process has a MainThread. */
static bool has_namesake(const struct gs_timeline *timeline, const struct gs_lanes_signs *signs,
                         const struct gs_owner_sign *owner)
{
    char name[GS_NAME_SIZE], other[GS_NAME_SIZE];
    bool has = false;
    gs_name_inside(name, sizeof name, timeline, owner->actor);
    for (unsigned i = 0; i <= signs->owner_count && !has; i++) {
        const struct gs_owner_sign *one = i ? &signs->owners[i - 1] : &signs->plain;
        has = one->columns && one->actor != owner->actor &&
              strcmp(gs_name_inside(other, sizeof other, timeline, one->actor), name) == 0;
    }
    return has;
}

static void add_owner(struct entries *e, const struct gs_timeline *timeline,
                      const struct gs_lanes_signs *signs, const struct gs_owner_sign *owner,
                      const char *more)
{
    char name[GS_NAME_SIZE], word[GS_NAME_SIZE + 8];
    if (!owner->columns)
        return;
    (has_namesake(timeline, signs, owner) ? gs_name_actor : gs_name_inside)(name, sizeof name,
                                                                            timeline, owner->actor);
    snprintf(word, sizeof word, "%s%s", name, more);
    add(e, owner->columns, owner->role, GS_STYLE_REVERSE, owner->glyph, word);
}

/* What is seen least is missed least; of two alike the first stays. */
static void leave_out_one(struct entries *e)
{
    unsigned least = 0;
    for (unsigned i = 1; i < e->count; i++)
        if (e->list[i].columns <= e->list[least].columns)
            least = i;
    e->width -= width_of(&e->list[least]);
    e->count--;
    memmove(&e->list[least], &e->list[least + 1], (e->count - least) * sizeof *e->list);
}

static struct entries entries_of(const struct gs_timeline *timeline,
                                 const struct gs_lanes_signs *signs, bool ascii)
{
    struct entries e = {0};
    add_states(&e, signs, ascii);
    add_owner(&e, timeline, signs, &signs->plain, signs->plain_others ? " etc." : "");
    for (unsigned i = 0; i < signs->owner_count; i++)
        add_owner(&e, timeline, signs, &signs->owners[i], "");
    return e;
}

/* The first entry that a line has no room for. */
static const struct entry *end_of_line(const struct entries *e, const struct entry *from, int width)
{
    const struct entry *end = from;
    for (int used = 0; end < e->list + e->count; end++) {
        used += width_of(end);
        if (used - GAP > width)
            break;
    }
    return end;
}

static int draw_line(struct gs_canvas *canvas, const struct entry *from, const struct entry *end,
                     int x, int y, int width)
{
    int start = x;
    for (const struct entry *entry = from; entry < end; entry++) {
        gs_canvas_put(canvas, x, y, entry->glyph, entry->role, entry->style);
        x = gs_canvas_text(canvas, x + 2, y, start + width - x - 2, GS_ROLE_DIM, 0, entry->word) +
            GAP;
    }
    return x > start ? x - GAP : x;
}

/* The order stays the same while the picture changes: an entry is found where it was. */
int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                    const struct gs_lanes_signs *signs, int x, int y, int width)
{
    struct entries e = entries_of(timeline, signs, canvas->ascii);
    while (e.count && e.width - GAP > width)
        leave_out_one(&e);
    return draw_line(canvas, e.list, e.list + e.count, x, y, width);
}

static int lines_of(const struct entries *e, int width)
{
    const struct entry *from = e->list, *end;
    int lines = 0;
    for (; from < e->list + e->count; from = end, lines++)
        if ((end = end_of_line(e, from, width)) == from)
            end++;
    return lines;
}

int gs_lanes_legend_above(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                          const struct gs_lanes_signs *signs, int x, int bottom, int width,
                          int most)
{
    struct entries e = entries_of(timeline, signs, canvas->ascii);
    add(&e, signs->others, GS_ROLE_TEXT, GS_STYLE_UNDERLINE, canvas->ascii ? "#" : "█",
        "others in it");
    while (e.count && lines_of(&e, width) > most)
        leave_out_one(&e);
    int lines = lines_of(&e, width);
    const struct entry *from = e.list;
    for (int line = 0; line < lines; line++) {
        const struct entry *end = end_of_line(&e, from, width);
        end += end == from;
        draw_line(canvas, from, end, x, bottom - lines + 1 + line, width);
        from = end;
    }
    return lines;
}
