#include "cli/guard/guard.h"

#include "cli/guard/leftovers.h"
#include "cli/guard/process.h"
#include "cli/say/say.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* How long a screen that was told to end may take, in s. */
#define PATIENCE 3

struct guard {
    pid_t screen;
    struct termios settings;
    bool has_terminal;
    sigset_t before; /* the signal mask that the screen starts with */
    bool ending;     /* the screen was told to end, … */
    time_t told;     /* … when, in s of CLOCK_MONOTONIC */
};

/* Undoes all that a screen may have switched on, whether it had got as far or not: ends a sequence
 * that was cut in two, then colours, mouse, pasting, keypad, character set, scrolling, cursor. */
static const char undo[] = "\030\033[0m\033[?2026l\033[?1000l\033[?1002l\033[?1003l\033[?1006l"
                           "\033[?1004l\033[?2004l\033[?1l\033>\033(B\033[r\033[?1049l\033[?25h\r";

static void restore_terminal(const struct guard *guard)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (!guard->has_terminal)
        return;
    /* First, whatever becomes of the output: keys that nobody sees are worse than odd colours. */
    tcflush(STDIN_FILENO, TCIFLUSH);
    tcsetattr(STDIN_FILENO, TCSANOW, &guard->settings);
    /* A terminal that takes no more output, or is gone, must not keep the guard here. */
    if (poll(&out, 1, 200) == 1 && (out.revents & POLLOUT))
        (void)!write(STDOUT_FILENO, undo, sizeof undo - 1);
}

static const int watched[] = {SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static void watched_set(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++)
        sigaddset(set, watched[i]);
}

static time_t now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec;
}

/* The terminal sends its signals to the screen as well; what anybody else sends comes only here. */
static void pass_on(struct guard *guard, const siginfo_t *info)
{
    if (info->si_code != SI_KERNEL)
        kill(guard->screen, info->si_signo);
    if (info->si_signo == SIGTSTP || info->si_signo == SIGCONT)
        return;
    kill(guard->screen, SIGCONT);
    guard->ending = true;
    guard->told = now();
}

/* The screen has stopped, the terminal put right: the shell waits for this process to stop too. */
static void stop_too(const struct guard *guard)
{
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP); /* blocked: with the terminal's own that may be pending it makes one stop */
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    kill(guard->screen, SIGCONT);
}

/* A debugger, or a sanitizer's, stops it only for a moment: who stopped with it would stay so. */
static bool is_still_stopped(pid_t screen)
{
    struct gs_process process;
    return gs_process_look(screen, &process) && process.state == 'T';
}

/* True once the screen is gone. */
static bool look_at_screen(const struct guard *guard, int *status)
{
    while (waitpid(guard->screen, status, WNOHANG | WUNTRACED) == guard->screen) {
        if (!WIFSTOPPED(*status))
            return true;
        if (is_still_stopped(guard->screen))
            stop_too(guard);
    }
    return false;
}

static int await_screen(struct guard *guard)
{
    sigset_t set;
    siginfo_t info;
    int status = 0;
    const struct timespec turn = {.tv_sec = 1};
    watched_set(&set);
    while (!look_at_screen(guard, &status)) {
        int number = sigtimedwait(&set, &info, &turn);
        if (number > 0 && number != SIGCHLD)
            pass_on(guard, &info);
        if (guard->ending && now() - guard->told >= PATIENCE)
            kill(guard->screen, SIGKILL);
    }
    return status;
}

static void tell(int number)
{
    bool asked = number == SIGTERM || number == SIGHUP || number == SIGINT;
    if (!asked)
        gs_cli_say("killed by signal %d (%s); the terminal is restored", number, strsignal(number));
}

static _Noreturn void be_screen(const struct guard *guard, pid_t parent,
                                int (*screen)(void *context), void *context)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigprocmask(SIG_SETMASK, &guard->before, NULL);
    signal(SIGTTOU, SIG_DFL);
    if (getppid() != parent)
        _exit(128 + SIGTERM);
    exit(screen(context));
}

int gs_guard_run(int (*screen)(void *context), void *context)
{
    struct guard guard = {0};
    sigset_t set;
    pid_t self = getpid();
    guard.has_terminal = isatty(STDOUT_FILENO) && tcgetattr(STDIN_FILENO, &guard.settings) == 0;
    watched_set(&set);
    sigprocmask(SIG_BLOCK, &set, &guard.before);
    signal(SIGTTOU, SIG_IGN); /* else putting the terminal right from the background would stop */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    guard.screen = fork();
    if (guard.screen == 0)
        be_screen(&guard, self, screen, context);
    if (guard.screen < 0) {
        gs_cli_say("cannot start the screen: %s", strerror(errno));
        return GS_EXIT_FAILED;
    }
    int status = await_screen(&guard);
    if (WIFSIGNALED(status))
        restore_terminal(&guard);
    gs_leftovers_kill();
    if (WIFSIGNALED(status))
        tell(WTERMSIG(status));
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
