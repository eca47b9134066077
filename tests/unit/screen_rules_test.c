/* The form of the rules by which a run is run again. */
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct gs_ui *open_form(struct ui_case *c, int width, int height)
{
    *c = (struct ui_case){.speed = 10};
    struct gs_ui *ui = ui_case_open(c, width, height);
    ui_case_play(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, "o");
    return ui;
}

static void the_form_shows_the_rules_as_they_are(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    static const char *const lines[] = {
        "▸ clock      virtual", "guest      lua", "GIL rules  3.12",
        "interval   5.0 ms",    "cores      2",   "seed       0",
        "speed      10",        "run again",      "run again beside the last run",
        "enter change",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ui_case_expect(ui, lines[i]);
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "ended");
    assert_int_equal(c.stage.starts, 1);
    ui_case_close(&c);
}

/* At the least size as well: every line of it is there. */
static void it_fits_the_smallest_screen(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 40, 10);
    ui_case_expect(ui, "clock ");
    ui_case_press(ui, "kk");
    ui_case_expect(ui, "▸ run again");
    ui_case_close(&c);
}

/* Of the footer the words that say how to go on and out are the last to give way. */
static void a_narrow_form_tells_how_to_run_and_to_leave(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 60, 15);
    static const char *const words[] = {"enter change", "r run again", "? help", "esc back",
                                        "q quit"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ui_case_expect(ui, words[i]);
    ui_case_close(&c);
}

static void the_next_run_goes_by_them(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "l");        /* clock: virtual */
    ui_case_press(ui, "l");        /* real */
    ui_case_press(ui, "jj\r\r\r"); /* GIL rules: 3.12, 3.9, 2.7 */
    ui_case_press(ui, "j\r0.5\r"); /* interval */
    ui_case_press(ui, "jll");      /* cores: 4 */
    ui_case_press(ui, "jl");       /* seed: 1 */
    ui_case_press(ui, "jh");       /* speed: 5 */
    ui_case_expect(ui, "real  now virtual");
    ui_case_expect(ui, "5  now 10");
    ui_case_press(ui, "j\r");
    assert_string_equal(c.stage.asked, "clock=real gil=2.7 interval=0.5 cores=4 seed=1");
    assert_int_equal(c.stage.starts, 2);
    assert_int_equal(ui->view, GS_VIEW_LANES);
    assert_float_equal(ui->look.run.pace.asked, 5, 1e-9);
    /* The values stay for the next one; backwards it is as it was. */
    ui_case_press(ui, "o");
    ui_case_expect(ui, "seed       1  now 0");
    ui_case_press(ui, "kkkkkkkhh");
    ui_case_press(ui, "r");
    assert_string_equal(c.stage.asked, "gil=2.7 interval=0.5 cores=4 seed=1");
    ui_case_close(&c);
}

static void the_other_guest_is_the_other_file(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "jl");
    ui_case_press(ui, "r");
    assert_string_equal(c.stage.asked, "gil/fight.py");
    ui_case_press(ui, "ol");
    ui_case_press(ui, "r");
    assert_string_equal(c.stage.asked, "gil/fight.lua");
    ui_case_close(&c);
}

static void beside_the_last_run_they_are_compared(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "c");
    ui_case_expect(ui, "Nothing is changed yet");
    ui_case_press(ui, "jjjjl");
    ui_case_press(ui, "c");
    assert_string_equal(c.stage.asked, "cores=3");
    assert_int_equal(ui->view, GS_VIEW_COMPARE);
    assert_int_equal(ui->comparison.runs.count, 2);
    ui_case_close(&c);
}

/* What is no value is told, and nothing runs. */
static void wrong_values_are_told(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "jjj\rtwo\r");
    ui_case_expect(ui, "The interval is a number, such as 2 or 0.5.");
    ui_case_expect(ui, "number: two");
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "interval   5.0 ms");
    snprintf(ui->order.name, sizeof ui->order.name, "wrong");
    ui_case_press(ui, "\033o");
    ui_case_press(ui, "jlr");
    ui_case_expect(ui, "there is no scene 'wrong'");
    assert_int_equal(c.stage.starts, 1);
    assert_int_equal(ui->view, GS_VIEW_RULES);
    ui_case_close(&c);
}

/* What was chosen for one scene is not for another. */
static void another_scene_begins_with_its_own(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "jjjjl\033");
    snprintf(ui->order.name, sizeof ui->order.name, "gil/other");
    ui_case_press(ui, "or");
    assert_string_equal(c.stage.asked, "");
    assert_int_equal(c.stage.starts, 2);
    ui_case_close(&c);
}

static void a_recording_is_not_run(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui->order.guest = GS_GUEST_RECORDING;
    ui_case_press(ui, "lr");
    ui_case_expect(ui, "A recording has been run");
    ui_case_press(ui, "c");
    ui_case_expect(ui, "A recording has been run");
    assert_int_equal(c.stage.starts, 1);
    ui_case_close(&c);
}

static void a_click_selects_and_changes(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    ui_case_press(ui, "\033[<0;5;5M"); /* the third line: GIL rules */
    ui_case_expect(ui, "▸ GIL rules");
    ui_case_press(ui, "\033[<0;5;5M");
    ui_case_expect(ui, "3.12  now 3.12");
    ui_case_close(&c);
}

static void a_key_that_does_nothing_says_which_do(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_form(&c, 80, 24);
    assert_false(ui_case_shows(ui, "That key does nothing here"));
    ui_case_press(ui, "Z");
    ui_case_expect(ui, "That key does nothing here");
    ui_case_expect(ui, "Esc goes back");
    ui_case_press(ui, "j");
    assert_false(ui_case_shows(ui, "That key does nothing here"));
    ui_case_close(&c);
}

/* What is typed varies the run that is seen, not the one that the command line asked for. */
static void a_comparison_begins_at_the_forms_rules(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *asked;
    } ways[] = {{"cores=4", "gil=3.9 cores=4"},
                {"gil=2.7", "gil=2.7"},
                {"gil=off,2.7 seed=1", "gil=off,2.7 seed=1"},
                {"gil/convoy", "gil/convoy"}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct ui_case c;
        char keys[64];
        struct gs_ui *ui = open_form(&c, 80, 24);
        ui_case_press(ui, "jj\033[C\033[Cr");
        assert_string_equal(c.stage.asked, "gil=3.9");
        ui_case_play(ui);
        snprintf(keys, sizeof keys, "c%s\r", ways[i].typed);
        ui_case_press(ui, keys);
        assert_string_equal(c.stage.asked, ways[i].asked);
        ui_case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_does_nothing_says_which_do),
        cmocka_unit_test(a_comparison_begins_at_the_forms_rules),
        cmocka_unit_test(the_form_shows_the_rules_as_they_are),
        cmocka_unit_test(it_fits_the_smallest_screen),
        cmocka_unit_test(a_narrow_form_tells_how_to_run_and_to_leave),
        cmocka_unit_test(the_next_run_goes_by_them),
        cmocka_unit_test(the_other_guest_is_the_other_file),
        cmocka_unit_test(beside_the_last_run_they_are_compared),
        cmocka_unit_test(wrong_values_are_told),
        cmocka_unit_test(another_scene_begins_with_its_own),
        cmocka_unit_test(a_recording_is_not_run),
        cmocka_unit_test(a_click_selects_and_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
