/* A frame that goes by what earlier ones have found out is the one that looks at everything. */
#include "draw/lanes.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 60, HEIGHT = 24, THREADS = 6, WINDOW_US = 10000 };

static struct {
    struct fake_trace *f;
    uint32_t gil, threads[THREADS];
    uint64_t chance, us;
    uint32_t owner;  /* of the GIL; 0: nobody */
    uint64_t let_go; /* ns at which it was, which is not told yet; 0: it was not */
    uint32_t by;     /* … by whom */
    int tall;
    uint64_t now; /* the playhead; 0: all is shown */
    struct gs_kept kept;
    struct gs_canvas plain, kept_canvas;
} it;

static uint64_t draw_lot(uint64_t of)
{
    it.chance = it.chance * 6364136223846793005u + 1442695040888963407u;
    return (it.chance >> 33) % of;
}

static void set_up(uint64_t seed)
{
    it.f = fake_open();
    it.chance = seed;
    it.us = 0;
    it.owner = it.by = 0;
    it.let_go = it.now = 0;
    it.tall = 1 + (int)(seed % 3);
    uint32_t in = it.gil = fake_interpreter(it.f, fake_process(it.f, "process 1"), "main", true);
    for (int i = 0; i < THREADS; i++) {
        char name[32];
        snprintf(name, sizeof name, "Thread %d", i);
        it.threads[i] = fake_thread(it.f, in, name);
        fake_born(it.f, it.threads[i], 0, 0);
    }
    gs_canvas_init(&it.plain, WIDTH, HEIGHT, false);
    gs_canvas_init(&it.kept_canvas, WIDTH, HEIGHT, false);
    it.plain.two = it.kept_canvas.two = true;
}

static void tear_down(void)
{
    gs_kept_free(&it.kept);
    gs_canvas_destroy(&it.plain);
    gs_canvas_destroy(&it.kept_canvas);
    fake_close(it.f);
}

static void tell_of_drop(void)
{
    if (it.by)
        fake_drop(it.f, it.by, it.let_go, it.gil, GS_DROP_ASKED, 1);
    it.by = 0;
}

/* That somebody let go is told at once, or only after the next one took it, or much later. */
static void hand_over(uint32_t thread, uint64_t ns)
{
    if (draw_lot(2) == 0)
        tell_of_drop();
    if (it.owner && !it.by) {
        it.by = it.owner;
        it.let_go = ns;
        it.owner = 0;
    }
    if (draw_lot(3) == 0)
        tell_of_drop();
    if (!it.owner && draw_lot(3)) {
        if (it.by == thread)
            tell_of_drop();
        fake_take(it.f, thread, ns + draw_lot(20000), it.gil, 1);
        it.owner = thread;
    }
}

/* Some lanes change often, some hardly ever, some are told afterwards that they had no core. */
static void go_on(void)
{
    for (int i = 0; i < 30; i++) {
        it.us += draw_lot(40);
        uint32_t thread = it.threads[draw_lot(2) ? 0 : draw_lot(THREADS)];
        uint64_t ns = it.us * 1000;
        if (draw_lot(12) == 0)
            fake_off_core(it.f, thread, ns, ns > 300000 ? ns - 300000 : 0, ns);
        else
            fake_state(it.f, thread, ns, (unsigned)(GS_STATE_RUNNING + draw_lot(5)), 0, 1, 0);
        if (draw_lot(5) == 0)
            hand_over(thread, ns);
        if (draw_lot(40) == 0)
            fake_label(it.f, thread, ns, "label", 1);
        else if (draw_lot(40) == 0)
            fake_label_end(it.f, thread, ns);
    }
    if (draw_lot(3) == 0)
        gs_timeline_extend(it.f->timeline, (it.us + 500) * 1000);
}

static void draw(struct gs_canvas *canvas, struct gs_kept *kept, uint64_t from, uint64_t until,
                 struct gs_lanes_signs *signs)
{
    struct gs_rows rows = {0};
    gs_rows_build(&rows, it.f->timeline, NULL);
    struct gs_lanes_view view = {.timeline = it.f->timeline,
                                 .rows = &rows,
                                 .from = from,
                                 .until = until,
                                 .width = WIDTH,
                                 .height = HEIGHT,
                                 .tall = it.tall,
                                 .now = it.now,
                                 .selected = -1,
                                 .cursor = UINT64_MAX,
                                 .kept = kept};
    gs_canvas_clear(canvas);
    gs_lanes_draw(canvas, &view, signs);
    gs_rows_free(&rows);
}

static void frames_are_alike(uint64_t from, uint64_t until)
{
    struct gs_lanes_signs plain, kept;
    draw(&it.plain, NULL, from, until, &plain);
    draw(&it.kept_canvas, &it.kept, from, until, &kept);
    assert_memory_equal(&plain.states, &kept.states, sizeof plain.states);
    assert_int_equal(plain.mixed, kept.mixed);
    assert_int_equal(plain.ran, kept.ran);
    assert_int_equal(plain.others, kept.others);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const struct gs_cell *a = gs_canvas_cell(&it.plain, x, y);
            const struct gs_cell *b = gs_canvas_cell(&it.kept_canvas, x, y);
            assert_string_equal(a->glyph, b->glyph);
            assert_int_equal(a->role, b->role);
            assert_int_equal(a->style, b->style);
            assert_int_equal(a->back, b->back);
        }
}

static void a_run_that_goes_on_is_drawn_as_it_is(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        set_up(seed);
        while (it.us < WINDOW_US) {
            go_on();
            it.now = draw_lot(3) ? 0 : draw_lot(it.us * 1000) + 1;
            if (draw_lot(20) == 0)
                it.tall = 1 + (int)draw_lot(3);
            if (draw_lot(20) == 0)
                it.plain.two = it.kept_canvas.two = !it.plain.two;
            frames_are_alike(0, FAKE_US(WINDOW_US));
        }
        tear_down();
    }
}

static void another_window_is_looked_at_anew(void **state)
{
    (void)state;
    set_up(7);
    while (it.us < WINDOW_US)
        go_on();
    for (int i = 0; i < 50; i++) {
        uint64_t from = draw_lot(WINDOW_US / 2), span = 1 + draw_lot(WINDOW_US);
        frames_are_alike(FAKE_US(from), FAKE_US(from + span));
        frames_are_alike(FAKE_US(from), FAKE_US(from + span));
    }
    tear_down();
}

/* Runs that are brief are hidden while most columns have one, and come to light when few have. */
static void what_was_hushed_is_heard_again(void **state)
{
    (void)state;
    set_up(3);
    enum { COLUMN_US = WINDOW_US / 50, SOME = 10, ALL = 40 };
    for (uint64_t c = 0; c < ALL; c++) {
        uint64_t us = c * COLUMN_US + COLUMN_US / 2;
        if (c == 0)
            fake_state(it.f, it.threads[0], 0, GS_STATE_IO, 0, 1, 0);
        if (c < SOME || c % 15 == 0) {
            fake_state(it.f, it.threads[0], FAKE_US(us), GS_STATE_RUNNING, 0, 1, 0);
            fake_state(it.f, it.threads[0], FAKE_US(us + 2), GS_STATE_IO, 0, 1, 0);
        }
        gs_timeline_extend(it.f->timeline, FAKE_US(us + COLUMN_US / 2));
        frames_are_alike(0, FAKE_US(WINDOW_US));
    }
    tear_down();
}

/* The screen takes a run to be as long as its clock says, until its end comes. */
static void a_run_that_ended_earlier_is_blank_behind_its_end(void **state)
{
    (void)state;
    set_up(3);
    fake_state(it.f, it.threads[0], 0, GS_STATE_IO, 0, 1, 0);
    gs_timeline_extend(it.f->timeline, FAKE_US(WINDOW_US / 2));
    frames_are_alike(0, FAKE_US(WINDOW_US));
    fake_end(it.f, FAKE_US(WINDOW_US / 4), 0);
    frames_are_alike(0, FAKE_US(WINDOW_US));
    assert_true(gs_timeline_end(it.f->timeline) < FAKE_US(WINDOW_US / 2));
    tear_down();
}

/* What nobody could see is not known to be right: that it is kept at all is a claim, too. */
static void what_lies_behind_a_change_is_kept(void **state)
{
    (void)state;
    set_up(3);
    fake_state(it.f, it.threads[0], 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_state(it.f, it.threads[0], FAKE_US(WINDOW_US / 2), GS_STATE_IO, 0, 1, 0);
    gs_timeline_extend(it.f->timeline, FAKE_US(WINDOW_US));
    frames_are_alike(0, FAKE_US(WINDOW_US));
    struct gs_kept_lane *first = gs_kept_lane(&it.kept, it.threads[0]);
    assert_true(first->done > it.kept.columns / 2 - 2);
    assert_true(first->done <= it.kept.columns / 2);
    tear_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_goes_on_is_drawn_as_it_is),
        cmocka_unit_test(another_window_is_looked_at_anew),
        cmocka_unit_test(what_was_hushed_is_heard_again),
        cmocka_unit_test(a_run_that_ended_earlier_is_blank_behind_its_end),
        cmocka_unit_test(what_lies_behind_a_change_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
