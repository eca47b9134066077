/* An export beside the screen: the run as it was when it was asked for, written while the screen
 * goes on, moved into its place at its end, or nothing at all. */
#include "cli/stage/aside.h"
#include "support/fake_trace.h"
#include "support/recorded.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
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
    alarm(30); /* a writer that goes on is waited for without an end */
    return 0;
}

static int tear_down(void **state)
{
    struct state *s = *state;
    alarm(0);
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

/* Nobody has asked for its status then. */
static void await_end(pid_t pid)
{
    siginfo_t info;
    assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
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

/* The screen ends by a signal say, and does not wait. */
static void what_is_left_is_there_or_told(void **state)
{
    struct state *s = *state;
    struct gs_error err;
    char want[256];
    assert_true(gs_aside_leave(&s->aside, &err)); /* nothing was asked for */
    assert_true(gs_aside_begin(&s->aside, &s->source, &for_ever, s->path, &err));
    pid_t writer = s->aside.pid;
    assert_false(gs_aside_leave(&s->aside, &err));
    snprintf(want, sizeof want,
             "the export to %s was not finished before the screen ended; what was there before is "
             "as it was",
             s->path);
    assert_string_equal(err.text, want);
    assert_int_not_equal(kill(writer, 0), 0);
    assert_int_not_equal(access(s->path, F_OK), 0);
    assert_true(gs_aside_begin(&s->aside, &s->source, &badly, s->path, &err));
    await_end(s->aside.pid);
    assert_false(gs_aside_leave(&s->aside, &err));
    assert_non_null(strstr(err.text, ": it is too much"));
    assert_true(gs_aside_begin(&s->aside, &s->source, gs_exporter_find("json"), s->path, &err));
    await_end(s->aside.pid);
    assert_true(gs_aside_leave(&s->aside, &err));
    assert_int_equal(access(s->path, F_OK), 0);
}

/* Its process has the pipe's reader from the test, as no screen's has. */
static int reader;
static bool write_for_another(FILE *out, const struct gs_export_source *source,
                              struct gs_error *err)
{
    close(reader);
    return gs_exporter_find("json")->write(out, source, err);
}
static const struct gs_exporter for_another = {.name = "for-another", .write = write_for_another};

/* Whoever writes into that pipe then waits. */
static void fill(const char *pipe)
{
    static const char some[4096];
    int fd = open(pipe, O_WRONLY | O_NONBLOCK);
    while (write(fd, some, sizeof some) > 0)
        ;
    close(fd);
}

/* What a pipe has got is with its reader, and there was nothing before. */
static void a_pipe_is_written_as_it_is(void **state)
{
    struct state *s = *state;
    struct gs_error err;
    char want[256];
    assert_int_equal(mkfifo(s->path, 0600), 0);
    assert_false(gs_aside_begin(&s->aside, &s->source, &for_ever, s->path, &err));
    snprintf(want, sizeof want, "cannot write %s: it is a pipe, and nobody reads it", s->path);
    assert_string_equal(err.text, want);
    reader = open(s->path, O_RDONLY | O_NONBLOCK);
    fill(s->path);
    assert_true(gs_aside_begin(&s->aside, &s->source, &for_ever, s->path, &err));
    assert_false(gs_aside_leave(&s->aside, &err));
    snprintf(want, sizeof want, "the export to %s was not finished before the screen ended",
             s->path);
    assert_string_equal(err.text, want);
    assert_true(gs_aside_begin(&s->aside, &s->source, &for_another, s->path, &err));
    close(reader);
    assert_int_equal(await(&s->aside, &err), GS_ASIDE_FAILED);
    assert_non_null(strstr(err.text, ": writing the output failed: Broken pipe"));
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
        cmocka_unit_test_setup_teardown(what_is_left_is_there_or_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pipe_is_written_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_fails_says_why, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
