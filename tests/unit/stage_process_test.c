/* Starting and ending a stage. This very program plays it: /proc/self/exe is what gets started. */
#include "cli/stage/stage_process.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* How long what a stage starts lives, if nobody ends it. */
enum { CHILD_SECONDS = 20 };

/* What the played stage does is the scene of its order. */
static int act(struct gs_segment *segment)
{
    struct gs_control *control = gs_segment_control(segment);
    const char *scene = control->order.scene;
    if (strcmp(scene, "speak") == 0) {
        fprintf(stderr, "scene.lua:3: it broke\n");
        return 1;
    }
    if (strcmp(scene, "crash") == 0)
        raise(SIGKILL);
    if (strcmp(scene, "another") == 0) {
        struct gs_stage_process inner;
        return gs_stage_process_start(&inner, &control->order, 0, NULL) ? 0 : 5;
    }
    if (strcmp(scene, "terminal") == 0)
        return isatty(0) || isatty(1) || getpgrp() != getpid() || fcntl(4, F_GETFD) >= 0;
    pid_t child = strcmp(scene, "children") == 0 ? fork() : 1;
    if (child == 0) {
        alarm(CHILD_SECONDS);
        atomic_store(&control->now_ns, (uint64_t)getpid());
    }
    while (child == 0 || strcmp(scene, "forever") == 0)
        pause();
    while (atomic_load(&control->now_ns) == 0)
        usleep(1000);
    return 7;
}

static int play(int fd)
{
    struct gs_segment *segment = gs_segment_attach(fd, NULL);
    int status = act(segment);
    gs_segment_close(segment);
    return status;
}

static void start(struct gs_stage_process *stage, const char *scene)
{
    struct gs_order order = {0};
    struct gs_error err;
    snprintf(order.scene, sizeof order.scene, "%s", scene);
    if (!gs_stage_process_start(stage, &order, UINT64_MAX, &err))
        fail_msg("%s", err.text);
}

static void await(struct gs_stage_process *stage)
{
    struct pollfd gone = {.fd = stage->process_fd, .events = POLLIN};
    assert_int_equal(poll(&gone, 1, 10000), 1);
    assert_true(gs_stage_process_gone(stage));
}

static void collect(void *context, const char *text, size_t length)
{
    strncat(context, text, length);
}

static void its_messages_and_status_arrive(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    char all[4096] = "";
    start(&stage, "speak");
    await(&stage);
    gs_stage_process_read(&stage, collect, all);
    assert_string_equal(all, "scene.lua:3: it broke\n");
    assert_string_equal(stage.text, all);
    assert_int_equal(gs_stage_process_status(&stage), 1);
    gs_stage_process_end(&stage);
}

static void a_crash_is_told_by_its_signal(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    start(&stage, "crash");
    await(&stage);
    assert_int_equal(gs_stage_process_status(&stage), 128 + SIGKILL);
    gs_stage_process_end(&stage);
}

static void it_gets_no_terminal_and_no_other_files(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    int open_too = dup(2);
    start(&stage, "terminal");
    await(&stage);
    assert_int_equal(gs_stage_process_status(&stage), 0);
    gs_stage_process_end(&stage);
    close(open_too);
}

/* No call that is younger than Linux 5.3 is there. */
static void age(void)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const struct sock_fprog program = {.len = sizeof rules / sizeof *rules, .filter = rules};
    assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void an_older_kernel_does(void **state)
{
    (void)state;
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        struct gs_stage_process stage;
        age();
        dup(2);
        start(&stage, "terminal");
        assert_int_equal(stage.process_fd, -1);
        while (!gs_stage_process_gone(&stage))
            usleep(1000);
        _exit(gs_stage_process_status(&stage));
    }
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void it_cannot_start_another(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    start(&stage, "another");
    await(&stage);
    assert_int_equal(gs_stage_process_status(&stage), 5);
    gs_stage_process_end(&stage);
}

static void ending_it_leaves_nothing(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    start(&stage, "forever");
    pid_t pid = stage.pid;
    assert_false(gs_stage_process_gone(&stage));
    gs_stage_process_end(&stage);
    assert_int_equal(kill(pid, 0), -1);
    gs_stage_process_end(&stage);
}

static void what_it_started_goes_with_it(void **state)
{
    (void)state;
    struct gs_stage_process stage;
    start(&stage, "children");
    uint64_t before = gs_clock_system();
    await(&stage);
    assert_true(gs_clock_system() - before < CHILD_SECONDS * UINT64_C(500000000));
    pid_t child = (pid_t)atomic_load(&gs_segment_control(stage.segment)->now_ns);
    assert_true(child > 1);
    assert_int_equal(kill(child, 0), -1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    gs_stage_process_end(&stage);
}

static void a_zeroed_one_can_be_ended(void **state)
{
    (void)state;
    struct gs_stage_process stage = {0};
    gs_stage_process_end(&stage);
    assert_true(fcntl(0, F_GETFD) >= 0);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--stage") == 0) {
        gs_stage_process_enter((pid_t)atol(argv[3]));
        return play(atoi(argv[2]));
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_messages_and_status_arrive),
        cmocka_unit_test(a_crash_is_told_by_its_signal),
        cmocka_unit_test(it_gets_no_terminal_and_no_other_files),
        cmocka_unit_test(an_older_kernel_does),
        cmocka_unit_test(it_cannot_start_another),
        cmocka_unit_test(ending_it_leaves_nothing),
        cmocka_unit_test(what_it_started_goes_with_it),
        cmocka_unit_test(a_zeroed_one_can_be_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
