#include "draw/parts.h"

#include "timeline/names.h"

#include <stdio.h>

static int entry(struct gs_canvas *canvas, int x, int y, int limit, unsigned role, unsigned style,
                 const char *glyph, const char *word)
{
    if (x + 2 + gs_text_width(word) > limit)
        return x;
    gs_canvas_put(canvas, x, y, glyph, role, style);
    return gs_canvas_text(canvas, x + 2, y, limit - x - 2, GS_ROLE_DIM, 0, word) + 3;
}

static int mix_entry(struct gs_canvas *canvas, int x, int y, int limit, enum gs_column_mix mix,
                     const char *word)
{
    const struct gs_column column = {.mix = (uint8_t)mix};
    return entry(canvas, x, y, limit, GS_ROLE_TEXT, 0, gs_states_glyph(&column, canvas->ascii),
                 word);
}

static int bars_entry(struct gs_canvas *canvas, int x, int y, int limit, uint32_t most)
{
    char word[48];
    snprintf(word, sizeof word, "tasks ready, up to %u", most);
    return entry(canvas, x, y, limit, GS_ROLE_STATE + GS_STATE_READY, 0, canvas->ascii ? "7" : "▇",
                 word);
}

int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                    const struct gs_lanes_signs *signs, int x, int y, int width)
{
    int limit = x + width, start = x;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (signs->states[s])
            x = entry(canvas, x, y, limit, GS_ROLE_STATE + s, 0, gs_state_glyph(s, canvas->ascii),
                      gs_state_word(s));
    if (signs->cancelled)
        x = entry(canvas, x, y, limit, GS_ROLE_ERROR, GS_STYLE_BOLD, GS_CANCELLED, "cancelled");
    if (signs->ready_most)
        x = bars_entry(canvas, x, y, limit, signs->ready_most);
    if (signs->ran)
        x = mix_entry(canvas, x, y, limit, GS_COLUMN_RAN, "ran briefly");
    if (signs->mixed)
        x = mix_entry(canvas, x, y, limit, GS_COLUMN_MIXED, "fast changes");
    if (signs->held)
        x = entry(canvas, x, y, limit, GS_ROLE_TEXT, 0, "─", "held");
    if (signs->free)
        x = entry(canvas, x, y, limit, GS_ROLE_TEXT, 0, "▏", "free from here");
    for (unsigned i = 0; i < signs->owner_count; i++) {
        const struct gs_owner_sign *owner = &signs->owners[i];
        char name[GS_NAME_SIZE];
        gs_name_inside(name, sizeof name, timeline, owner->actor);
        x = entry(canvas, x, y, limit, owner->role, GS_STYLE_REVERSE, owner->glyph, name);
    }
    return x > start ? x - 3 : x;
}
