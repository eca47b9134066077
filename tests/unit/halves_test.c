/* Cells of two colours: where one state ends and the next begins within a column, and where a
 * column is a mixture. */
#include "draw/lanes.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TITLES = 10, COLUMNS = 10, LANE = 2 };

struct piece {
    double from; /* ms */
    unsigned state;
};

#define PIECES(...) ((const struct piece[]){__VA_ARGS__, {0, GS_STATES}})

struct picture {
    struct fake_trace *f;
    struct gs_canvas canvas;
};

static double ends = 10; /* ms that the run takes */

/* A lane of ten columns of 1 ms; NONE is its death. */
static struct picture draw(const struct piece *pieces, bool two)
{
    struct picture p = {.f = fake_open()};
    uint32_t in = fake_interpreter(p.f, fake_process(p.f, "process 1"), "main", false);
    uint32_t t = fake_thread(p.f, in, "worker");
    fake_born(p.f, t, FAKE_MS(pieces->from), 0);
    for (; pieces->state < GS_STATES; pieces++) {
        if (pieces->state)
            fake_state(p.f, t, FAKE_MS(pieces->from), pieces->state, 0, 1, 0);
        else
            fake_died(p.f, t, FAKE_MS(pieces->from), false);
    }
    fake_end(p.f, FAKE_MS(ends), 0);
    struct gs_rows rows = {0};
    gs_rows_build(&rows, p.f->timeline, NULL);
    gs_canvas_init(&p.canvas, TITLES + COLUMNS, 6, false);
    p.canvas.two = two;
    struct gs_lanes_view view = {.timeline = p.f->timeline,
                                 .rows = &rows,
                                 .until = FAKE_MS(10),
                                 .width = TITLES + COLUMNS,
                                 .height = 6,
                                 .title_width = TITLES,
                                 .selected = -1,
                                 .cursor = UINT64_MAX};
    gs_lanes_draw(&p.canvas, &view, NULL);
    gs_rows_free(&rows);
    return p;
}

static void close(struct picture *p)
{
    gs_canvas_destroy(&p->canvas);
    fake_close(p->f);
}

/* back GS_STATE_NONE: the ground as it is. */
static void cell_is(const struct picture *p, int column, const char *glyph, unsigned state,
                    unsigned back)
{
    const struct gs_cell *cell = gs_canvas_cell(&p->canvas, TITLES + column, LANE);
    assert_string_equal(cell->glyph, glyph);
    assert_int_equal(cell->role, GS_ROLE_STATE + state);
    assert_int_equal(cell->style & GS_STYLE_TWO, GS_STYLE_TWO);
    assert_int_equal(cell->back, back ? GS_ROLE_STATE + back : GS_ROLE_TEXT);
}

static void row_is(const struct picture *p, const char *lane)
{
    char row[256];
    gs_canvas_row(&p->canvas, LANE, row, sizeof row);
    assert_string_equal(row + TITLES, lane);
}

static void an_edge_in_the_middle_has_half_a_cell(void **state)
{
    (void)state;
    const struct piece *pieces =
        PIECES({0, GS_STATE_RUNNING}, {3.4, GS_STATE_WANTS_GIL}, {7.1, GS_STATE_RUNNING});
    struct picture p = draw(pieces, true);
    row_is(&p, "███▌░░░███");
    cell_is(&p, 3, "▌", GS_STATE_RUNNING, GS_STATE_WANTS_GIL);
    close(&p);
    /* Without colours as ever. */
    p = draw(pieces, false);
    row_is(&p, "███░░░░███");
    close(&p);
}

/* What is drawn as a thin line has no half that could be filled. */
static void beside_a_thin_state_the_ground_is_the_other_half(void **state)
{
    (void)state;
    struct picture p = draw(
        PIECES({0, GS_STATE_SLEEPING}, {3.5, GS_STATE_RUNNING}, {6.4, GS_STATE_WAITING}), true);
    row_is(&p, "···▐██▌╌╌╌");
    cell_is(&p, 3, "▐", GS_STATE_RUNNING, GS_STATE_NONE);
    cell_is(&p, 6, "▌", GS_STATE_RUNNING, GS_STATE_NONE);
    close(&p);
}

static void a_life_begins_and_ends_in_half_a_cell(void **state)
{
    (void)state;
    struct picture p = draw(PIECES({2.6, GS_STATE_RUNNING}, {6.4, GS_STATE_NONE}), true);
    row_is(&p, "  ▐███▌");
    close(&p);
}

/* A life that goes on does not end where the run has come to. */
static void the_end_of_what_is_there_is_no_edge(void **state)
{
    (void)state;
    ends = 6.4;
    struct picture p = draw(PIECES({0, GS_STATE_RUNNING}), true);
    row_is(&p, "██████");
    close(&p);
    ends = 10;
}

/* No state is told by its colour alone: the sign stands in the cell beside. */
static void a_half_that_stands_alone_is_not_drawn(void **state)
{
    (void)state;
    struct picture p = draw(
        PIECES({0, GS_STATE_RUNNING}, {3.4, GS_STATE_WANTS_GIL}, {4.2, GS_STATE_RUNNING}), true);
    row_is(&p, "███░██████");
    close(&p);
}

static void a_mixture_has_the_colours_of_its_states(void **state)
{
    (void)state;
    struct picture p = draw(PIECES({0, GS_STATE_RUNNING}, {3.2, GS_STATE_WANTS_GIL},
                                   {3.5, GS_STATE_RUNNING}, {3.7, GS_STATE_WANTS_GIL}),
                            true);
    cell_is(&p, 3, "▒", GS_STATE_WANTS_GIL, GS_STATE_RUNNING);
    close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_in_the_middle_has_half_a_cell),
        cmocka_unit_test(beside_a_thin_state_the_ground_is_the_other_half),
        cmocka_unit_test(a_life_begins_and_ends_in_half_a_cell),
        cmocka_unit_test(the_end_of_what_is_there_is_no_edge),
        cmocka_unit_test(a_half_that_stands_alone_is_not_drawn),
        cmocka_unit_test(a_mixture_has_the_colours_of_its_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
