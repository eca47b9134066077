/* The playhead and the window of time it moves through. */
#include "tui/look/window.h"
#include "tui/run/playback.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define MS 1000000u

static void playhead_never_passes_the_live_end(void **state)
{
    (void)state;
    struct gs_playback p = {.speed = 1};
    assert_true(gs_playback_advance(&p, 16 * MS, 10 * MS));
    assert_int_equal(p.now, 10 * MS);
    assert_false(gs_playback_advance(&p, 16 * MS, 10 * MS));
    p.paused = true;
    assert_false(gs_playback_advance(&p, 16 * MS, 90 * MS));
    assert_int_equal(p.now, 10 * MS);
}

static void slow_play_keeps_its_fractions(void **state)
{
    (void)state;
    struct gs_playback p = {.speed = 0.001};
    for (int i = 0; i < 10000; i++)
        gs_playback_advance(&p, 100, UINT64_MAX);
    assert_in_range(p.now, 999, 1000);
}

static void a_long_stop_is_no_leap(void **state)
{
    (void)state;
    struct gs_playback p = {.speed = 1};
    gs_playback_advance(&p, 3600000000000u, UINT64_MAX);
    assert_int_equal(p.now, 100 * MS);
}

static void speed_goes_up_and_down_a_ladder(void **state)
{
    (void)state;
    struct gs_playback p = {.speed = 0.02};
    gs_playback_change_speed(&p, 1);
    assert_float_equal(p.speed, 0.05, 1e-9);
    gs_playback_change_speed(&p, -1);
    assert_float_equal(p.speed, 0.02, 1e-9);
    p.speed = 0.03;
    gs_playback_change_speed(&p, -1);
    assert_float_equal(p.speed, 0.02, 1e-9);
    p.speed = 0.03;
    gs_playback_change_speed(&p, 1);
    assert_float_equal(p.speed, 0.05, 1e-9);
    for (int i = 0; i < 20; i++)
        gs_playback_change_speed(&p, 1);
    assert_float_equal(p.speed, 10, 1e-9);
    for (int i = 0; i < 20; i++)
        gs_playback_change_speed(&p, -1);
    assert_float_equal(p.speed, 0.001, 1e-9);
}

/* However long it is, and whether it is a second or ten hours. */
static void a_run_of_unknown_length_is_played_in_fitting_time(void **state)
{
    (void)state;
    const uint64_t lengths[] = {20, 1000, 60000};
    const uint64_t seconds[][2] = {{1, 1}, {19, 24}, {45, 60}};
    for (int i = 0; i < 3; i++) {
        struct gs_playback p = {0};
        uint64_t frames = 0;
        for (; p.now < lengths[i] * MS; frames++) {
            gs_playback_fit(&p);
            gs_playback_advance(&p, 20 * MS, UINT64_MAX);
        }
        assert_in_range(frames / 50, seconds[i][0], seconds[i][1]);
    }
}

static bool up_to(const void *context, uint64_t span)
{
    return span <= *(const uint64_t *)context;
}

static void window_widens_while_legible_then_scrolls(void **state)
{
    (void)state;
    struct gs_window w = {.span = 100 * MS};
    const uint64_t most = 500 * MS;
    gs_window_follow(&w, 150 * MS, up_to, &most);
    assert_int_equal(w.from, 0);
    assert_int_equal(w.span, 200 * MS);
    gs_window_follow(&w, 700 * MS, up_to, &most);
    assert_int_equal(w.span, 500 * MS);
    assert_int_equal(w.from, 250 * MS);
    gs_window_follow(&w, 749 * MS, up_to, &most);
    assert_int_equal(w.from, 250 * MS);
    gs_window_follow(&w, 750 * MS, up_to, &most);
    assert_int_equal(w.from, 500 * MS);
}

static void a_window_that_got_crowded_narrows_around_now(void **state)
{
    (void)state;
    struct gs_window w = {.span = 500 * MS};
    gs_window_narrow(&w, 370 * MS);
    assert_int_equal(w.span, 100 * MS);
    assert_in_range(370 * MS, w.from + w.span / 2, w.from + w.span - 1);
    assert_int_equal(w.from % (w.span / 2), 0);
}

static void who_asked_for_the_whole_run_keeps_seeing_it(void **state)
{
    (void)state;
    const uint64_t nothing = 0;
    struct gs_window w = {.from = 300 * MS, .span = 20 * MS, .fitted = true};
    gs_window_fit(&w, 400 * MS);
    gs_window_follow(&w, 450 * MS, up_to, &nothing);
    assert_int_equal(w.from, 0);
    assert_int_equal(w.span, 500 * MS);
    /* Until he zooms. */
    gs_window_zoom(&w, 1, 450 * MS);
    uint64_t span = w.span;
    gs_window_follow(&w, 900 * MS, up_to, &nothing);
    assert_int_equal(w.span, span);
    gs_window_fit(&w, 900 * MS);
    assert_false(w.fitted);
}

static void zoom_keeps_the_cursor_in_its_place(void **state)
{
    (void)state;
    struct gs_window w = {.from = 100 * MS, .span = 100 * MS};
    gs_window_zoom(&w, 1, 150 * MS);
    assert_int_equal(w.span, 50 * MS);
    assert_int_equal(w.from, 125 * MS);
    gs_window_zoom(&w, -1, 150 * MS);
    assert_int_equal(w.span, 100 * MS);
    assert_int_equal(w.from, 100 * MS);
    /* Wherever that is. */
    gs_window_zoom(&w, 1, 180 * MS);
    assert_int_equal(w.span, 50 * MS);
    assert_int_equal(w.from, 140 * MS);
    gs_window_zoom(&w, -1, 150 * MS);
    assert_int_equal(w.span, 100 * MS);
    assert_int_equal(w.from, 130 * MS);
    for (int i = 0; i < 40; i++)
        gs_window_zoom(&w, 1, 150 * MS);
    assert_int_equal(w.span, 1000);
    for (int i = 0; i < 80; i++)
        gs_window_zoom(&w, -1, 150 * MS);
    assert_int_equal(w.from, 0);
    assert_true(w.span > 1000 * MS);
}

static void zoom_survives_a_window_that_was_fitted(void **state)
{
    (void)state;
    struct gs_window w = {0};
    gs_window_fit(&w, 1234567890);
    assert_true(w.span > 1234567890);
    uint64_t before = w.span;
    gs_window_zoom(&w, 1, 0);
    assert_true(w.span < before);
    gs_window_fit(&w, 0);
    assert_true(w.span > 0);
}

static void reveal_goes_both_ways(void **state)
{
    (void)state;
    struct gs_window w = {.from = 1000 * MS, .span = 100 * MS};
    for (uint64_t t = 3; t < 3000; t += 7) {
        gs_window_reveal(&w, t * MS);
        assert_in_range(t * MS, w.from, w.from + w.span - 1);
    }
    gs_window_reveal(&w, 0);
    assert_int_equal(w.from, 0);
}

/* By half windows, but not one by one: from half an hour to 0 at 1 µs there are billions. */
static void reveal_leaps_as_far_as_it_has_to(void **state)
{
    (void)state;
    const uint64_t far = 3600000u * (uint64_t)MS;
    struct gs_window w = {.from = 1000 * far + 700, .span = 1000};
    gs_window_reveal(&w, 250);
    assert_in_range(250, w.from, w.from + w.span - 1);
    assert_int_equal(w.from % 500, 200);
    w = (struct gs_window){.from = 1000 * far, .span = 1000};
    gs_window_reveal(&w, far);
    assert_int_equal(w.from, far);
}

/* Who asked for a speed beyond the ladder is not slowed down by the key for faster. */
static void a_speed_beyond_the_ladder_stays(void **state)
{
    (void)state;
    struct gs_playback p = {.speed = 100};
    gs_playback_change_speed(&p, 1);
    assert_float_equal(p.speed, 100, 1e-9);
    gs_playback_change_speed(&p, -1);
    assert_float_equal(p.speed, 10, 1e-9);
    p.speed = 0.0001;
    gs_playback_change_speed(&p, -1);
    assert_float_equal(p.speed, 0.0001, 1e-9);
    gs_playback_change_speed(&p, 1);
    assert_float_equal(p.speed, 0.001, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(playhead_never_passes_the_live_end),
        cmocka_unit_test(slow_play_keeps_its_fractions),
        cmocka_unit_test(a_long_stop_is_no_leap),
        cmocka_unit_test(speed_goes_up_and_down_a_ladder),
        cmocka_unit_test(a_run_of_unknown_length_is_played_in_fitting_time),
        cmocka_unit_test(window_widens_while_legible_then_scrolls),
        cmocka_unit_test(a_window_that_got_crowded_narrows_around_now),
        cmocka_unit_test(who_asked_for_the_whole_run_keeps_seeing_it),
        cmocka_unit_test(zoom_keeps_the_cursor_in_its_place),
        cmocka_unit_test(zoom_survives_a_window_that_was_fitted),
        cmocka_unit_test(reveal_goes_both_ways),
        cmocka_unit_test(reveal_leaps_as_far_as_it_has_to),
        cmocka_unit_test(a_speed_beyond_the_ladder_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
