#include "python/watch/descriptors.h"

#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/watch/polls.h"
#include "python/watch/watch.h"

#include <errno.h>

static struct stat known[GS_DESCRIPTORS];
/* Unless unknown: nothing has been closed there since it was asked for. */
_Atomic uint8_t gs_descriptors[GS_DESCRIPTORS];

static bool ask(int fd, struct stat *st)
{
    int code = errno;
    bool is_one = fd >= 0 && fstat(fd, st) == 0;
    errno = code;
    return is_one;
}

static uint8_t kind_of(const struct stat *st)
{
    return S_ISREG(st->st_mode)                             ? GS_DESCRIPTOR_REGULAR
           : S_ISFIFO(st->st_mode) || S_ISSOCK(st->st_mode) ? GS_DESCRIPTOR_STREAM
                                                            : GS_DESCRIPTOR_KNOWN;
}

/* It is good from before the kernel is asked: what is closed meanwhile is asked for again. */
static bool ask_again(int fd)
{
    uint8_t asked = GS_DESCRIPTOR_KNOWN;
    atomic_store(&gs_descriptors[fd], asked);
    if (!ask(fd, &known[fd]))
        atomic_store(&gs_descriptors[fd], GS_DESCRIPTOR_UNKNOWN);
    else
        atomic_compare_exchange_strong(&gs_descriptors[fd], &asked, kind_of(&known[fd]));
    return atomic_load(&gs_descriptors[fd]) != GS_DESCRIPTOR_UNKNOWN;
}

bool gs_descriptor_stat(int fd, struct stat *st)
{
    if (fd < 0 || fd >= GS_DESCRIPTORS)
        return ask(fd, st);
    gs_guard_lock(GS_GUARD_DESCRIPTORS);
    bool is_one = atomic_load(&gs_descriptors[fd]) != GS_DESCRIPTOR_UNKNOWN || ask_again(fd);
    *st = known[fd];
    gs_guard_unlock(GS_GUARD_DESCRIPTORS);
    return is_one;
}

enum gs_descriptor gs_descriptor_ask_kind(int fd)
{
    struct stat st;
    return gs_descriptor_stat(fd, &st) ? kind_of(&st) : GS_DESCRIPTOR_UNKNOWN;
}

/* May be called by a signal's handler. What is forgotten already is not written: a forked process
 * would copy a page for it. */
static void forget(int fd)
{
    if (fd >= 0 && fd < GS_DESCRIPTORS && atomic_load(&gs_descriptors[fd]) != GS_DESCRIPTOR_UNKNOWN)
        atomic_store(&gs_descriptors[fd], GS_DESCRIPTOR_UNKNOWN);
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
