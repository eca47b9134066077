#include "base/ending.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* limit: NULL for none. A descriptor for a process is readable once that has ended; there is none
 * for one whose status has been read. */
static bool look(pid_t pid, const struct timespec *limit)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return errno == ESRCH;
    struct pollfd end = {.fd = fd, .events = POLLIN};
    long found;
    do {
        struct timespec left = limit ? *limit : (struct timespec){0};
        found = syscall(SYS_ppoll, &end, 1, limit ? &left : NULL, NULL, 0);
    } while (found < 0 && errno == EINTR);
    syscall(SYS_close, fd);
    return found > 0;
}

bool gs_ending_has_come(pid_t pid)
{
    return look(pid, &(struct timespec){0});
}

void gs_ending_await(pid_t pid)
{
    (void)look(pid, NULL);
}

void gs_ending_settle(pid_t pid)
{
    siginfo_t info;
    /* The kernel takes the lock that it tells the parent under. */
    (void)syscall(SYS_waitid, P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT, NULL);
}

/* The last number of the kernel's line about it; see proc_pid_stat(5). */
bool gs_ending_status(pid_t pid, int *status)
{
    char path[32], line[1024] = "", state = '\0';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    const char *behind_name = strrchr(line, ')'), *last = strrchr(line, ' ');
    return read && behind_name && sscanf(behind_name, ") %c", &state) == 1 && state == 'Z' &&
           sscanf(last, "%d", status) == 1;
}

int gs_ending_exit_status(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static const char *const names[] = {
    [SIGHUP] = "HUP",   [SIGINT] = "INT",       [SIGQUIT] = "QUIT", [SIGILL] = "ILL",
    [SIGTRAP] = "TRAP", [SIGABRT] = "ABRT",     [SIGBUS] = "BUS",   [SIGFPE] = "FPE",
    [SIGKILL] = "KILL", [SIGUSR1] = "USR1",     [SIGSEGV] = "SEGV", [SIGUSR2] = "USR2",
    [SIGPIPE] = "PIPE", [SIGALRM] = "ALRM",     [SIGTERM] = "TERM", [SIGXCPU] = "XCPU",
    [SIGXFSZ] = "XFSZ", [SIGVTALRM] = "VTALRM", [SIGPROF] = "PROF", [SIGSYS] = "SYS",
    [SIGIO] = "IO",
};

const char *gs_ending_signal(char *buffer, size_t size, int number)
{
    bool named = number > 0 && (size_t)number < sizeof names / sizeof *names && names[number];
    snprintf(buffer, size, named ? "signal %d (SIG%s)" : "signal %d", number,
             named ? names[number] : "");
    return buffer;
}
