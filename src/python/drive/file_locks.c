/* Locks of files, by all three calls that there are. What is locked is a wait for files, which
 * whatever happens to any may end; that one is unlocked, others may wait for. */
#include "python/drive/drive.h"

#include <errno.h>
#include <stdarg.h>

/* False: a signal came first. */
static bool await_unlocking(void)
{
    return gs_drive_park(GS_DRIVE_FILES, GS_NEVER) != GS_WAIT_INTERRUPTED;
}

static bool is_locked(int result)
{
    return result != 0 && (errno == EAGAIN || errno == EACCES);
}

static int done(int result)
{
    int code = errno;
    if (result == 0)
        gs_drive_files_changed();
    errno = code;
    return result;
}

static int driven_flock(int fd, int how)
{
    if (!gs_self)
        return gs_real.flock(fd, how);
    gs_drive_begin_call();
    for (;;) {
        int result = gs_real.flock(fd, how | LOCK_NB);
        if ((how & LOCK_NB) || !is_locked(result))
            return done(result);
        if (!await_unlocking())
            return -1;
    }
}

static int driven_lockf64(int fd, int how, off64_t size)
{
    if (!gs_self)
        return gs_real.lockf64(fd, how, size);
    gs_drive_begin_call();
    for (;;) {
        int result = gs_real.lockf64(fd, how == F_LOCK ? F_TLOCK : how, size);
        if (how != F_LOCK || !is_locked(result))
            return done(result);
        if (!await_unlocking())
            return -1;
    }
}

/* What tries what F_SETLKW and the like do, without waiting; another command: itself. */
static int trying(int what)
{
    return what == F_SETLKW ? F_SETLK : what == F_OFD_SETLKW ? F_OFD_SETLK : what;
}

static int driven_fcntl64(int fd, int what, ...)
{
    va_list more;
    va_start(more, what);
    void *argument = va_arg(more, void *);
    va_end(more);
    int try = trying(what);
    if (!gs_self || (try != F_SETLK && try != F_OFD_SETLK))
        return gs_real.fcntl64(fd, what, argument);
    gs_drive_begin_call();
    for (;;) {
        int result = gs_real.fcntl64(fd, try, argument);
        if (try == what || !is_locked(result))
            return done(result);
        if (!await_unlocking())
            return -1;
    }
}

void gs_drive_file_locks(struct gs_front *table)
{
    table->flock = driven_flock;
    table->lockf64 = driven_lockf64;
    table->fcntl64 = driven_fcntl64;
}
