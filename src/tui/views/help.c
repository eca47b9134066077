/* The help: every key, from the table of keys, and what every sign on the screen means. */
#include "tui/parts/wrap.h"
#include "tui/ui.h"

#include <stdio.h>
#include <string.h>

enum { KEYS_WIDTH = 12 };

struct help {
    int line; /* scrolled by so many */
};

struct page {
    struct gs_canvas *canvas;
    int top, height, skip, line;
};

/* Row of the next line of the page; -1: scrolled out of sight. */
static int next_row(struct page *page)
{
    int row = page->line++ - page->skip;
    return row >= 0 && row < page->height ? page->top + row : -1;
}

static void draw_title(struct page *page, const char *text)
{
    if (page->line > 0)
        next_row(page);
    gs_canvas_text(page->canvas, 1, next_row(page), page->canvas->width - 2, GS_ROLE_TITLE, 0,
                   text);
}

/* A word at x and what it means behind it, on as many lines as that takes. */
static void draw_entry(struct page *page, int x, unsigned role, const char *meaning)
{
    char line[256];
    int width = page->canvas->width - x - 1, y = page->line - 1 - page->skip;
    for (;;) {
        meaning = gs_wrap_next(meaning, width, line, sizeof line);
        gs_canvas_text(page->canvas, x, y >= 0 && y < page->height ? page->top + y : -1, width,
                       role, 0, line);
        if (!*meaning)
            return;
        y = page->line++ - page->skip;
    }
}

static void draw_key(struct page *page, const struct gs_key_line *key)
{
    gs_canvas_text(page->canvas, 3, next_row(page), KEYS_WIDTH, GS_ROLE_KEY, 0, key->keys);
    draw_entry(page, 4 + KEYS_WIDTH, GS_ROLE_TEXT, key->help);
}

/* Those that work in one of the views, each under its section's title. */
static void draw_keys(struct page *page, unsigned views)
{
    size_t count;
    const struct gs_key_line *lines = gs_keys_lines(&count), *section = NULL;
    for (const struct gs_key_line *line = lines; line < lines + count; line++) {
        if (line->action == GS_ACTION_NONE) {
            section = line;
            continue;
        }
        if (!(line->views & views))
            continue;
        if (section)
            draw_title(page, section->help);
        section = NULL;
        draw_key(page, line);
    }
}

static void draw_states(struct page *page)
{
    draw_title(page, "What the lanes show");
    for (unsigned state = GS_STATE_NONE + 1; state < GS_STATES; state++) {
        int y = next_row(page);
        const char *glyph = gs_state_glyph(state, page->canvas->ascii);
        for (int i = 0; i < 3; i++)
            gs_canvas_text(page->canvas, 3 + i, y, 1, GS_ROLE_STATE + state, 0, glyph);
        gs_canvas_text(page->canvas, 7, y, 10, GS_ROLE_TEXT, 0, gs_state_word(state));
        draw_entry(page, 18, GS_ROLE_DIM, gs_state_meaning(state));
    }
}

static void draw_sign(struct page *page, const char *sign, const char *meaning)
{
    gs_canvas_text(page->canvas, 3, next_row(page), 14, GS_ROLE_TEXT, 0, sign);
    draw_entry(page, 18, GS_ROLE_DIM, meaning);
}

static void draw_signs(struct page *page)
{
    bool ascii = page->canvas->ascii;
    draw_title(page, "Other signs");
#define GS_SIGN(sign, in_ascii, meaning)                                                           \
    if (!ascii || (in_ascii)[0])                                                                   \
        draw_sign(page, ascii ? (in_ascii) : (sign), meaning);
#include "tui/views/signs.def"
#undef GS_SIGN
}

static const char *more_words(int line, int most)
{
    if (most == 0)
        return "";
    return line == 0      ? "   (more below)"
           : line == most ? "   (more above)"
                          : "   (more above and below)";
}

/* Whose keys are told: of a view that says "elsewhere" of the others' keys, its own. */
static unsigned views_of(const struct gs_ui *ui)
{
    return ui->views[ui->before]->elsewhere ? 1u << ui->before : ~0u;
}

static void draw(struct gs_ui *ui, void *state)
{
    struct help *help = state;
    struct gs_canvas *c = &ui->canvas;
    struct page page = {.canvas = c, .top = 1, .height = c->height - 2, .skip = help->line};
    draw_keys(&page, views_of(ui));
    draw_states(&page);
    draw_signs(&page);
    int most = page.line > page.height ? page.line - page.height : 0;
    if (help->line > most) {
        help->line = most;
        gs_canvas_clear(c);
        draw(ui, state);
        return;
    }
    gs_canvas_textf(c, 0, 0, c->width, GS_ROLE_TITLE, 0, "gilscope: the keys%s",
                    more_words(help->line, most));
    gs_keys_footer(c, 0, c->height - 1, c->width, GS_VIEW_HELP, NULL, &ui->footer);
}

static void scroll(struct help *help, int lines)
{
    help->line += lines;
    if (help->line < 0)
        help->line = 0;
}

static void up(struct gs_ui *ui, void *state)
{
    (void)ui;
    scroll(state, -1);
}

static void down(struct gs_ui *ui, void *state)
{
    (void)ui;
    scroll(state, 1);
}

static void page_up(struct gs_ui *ui, void *state)
{
    scroll(state, -(ui->canvas.height - 3));
}

static void page_down(struct gs_ui *ui, void *state)
{
    scroll(state, ui->canvas.height - 3);
}

static void first(struct gs_ui *ui, void *state)
{
    (void)ui;
    ((struct help *)state)->line = 0;
}

static void last(struct gs_ui *ui, void *state)
{
    (void)ui;
    ((struct help *)state)->line = 1 << 20;
}

static void back(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_show(ui, ui->before);
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_UP] = up,           [GS_ACTION_DOWN] = down,
    [GS_ACTION_PAGE_UP] = page_up, [GS_ACTION_PAGE_DOWN] = page_down,
    [GS_ACTION_FIRST] = first,     [GS_ACTION_LAST] = last,
    [GS_ACTION_HELP] = back,       [GS_ACTION_BACK] = back,
    [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_help_view = {
    .size = sizeof(struct help), .draw = draw, .shown = first, .acts = acts};
