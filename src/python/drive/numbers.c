#include "python/drive/numbers.h"

#include "python/cpython/program.h"
#include "python/drive/drive.h"

#include "base/own.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Linux has four million at most (PID_MAX_LIMIT). The first is who keeps the run. */
enum { FIRST = 5000000 };

static struct gs_front under;

/* --- the numbers */

pid_t gs_numbers_real(pid_t seen)
{
    uint32_t used = atomic_load(&gs_family->numbered);
    bool known = seen >= FIRST && (uint32_t)(seen - FIRST) < used;
    return known ? atomic_load(&gs_family->number[seen - FIRST]) : seen;
}

static uint32_t reserve(void)
{
    uint32_t taken = atomic_load(&gs_family->numbered);
    while (taken < GS_FAMILY_NUMBERS &&
           !atomic_compare_exchange_weak(&gs_family->numbered, &taken, taken + 1))
        ;
    return taken;
}

static void set(uint32_t at, pid_t real)
{
    if (at < GS_FAMILY_NUMBERS)
        atomic_store(&gs_family->number[at], real);
}

/* The kernel uses its own again: the last is meant. */
static pid_t seen_of(pid_t real)
{
    if (real <= 0)
        return real;
    for (uint32_t i = atomic_load(&gs_family->numbered); i-- > 0;)
        if (atomic_load(&gs_family->number[i]) == real)
            return (pid_t)(FIRST + i);
    uint32_t at = reserve();
    set(at, real);
    return at < GS_FAMILY_NUMBERS ? (pid_t)(FIRST + at) : real;
}

/* A process that has just been started: it may have the kernel's number of one that has ended. */
static pid_t seen_new(pid_t real)
{
    uint32_t at = real > 0 ? reserve() : GS_FAMILY_NUMBERS;
    set(at, real);
    return at < GS_FAMILY_NUMBERS ? (pid_t)(FIRST + at) : real;
}

/* As in kill and waitpid: a group's number is below zero. */
static pid_t real_or_group(pid_t seen)
{
    return seen < -1 ? -gs_numbers_real(-seen) : gs_numbers_real(seen);
}

/* --- in words */

/* Of digits that stand together; 0: none that has another one in the kernel. */
static pid_t number_at(const char *digits, size_t length)
{
    long value = length < 10 ? atol(digits) : 0;
    pid_t real = gs_numbers_real((pid_t)value);
    return real != value ? real : 0;
}

/* Makes room for as much as it says; the text with each number that the program sees as the
 * kernel's. */
static void translate(const char *from, char *to, size_t room)
{
    size_t used = 0;
    while (*from && used + 16 < room) {
        size_t digits = strspn(from, "0123456789");
        pid_t real = digits ? number_at(from, digits) : 0;
        size_t n = digits ? digits : 1;
        if (real)
            used += (size_t)snprintf(to + used, room - used, "%d", (int)real);
        else
            for (size_t i = 0; i < n && used + 1 < room; i++)
                to[used++] = from[i];
        from += n;
    }
    to[used] = '\0';
}

static bool has_number(const char *text)
{
    for (size_t digits; *text; text += digits ? digits : 1) {
        digits = strspn(text, "0123456789");
        if (digits && number_at(text, digits))
            return true;
    }
    return false;
}

const char *gs_numbers_real_path(const char *path, char own[PATH_MAX])
{
    static const char start[] = "/proc/";
    if (strncmp(path, start, sizeof start - 1) != 0 || strlen(path) + 16 >= PATH_MAX ||
        !has_number(path))
        return path;
    translate(path, own, PATH_MAX);
    return own;
}

/* What an exec was given cannot be freed behind it: memory of the thread's, used again. */
static char **translated(const char *path, char *const words[])
{
    static _Thread_local char *text;
    static _Thread_local char **list;
    size_t count = 0, size = 0, used = 0;
    bool any = false;
    for (; words && words[count]; count++) {
        size += strlen(words[count]) + 32;
        any |= has_number(words[count]);
    }
    if (!any || gs_program_is_python(path))
        return (char **)words;
    text = realloc(text, size);
    list = realloc(list, (count + 1) * sizeof *list);
    if (!text || !list)
        abort();
    for (size_t i = 0; i < count; i++) {
        list[i] = text + used;
        translate(words[i], list[i], strlen(words[i]) + 32);
        used += strlen(list[i]) + 1;
    }
    list[count] = NULL;
    return list;
}

/* --- who one is */

static pid_t numbered_getpid(void)
{
    return seen_of(gs_own_pid());
}

static pid_t numbered_getppid(void)
{
    return seen_of(under.getppid());
}

static pid_t numbered_getpgid(pid_t pid)
{
    return seen_of(under.getpgid(gs_numbers_real(pid)));
}

static pid_t numbered_getpgrp(void)
{
    return seen_of(under.getpgrp());
}

static int numbered_setpgid(pid_t pid, pid_t group)
{
    return under.setpgid(gs_numbers_real(pid), gs_numbers_real(group));
}

static pid_t numbered_getsid(pid_t pid)
{
    return seen_of(under.getsid(gs_numbers_real(pid)));
}

static pid_t numbered_setsid(void)
{
    return seen_of(under.setsid());
}

static pid_t numbered_tcgetpgrp(int fd)
{
    return seen_of(under.tcgetpgrp(fd));
}

static int numbered_tcsetpgrp(int fd, pid_t group)
{
    return under.tcsetpgrp(fd, gs_numbers_real(group));
}

/* --- those that begin */

static pid_t numbered_fork(void)
{
    uint32_t at = reserve();
    pid_t child = under.fork();
    if (child == 0)
        set(at, gs_own_pid());
    else if (child > 0)
        set(at, child);
    return child > 0 && at < GS_FAMILY_NUMBERS ? (pid_t)(FIRST + at) : child;
}

static int numbered_posix_spawn(pid_t *pid, const char *path,
                                const posix_spawn_file_actions_t *actions,
                                const posix_spawnattr_t *attributes, char *const words[],
                                char *const variables[])
{
    pid_t child;
    int code =
        under.posix_spawn(&child, path, actions, attributes, translated(path, words), variables);
    if (code == 0 && pid)
        *pid = seen_new(child);
    return code;
}

static int numbered_posix_spawnp(pid_t *pid, const char *word,
                                 const posix_spawn_file_actions_t *actions,
                                 const posix_spawnattr_t *attributes, char *const words[],
                                 char *const variables[])
{
    pid_t child;
    char path[PATH_MAX];
    if (gs_program_find(word, path, sizeof path))
        return numbered_posix_spawn(pid, path, actions, attributes, words, variables);
    int code = under.posix_spawnp(&child, word, actions, attributes, words, variables);
    if (code == 0 && pid)
        *pid = seen_new(child);
    return code;
}

static int numbered_execve(const char *path, char *const words[], char *const variables[])
{
    return under.execve(path, translated(path, words), variables);
}

static int numbered_execv(const char *path, char *const words[])
{
    return under.execv(path, translated(path, words));
}

static int numbered_system(const char *command)
{
    char *words[] = {(char *)command, NULL};
    return under.system(command ? translated("/bin/sh", words)[0] : NULL);
}

/* --- those that end */

static pid_t numbered_wait4(pid_t child, int *status, int flags, struct rusage *used)
{
    return seen_of(under.wait4(real_or_group(child), status, flags, used));
}

static pid_t numbered_wait3(int *status, int flags, struct rusage *used)
{
    return seen_of(under.wait3(status, flags, used));
}

static pid_t numbered_waitpid(pid_t child, int *status, int flags)
{
    return seen_of(under.waitpid(real_or_group(child), status, flags));
}

static pid_t numbered_wait(int *status)
{
    return seen_of(under.wait(status));
}

static int numbered_waitid(idtype_t what, id_t id, siginfo_t *info, int flags)
{
    bool names_one = what == P_PID || what == P_PGID;
    int code = under.waitid(what, names_one ? (id_t)gs_numbers_real((pid_t)id) : id, info, flags);
    if (code == 0 && info)
        info->si_pid = seen_of(info->si_pid);
    return code;
}

/* --- signals */

static int numbered_kill(pid_t pid, int number)
{
    return under.kill(real_or_group(pid), number);
}

static int numbered_killpg(pid_t group, int number)
{
    return under.killpg(gs_numbers_real(group), number);
}

static int numbered_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    int number = under.sigwaitinfo(set, info);
    if (number > 0 && info)
        info->si_pid = seen_of(info->si_pid);
    return number;
}

static int numbered_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *t)
{
    int number = under.sigtimedwait(set, info, t);
    if (number > 0 && info)
        info->si_pid = seen_of(info->si_pid);
    return number;
}

/* --- what is asked and set of one */

static int numbered_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *cores)
{
    return under.sched_getaffinity(gs_numbers_real(pid), size, cores);
}

static int numbered_sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *cores)
{
    return under.sched_setaffinity(gs_numbers_real(pid), size, cores);
}

static int numbered_getpriority(__priority_which_t which, id_t who)
{
    return under.getpriority(which, (id_t)gs_numbers_real((pid_t)who));
}

static int numbered_setpriority(__priority_which_t which, id_t who, int priority)
{
    return under.setpriority(which, (id_t)gs_numbers_real((pid_t)who), priority);
}

static int numbered_prlimit64(pid_t pid, __rlimit_resource_t what, const struct rlimit64 *new,
                              struct rlimit64 *old)
{
    return under.prlimit64(gs_numbers_real(pid), what, new, old);
}

static int numbered_getsockopt(int fd, int level, int option, void *value, socklen_t *size)
{
    int code = under.getsockopt(fd, level, option, value, size);
    if (code == 0 && level == SOL_SOCKET && option == SO_PEERCRED && *size >= sizeof(struct ucred))
        ((struct ucred *)value)->pid = seen_of(((struct ucred *)value)->pid);
    return code;
}

/* CPython has no function of the library's for the first two, and uses none for the third. */
static long numbered_syscall(long number, ...)
{
    va_list more;
    long a[6];
    va_start(more, number);
    for (size_t i = 0; i < 6; i++)
        a[i] = va_arg(more, long);
    va_end(more);
    if (number == SYS_gettid)
        return seen_of(gs_own_thread());
    if (number == SYS_pidfd_open)
        a[0] = gs_numbers_real((pid_t)a[0]);
    if (number == SYS_getrandom)
        return under.getrandom((void *)a[0], (size_t)a[1], (unsigned)a[2]);
    return gs_real.syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void gs_numbers_over(struct gs_front *table)
{
    uint32_t none = 0;
    under = *table;
    if (atomic_compare_exchange_strong(&gs_family->numbered, &none, 2)) {
        set(0, gs_runtime.control->keeper);
        set(1, gs_own_pid());
    }
    table->getpid = numbered_getpid;
    table->getppid = numbered_getppid;
    table->getpgid = numbered_getpgid;
    table->getpgrp = numbered_getpgrp;
    table->setpgid = numbered_setpgid;
    table->getsid = numbered_getsid;
    table->setsid = numbered_setsid;
    table->tcgetpgrp = numbered_tcgetpgrp;
    table->tcsetpgrp = numbered_tcsetpgrp;
    table->fork = numbered_fork;
    table->vforked = seen_new;
    table->posix_spawn = numbered_posix_spawn;
    table->posix_spawnp = numbered_posix_spawnp;
    table->execve = numbered_execve;
    table->execv = numbered_execv;
    table->system = numbered_system;
    table->wait4 = numbered_wait4;
    table->wait3 = numbered_wait3;
    table->waitpid = numbered_waitpid;
    table->wait = numbered_wait;
    table->waitid = numbered_waitid;
    table->kill = numbered_kill;
    table->killpg = numbered_killpg;
    table->sigwaitinfo = numbered_sigwaitinfo;
    table->sigtimedwait = numbered_sigtimedwait;
    table->sched_getaffinity = numbered_sched_getaffinity;
    table->sched_setaffinity = numbered_sched_setaffinity;
    table->getpriority = numbered_getpriority;
    table->setpriority = numbered_setpriority;
    table->prlimit64 = numbered_prlimit64;
    table->getsockopt = numbered_getsockopt;
    table->syscall = numbered_syscall;
}
