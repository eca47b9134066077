/* How a decision tree is read, and what is none. */
#include "cli/scenes/decision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool read_text(struct gs_decision *decision, const char *text)
{
    char path[64];
    FILE *file = tmpfile();
    *decision = (struct gs_decision){0};
    fputs(text, file);
    fflush(file);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    bool ok = gs_decision_read_file(decision, path);
    fclose(file);
    return ok;
}

static void lines_are_what_they_begin_with(void **state)
{
    (void)state;
    struct gs_decision d;
    assert_true(read_text(&d, "What it is, in words: any.\n\n"
                              "? Which?\n"
                              "  a: The first: this.\n"
                              "    = threads, gil/one: They wait,\n"
                              "        and go on.\n"
                              "  b: The \033other.\n"
                              "    ? And now?\n"
                              "      c: That.\n"
                              "        = tasks, gil/two: Why not.\n"));
    assert_int_equal(d.lines.count, 7);
    const struct gs_decision_line *lines = d.lines.items;
    assert_int_equal(lines[0].kind, GS_DECISION_QUESTION);
    assert_string_equal(lines[0].text, "Which?");
    assert_int_equal(lines[1].kind, GS_DECISION_ANSWER);
    assert_string_equal(lines[1].word, "a");
    assert_string_equal(lines[1].text, "The first: this.");
    assert_int_equal(lines[2].kind, GS_DECISION_END);
    assert_string_equal(lines[2].word, "threads");
    assert_string_equal(lines[2].scene, "gil/one");
    assert_string_equal(lines[2].text, "They wait, and go on.");
    assert_string_equal(lines[3].text, "The ^[other.");
    assert_int_equal(lines[3].depth, lines[1].depth);
    assert_string_equal(lines[6].scene, "gil/two");
    gs_decision_free(&d);
}

static void an_answer_has_to_lead_somewhere(void **state)
{
    (void)state;
    static const char *const none[] = {
        "? Which?\n",             /* nothing to choose from */
        "? Which?\n  a: This.\n", /* nothing behind it */
        "? Which?\n  a: This.\n  b: That.\n    = x, y: z\n",
        "? Which?\n  a: This.\n    b: That.\n      = x, y: z\n",
        "? Which?\n  = x, y: z\n",
    };
    struct gs_decision d;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(read_text(&d, none[i]));
        assert_int_equal(d.lines.count, 0);
    }
    assert_false(gs_decision_read_file(&d, "/none/such"));
}

static void what_is_shipped_is_whole(void **state)
{
    (void)state;
    static const struct gs_order any;
    struct gs_scenes scenes;
    struct gs_decision d;
    gs_scenes_read(&scenes, &any);
    gs_decision_read(&d, &scenes);
    assert_true(d.lines.count > 10);
    for (size_t i = 0; i < d.lines.count; i++) {
        bool any_such = !d.lines.items[i].scene;
        for (size_t k = 0; k < scenes.list.count && !any_such; k++)
            any_such = strcmp(scenes.list.items[k].name, d.lines.items[i].scene) == 0;
        if (!any_such)
            fail_msg("there is no scene %s", d.lines.items[i].scene);
    }
    gs_decision_free(&d);
    gs_scenes_free(&scenes);
}

int main(void)
{
    char scenes[4096];
    const char *source = getenv("GS_SOURCE");
    snprintf(scenes, sizeof scenes, "%s/scenes", source ? source : ".");
    setenv("GILSCOPE_SCENES", scenes, 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_what_they_begin_with),
        cmocka_unit_test(an_answer_has_to_lead_somewhere),
        cmocka_unit_test(what_is_shipped_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
