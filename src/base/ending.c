#include "base/ending.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
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
