/* The terminal's last step: a canvas goes out, and only what changed. */
#include "support/vterm_screen.h"
#include "tui/term/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void draw(struct gs_term *term, struct gs_canvas *canvas, const char *text, int styled)
{
    gs_canvas_clear(canvas);
    gs_canvas_text(canvas, 0, 0, canvas->width, GS_ROLE_TEXT, 0, text);
    if (styled >= 0)
        gs_canvas_at(canvas, styled, 0)->style = GS_STYLE_REVERSE;
    gs_term_draw(term, canvas);
}

/* Draws what the context says, and waits for a key between the two. */
struct change {
    const char *before, *after;
    int styled; /* a column that changes its style too; -1: none */
};

static int draw_change(void *context)
{
    const struct change *change = context;
    struct gs_error err;
    char key;
    struct gs_term *term = gs_term_open(&err);
    struct gs_canvas canvas;
    int width, height;
    gs_term_size(term, &width, &height);
    gs_canvas_init(&canvas, width, height, false);
    draw(term, &canvas, change->before, -1);
    bool ok = read(STDIN_FILENO, &key, 1) == 1;
    draw(term, &canvas, change->after, change->styled);
    ok = ok && read(STDIN_FILENO, &key, 1) == 1;
    gs_canvas_destroy(&canvas);
    gs_term_close(term);
    return !ok;
}

static const struct change changes[] = {
    {"a漢b-", "a漢c+", -1},    /* right of a wide one */
    {"a漢b-", "a漢c+", 2},     /* from its second half on */
    {"a漢b-", "a漢b+", 1},     /* its first half only */
    {"a漢b-", "a字b+", -1},    /* another one in its place */
    {"a漢b-", "axyb+", -1},    /* two narrow ones */
    {"axyb-", "a漢b+", -1},    /* … and back */
    {"漢漢b-", "a漢b+", -1},   /* moved by half */
    {"a漢字b-", "a漢字c+", 4}, /* the last one's second half */
};

static void halves_of_wide_characters_are_not_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char row[256];
        struct change change = changes[i];
        const struct vscreen_conf conf = {
            .width = 20, .height = 5, .child = draw_change, .context = &change};
        struct vscreen *screen = vscreen_open(&conf);
        vscreen_expect(screen, "-");
        vscreen_keys(screen, "x");
        vscreen_expect(screen, "+");
        assert_string_equal(vscreen_row(screen, 0, row, sizeof row), change.after);
        vscreen_keys(screen, "x");
        assert_int_equal(vscreen_wait(screen), 0);
        vscreen_close(screen);
    }
}

/* A cell of two colours, one on the ground as it is, and a whole one of a role that is filled. */
static int draw_halves(void *context)
{
    struct gs_error err;
    char key;
    struct gs_term *term = gs_term_open(&err);
    struct gs_canvas canvas;
    (void)context;
    gs_canvas_init(&canvas, 20, 5, false);
    gs_canvas_fill_two(&canvas, 0, 0, 1, "▌", GS_ROLE_STATE + GS_STATE_RUNNING,
                       GS_ROLE_STATE + GS_STATE_WANTS_GIL);
    gs_canvas_fill_two(&canvas, 1, 0, 1, "▐", GS_ROLE_STATE + GS_STATE_WANTS_GIL, GS_ROLE_TEXT);
    gs_canvas_fill(&canvas, 2, 0, 1, "░", GS_ROLE_STATE + GS_STATE_WANTS_GIL, 0);
    gs_canvas_text(&canvas, 0, 1, 10, GS_ROLE_TEXT, 0, gs_term_colours(term) ? "colours" : "none");
    gs_term_draw(term, &canvas);
    bool ok = read(STDIN_FILENO, &key, 1) == 1;
    gs_canvas_destroy(&canvas);
    gs_term_close(term);
    return !ok;
}

static void a_cell_can_have_two_colours(void **state)
{
    (void)state;
    enum { GREEN = 29, VERMILLION = 166, INK = 16 };
    static const int expected[3][2] = {{GREEN, VERMILLION}, {VERMILLION, -1}, {INK, VERMILLION}};
    const struct vscreen_conf conf = {.width = 20, .height = 5, .child = draw_halves};
    struct vscreen *screen = vscreen_open(&conf);
    vscreen_expect(screen, "colours");
    for (int x = 0; x < 3; x++) {
        int text, ground;
        vscreen_colours(screen, x, 0, &text, &ground);
        assert_int_equal(text, expected[x][0]);
        assert_int_equal(ground, expected[x][1]);
    }
    vscreen_keys(screen, "x");
    assert_int_equal(vscreen_wait(screen), 0);
    vscreen_close(screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_of_wide_characters_are_not_sent),
        cmocka_unit_test(a_cell_can_have_two_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
