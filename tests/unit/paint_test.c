/* The bytes of a frame: those of what changed, in one write, with pens that are changed no oftener
 * than they must be. */
#include "tui/term/paint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <term.h>

static struct {
    struct gs_paint *paint;
    struct gs_canvas canvas;
    int ends[2];
} it;

static void begin(const char *terminal, int colours)
{
    assert_int_equal(setupterm(terminal, STDOUT_FILENO, NULL), 0);
    assert_int_equal(pipe(it.ends), 0);
    it.paint = gs_paint_new(colours);
    gs_canvas_init(&it.canvas, 40, 3, false);
}

static void end(void)
{
    gs_paint_free(it.paint);
    gs_canvas_destroy(&it.canvas);
    close(it.ends[0]);
    close(it.ends[1]);
    del_curterm(cur_term);
}

/* What a draw sends, of which there must be something: it is read at once. */
static const char *sent(void)
{
    static char bytes[4096];
    gs_paint_draw(it.paint, it.ends[1], &it.canvas);
    ssize_t count = read(it.ends[0], bytes, sizeof bytes - 1);
    assert_true(count > 0);
    bytes[count] = '\0';
    return bytes;
}

static void what_is_alike_is_not_sent(void **state)
{
    (void)state;
    begin("xterm-256color", 0);
    gs_canvas_text(&it.canvas, 0, 1, 40, GS_ROLE_TEXT, 0, "one two three");
    assert_non_null(strstr(sent(), "one two three"));
    gs_canvas_text(&it.canvas, 0, 1, 40, GS_ROLE_TEXT, 0, "One two thReE");
    assert_string_equal(sent(), "\033[2;1HO\033[2;11HReE");
    gs_canvas_text(&it.canvas, 30, 0, 10, GS_ROLE_TEXT, GS_STYLE_BOLD, "ab");
    gs_canvas_text(&it.canvas, 32, 0, 10, GS_ROLE_TEXT, 0, "c");
    assert_string_equal(sent(), "\033[1;31H\033[1mab\033(B\033[mc");
    /* What a cell had in between leaves no trace in it. */
    gs_canvas_text(&it.canvas, 0, 1, 1, GS_ROLE_TEXT, 0, "─");
    gs_canvas_text(&it.canvas, 0, 1, 1, GS_ROLE_TEXT, 0, "O");
    gs_canvas_text(&it.canvas, 39, 0, 1, GS_ROLE_TEXT, 0, "d");
    assert_string_equal(sent(), "\033[1;40Hd");
    gs_paint_forget(it.paint);
    assert_non_null(strstr(sent(), "\033[H\033[2J"));
    end();
}

static void a_colour_that_stays_is_not_sent_again(void **state)
{
    (void)state;
    begin("xterm-256color", 256);
    sent();
    gs_canvas_fill_two(&it.canvas, 0, 0, 1, "▌", GS_ROLE_STATE + GS_STATE_RUNNING,
                       GS_ROLE_STATE + GS_STATE_WANTS_GIL);
    gs_canvas_fill(&it.canvas, 1, 0, 2, "░", GS_ROLE_STATE + GS_STATE_WANTS_GIL, 0);
    assert_string_equal(
        sent(), "\033[1;1H\033[38;5;29m\033[48;5;166m▌\033[38;5;16m░░\033(B\033[m\033[39;49m");
    end();
}

/* The last cell of all would push the picture up on a terminal that goes on to the next line. */
static void a_terminal_that_scrolls_is_spared_its_last_cell(void **state)
{
    (void)state;
    begin("ansi", 0);
    gs_canvas_text(&it.canvas, 38, 2, 2, GS_ROLE_TEXT, 0, "yz");
    const char *bytes = sent();
    assert_non_null(strchr(bytes, 'y'));
    assert_null(strchr(bytes, 'z'));
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_alike_is_not_sent),
        cmocka_unit_test(a_colour_that_stays_is_not_sent_again),
        cmocka_unit_test(a_terminal_that_scrolls_is_spared_its_last_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
