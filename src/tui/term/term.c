#include "tui/term/term.h"

#include "draw/palette.h"
#include "tui/term/palette.h"
#include "tui/term/restore.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

/* Larger than any screen. Curses keeps sizes in a short and does not look whether they fit. */
enum { WIDEST = 2000, HIGHEST = 1000 };

struct gs_term {
    SCREEN *screen;
    struct gs_canvas shown; /* what the last draw left on the terminal */
    bool stale;             /* … or nothing that can be relied on */
    bool mouse;             /* it is to tell of the mouse */
    int colours;            /* 0: none */
    attr_t attributes[GS_ROLES];
    short pairs[GS_ROLES];
    short two[GS_ROLES][GS_ROLES]; /* of GS_STYLE_TWO, as they come to be needed; 0: not yet */
    int pairs_used;
};

bool gs_term_unicode(void)
{
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static attr_t style_attributes(unsigned style)
{
    return (style & GS_STYLE_BOLD ? A_BOLD : 0) | (style & GS_STYLE_UNDERLINE ? A_UNDERLINE : 0) |
           (style & GS_STYLE_REVERSE ? A_REVERSE : 0);
}

static void prepare_roles(struct gs_term *term)
{
    const char *no_color = getenv("NO_COLOR");
    if (!(no_color && *no_color) && has_colors() && start_color() == OK &&
        use_default_colors() == OK)
        term->colours = COLORS;
    int colours = term->colours;
    term->pairs_used = GS_ROLES;
    for (unsigned role = 0; role < GS_ROLES; role++) {
        int colour = gs_palette_colour(role, colours), ink = gs_palette_ink_colour(role, colours);
        int text = ink >= 0 ? ink : colour, ground = ink >= 0 ? colour : -1;
        term->attributes[role] = style_attributes(gs_palette_style(role));
        if (colour >= 0 && init_extended_pair((int)role + 1, text, ground) == OK)
            term->pairs[role] = (short)(role + 1);
        else if (role == GS_ROLE_DIM)
            term->attributes[role] |= A_DIM;
    }
}

bool gs_term_colours(const struct gs_term *term)
{
    return term->colours > 0;
}

/* A terminal that has no more of them shows the cell in the role's own look. */
static short pair_of(struct gs_term *term, const struct gs_cell *cell)
{
    short *pair = &term->two[cell->role][cell->back];
    if (!(cell->style & GS_STYLE_TWO) || term->colours == 0)
        return term->pairs[cell->role];
    if (*pair == 0) {
        int text = gs_palette_colour(cell->role, term->colours);
        int ground = cell->back ? gs_palette_colour(cell->back, term->colours) : -1;
        bool made = init_extended_pair(term->pairs_used + 1, text, ground) == OK;
        *pair = made ? (short)++term->pairs_used : term->pairs[cell->role];
    }
    return *pair;
}

/* Appends a terminal capability without its padding notes, which only curses can honour. */
static void append_capability(char *bytes, size_t size, const char *name)
{
    const char *text = tigetstr((char *)name);
    if (!text || text == (char *)-1)
        return;
    size_t at = strlen(bytes);
    while (*text && at + 1 < size) {
        if (text[0] == '$' && text[1] == '<')
            text = strchr(text, '>') ? strchr(text, '>') + 1 : text + 2;
        else
            bytes[at++] = *text++;
    }
    bytes[at] = '\0';
}

/* Buttons, and moves while one is down; in numbers that do not end at column 223. */
#define MOUSE_ON  "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"

/* The terminal says where text begins and ends that is pasted. */
#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* Those that have a mouse know both; curses' own names for them differ from version to version. */
static bool knows_mouse(void)
{
    const char *reports = tigetstr("kmous");
    return reports && reports != (char *)-1;
}

/* Behind what curses has sent. */
static void tell(const char *bytes)
{
    if (knows_mouse())
        (void)!write(STDOUT_FILENO, bytes, strlen(bytes));
}

static void arm_restore(void)
{
    char bytes[512] = "";
    if (knows_mouse())
        strcat(bytes, MOUSE_OFF PASTE_OFF);
    append_capability(bytes, sizeof bytes, "sgr0");
    append_capability(bytes, sizeof bytes, "op");
    append_capability(bytes, sizeof bytes, "rmcup");
    append_capability(bytes, sizeof bytes, "cnorm");
    gs_restore_arm(bytes, strlen(bytes));
}

static bool can_show_a_screen(struct gs_error *err)
{
    /* A small system knows few terminals, and this one nearly every terminal can pass for. */
    static const char advice[] = "set TERM, for example to xterm-256color, or print: gilscope run "
                                 "SCENE --print lanes";
    const char *name = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return gs_error_set(err, "the screen needs a terminal on standard input and output");
    if (!gs_restore_keep(STDOUT_FILENO))
        return gs_error_set(err, "the terminal's settings cannot be read");
    int code = 0;
    if (!name || !*name)
        return gs_error_set(err, "the terminal's type is not said; %s", advice);
    if (setupterm(NULL, STDOUT_FILENO, &code) != OK)
        return gs_error_set(err, "the terminal type \"%s\" is not known here; %s", name, advice);
    const char *move = tigetstr("cup");
    if (!move || move == (char *)-1)
        return gs_error_set(err, "a terminal of type \"%s\" cannot show a screen; %s", name,
                            advice);
    return true;
}

static bool size_is_bounded(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row <= HIGHEST &&
           size.ws_col <= WIDEST;
}

/* Curses ignores SIGTSTP while it writes, so that a Ctrl-Z that falls into a frame is lost. It
 * keeps its hands off a signal that does not have its default action when it starts. */
static SCREEN *start_curses(void)
{
    struct sigaction before, ours = {.sa_handler = SIG_IGN};
    sigaction(SIGTSTP, &ours, &before);
    use_env(FALSE); /* the size is asked for where it can be bounded: gs_term_size … */
    use_tioctl(size_is_bounded()); /* … but some terminals, as Linux's console, have no other */
    SCREEN *screen = newterm(NULL, stdout, stdin);
    sigaction(SIGTSTP, &before, NULL);
    return screen;
}

struct gs_term *gs_term_open(struct gs_error *err)
{
    gs_term_unicode();
    if (!can_show_a_screen(err))
        return NULL;
    SCREEN *screen = start_curses();
    if (!screen) {
        gs_error_set(err, "the terminal cannot be set up for a screen");
        return NULL;
    }
    struct gs_term *term = calloc(1, sizeof *term);
    if (!term)
        abort();
    term->screen = screen;
    term->stale = true;
    gs_canvas_init(&term->shown, COLS, LINES, false);
    arm_restore();
    prepare_roles(term);
    cbreak();
    noecho();
    nonl();
    curs_set(0);
    leaveok(stdscr, TRUE);
    tell(PASTE_ON);
    return term;
}

static void forget(struct gs_term *term)
{
    gs_restore_disarm();
    gs_canvas_destroy(&term->shown);
    free(term);
}

void gs_term_close(struct gs_term *term)
{
    SCREEN *screen = term->screen;
    tell(MOUSE_OFF PASTE_OFF);
    endwin();
    gs_restore_settings();
    forget(term);
    delscreen(screen);
}

void gs_term_size(struct gs_term *term, int *width, int *height)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
        int high = size.ws_row < HIGHEST ? size.ws_row : HIGHEST;
        int wide = size.ws_col < WIDEST ? size.ws_col : WIDEST;
        if (high != LINES || wide != COLS) {
            resizeterm(high, wide);
            term->stale = true;
        }
    }
    *width = COLS;
    *height = LINES;
}

static bool same_cell(const struct gs_cell *a, const struct gs_cell *b)
{
    return a->role == b->role && a->style == b->style && a->back == b->back &&
           !strcmp(a->glyph, b->glyph);
}

static bool same_look(const struct gs_cell *a, const struct gs_cell *b)
{
    return a->role == b->role && a->style == b->style && a->back == b->back;
}

/* Sends the cells x … end of a row, as many of one look at a time as there are. */
static void put_cells(struct gs_term *term, const struct gs_cell *row, int y, int x, int end)
{
    move(y, x);
    while (x < end) {
        char text[1024];
        size_t used = 0;
        const struct gs_cell *first = &row[x];
        for (; x < end && same_look(first, &row[x]); x++) {
            size_t length = strlen(row[x].glyph);
            if (used + length + 1 > sizeof text)
                break;
            memcpy(text + used, row[x].glyph, length);
            used += length;
        }
        attr_set(term->attributes[first->role] | style_attributes(first->style),
                 pair_of(term, first), NULL);
        addnstr(text, (int)used);
    }
}

static void draw_row(struct gs_term *term, const struct gs_canvas *canvas, int y)
{
    const struct gs_cell *row = &canvas->cells[y * canvas->width];
    const struct gs_cell *old = &term->shown.cells[y * canvas->width];
    int from = 0, end = canvas->width;
    /* Most rows of most frames are the same to the byte; the rest of a glyph's room may differ. */
    if (!term->stale && memcmp(row, old, (size_t)end * sizeof *row) == 0)
        return;
    if (!term->stale) {
        while (from < end && same_cell(&row[from], &old[from]))
            from++;
        while (end > from && same_cell(&row[end - 1], &old[end - 1]))
            end--;
        /* A wide character is sent from its first cell, which has all of it. */
        while (from > 0 && from < end && !row[from].glyph[0])
            from--;
    }
    if (from < end)
        put_cells(term, row, y, from, end);
}

void gs_term_draw(struct gs_term *term, const struct gs_canvas *canvas)
{
    if (term->shown.width != canvas->width || term->shown.height != canvas->height) {
        gs_canvas_resize(&term->shown, canvas->width, canvas->height);
        term->stale = true;
    }
    if (term->stale)
        clear();
    for (int y = 0; y < canvas->height; y++)
        draw_row(term, canvas, y);
    memcpy(term->shown.cells, canvas->cells,
           sizeof *canvas->cells * (size_t)canvas->width * (size_t)canvas->height);
    term->stale = false;
    refresh();
}

void gs_term_set_mouse(struct gs_term *term, bool on)
{
    if (on != term->mouse)
        tell(on ? MOUSE_ON : MOUSE_OFF);
    term->mouse = on;
}

void gs_term_suspend(struct gs_term *term)
{
    (void)term;
    tell(MOUSE_OFF PASTE_OFF);
    endwin();
    gs_restore_settings();
    gs_restore_disarm();
}

void gs_term_resume(struct gs_term *term)
{
    term->stale = true;
    arm_restore();
    refresh();
    curs_set(0);
    tell(PASTE_ON);
    if (term->mouse)
        tell(MOUSE_ON);
}
