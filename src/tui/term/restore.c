#include "tui/term/restore.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
enum { CRASHES = sizeof crashes / sizeof *crashes };

static struct {
    int fd;
    struct termios settings;
    char bytes[512];
    size_t count;
    volatile sig_atomic_t armed;
    struct sigaction before[CRASHES];
    /* A stack overflow is a crash too: its handler cannot run on the stack that overflowed. */
    _Alignas(16) char stack[64 * 1024];
} kept = {.fd = -1};

bool gs_restore_keep(int fd)
{
    kept.fd = fd;
    return tcgetattr(fd, &kept.settings) == 0;
}

void gs_restore_settings(void)
{
    tcsetattr(kept.fd, TCSANOW, &kept.settings);
}

/* Async-signal-safe. Harmless when nothing is armed. */
static void restore_now(void)
{
    if (!kept.armed)
        return;
    kept.armed = 0;
    /* First: the terminal may be gone, or take no more output. */
    gs_restore_settings();
    for (size_t done = 0; done < kept.count;) {
        ssize_t n = write(kept.fd, kept.bytes + done, kept.count - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
}

/* A fault happens again when the handler returns, with its address intact for a core dump; a
 * signal that somebody sent has to be sent again. */
static void on_crash(int signal_number, siginfo_t *info, void *unused)
{
    (void)unused;
    restore_now();
    for (size_t i = 0; i < CRASHES; i++)
        if (crashes[i] == signal_number)
            sigaction(signal_number, &kept.before[i], NULL);
    if (info->si_code <= 0)
        raise(signal_number);
}

void gs_restore_arm(const char *bytes, size_t count)
{
    kept.count = count < sizeof kept.bytes ? count : sizeof kept.bytes;
    memcpy(kept.bytes, bytes, kept.count);
    kept.armed = 1;
    sigaltstack(&(stack_t){.ss_sp = kept.stack, .ss_size = sizeof kept.stack}, NULL);
    struct sigaction act = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&act.sa_mask);
    /* From the background, setting a terminal would stop us; blocked, it is allowed. */
    sigaddset(&act.sa_mask, SIGTTOU);
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &act, &kept.before[i]);
}

void gs_restore_disarm(void)
{
    kept.armed = 0;
    for (size_t i = 0; i < CRASHES; i++)
        sigaction(crashes[i], &kept.before[i], NULL);
}
