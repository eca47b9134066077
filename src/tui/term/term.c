#include "tui/term/term.h"

#include "tui/term/paint.h"
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
    struct gs_paint *paint;
    bool mouse;  /* it is to tell of the mouse */
    int colours; /* 0: none */
};

bool gs_term_unicode(void)
{
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* How many colours the terminal has and the user wants. */
static int colours_of_terminal(void)
{
    const char *no_color = getenv("NO_COLOR");
    bool any = !(no_color && *no_color) && has_colors();
    return any && start_color() == OK && use_default_colors() == OK ? COLORS : 0;
}

bool gs_term_colours(const struct gs_term *term)
{
    return term->colours > 0;
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
    gs_paint_append_capability(bytes, sizeof bytes, "sgr0");
    gs_paint_append_capability(bytes, sizeof bytes, "op");
    gs_paint_append_capability(bytes, sizeof bytes, "rmcup");
    gs_paint_append_capability(bytes, sizeof bytes, "cnorm");
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
    arm_restore();
    term->colours = colours_of_terminal();
    term->paint = gs_paint_new(term->colours);
    cbreak();
    noecho();
    nonl();
    curs_set(0);
    leaveok(stdscr, TRUE);
    refresh(); /* it has the terminal's other screen now, and does not paint again */
    tell(PASTE_ON);
    return term;
}

static void forget(struct gs_term *term)
{
    gs_restore_disarm();
    gs_paint_free(term->paint);
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
            gs_paint_forget(term->paint);
        }
    }
    *width = COLS;
    *height = LINES;
}

void gs_term_draw(struct gs_term *term, const struct gs_canvas *canvas)
{
    gs_paint_draw(term->paint, STDOUT_FILENO, canvas);
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
    gs_paint_forget(term->paint);
    arm_restore();
    refresh();
    curs_set(0);
    tell(PASTE_ON);
    if (term->mouse)
        tell(MOUSE_ON);
}
