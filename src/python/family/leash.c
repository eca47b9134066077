#include "python/family/leash.h"

#include "python/front/front.h"

#include "base/own.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Programs count descriptors from below, and close them up to some hundreds. */
enum { HIGH = 1000 };

static int held = -1;
static char own_path[32]; /* of the held one, in whatever process */

/* What forks next, and its path: where it can be used, else of another process or "". The kernel
 * knows a living process's files by name already; for a new one's it has to make what stands for
 * them in /proc first, and to unmake it, which takes as long as all the rest of this here. */
static pid_t parent;
static char parent_path[48];

/* gilscope alone has the pipe's other end, and nobody ever writes: what the kernel has to tell of
 * it is that gilscope is gone, and it tells that by a signal that nothing survives. No thread waits
 * for it, and nobody looks. Whom it tells is a matter of the open file, which a fork does not copy:
 * each process opens the pipe for itself. */
static int open_pipe(const char *path)
{
    return (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static bool bind_to(int own)
{
    return syscall(SYS_fcntl, own, F_SETOWN, gs_own_pid()) == 0 &&
           syscall(SYS_fcntl, own, F_SETSIG, SIGKILL) == 0 &&
           syscall(SYS_fcntl, own, F_SETFL, O_NONBLOCK | O_ASYNC) == 0;
}

static int open_own(const char *path)
{
    int own = open_pipe(path);
    if (own < 0 || bind_to(own))
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

/* Where /proc is another namespace's, its numbers are not ours. */
static bool is_held_one(const char *path)
{
    struct stat there, here;
    return stat(path, &there) == 0 && fstat(held, &here) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

static void before_fork(void)
{
    if (parent == gs_own_pid())
        return;
    parent = gs_own_pid();
    snprintf(parent_path, sizeof parent_path, "/proc/%d/fd/%d", (int)parent, held);
    if (!is_held_one(parent_path))
        *parent_path = '\0';
}

/* The parent's has no business here. */
static void take_again(void)
{
    bool has_parent = *parent_path && syscall(SYS_getppid) == parent;
    int own = has_parent ? open_own(parent_path) : -1;
    if (own < 0)
        own = open_own(own_path);
    if (own < 0)
        return;
    syscall(SYS_dup3, own, held, O_CLOEXEC);
    gs_real.close(own);
    look(held);
}

void gs_leash_take(int fd)
{
    snprintf(own_path, sizeof own_path, "/proc/self/fd/%d", fd);
    int own = fd < 0 ? -1 : open_own(own_path);
    if (own < 0)
        return;
    held = fcntl(own, F_DUPFD_CLOEXEC, HIGH);
    if (held < 0)
        held = own;
    else
        gs_real.close(own);
    look(held);
    snprintf(own_path, sizeof own_path, "/proc/self/fd/%d", held);
    pthread_atfork(before_fork, NULL, take_again);
}
