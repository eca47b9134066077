/* The questions of the chooser: the way there, back, and what stands at its end. */
#include "support/questions.h"
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct gs_tui_scene scenes[] = {
    {.name = "gil/one", .chapter = "gil", .title = "First", .summary = "About one.", .path = "a"},
    {.name = "sync/two", .chapter = "sync", .title = "Second", .summary = "On two.", .path = "b"},
};

static struct gs_ui *open_questions(struct ui_case *c, int width, int height)
{
    *c = (struct ui_case){
        .stage = {.scenes = scenes, .scene_count = 2, .decision = fake_questions()},
        .choose = true};
    struct gs_ui *ui = ui_case_open(c, width, height);
    ui_case_press(ui, "a");
    return ui;
}

static void an_answer_leads_to_a_question_or_an_end(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_questions(&c, 80, 24);
    ui_case_expect(ui, "Does it wait?");
    ui_case_expect(ui, "> Yes, it waits.");
    ui_case_press(ui, "j");
    ui_case_expect(ui, "> No, it computes.");
    ui_case_press(ui, "j"); /* there are no more */
    ui_case_press(ui, "\r");
    assert_false(ui_case_shows(ui, "Does it wait?"));
    ui_case_expect(ui, "No, it computes.");
    ui_case_expect(ui, "Must it share?");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, "processes");
    ui_case_expect(ui, "All cores compute.");
    ui_case_expect(ui, "> sync/two: Second");
    ui_case_press(ui, "\r");
    assert_int_equal(ui->view, GS_VIEW_LANES);
    assert_string_equal(ui->order.name, "sync/two");
    ui_case_close(&c);
}

static void one_goes_back_as_one_came(void **state)
{
    (void)state;
    static const char *const backs[] = {"\177", "\033"};
    for (size_t i = 0; i < 2; i++) {
        struct ui_case c;
        struct gs_ui *ui = open_questions(&c, 80, 24);
        ui_case_press(ui, "j\rj\r");
        ui_case_expect(ui, "Nothing helps.");
        ui_case_press(ui, backs[i]);
        ui_case_expect(ui, "> Yes, all.");
        ui_case_press(ui, "?");
        ui_case_press(ui, "?");
        ui_case_expect(ui, "> Yes, all.");
        ui_case_press(ui, backs[i]);
        ui_case_expect(ui, "> No, it computes.");
        ui_case_press(ui, backs[i]);
        ui_case_expect(ui, "> one");
        ui_case_press(ui, "a"); /* and it asks from the beginning */
        ui_case_expect(ui, "> Yes, it waits.");
        ui_case_close(&c);
    }
}

static void a_scene_that_is_not_there_is_said_to_be(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_questions(&c, 80, 24);
    ui_case_press(ui, "j\rj\r\r");
    ui_case_expect(ui, "There is no scene gil/none here.");
    assert_int_equal(c.stage.starts, 0);
    ui_case_close(&c);
}

static void without_questions_none_is_asked(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.scenes = scenes, .scene_count = 2}, .choose = true};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_press(ui, "a");
    ui_case_expect(ui, "There are no questions here.");
    ui_case_expect(ui, "> one");
    ui_case_close(&c);
}

/* What is asked and what to choose from come before what was answered. */
static void a_small_screen_has_all_that_matters(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_questions(&c, 40, 10);
    ui_case_expect(ui, "> Yes, it waits.");
    ui_case_expect(ui, "  No, it computes.");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, "threads");
    ui_case_expect(ui, "few.");
    ui_case_expect(ui, "> gil/one: First");
    ui_case_expect(ui, "esc back");
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_leads_to_a_question_or_an_end),
        cmocka_unit_test(one_goes_back_as_one_came),
        cmocka_unit_test(a_scene_that_is_not_there_is_said_to_be),
        cmocka_unit_test(without_questions_none_is_asked),
        cmocka_unit_test(a_small_screen_has_all_that_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
