/* Keys and what they do: the table keys.def, looked up by key, and its other uses, footer and help.
 */
#ifndef GS_TUI_KEYS_H
#define GS_TUI_KEYS_H

#include "draw/canvas.h"

/* A key is a Unicode character or one of these. */
enum gs_key_code {
    GS_KEY_UP = 0x110000,
    GS_KEY_DOWN,
    GS_KEY_LEFT,
    GS_KEY_RIGHT,
    GS_KEY_HOME,
    GS_KEY_END,
    GS_KEY_PAGE_UP,
    GS_KEY_PAGE_DOWN,
    GS_KEY_DELETE,
    GS_KEY_TAB = '\t',
    GS_KEY_ENTER = '\r',
    GS_KEY_ESCAPE = 27,
    GS_KEY_BACKSPACE = 127
};

enum gs_action {
    GS_ACTION_NONE,
#define GS_SECTION(title)
#define GS_KEY(action, ...) GS_ACTION_##action,
#include "tui/keys.def"
#undef GS_KEY
#undef GS_SECTION
    GS_ACTIONS
};

/* Where a key works. */
enum gs_view {
#define GS_VIEW(name, ...) GS_VIEW_##name,
#include "tui/views.def"
#undef GS_VIEW
    GS_VIEWS
};

/* One line of keys.def; a line of kind section has only a help text. */
struct gs_key_line {
    enum gs_action action; /* NONE: a section's title */
    unsigned views;        /* 1 << enum gs_view, of all where it works */
    const char *keys, *footer_keys, *footer_word;
    int rank;
    const char *help;
};

const struct gs_key_line *gs_keys_lines(size_t *count);

/* What key does in a view; NONE if nothing. */
enum gs_action gs_keys_action(enum gs_view view, uint32_t key);

/* A key that does something else just now, and how the footer calls that. */
struct gs_footer_word {
    enum gs_action action;
    const char *word;
};

/* Where a footer has which key: its names are one each, its word is the first of them. */
struct gs_footer {
    struct gs_footer_key {
        int x, end; /* columns */
        uint32_t key;
    } keys[64];
    int count, y;
};

/* The most useful keys of a view that fit into width cells of row y, which footer gets. now may be
 * NULL. */
void gs_keys_footer(struct gs_canvas *canvas, int x, int y, int width, enum gs_view view,
                    const struct gs_footer_word *now, struct gs_footer *footer);

/* The key that stands at a place; 0: none. */
uint32_t gs_footer_key(const struct gs_footer *footer, int x, int y);

#endif
