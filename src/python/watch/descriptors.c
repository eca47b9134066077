#include "python/watch/descriptors.h"

#include "python/front/front.h"
#include "python/watch/polls.h"
#include "python/watch/watch.h"

#include <errno.h>
#include <stdatomic.h>

enum { MOST = 1024 };

static struct stat known[MOST];
static _Atomic bool good[MOST]; /* nothing has been closed there since it was asked for */
static pthread_mutex_t asking = PTHREAD_MUTEX_INITIALIZER;

static bool ask(int fd, struct stat *st)
{
    int code = errno;
    bool is_one = fd >= 0 && fstat(fd, st) == 0;
    errno = code;
    return is_one;
}

/* It is good from before the kernel is asked: what is closed meanwhile is asked for again. */
static bool ask_again(int fd)
{
    atomic_store(&good[fd], true);
    if (!ask(fd, &known[fd]))
        atomic_store(&good[fd], false);
    return atomic_load(&good[fd]);
}

bool gs_descriptor_stat(int fd, struct stat *st)
{
    if (fd < 0 || fd >= MOST)
        return ask(fd, st);
    gs_real.pthread_mutex_lock(&asking);
    bool is_one = atomic_load(&good[fd]) || ask_again(fd);
    *st = known[fd];
    gs_real.pthread_mutex_unlock(&asking);
    return is_one;
}

/* May be called by a signal's handler. */
static void forget(int fd)
{
    if (fd >= 0 && fd < MOST)
        atomic_store(&good[fd], false);
}

/* Somebody may have asked between the two. */
static int watch_close(int fd)
{
    gs_polls_close(fd);
    forget(fd);
    int result = gs_below.close(fd);
    int code = errno;
    forget(fd);
    errno = code;
    return result;
}

static int watch_dup2(int fd, int onto)
{
    int result = gs_below.dup2(fd, onto);
    forget(onto);
    return result;
}

static int watch_dup3(int fd, int onto, int flags)
{
    int result = gs_below.dup3(fd, onto, flags);
    forget(onto);
    return result;
}

void gs_watch_descriptors(struct gs_front *table)
{
    table->close = watch_close;
    table->dup2 = watch_dup2;
    table->dup3 = watch_dup3;
}

void gs_descriptors_forget(void)
{
    asking = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}
