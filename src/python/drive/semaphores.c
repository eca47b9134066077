/* Semaphores: CPython's locks to 3.12, and what its parked threads sleep in from 3.13 on. The count
 * stays the library's, since processes may share it; only the waiting is ours. Who posts hands
 * nothing over: the count is free for whoever comes first, as it is with futexes. */
#include "python/drive/drive.h"
#include "python/front/sem.h"

#include <errno.h>

/* One that is shared: processes that are not driven may post it. It is waited for like a file,
 * which is looked at again when nobody can go on. */
static uint64_t key_of(const sem_t *s)
{
    return gs_sem_is_shared(s) ? GS_DRIVE_FILES : gs_drive_key(GS_DRIVE_SEMAPHORE, s);
}

static void changed(const sem_t *s)
{
    if (gs_sem_is_shared(s))
        gs_drive_files_changed();
    else
        gs_unpark(key_of(s));
}

static int take(sem_t *s, uint64_t deadline)
{
    gs_drive_touch();
    while (gs_real.sem_trywait(s) != 0) {
        if (errno != EAGAIN)
            return -1;
        enum gs_wait_end end = gs_drive_park(key_of(s), deadline);
        if (end == GS_WAIT_INTERRUPTED)
            return -1;
        if (end == GS_WAIT_WOKEN)
            continue;
        if (gs_real.sem_trywait(s) == 0)
            return 0;
        errno = ETIMEDOUT;
        return -1;
    }
    return 0;
}

static int driven_trywait(sem_t *s)
{
    if (gs_self)
        gs_drive_touch();
    return gs_real.sem_trywait(s);
}

static int driven_wait(sem_t *s)
{
    return gs_self ? take(s, GS_NEVER) : gs_real.sem_wait(s);
}

static int driven_timedwait(sem_t *s, const struct timespec *t)
{
    return gs_self ? take(s, gs_drive_deadline(t)) : gs_real.sem_timedwait(s, t);
}

static int driven_clockwait(sem_t *s, clockid_t clock, const struct timespec *t)
{
    return gs_self ? take(s, gs_drive_deadline(t)) : gs_real.sem_clockwait(s, clock, t);
}

static int driven_post(sem_t *s)
{
    if (!gs_self)
        return gs_real.sem_post(s);
    gs_drive_touch();
    int code = gs_real.sem_post(s);
    changed(s);
    return code;
}

void gs_drive_semaphores(struct gs_front *table)
{
    table->sem_trywait = driven_trywait;
    table->sem_wait = driven_wait;
    table->sem_timedwait = driven_timedwait;
    table->sem_clockwait = driven_clockwait;
    table->sem_post = driven_post;
}
