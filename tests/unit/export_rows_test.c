/* The lanes of a picture are those of the screen: a lock's owners have one, what is folded away or
 * filtered out has none, in whichever format somebody looks at it. */
#include "export/export.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const pictures[] = {"lanes", "svg", "cast", "html"};
enum { PICTURES = sizeof pictures / sizeof *pictures };

struct run {
    struct fake_trace *f;
    uint32_t process;
};

/* "left" has journal from 1 to 5 ms, "right" waits for it, "aside" has to do with nobody. */
static int set_up(void **state)
{
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    struct fake_trace *f = run->f = fake_open();
    run->process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, run->process, "i", true);
    uint32_t left = fake_thread(f, gil, "left"), right = fake_thread(f, gil, "right");
    uint32_t aside = fake_thread(f, gil, "aside"), journal = fake_lock(f, "journal", 7);
    const uint32_t all[] = {run->process, gil, left, right, aside};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fake_born(f, all[i], 0, 0);
    fake_take(f, left, 0, gil, 1);
    fake_state(f, left, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(f, aside, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_acquire(f, left, FAKE_MS(1), journal, 8, 1);
    fake_state(f, right, FAKE_MS(2), GS_STATE_WAITING, journal, 9, GS_CAUSE_NONE);
    fake_release(f, left, FAKE_MS(5), journal, 8, 1);
    fake_acquire(f, right, FAKE_MS(6), journal, 9, 1);
    fake_state(f, right, FAKE_MS(6), GS_STATE_NATIVE, 0, 9, left);
    fake_release(f, right, FAKE_MS(8), journal, 9, 1);
    fake_end(f, FAKE_MS(10), 0);
    *state = run;
    return 0;
}

static int tear_down(void **state)
{
    struct run *run = *state;
    fake_close(run->f);
    free(run);
    return 0;
}

/* The caller's. */
static char *written(const char *format, const struct run *run, const struct gs_rows *rows)
{
    const struct gs_export_source source = {
        .timeline = run->f->timeline, .rows = rows, .film = {.plain = true}};
    char *text = NULL;
    size_t size;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_true(gs_exporter_find(format)->write(out, &source, &err));
    fclose(out);
    return text;
}

static void assert_shows(const char *format, const char *text, const char *name, bool shown)
{
    if (!strstr(text, name) == shown)
        fail_msg("%s %s %s", format, shown ? "lacks" : "has", name);
}

static void locks_have_lanes(void **state)
{
    for (size_t i = 0; i < PICTURES; i++) {
        char *text = written(pictures[i], *state, NULL);
        assert_shows(pictures[i], text, "journal", true);
        assert_shows(pictures[i], text, "aside", true);
        free(text);
    }
}

static void a_page_tells_who_has_a_lock(void **state)
{
    char *text = written("html", *state, NULL);
    assert_shows("html", text, "{\"kind\":\"lock\",\"title\":\"journal\"", true);
    assert_shows("html", text, "\"start\":1000000,\"end\":5000000,\"word\":\"left\"", true);
    assert_shows("html", text,
                 "left has held journal for 2.0 ms (line 8) and runs. right waits for it.", true);
    free(text);
}

static void what_is_filtered_out_has_no_lane(void **state)
{
    struct run *run = *state;
    struct gs_rows rows = {0};
    gs_rows_build(&rows, run->f->timeline,
                  &(struct gs_row_choice){.filter = "left", .locks = true});
    for (size_t i = 0; i < PICTURES; i++) {
        char *text = written(pictures[i], run, &rows);
        assert_shows(pictures[i], text, "left", true);
        assert_shows(pictures[i], text, "aside", false);
        free(text);
    }
    gs_rows_free(&rows);
}

static void what_is_folded_is_counted(void **state)
{
    struct run *run = *state;
    struct gs_rows rows = {0};
    gs_rows_build(&rows, run->f->timeline,
                  &(struct gs_row_choice){.folded = &run->process, .folded_count = 1});
    for (size_t i = 0; i < PICTURES; i++) {
        char *text = written(pictures[i], run, &rows);
        assert_shows(pictures[i], text, "lanes folded", true);
        assert_shows(pictures[i], text, "aside", false);
        free(text);
    }
    gs_rows_free(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(locks_have_lanes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_tells_who_has_a_lock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_filtered_out_has_no_lane, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_folded_is_counted, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
