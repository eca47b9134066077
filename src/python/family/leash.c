#include "python/family/leash.h"

#include "python/front/front.h"

#include "base/own.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/syscall.h>

/* Programs count descriptors from below, and close them up to some hundreds. */
enum { HIGH = 1000 };

static int held = -1;

/* gilscope alone has the pipe's other end, and nobody ever writes: what the kernel has to tell of
 * it is that gilscope is gone, and it tells that by a signal that nothing survives. No thread waits
 * for it, and nobody looks. Whom it tells is a matter of the open file, which a fork does not copy:
 * each process opens the pipe for itself. */
static int open_own(int fd)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (own < 0)
        return -1;
    bool ok = fcntl(own, F_SETOWN, gs_own_pid()) == 0 && fcntl(own, F_SETSIG, SIGKILL) == 0 &&
              fcntl(own, F_SETFL, O_NONBLOCK | O_ASYNC) == 0;
    if (!ok)
        gs_real.close(own);
    return ok ? own : -1;
}

/* It may have gone before the kernel was asked. */
static void look(int fd)
{
    struct pollfd end = {.fd = fd};
    if (gs_real.poll(&end, 1, 0) > 0 && end.revents & POLLHUP)
        gs_real.kill(gs_own_pid(), SIGKILL);
}

/* The parent's has no business here. */
static void take_again(void)
{
    int own = held < 0 ? -1 : open_own(held);
    if (own < 0)
        return;
    dup3(own, held, O_CLOEXEC);
    gs_real.close(own);
    look(held);
}

void gs_leash_take(int fd)
{
    int own = fd < 0 ? -1 : open_own(fd);
    if (own < 0)
        return;
    held = fcntl(own, F_DUPFD_CLOEXEC, HIGH);
    if (held < 0)
        held = own;
    else
        gs_real.close(own);
    look(held);
    pthread_atfork(NULL, NULL, take_again);
}
