/* Mutexes and condition variables, CPython's GIL among them. Nobody is switched away inside a
 * mutex but by its own wait, so one is nearly always free; where it is not (a library that blocks
 * inside), its waiter parks. */
#include "python/drive/drive.h"

#include <errno.h>

static int driven_lock(pthread_mutex_t *mutex)
{
    if (!gs_self)
        return gs_real.pthread_mutex_lock(mutex);
    gs_drive_touch();
    int code;
    while ((code = gs_real.pthread_mutex_trylock(mutex)) == EBUSY)
        gs_park(gs_drive_key(GS_DRIVE_MUTEX, mutex), GS_NEVER);
    return code;
}

static int driven_unlock(pthread_mutex_t *mutex)
{
    int code = gs_real.pthread_mutex_unlock(mutex);
    if (gs_self)
        gs_unpark(gs_drive_key(GS_DRIVE_MUTEX, mutex));
    return code;
}

static int wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, uint64_t deadline)
{
    gs_drive_settle();
    driven_unlock(mutex);
    enum gs_wait_end end = gs_park(gs_drive_key(GS_DRIVE_CONDITION, cond), deadline);
    driven_lock(mutex);
    return end == GS_WAIT_WOKEN ? 0 : ETIMEDOUT;
}

static int driven_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    if (!gs_self)
        return gs_real.pthread_cond_wait(cond, mutex);
    return wait_until(cond, mutex, GS_NEVER);
}

static int driven_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *t)
{
    if (!gs_self)
        return gs_real.pthread_cond_timedwait(cond, mutex, t);
    return wait_until(cond, mutex, gs_drive_deadline(t));
}

static int driven_signal(pthread_cond_t *cond)
{
    if (!gs_self)
        return gs_real.pthread_cond_signal(cond);
    gs_drive_settle();
    gs_unpark(gs_drive_key(GS_DRIVE_CONDITION, cond));
    return 0;
}

static int driven_broadcast(pthread_cond_t *cond)
{
    if (!gs_self)
        return gs_real.pthread_cond_broadcast(cond);
    gs_drive_settle();
    gs_unpark_all(gs_drive_key(GS_DRIVE_CONDITION, cond));
    return 0;
}

void gs_drive_conditions(struct gs_front *table)
{
    table->pthread_mutex_lock = driven_lock;
    table->pthread_mutex_unlock = driven_unlock;
    table->pthread_cond_wait = driven_wait;
    table->pthread_cond_timedwait = driven_timedwait;
    table->pthread_cond_signal = driven_signal;
    table->pthread_cond_broadcast = driven_broadcast;
}
