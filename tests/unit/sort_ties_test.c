/* Whoever sorts says what comes first of what is alike: C does not ask a sort to keep its order,
 * and that of today's library only happens to. The one here mixes it. */
#include "export/export.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool sorted; /* by the function below: else these tests show nothing */

/* Stands before the library's. An item comes somewhere among those that are like it. */
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    static uint32_t dice = 1;
    char *base = items, moved[256];
    assert_true(size <= sizeof moved);
    sorted = true;
    for (size_t i = 1; i < count; i++) {
        size_t at = i, like = 0;
        memcpy(moved, base + i * size, size);
        while (at > 0 && compare(base + (at - 1) * size, moved) >= 0)
            like += compare(base + --at * size, moved) == 0;
        dice = dice * 1103515245u + 12345u;
        at += (dice >> 16) % (like + 1);
        memmove(base + (at + 1) * size, base + at * size, (i - at) * size);
        memcpy(base + at * size, moved, size);
    }
}

static int set_up(void **state)
{
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 5, GS_STATE_IO, 0, 1, GS_CAUSE_NONE);
    fake_state(f, t, 5, GS_STATE_NATIVE, 0, 1, GS_CAUSE_WORK);
    fake_state(f, t, 5, GS_STATE_READY, 0, 1, GS_CAUSE_WORK);
    for (uint64_t i = 1; i <= 9; i++) {
        char text[2] = {(char)('0' + i), '\0'};
        fake_message(f, t, 5, true, 0, i);
        fake_text(f, t, 5, GS_EVENT_OUTPUT, text, 1);
    }
    fake_end(f, 9, 0);
    sorted = false;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fake_close(*state);
    return 0;
}

static void points_keep_their_lanes_order(void **state)
{
    const struct fake_trace *f = *state;
    struct gs_points points = gs_timeline_points(f->timeline, GS_EVENT_MESSAGE);
    assert_true(sorted);
    assert_int_equal(points.list.count, 9);
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(points.list.items[i].b, i + 1);
    gs_vec_free(&points.list);
}

/* Where these texts stand in what an exporter writes: one behind the other. */
static void expect_order(const struct fake_trace *f, const char *exporter,
                         const char *const texts[])
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {.timeline = f->timeline};
    assert_true(gs_exporter_find(exporter)->write(out, &source, &err));
    fclose(out);
    assert_true(sorted);
    const char *at = text;
    for (size_t i = 0; texts[i]; i++) {
        at = strstr(at, texts[i]);
        assert_non_null(at);
    }
    free(text);
}

static void the_page_tells_in_order(void **state)
{
    expect_order(*state, "lanes", (const char *const[]){"t: 1", "t: 2", "t: 3", "t: 4", NULL});
}

static void json_tells_in_order(void **state)
{
    expect_order(*state, "json",
                 (const char *const[]){"\"io\"", "\"native\"", "\"ready\"", "\"bytes\":1",
                                       "\"text\":\"1\"", "\"bytes\":2", "\"text\":\"2\"", NULL});
}

static void the_story_tells_in_order(void **state)
{
    expect_order(*state, "text",
                 (const char *const[]){"prints: 1", "prints: 2", "prints: 3", "prints: 4", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(points_keep_their_lanes_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_tells_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_tells_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_story_tells_in_order, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
