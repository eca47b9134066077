/* Exec: another program takes the process over, which is the caller's own, or a child of it that
 * was made for that. And posix_spawn, which is both in one. */
#include "python/cpython/program.h"
#include "python/family/processes.h"
#include "python/family/starts.h"
#include "python/family/trial.h"
#include "python/front/front.h"
#include "python/watch/gils.h"
#include "python/watch/ticks.h"

#include "base/own.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_there(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The lanes of its threads end here. Those of a Python that takes the process over come in their
 * place; another program runs as it does without us. */
static void become(struct gs_watched *self, const char *path, const struct gs_start *start)
{
    uint32_t program = gs_watch_string(path, strlen(path));
    gs_gil_tell_all();
    if (start->seated) {
        gs_gil_end(self);
        gs_watched_end(self, GS_DEATH_REPLACED, program);
        gs_process_go_on(program);
    } else {
        gs_watched_end(self, GS_DEATH_CUT_OFF, 0);
        gs_process_leave(program);
    }
}

static void prepare(struct gs_start *start, const char *path, char *const words[])
{
    if (gs_watch_has_lanes()) {
        gs_start_prepare_own(start, path);
    } else {
        gs_start_prepare(start, path, words);
        gs_start_is(start, gs_own_pid());
    }
}

/* It ends what others see of the caller, which goes on where the exec fails. */
static bool is_an_end(const struct gs_start *start)
{
    return gs_watch_has_lanes() || (!start->seated && gs_process_is_unseated());
}

static void leave(const struct gs_start *start, const char *path)
{
    if (gs_watch_has_lanes())
        become(gs_watched_self, path, start);
    else
        gs_process_leave_unseated();
}

static int watch_execve(const char *path, char *const words[], char *const variables[])
{
    struct gs_start start;
    prepare(&start, path, words);
    char **own = gs_start_environment(&start, variables);
    if (is_an_end(&start) && is_there(path) && gs_trial_succeeds(path, words, own))
        leave(&start, path);
    int code = gs_below.execve(path, words, own);
    gs_start_failed(&start, gs_own_pid());
    return code;
}

static int watch_execv(const char *path, char *const words[])
{
    return watch_execve(path, words, environ);
}

static int watch_posix_spawn(pid_t *pid, const char *path,
                             const posix_spawn_file_actions_t *actions,
                             const posix_spawnattr_t *attributes, char *const words[],
                             char *const variables[])
{
    struct gs_start start;
    pid_t child;
    gs_starts_note();
    gs_start_prepare(&start, path, words);
    int code = gs_below.posix_spawn(&child, path, actions, attributes, words,
                                    gs_start_environment(&start, variables));
    if (code == 0)
        gs_start_is(&start, child);
    else
        gs_start_failed(&start, 0);
    if (code == 0 && pid)
        *pid = child;
    return code;
}

static int watch_posix_spawnp(pid_t *pid, const char *word,
                              const posix_spawn_file_actions_t *actions,
                              const posix_spawnattr_t *attributes, char *const words[],
                              char *const variables[])
{
    char path[GS_PATH_MAX];
    if (!gs_program_find(word, path, sizeof path))
        return gs_below.posix_spawnp(pid, word, actions, attributes, words, variables);
    return watch_posix_spawn(pid, path, actions, attributes, words, variables);
}

static int run_shell(const char *command, const sigset_t *mask, const sigset_t *handled)
{
    static char shell[] = "sh", option[] = "-c", stop[] = "--";
    char *words[] = {shell, option, stop, (char *)command, NULL};
    enum { NOT_THERE = 127 << 8 };
    posix_spawnattr_t attributes;
    pid_t child;
    int status;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, mask);
    posix_spawnattr_setsigdefault(&attributes, handled);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int code = watch_posix_spawn(&child, "/bin/sh", NULL, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    if (code != 0)
        return NOT_THERE;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

/* The library's own starts the shell and waits for it where nobody can see it. */
static int watch_system(const char *command)
{
    static const int numbers[] = {SIGINT, SIGQUIT};
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before[2];
    sigset_t child, mask, handled;
    if (!command)
        return gs_below.system(command);
    sigemptyset(&child);
    sigemptyset(&handled);
    sigaddset(&child, SIGCHLD);
    for (size_t i = 0; i < 2; i++) {
        gs_real.sigaction(numbers[i], &ignore, &before[i]);
        if (before[i].sa_handler != SIG_IGN)
            sigaddset(&handled, numbers[i]);
    }
    gs_below.pthread_sigmask(SIG_BLOCK, &child, &mask);
    int status = run_shell(command, &mask, &handled);
    for (size_t i = 0; i < 2; i++)
        gs_real.sigaction(numbers[i], &before[i], NULL);
    gs_below.pthread_sigmask(SIG_SETMASK, &mask, NULL);
    return status;
}

/* CPython blocks all signals, GIL in hand, before it lets that go and calls vfork. */
static int watch_sigmask(int how, const sigset_t *new, sigset_t *old)
{
    if (how == SIG_BLOCK && new &&sigismember(new, SIGKILL))
        gs_starts_note();
    return gs_ticks_sigmask(how, new, old);
}

void gs_watch_exec(struct gs_front *table)
{
    table->execv = watch_execv;
    table->execve = watch_execve;
    table->posix_spawn = watch_posix_spawn;
    table->posix_spawnp = watch_posix_spawnp;
    table->pthread_sigmask = watch_sigmask;
    table->system = watch_system;
}
