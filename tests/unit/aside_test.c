/* An export beside the screen: the run as it was when it was asked for, written while the screen
 * goes on, moved into its place at its end, or nothing at all. */
#include "cli/stage/aside.h"
#include "support/fake_trace.h"
#include "support/recorded.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct state {
    struct fake_fight fight;
    struct gs_export_source source;
    struct gs_aside aside;
    char *path;
};

static int set_up(void **state)
{
    struct state *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->fight = fake_gil_fight();
    s->source = (struct gs_export_source){.timeline = s->fight.trace->timeline};
    s->path = recorded_path();
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    gs_aside_stop(&s->aside);
    unlink(s->path);
    free(s->path);
    fake_close(s->fight.trace);
    free(s);
    return 0;
}

/* Up to ten seconds. */
static enum gs_aside_state await(struct gs_aside *aside, struct gs_error *err)
{
    enum gs_aside_state now = GS_ASIDE_WRITES;
    uint64_t bytes;
    for (int i = 0; i < 10000 && now == GS_ASIDE_WRITES; i++) {
        now = gs_aside_look(aside, &bytes, err);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return now;
}

/* Tells that it has begun, and writes no more until it is ended. */
static bool write_for_ever(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    (void)source;
    (void)err;
    fputs("some", out);
    fflush(out);
    while (pause() < 0)
        ;
    return false;
}
static const struct gs_exporter for_ever = {.name = "for-ever", .write = write_for_ever};

static bool write_badly(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    (void)source;
    fputs("some", out);
    return gs_error_set(err, "it is too much");
}
static const struct gs_exporter badly = {.name = "badly", .write = write_badly};

static void it_is_the_run_of_that_moment(void **state)
{
    struct state *s = *state;
    struct fake_trace *f = s->fight.trace;
    const struct gs_exporter *json = gs_exporter_find("json");
    struct gs_error err;
    FILE *now = fopen(s->path, "w");
    assert_true(json->write(now, &s->source, &err));
    fclose(now);
    struct recorded expected = recorded_read(s->path);
    unlink(s->path);
    assert_true(gs_aside_begin(&s->aside, &s->source, json, s->path, &err));
    fake_text(f, s->fight.main, FAKE_MS(70), GS_EVENT_NOTE, "too late", 1);
    assert_int_equal(await(&s->aside, &err), GS_ASIDE_DONE);
    struct recorded came = recorded_read(s->path);
    assert_int_equal(came.list.count, expected.list.count);
    assert_memory_equal(came.list.items, expected.list.items, came.list.count);
    gs_vec_free(&came.list);
    gs_vec_free(&expected.list);
}

static void whoever_looks_sees_how_far_it_is_and_can_end_it(void **state)
{
    struct state *s = *state;
    struct gs_error err;
    uint64_t bytes = 0;
    assert_true(gs_aside_begin(&s->aside, &s->source, &for_ever, s->path, &err));
    pid_t writer = s->aside.pid;
    for (int i = 0; i < 10000 && bytes == 0; i++) {
        assert_int_equal(gs_aside_look(&s->aside, &bytes, &err), GS_ASIDE_WRITES);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_int_equal(bytes, 4);
    assert_int_not_equal(access(s->path, F_OK), 0);
    gs_aside_stop(&s->aside);
    assert_int_equal(s->aside.pid, 0);
    assert_int_not_equal(kill(writer, 0), 0);
    assert_int_not_equal(access(s->path, F_OK), 0);
}

static void what_fails_says_why(void **state)
{
    struct state *s = *state;
    struct gs_error err;
    assert_true(gs_aside_begin(&s->aside, &s->source, &badly, s->path, &err));
    assert_int_equal(await(&s->aside, &err), GS_ASIDE_FAILED);
    assert_non_null(strstr(err.text, ": it is too much"));
    assert_true(gs_aside_begin(&s->aside, &s->source, &for_ever, s->path, &err));
    kill(s->aside.pid, SIGKILL);
    assert_int_equal(await(&s->aside, &err), GS_ASIDE_FAILED);
    assert_non_null(strstr(err.text, "ended by signal 9"));
    assert_int_not_equal(access(s->path, F_OK), 0);
    assert_false(gs_aside_begin(&s->aside, &s->source, &badly, "/nowhere/x", &err));
    assert_string_equal(err.text, "cannot write /nowhere/x: No such file or directory");
    assert_int_equal(s->aside.pid, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_the_run_of_that_moment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_looks_sees_how_far_it_is_and_can_end_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_fails_says_why, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
