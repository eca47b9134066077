/* The screen gives the terminal back, whatever ends it, and lives through what terminals do. */
#include "base/clock.h"
#include "base/sanitizers.h"
#include "support/screen_case.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void assert_restored(struct vscreen *screen)
{
    struct termios first = vscreen_first_settings(screen), now = vscreen_settings(screen);
    assert_true(vscreen_restored(screen));
    assert_int_equal(now.c_iflag, first.c_iflag);
    assert_int_equal(now.c_oflag, first.c_oflag);
    assert_int_equal(now.c_lflag, first.c_lflag);
}

static struct vscreen *open_running(struct screen_case *c)
{
    struct vscreen *screen = screen_case_open(c, 80, 24);
    vscreen_expect(screen, "Thread 2");
    return screen;
}

static void quitting_restores(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    assert_int_not_equal(vscreen_settings(screen).c_lflag, vscreen_first_settings(screen).c_lflag);
    assert_int_equal(screen_case_quit(screen), 0);
    assert_restored(screen);
    vscreen_close(screen);
}

static void signals_restore_and_tell_their_number(void **state)
{
    (void)state;
    const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct screen_case c = {0};
        struct vscreen *screen = open_running(&c);
        vscreen_signal(screen, signals[i]);
        int status = vscreen_wait(screen);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 128 + signals[i]);
        assert_restored(screen);
        vscreen_close(screen);
    }
}

/* The column of a text in a row. */
static int column_of(const struct vscreen *screen, int y, const char *text)
{
    char row[1024];
    const char *at = strstr(vscreen_row(screen, y, row, sizeof row), text);
    assert_non_null(at);
    return (int)(at - row);
}

/* On the terminal itself: it is asked to tell of the mouse, and asked no more. */
static void the_mouse_is_taken_and_given_back(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    vscreen_expect(screen, "ended");
    assert_true(vscreen_tells_mouse(screen));
    vscreen_click(screen, column_of(screen, 23, "stats"), 23);
    vscreen_expect(screen, "statistics up to the playhead");
    vscreen_keys(screen, "M");
    vscreen_expect(screen, "The mouse is the terminal's");
    assert_false(vscreen_tells_mouse(screen));
    vscreen_click(screen, column_of(screen, 23, "stats"), 23);
    vscreen_settle(screen, 50);
    assert_true(vscreen_has(screen, "statistics up to the playhead"));
    vscreen_keys(screen, "M");
    vscreen_expect(screen, "The mouse steers");
    assert_true(vscreen_tells_mouse(screen));
    assert_int_equal(screen_case_quit(screen), 0);
    assert_restored(screen);
    vscreen_close(screen);
}

static void pasted_text_is_typed_nowhere_but_into_a_line(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    vscreen_expect(screen, "ended");
    vscreen_paste(screen, "q\033q t");
    vscreen_expect(screen, "Pasted text does nothing here");
    assert_false(vscreen_has(screen, "statistics"));
    vscreen_keys(screen, "/");
    vscreen_expect(screen, "search:");
    vscreen_paste(screen, "thread 2\n\033[A");
    vscreen_expect(screen, "search: thread 2");
    vscreen_keys(screen, "\177\r");
    vscreen_expect(screen, "lane Thread 2");
    assert_int_equal(screen_case_quit(screen), 0);
    assert_restored(screen);
    vscreen_close(screen);
}

/* While the screen is being set up: curses has handlers by then, the loop is not there. */
static int early_signal;

static struct fake_trace *be_told_to_end(void)
{
    kill(getpid(), early_signal);
    return fake_gil_fight().trace;
}

static void signals_while_it_starts_tell_their_number(void **state)
{
    (void)state;
    const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct screen_case c = {.stage.make = be_told_to_end};
        early_signal = signals[i];
        struct vscreen *screen = screen_case_open(&c, 80, 24);
        int status = vscreen_wait(screen);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 128 + signals[i]);
        assert_restored(screen);
        vscreen_close(screen);
    }
}

/* Each run again takes its time. */
static struct fake_trace *start_slowly(void)
{
    usleep(20000);
    return fake_gil_fight().trace;
}

static void an_end_comes_before_keys_typed_ahead(void **state)
{
    (void)state;
    char keys[512];
    struct screen_case c = {.stage.make = start_slowly};
    struct vscreen *screen = open_running(&c);
    memset(keys, 'r', sizeof keys);
    keys[sizeof keys - 1] = '\0';
    vscreen_keys(screen, keys);
    vscreen_settle(screen, 50);
    uint64_t told = gs_clock_system();
    vscreen_signal(screen, SIGTERM);
    int status = vscreen_wait(screen);
    assert_true(gs_clock_system() - told < 1000000000u);
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    vscreen_close(screen);
}

static void crashes_restore_and_stay_crashes(void **state)
{
    (void)state;
    const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        struct screen_case c = {0};
        struct vscreen *screen = open_running(&c);
        vscreen_signal(screen, crashes[i]);
        int status = vscreen_wait(screen);
        if (!GS_ADDRESS_SANITIZER && !GS_THREAD_SANITIZER) {
            assert_true(WIFSIGNALED(status));
            assert_int_equal(WTERMSIG(status), crashes[i]);
        }
        assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        assert_restored(screen);
        vscreen_close(screen);
    }
}

/* What undoes the screen cannot be written then, but keys are echoed again. */
static void a_crash_with_stopped_output_restores_the_settings(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    tcflag_t echo = vscreen_first_settings(screen).c_lflag;
    assert_int_not_equal(vscreen_settings(screen).c_lflag, echo);
    vscreen_keys(screen, "\023");
    vscreen_settle(screen, 100);
    vscreen_signal(screen, SIGSEGV);
    vscreen_settle(screen, 300);
    assert_int_equal(vscreen_settings(screen).c_lflag, echo);
    vscreen_keys(screen, "\021");
    vscreen_wait(screen);
    assert_restored(screen);
    vscreen_close(screen);
}

static void interrupt_key_ends(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    vscreen_keys(screen, "\003");
    assert_int_equal(WEXITSTATUS(vscreen_wait(screen)), 128 + SIGINT);
    assert_restored(screen);
    vscreen_close(screen);
}

static void stop_key_gives_the_terminal_to_the_shell_and_back(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_running(&c);
    for (int round = 0; round < 2; round++) {
        vscreen_keys(screen, "\032");
        vscreen_expect(screen, round == 0 ? "stopped 1" : "stopped 2");
        assert_restored(screen);
        vscreen_keys(screen, "fg\n");
        vscreen_expect(screen, "Thread 2");
        vscreen_expect(screen, "? help");
    }
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void a_terminal_that_goes_away_ends_it(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.clock = GS_CLOCK_REAL}};
    struct vscreen *screen = open_running(&c);
    vscreen_hang_up(screen);
    int status = vscreen_wait(screen);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 128 + SIGHUP);
    vscreen_close(screen);
}

static void resizing_during_a_run_redraws(void **state)
{
    (void)state;
    struct screen_case c = {.speed = 0.01};
    struct vscreen *screen = open_running(&c);
    const int sizes[][2] = {{120, 40}, {40, 10}, {81, 25}, {200, 60}, {80, 24}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char row[4096];
        vscreen_resize(screen, sizes[i][0], sizes[i][1]);
        /* A busy machine may take its time to draw it anew. */
        for (int tries = 0; tries < 100; tries++) {
            vscreen_settle(screen, 150);
            vscreen_row(screen, sizes[i][1] - 1, row, sizeof row);
            if (strstr(row, "? help"))
                break;
        }
        assert_non_null(strstr(row, "? help"));
        vscreen_expect(screen, "GIL ");
    }
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

/* Larger than curses can count: what can be shown is shown in a corner. */
static void a_terminal_too_large_is_lived_with(void **state)
{
    (void)state;
    struct screen_case c = {0};
    static const int sizes[][2] = {{80, 33000}, {65535, 10}, {80, 32768}, {80, 24}};
    struct vscreen *screen = screen_case_open(&c, 33000, 24);
    vscreen_expect(screen, "Thread 2");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        vscreen_resize(screen, sizes[i][0], sizes[i][1]);
        vscreen_settle(screen, 300);
        vscreen_expect(screen, "Thread 2");
    }
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void a_screen_too_small_says_so_and_recovers(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = screen_case_open(&c, 20, 5);
    vscreen_expect(screen, "Too small: 20x5");
    vscreen_expect(screen, "40x10 is needed.");
    vscreen_resize(screen, 80, 24);
    vscreen_expect(screen, "GIL ");
    assert_false(vscreen_has(screen, "Too small"));
    vscreen_resize(screen, 39, 24);
    vscreen_expect(screen, "Too small");
    vscreen_resize(screen, 1, 1);
    vscreen_settle(screen, 100);
    vscreen_resize(screen, 40, 10);
    vscreen_expect(screen, "GIL ");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

/* Linux's console: what is known of it does not say how large it is. */
static void a_terminal_that_only_the_kernel_knows_the_size_of_has_a_screen(void **state)
{
    (void)state;
    struct screen_case c = {.environment = (const char *const[]){"TERM=linux", NULL}};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "GIL ");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void terminals_that_cannot_show_a_screen_are_named(void **state)
{
    (void)state;
    const char *const names[] = {"TERM=dumb", "TERM=no-such-terminal", "TERM="};
    const char *const says[] = {"cannot show a screen; set TERM", "is not known here; set TERM",
                                "type is not said; set TERM"};
    for (int i = 0; i < 3; i++) {
        struct screen_case c = {.environment = (const char *const[]){names[i], NULL}};
        struct vscreen *screen = screen_case_open(&c, 80, 24);
        assert_int_equal(WEXITSTATUS(vscreen_wait(screen)), 99);
        assert_true(vscreen_has(screen, says[i]));
        assert_restored(screen);
        vscreen_close(screen);
    }
}

static void colours_follow_the_terminal_and_the_user(void **state)
{
    (void)state;
    static const struct {
        const char *const environment[3];
        bool colour;
    } cases[] = {
        {{"TERM=xterm-256color"}, true}, {{"TERM=xterm"}, true}, {{"TERM=vt220"}, false},
        {{"NO_COLOR=1"}, false},         {{"NO_COLOR="}, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct screen_case c = {.environment = cases[i].environment};
        struct vscreen *screen = open_running(&c);
        vscreen_settle(screen, 100);
        assert_int_equal(vscreen_has_colour(screen), cases[i].colour);
        assert_int_equal(screen_case_quit(screen), 0);
        vscreen_close(screen);
    }
}

static void ascii_is_ascii(void **state)
{
    (void)state;
    const char *const locale[] = {"LC_ALL=C", NULL};
    struct screen_case cases[] = {{.ascii = true}, {.environment = locale}};
    for (int i = 0; i < 2; i++) {
        struct vscreen *screen = open_running(&cases[i]);
        vscreen_expect(screen, "ended");
        vscreen_keys(screen, "set");
        vscreen_settle(screen, 200);
        for (int y = 0; y < 24; y++) {
            char row[4096];
            for (const char *p = vscreen_row(screen, y, row, sizeof row); *p; p++)
                assert_in_range((unsigned char)*p, ' ', '~');
        }
        assert_int_equal(screen_case_quit(screen), 0);
        vscreen_close(screen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quitting_restores),
        cmocka_unit_test(the_mouse_is_taken_and_given_back),
        cmocka_unit_test(pasted_text_is_typed_nowhere_but_into_a_line),
        cmocka_unit_test(signals_restore_and_tell_their_number),
        cmocka_unit_test(signals_while_it_starts_tell_their_number),
        cmocka_unit_test(an_end_comes_before_keys_typed_ahead),
        cmocka_unit_test(crashes_restore_and_stay_crashes),
        cmocka_unit_test(a_crash_with_stopped_output_restores_the_settings),
        cmocka_unit_test(interrupt_key_ends),
        cmocka_unit_test(stop_key_gives_the_terminal_to_the_shell_and_back),
        cmocka_unit_test(a_terminal_that_goes_away_ends_it),
        cmocka_unit_test(resizing_during_a_run_redraws),
        cmocka_unit_test(a_terminal_too_large_is_lived_with),
        cmocka_unit_test(a_screen_too_small_says_so_and_recovers),
        cmocka_unit_test(a_terminal_that_only_the_kernel_knows_the_size_of_has_a_screen),
        cmocka_unit_test(terminals_that_cannot_show_a_screen_are_named),
        cmocka_unit_test(colours_follow_the_terminal_and_the_user),
        cmocka_unit_test(ascii_is_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
