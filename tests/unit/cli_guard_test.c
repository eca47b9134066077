/* The guard: whatever happens to the screen or to the guard itself, the terminal is put right and
 * nothing is left. The screens here are played; the terminal is a real pty. */
#include "cli/guard/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What the played screen tells the test. */
static struct shared {
    _Atomic pid_t screen, orphan;
    _Atomic int ended_by, went_on;
} * shared;

static int master;
static int slave;

static int set_up(void **state)
{
    (void)state;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared == MAP_FAILED || openpty(&master, &slave, NULL, NULL, NULL) != 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(master);
    close(slave);
    return munmap(shared, sizeof *shared);
}

static pid_t start_guard(int (*screen)(void *))
{
    pid_t guard = fork();
    if (guard == 0) {
        setpgid(0, 0);
        for (int fd = 0; fd < 3; fd++)
            dup2(slave, fd);
        _exit(gs_guard_run(screen, NULL));
    }
    setpgid(guard, guard);
    return guard;
}

static bool comes_true(bool (*what)(void))
{
    for (int turn = 0; turn < 2000; turn++) {
        if (what())
            return true;
        usleep(5000);
    }
    return false;
}

static bool screen_is_up(void)
{
    return shared->screen != 0;
}

static bool screen_is_gone(void)
{
    return kill(shared->screen, 0) != 0 && errno == ESRCH;
}

static bool screen_went_on(void)
{
    return shared->went_on != 0;
}

static int exit_status(pid_t guard)
{
    int status;
    assert_int_equal(waitpid(guard, &status, 0), guard);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* All that was written to the terminal so far. */
static const char *shown(void)
{
    static char text[4096];
    size_t length = 0;
    struct pollfd fd = {.fd = master, .events = POLLIN};
    while (poll(&fd, 1, 100) == 1 && length < sizeof text - 1) {
        ssize_t n = read(master, text + length, sizeof text - 1 - length);
        if (n <= 0)
            break;
        length += (size_t)n;
    }
    text[length] = '\0';
    return text;
}

static void take_terminal(void)
{
    struct termios raw;
    tcgetattr(0, &raw);
    cfmakeraw(&raw);
    tcsetattr(0, TCSANOW, &raw);
    assert_true(write(1, "\033[?1049h\033[?25l", 14) == 14);
}

static void end_by(int number)
{
    shared->ended_by = number;
}

/* A sanitizer looks for leaks at the end, and stops the process for it with a signal that the
 * guard's SIGCONT would undo. */
static int leave(int status)
{
    usleep(100000);
    return status;
}

static int wait_for_the_end(void *context)
{
    (void)context;
    signal(SIGTERM, end_by);
    signal(SIGHUP, end_by);
    take_terminal();
    shared->screen = getpid();
    while (!shared->ended_by)
        usleep(1000);
    return leave(128 + shared->ended_by);
}

static int leave_at_once(void *context)
{
    (void)context;
    return 3;
}

static void the_exit_status_is_the_screens(void **state)
{
    (void)state;
    assert_int_equal(exit_status(start_guard(leave_at_once)), 3);
    assert_string_equal(shown(), "");
}

static void a_killed_screen_leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    struct termios before, after;
    tcgetattr(slave, &before);
    pid_t guard = start_guard(wait_for_the_end);
    assert_true(comes_true(screen_is_up));
    kill(shared->screen, SIGKILL);
    assert_int_equal(exit_status(guard), 128 + SIGKILL);
    tcgetattr(slave, &after);
    assert_int_equal(before.c_lflag, after.c_lflag);
    assert_int_equal(before.c_iflag, after.c_iflag);
    assert_int_equal(before.c_oflag, after.c_oflag);
    const char *text = shown();
    assert_non_null(strstr(text, "\033[?1049l"));
    assert_non_null(strstr(text, "\033[?25h"));
    assert_non_null(strstr(text, "killed by signal 9 (Killed); the terminal is restored"));
}

/* Keys come from one terminal, and the other one, for the output, goes away. */
static void settings_come_back_without_the_output(void **state)
{
    (void)state;
    int out_master, out;
    struct termios before, after;
    assert_int_equal(openpty(&out_master, &out, NULL, NULL, NULL), 0);
    tcgetattr(slave, &before);
    pid_t guard = fork();
    if (guard == 0) {
        close(out_master);
        dup2(slave, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        _exit(gs_guard_run(wait_for_the_end, NULL));
    }
    assert_true(comes_true(screen_is_up));
    close(out_master);
    kill(shared->screen, SIGKILL);
    assert_int_equal(exit_status(guard), 128 + SIGKILL);
    tcgetattr(slave, &after);
    assert_int_equal(before.c_lflag, after.c_lflag);
    close(out);
}

static void what_ends_the_guard_ends_the_screen(void **state)
{
    (void)state;
    pid_t guard = start_guard(wait_for_the_end);
    assert_true(comes_true(screen_is_up));
    kill(guard, SIGHUP);
    assert_int_equal(exit_status(guard), 128 + SIGHUP);
    assert_int_equal(shared->ended_by, SIGHUP);
}

static int hear_nothing(void *context)
{
    (void)context;
    signal(SIGTERM, SIG_IGN);
    shared->screen = getpid();
    for (;;)
        pause();
    return 0;
}

static void a_screen_that_will_not_end_is_killed(void **state)
{
    (void)state;
    pid_t guard = start_guard(hear_nothing);
    assert_true(comes_true(screen_is_up));
    kill(guard, SIGTERM);
    assert_int_equal(exit_status(guard), 128 + SIGKILL);
}

static void a_killed_guard_ends_the_screen(void **state)
{
    (void)state;
    pid_t guard = start_guard(wait_for_the_end);
    assert_true(comes_true(screen_is_up));
    kill(guard, SIGKILL);
    waitpid(guard, NULL, 0);
    assert_true(comes_true(screen_is_gone));
    assert_int_equal(shared->ended_by, SIGTERM);
}

static int leave_an_orphan(void *context)
{
    (void)context;
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            shared->orphan = getpid();
            for (;;)
                pause();
        }
        _exit(0);
    }
    while (!shared->orphan)
        usleep(1000);
    abort();
}

static void what_the_screen_leaves_behind_is_ended(void **state)
{
    (void)state;
    assert_int_equal(exit_status(start_guard(leave_an_orphan)), 128 + SIGABRT);
    assert_int_equal(kill(shared->orphan, 0), -1);
}

static int stop_and_go_on(void *context)
{
    (void)context;
    shared->screen = getpid();
    raise(SIGTSTP);
    shared->went_on = 1;
    return leave(0);
}

static void it_stops_and_goes_on_with_the_screen(void **state)
{
    (void)state;
    int status;
    pid_t guard = start_guard(stop_and_go_on);
    assert_int_equal(waitpid(guard, &status, WUNTRACED), guard);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(shared->went_on, 0);
    kill(guard, SIGCONT);
    assert_true(comes_true(screen_went_on));
    assert_int_equal(exit_status(guard), 0);
}

static int answer_to_stop(void *context)
{
    (void)context;
    shared->screen = getpid();
    while (!shared->went_on)
        usleep(1000);
    return leave(0);
}

static void a_stop_sent_to_the_guard_reaches_the_screen_first(void **state)
{
    (void)state;
    int status;
    pid_t guard = start_guard(answer_to_stop);
    assert_true(comes_true(screen_is_up));
    kill(guard, SIGTSTP);
    assert_int_equal(waitpid(guard, &status, WUNTRACED), guard);
    assert_true(WIFSTOPPED(status));
    shared->went_on = 1;
    usleep(50000);
    assert_int_equal(kill(shared->screen, 0), 0);
    kill(guard, SIGCONT);
    assert_int_equal(exit_status(guard), 0);
}

int main(void)
{
#define ON_A_TERMINAL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ON_A_TERMINAL(the_exit_status_is_the_screens),
        ON_A_TERMINAL(a_killed_screen_leaves_the_terminal_as_it_was),
        ON_A_TERMINAL(settings_come_back_without_the_output),
        ON_A_TERMINAL(what_ends_the_guard_ends_the_screen),
        ON_A_TERMINAL(a_screen_that_will_not_end_is_killed),
        ON_A_TERMINAL(a_killed_guard_ends_the_screen),
        ON_A_TERMINAL(what_the_screen_leaves_behind_is_ended),
        ON_A_TERMINAL(it_stops_and_goes_on_with_the_screen),
        ON_A_TERMINAL(a_stop_sent_to_the_guard_reaches_the_screen_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
