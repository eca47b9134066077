#include "python/family/trial.h"

#include "python/front/front.h"

#include <errno.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

struct trial {
    const char *path;
    char *const *words;
    char *const *variables;
    bool failed;
};

/* In the child: calls of the kernel's alone. */
static int try_it(void *of)
{
    struct trial *trial = of;
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
        gs_real.syscall(SYS_execve, trial->path, trial->words, trial->variables);
        trial->failed = true;
    }
    gs_real.syscall(SYS_exit, 0);
    return 0;
}

static void end_child(pid_t child)
{
    int status;
    while (gs_real.waitpid(child, &status, __WALL) == child && WIFSTOPPED(status))
        gs_real.syscall(SYS_kill, child, SIGKILL);
}

/* It stops by SIGTRAP, which must not be blocked. */
static void run_child(struct trial *trial)
{
    _Alignas(16) char stack[1 << 14];
    pid_t child = clone(try_it, stack + sizeof stack, CLONE_VM | CLONE_VFORK, trial);
    if (child > 0)
        end_child(child);
}

static bool is_pending(int signal)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, signal) == 1;
}

bool gs_trial_succeeds(const char *path, char *const words[], char *const variables[])
{
    struct trial trial = {.path = path, .words = words, .variables = variables};
    int code = errno;
    sigset_t all, before, child;
    sigfillset(&all);
    sigdelset(&all, SIGTRAP);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    gs_real.pthread_sigmask(SIG_SETMASK, &all, &before);
    bool pending = is_pending(SIGCHLD);
    run_child(&trial);
    /* The program has had no child that ended. */
    if (!pending && is_pending(SIGCHLD))
        gs_real.sigtimedwait(&child, NULL, &(struct timespec){0});
    gs_real.pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return !trial.failed;
}
