#include "tui/keys.h"

#include <string.h>

enum {
#define GS_VIEW(name, letter, ...) letter = 1 << GS_VIEW_##name,
#include "tui/views.def"
#undef GS_VIEW
};

static const struct gs_key_line lines[] = {
#define GS_SECTION(title) {.help = title},
#define GS_KEY(name, where, key_names, shown, word, order, text)                                   \
    {.action = GS_ACTION_##name,                                                                   \
     .views = (where),                                                                             \
     .keys = key_names,                                                                            \
     .footer_keys = shown,                                                                         \
     .footer_word = word,                                                                          \
     .rank = order,                                                                                \
     .help = text},
#include "tui/keys.def"
#undef GS_KEY
#undef GS_SECTION
};

enum { LINES = sizeof lines / sizeof *lines, GAP = 2 };

const struct gs_key_line *gs_keys_lines(size_t *count)
{
    *count = LINES;
    return lines;
}

static uint32_t code_of(const char *name, size_t length)
{
    static const struct {
        const char *name;
        uint32_t code;
    } named[] = {
        {"Up", GS_KEY_UP},
        {"Down", GS_KEY_DOWN},
        {"Left", GS_KEY_LEFT},
        {"Right", GS_KEY_RIGHT},
        {"Home", GS_KEY_HOME},
        {"End", GS_KEY_END},
        {"PageUp", GS_KEY_PAGE_UP},
        {"PageDown", GS_KEY_PAGE_DOWN},
        {"Space", ' '},
        {"Enter", GS_KEY_ENTER},
        {"Escape", GS_KEY_ESCAPE},
        {"Tab", GS_KEY_TAB},
        {"Backspace", GS_KEY_BACKSPACE},
    };
    if (length == 1)
        return (unsigned char)*name;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strlen(named[i].name) == length && !memcmp(named[i].name, name, length))
            return named[i].code;
    return 0;
}

static bool line_has(const struct gs_key_line *line, uint32_t key)
{
    for (const char *p = line->keys; p && *p;) {
        size_t length = strcspn(p, " ");
        if (code_of(p, length) == key)
            return true;
        p += length + (p[length] == ' ');
    }
    return false;
}

enum gs_action gs_keys_action(enum gs_view view, uint32_t key)
{
    for (size_t i = 0; i < LINES; i++)
        if (lines[i].views & 1u << view && line_has(&lines[i], key))
            return lines[i].action;
    return GS_ACTION_NONE;
}

static const char *word_of(const struct gs_key_line *line, const struct gs_footer_word *now)
{
    return now && now->action == line->action ? now->word : line->footer_word;
}

static int item_width(const struct gs_key_line *line, const struct gs_footer_word *now)
{
    if (line->action == GS_ACTION_NONE)
        return 0;
    return (int)(strlen(line->footer_keys) + 1 + strlen(word_of(line, now)));
}

static bool in_footer(const struct gs_key_line *line, enum gs_view view)
{
    return line->views & 1u << view && *line->footer_keys;
}

/* Which lines fit beside one another, taken by rank. */
static void choose(enum gs_view view, const struct gs_footer_word *now, int width,
                   bool chosen[LINES])
{
    int left = width + GAP;
    for (int rank = 1; rank <= GS_ACTIONS; rank++)
        for (size_t i = 0; i < LINES; i++) {
            int need = item_width(&lines[i], now) + GAP;
            if (!in_footer(&lines[i], view) || lines[i].rank != rank)
                continue;
            if (need > left)
                return;
            chosen[i] = true;
            left -= need;
        }
}

void gs_keys_footer(struct gs_canvas *canvas, int x, int y, int width, enum gs_view view,
                    const struct gs_footer_word *now)
{
    bool chosen[LINES] = {false};
    int end = x + width;
    choose(view, now, width, chosen);
    for (size_t i = 0; i < LINES; i++) {
        const struct gs_key_line *line = &lines[i];
        if (!chosen[i])
            continue;
        x = gs_canvas_text(canvas, x, y, end - x, GS_ROLE_KEY, GS_STYLE_BOLD, line->footer_keys);
        x = gs_canvas_text(canvas, x + 1, y, end - x - 1, GS_ROLE_DIM, 0, word_of(line, now)) + GAP;
    }
}
