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

static void add_key(struct gs_footer *footer, int x, int end, uint32_t key)
{
    if (footer->count < (int)(sizeof footer->keys / sizeof *footer->keys))
        footer->keys[footer->count++] = (struct gs_footer_key){x, end, key};
}

/* "> <" are two keys. In a footer they have names of their own: the line's, in the same order,
 * unless they are letters. */
static uint32_t footer_code(const struct gs_key_line *line, const char *name, size_t length)
{
    return length == 1 ? (unsigned char)*name : code_of(line->keys, strcspn(line->keys, " "));
}

static void add_keys(struct gs_footer *footer, const struct gs_key_line *line, int x, int end)
{
    const char *name = line->footer_keys;
    uint32_t first = footer_code(line, name, strcspn(name, " "));
    while (*name) {
        size_t length = strcspn(name, " ");
        add_key(footer, x, x + (int)length, footer_code(line, name, length));
        x += (int)length + 1;
        name += length + (name[length] == ' ');
    }
    add_key(footer, x - 1, end, first);
}

uint32_t gs_footer_key(const struct gs_footer *footer, int x, int y)
{
    for (int i = 0; i < footer->count && y == footer->y; i++)
        if (x >= footer->keys[i].x && x < footer->keys[i].end)
            return footer->keys[i].key;
    return 0;
}

void gs_keys_footer(struct gs_canvas *canvas, int x, int y, int width, enum gs_view view,
                    const struct gs_footer_word *now, struct gs_footer *footer)
{
    bool chosen[LINES] = {false};
    int end = x + width;
    choose(view, now, width, chosen);
    *footer = (struct gs_footer){.y = y};
    for (size_t i = 0; i < LINES; i++) {
        const struct gs_key_line *line = &lines[i];
        if (!chosen[i])
            continue;
        int from = x;
        x = gs_canvas_text(canvas, x, y, end - x, GS_ROLE_KEY, GS_STYLE_BOLD, line->footer_keys);
        x = gs_canvas_text(canvas, x + 1, y, end - x - 1, GS_ROLE_DIM, 0, word_of(line, now));
        add_keys(footer, line, from, x);
        x += GAP;
    }
}
