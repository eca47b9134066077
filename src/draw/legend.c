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

static void add_owner(struct entries *e, const struct gs_timeline *timeline,
                      const struct gs_owner_sign *owner, const char *more)
{
    char name[GS_NAME_SIZE], word[GS_NAME_SIZE + 8];
    gs_name_inside(name, sizeof name, timeline, owner->actor);
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

/* The order stays the same while the picture changes: an entry is found where it was. */
int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                    const struct gs_lanes_signs *signs, int x, int y, int width)
{
    struct entries e = {0};
    int start = x;
    add_states(&e, signs, canvas->ascii);
    add_owner(&e, timeline, &signs->plain, signs->plain_others ? " etc." : "");
    for (unsigned i = 0; i < signs->owner_count; i++)
        add_owner(&e, timeline, &signs->owners[i], "");
    while (e.count && e.width - GAP > width)
        leave_out_one(&e);
    for (const struct entry *entry = e.list; entry < e.list + e.count; entry++) {
        gs_canvas_put(canvas, x, y, entry->glyph, entry->role, entry->style);
        x = gs_canvas_text(canvas, x + 2, y, start + width - x - 2, GS_ROLE_DIM, 0, entry->word) +
            GAP;
    }
    return x > start ? x - GAP : x;
}
