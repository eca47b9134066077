/* FIFOs: who opens one to read waits until somebody opens it to write, and the other way round: see
 * fifo(7). Whoever comes first waits as for any file. */
#include "python/drive/drive.h"

#include <errno.h>
#include <sys/stat.h>

static bool waits(const char *path, int flags)
{
    struct stat st;
    int code = errno;
    bool is = gs_self && (flags & O_ACCMODE) != O_RDWR && !(flags & (O_NONBLOCK | O_PATH)) &&
              stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
    errno = code;
    return is;
}

/* The kernel tells that to who reads: there is nothing, but may be yet. Nothing may be lost by
 * asking, so what there is, is copied, not read. */
static bool is_written(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int into[2], code = errno;
    bool any = gs_real.poll(&p, 1, 0) > 0; /* that it was written and is no more, too */
    if (!any && pipe2(into, O_CLOEXEC) == 0) {
        any = tee(fd, into[1], 1, SPLICE_F_NONBLOCK) > 0 || errno == EAGAIN;
        gs_real.close(into[0]);
        gs_real.close(into[1]);
    }
    errno = code;
    return any;
}

static bool await_other_end(void)
{
    return gs_drive_park(GS_DRIVE_FILES, GS_NEVER) != GS_WAIT_INTERRUPTED;
}

static int open_to_read(const char *path, int flags, mode_t mode)
{
    int fd = gs_real.open64(path, flags | O_NONBLOCK, mode);
    if (fd < 0)
        return -1;
    gs_drive_files_changed();
    while (!is_written(fd)) {
        if (!await_other_end()) {
            gs_real.close(fd);
            errno = EINTR;
            return -1;
        }
    }
    return fd;
}

static int open_to_write(const char *path, int flags, mode_t mode)
{
    for (;;) {
        int fd = gs_real.open64(path, flags | O_NONBLOCK, mode);
        if (fd >= 0)
            gs_drive_files_changed();
        if (fd >= 0 || errno != ENXIO)
            return fd;
        if (!await_other_end())
            return -1;
    }
}

int gs_drive_open_fifo(const char *path, int flags, mode_t mode)
{
    if (!waits(path, flags))
        return gs_real.open64(path, flags, mode);
    gs_drive_begin_call();
    int fd = (flags & O_ACCMODE) == O_RDONLY ? open_to_read(path, flags, mode)
                                             : open_to_write(path, flags, mode);
    if (fd >= 0)
        (void)gs_real.fcntl64(fd, F_SETFL, gs_real.fcntl64(fd, F_GETFL, NULL) & ~O_NONBLOCK);
    return fd;
}
