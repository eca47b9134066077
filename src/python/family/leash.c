#include "python/family/leash.h"

#include "python/front/front.h"

#include "base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Programs count descriptors from below, and close them up to some hundreds. */
enum { HIGH = 1000 };

static int held = -1;
static char held_path[32];    /* in whatever process */
static struct gs_front under; /* what stands in front of the library without us */

/* gilscope alone has the pipe's other end, and nobody ever writes: what the kernel has to tell of
 * it is that gilscope is gone, and it tells that by a signal that nothing survives. No thread waits
 * for it, and nobody looks. It is told to a whole process group, for what a fork copies needs
 * nothing done in the child then: the kernel sees to it that none is forked past a signal that its
 * group gets. */
static bool bind_to_group(int fd)
{
    pid_t group = (pid_t)syscall(SYS_getpgid, 0);
    return syscall(SYS_fcntl, fd, F_SETOWN, -group) == 0 &&
           syscall(SYS_fcntl, fd, F_SETSIG, SIGKILL) == 0 &&
           syscall(SYS_fcntl, fd, F_SETFL, O_NONBLOCK | O_ASYNC) == 0;
}

/* Whom the kernel tells is a matter of the open file, which the other group has, too. */
static int open_own(const char *path)
{
    int own = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (own < 0 || bind_to_group(own))
        return own;
    gs_real.close(own);
    return -1;
}

/* It may have gone before the kernel was asked. */
static void look(int fd)
{
    struct pollfd end = {.fd = fd};
    if (gs_real.poll(&end, 1, 0) > 0 && end.revents & POLLHUP)
        gs_real.kill(gs_own_pid(), SIGKILL);
}

/* In a group of its own: the other's has no business here. Between fork and exec as well, where
 * the memory may be the parent's. */
static void take_again(void)
{
    int own = held < 0 ? -1 : open_own(held_path);
    if (own < 0)
        return;
    syscall(SYS_dup3, own, held, O_CLOEXEC);
    gs_real.close(own);
    look(held);
}

static pid_t leashed_setsid(void)
{
    pid_t session = gs_below.setsid();
    if (session >= 0)
        take_again();
    return session;
}

/* Of a child of its own nobody can take the leash but the child. */
static int leashed_setpgid(pid_t pid, pid_t group)
{
    int result = gs_below.setpgid(pid, group);
    if (result == 0 && (pid == 0 || pid == gs_own_pid()))
        take_again();
    return result;
}

/* --- for the program nothing is open there: nothing but a descriptor keeps a pipe open, and some
 * programs ask each number for what is open, or close whatever may be */

static bool is_leash(int fd)
{
    return fd >= 0 && fd == held;
}

static int refuse(void)
{
    errno = EBADF;
    return -1;
}

static int leashed_fstat64(int fd, struct stat64 *st)
{
    return is_leash(fd) ? refuse() : under.fstat64(fd, st);
}

static int leashed_fcntl64(int fd, int what, ...)
{
    va_list more;
    va_start(more, what);
    void *argument = va_arg(more, void *);
    va_end(more);
    return is_leash(fd) ? refuse() : under.fcntl64(fd, what, argument);
}

static int leashed_close(int fd)
{
    return is_leash(fd) ? refuse() : under.close(fd);
}

/* What is below it, and what is above. */
static int leashed_close_range(unsigned first, unsigned last, int flags)
{
    unsigned own = (unsigned)held;
    if (held < 0 || own < first || own > last)
        return under.close_range(first, last, flags);
    if (own > first && under.close_range(first, own - 1, flags) != 0)
        return -1;
    return own < last ? under.close_range(own + 1, last, flags) : 0;
}

static void hold(int fd)
{
    held = fcntl(fd, F_DUPFD_CLOEXEC, HIGH);
    if (held < 0)
        held = fd;
    else
        gs_real.close(fd);
    snprintf(held_path, sizeof held_path, "/proc/self/fd/%d", held);
}

/* The program may have any number. */
static int leashed_dup2(int fd, int onto)
{
    if (is_leash(onto))
        hold(held);
    return is_leash(fd) ? refuse() : under.dup2(fd, onto);
}

static int leashed_dup3(int fd, int onto, int flags)
{
    if (is_leash(onto))
        hold(held);
    return is_leash(fd) ? refuse() : under.dup3(fd, onto, flags);
}

void gs_leash_watch(struct gs_front *table)
{
    under = *table;
    table->setsid = leashed_setsid;
    table->setpgid = leashed_setpgid;
    table->fstat64 = leashed_fstat64;
    table->fcntl64 = leashed_fcntl64;
    table->close = leashed_close;
    table->close_range = leashed_close_range;
    table->dup2 = leashed_dup2;
    table->dup3 = leashed_dup3;
}

void gs_leash_take(int fd)
{
    snprintf(held_path, sizeof held_path, "/proc/self/fd/%d", fd);
    int own = fd < 0 ? -1 : open_own(held_path);
    if (own < 0)
        return;
    hold(own);
    look(held);
}
