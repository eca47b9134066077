/* Runs without a screen: the whole trace arrives, and every way to end is told. This very program
 * plays the stage. */
#include "cli/say/lines.h"
#include "cli/stage/headless.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOTES = 200000 }; /* several times what a ring holds */
enum { VIRTUAL_NOW = 5000000 };

static int act(struct gs_segment *segment)
{
    struct gs_control *control = gs_segment_control(segment);
    const char *scene = control->order.scene;
    struct gs_ring ring;
    const struct gs_actor_row actor = {.kind = GS_ACTOR_THREAD};
    gs_segment_add_actor(segment, &actor);
    gs_segment_open_ring(segment, 1, true, &ring);
    gs_ring_put(&ring, 0, 1, GS_EVENT_BORN, 0, 0, 0);
    if (strcmp(scene, "crash") == 0)
        raise(SIGKILL);
    if (strcmp(scene, "strange") == 0)
        _exit(42);
    if (strcmp(scene, "forever") == 0 || strcmp(scene, "virtual") == 0) {
        bool is_virtual = *scene == 'v';
        gs_ring_put(&ring, VIRTUAL_NOW - 1, 1, GS_EVENT_NOTE, 0, 0, 0);
        gs_ring_put(&ring, VIRTUAL_NOW, 1, GS_EVENT_NOTE, 0, 0, 0);
        atomic_store(&control->start_ns, is_virtual ? 0 : gs_clock_system());
        atomic_store(&control->now_ns, VIRTUAL_NOW);
        atomic_store(&control->phase, GS_STAGE_RUNNING);
        for (;;)
            pause();
    }
    for (uint64_t i = 0; i < NOTES; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    fprintf(stderr, "scene.lua:3: \033[31mit broke");
    gs_ring_put(&ring, NOTES, 1, GS_EVENT_END, 1, 0, 0);
    gs_ring_close(&ring);
    return 1;
}

static int play(int fd)
{
    struct gs_segment *segment = gs_segment_attach(fd, NULL);
    int status = act(segment);
    gs_segment_close(segment);
    return status;
}

/* Runs with stderr in a file; said is what was written there. */
static char said[8192];

static void run_until(struct gs_headless *run, const char *scene, uint64_t until)
{
    struct gs_order order = {0};
    char name[] = "/tmp/gs_headless_XXXXXX";
    int file = mkstemp(name), kept = dup(STDERR_FILENO);
    unlink(name);
    dup2(file, STDERR_FILENO);
    snprintf(order.scene, sizeof order.scene, "%s", scene);
    bool ok = gs_headless_run(run, &order, until, NULL, NULL);
    dup2(kept, STDERR_FILENO);
    ssize_t length = pread(file, said, sizeof said - 1, 0);
    said[length > 0 ? length : 0] = '\0';
    close(kept);
    close(file);
    assert_true(ok);
}

static void run_scene(struct gs_headless *run, const char *scene)
{
    run_until(run, scene, 0);
}

static void the_whole_trace_arrives(void **state)
{
    (void)state;
    struct gs_headless run;
    run_scene(&run, "notes");
    assert_int_equal(run.status, 1);
    assert_int_equal(gs_timeline_events(run.timeline), NOTES + 2);
    assert_int_equal(gs_timeline_lost(run.timeline), 0);
    assert_true(gs_timeline_complete(run.timeline));
    assert_string_equal(said, "scene.lua:3: ^[[31mit broke\n");
    gs_headless_free(&run);
}

static void a_killed_stage_is_told_and_its_trace_kept(void **state)
{
    (void)state;
    struct gs_headless run;
    run_scene(&run, "crash");
    assert_int_equal(run.status, 128 + SIGKILL);
    assert_int_equal(run.signal, 0);
    assert_int_equal(gs_timeline_events(run.timeline), 1);
    assert_non_null(strstr(said, "killed by signal 9"));
    gs_headless_free(&run);
}

static void a_status_out_of_the_contract_is_a_failure(void **state)
{
    (void)state;
    struct gs_headless run;
    run_scene(&run, "strange");
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(said, "status 42"));
    gs_headless_free(&run);
}

static void a_signal_ends_the_stage(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct gs_headless run;
        pid_t self = getpid(), sender = fork();
        if (sender == 0) {
            usleep(200000);
            kill(self, signals[i]);
            _exit(0);
        }
        run_scene(&run, "forever");
        assert_int_equal(run.signal, signals[i]);
        assert_int_equal(run.status, 128 + signals[i]);
        assert_int_equal(run.stage.pid, 0);
        gs_headless_free(&run);
    }
}

static uint64_t end_by_signal(const char *scene)
{
    struct gs_headless run;
    pid_t self = getpid(), sender = fork();
    if (sender == 0) {
        usleep(200000);
        kill(self, SIGTERM);
        _exit(0);
    }
    run_scene(&run, scene);
    assert_false(gs_timeline_complete(run.timeline));
    uint64_t end = gs_timeline_end(run.timeline);
    gs_headless_free(&run);
    return end;
}

/* Its last event may be long ago: what it did since then is part of the run. */
static void a_run_lasts_until_the_signal(void **state)
{
    (void)state;
    assert_int_equal(end_by_signal("virtual"), VIRTUAL_NOW);
    assert_in_range(end_by_signal("forever"), 50000000, 60000000000);
}

/* What comes at the cut is no part of the run any more. */
static void a_cut_run_lasts_up_to_the_cut(void **state)
{
    (void)state;
    enum { BORN_AND_ONE_NOTE = 2 };
    struct gs_headless run;
    run_until(&run, "virtual", VIRTUAL_NOW);
    assert_int_equal(gs_timeline_events(run.timeline), BORN_AND_ONE_NOTE);
    assert_int_equal(gs_timeline_end(run.timeline), VIRTUAL_NOW);
    assert_int_equal(run.status, 0);
    gs_headless_free(&run);
}

static void lines_are_made_safe_one_by_one(void **state)
{
    (void)state;
    struct gs_by_line lines = {0};
    char name[] = "/tmp/gs_lines_XXXXXX";
    int file = mkstemp(name), kept = dup(STDERR_FILENO);
    unlink(name);
    dup2(file, STDERR_FILENO);
    gs_lines_pass(&lines, "one\nt", 5);
    gs_lines_pass(&lines, "wo\n\x9b\x9b", 5);
    gs_lines_finish(&lines);
    gs_lines_pass(&lines, "\na\n\n", 4);
    gs_lines_finish(&lines);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t length = pread(file, said, sizeof said - 1, 0);
    close(file);
    static const char expected[] = "one\ntwo\n\\x9b\\x9b\n\na\n\n";
    assert_int_equal(length, sizeof expected - 1);
    assert_memory_equal(said, expected, sizeof expected - 1);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--stage") == 0) {
        gs_stage_process_enter((pid_t)atol(argv[3]));
        return play(atoi(argv[2]));
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_trace_arrives),
        cmocka_unit_test(a_killed_stage_is_told_and_its_trace_kept),
        cmocka_unit_test(a_status_out_of_the_contract_is_a_failure),
        cmocka_unit_test(a_signal_ends_the_stage),
        cmocka_unit_test(a_run_lasts_until_the_signal),
        cmocka_unit_test(a_cut_run_lasts_up_to_the_cut),
        cmocka_unit_test(lines_are_made_safe_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
