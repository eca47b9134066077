#include "python/preload/files.h"

#include "base/text.h"
#include "python/front/front.h"
#include "python/preload/output.h"
#include "python/preload/watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { REMEMBERED = 1024 };

/* Descriptors are used again: which file it was tells the inode. */
static struct known {
    dev_t device;
    ino_t inode;
    uint32_t object;
} files[REMEMBERED];
static pthread_mutex_t naming = PTHREAD_MUTEX_INITIALIZER;

static bool describe_peer(int fd, char *name, size_t size)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un path;
        struct sockaddr_storage room;
    } peer = {0};
    socklen_t length = sizeof peer;
    char host[64];
    if (gs_below.getpeername(fd, &peer.any, &length) != 0) {
        length = sizeof peer;
        if (gs_below.getsockname(fd, &peer.any, &length) != 0)
            return false;
    }
    if (peer.any.sa_family == AF_INET)
        snprintf(name, size, "%s:%u", inet_ntop(AF_INET, &peer.v4.sin_addr, host, sizeof host),
                 ntohs(peer.v4.sin_port));
    else if (peer.any.sa_family == AF_INET6)
        snprintf(name, size, "[%s]:%u", inet_ntop(AF_INET6, &peer.v6.sin6_addr, host, sizeof host),
                 ntohs(peer.v6.sin6_port));
    else
        return false;
    return true;
}

/* The kernel's own name: a path, "pipe:[1234]", "socket:[1234]". */
static void describe(int fd, const struct stat *st, char *name, size_t size)
{
    char link[32];
    if (S_ISSOCK(st->st_mode) && describe_peer(fd, name, size))
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, name, size - 1);
    name[length > 0 ? length : 0] = '\0';
    const char *standard[] = {"standard input", "standard output", "standard error"};
    if (fd <= STDERR_FILENO)
        snprintf(name, size, "%s", standard[fd]);
    else if (S_ISFIFO(st->st_mode))
        snprintf(name, size, "pipe (descriptor %d)", fd);
    else if (S_ISSOCK(st->st_mode))
        snprintf(name, size, "socket (descriptor %d)", fd);
}

static uint32_t add(int fd, const struct stat *st)
{
    char name[256];
    describe(fd, st, name, sizeof name);
    struct gs_object_row row = {.kind = GS_OBJECT_SOCKET,
                                .name = gs_watch_string(name, strlen(name))};
    return gs_segment_add_object(gs_watch.segment, &row);
}

uint32_t gs_files_object(int fd)
{
    struct stat st;
    int code = errno;
    uint32_t object = 0;
    if (fd >= 0 && fstat(fd, &st) == 0) {
        struct known *known = &files[fd % REMEMBERED];
        pthread_mutex_lock(&naming);
        if (!known->object || known->inode != st.st_ino || known->device != st.st_dev)
            *known =
                (struct known){.device = st.st_dev, .inode = st.st_ino, .object = add(fd, &st)};
        object = known->object;
        pthread_mutex_unlock(&naming);
    }
    errno = code;
    return object;
}

/* The calling thread if it is without a GIL: with one it blocks everybody, and its lane says that
 * it runs. */
static struct gs_watched *away(void)
{
    struct gs_watched *self = gs_watched_self;
    return self && self->python && !self->holds ? self : NULL;
}

/* May take long: it is told at once. What a file has to say ends the wait. */
static void wait_on(int fd)
{
    struct gs_watched *self = away();
    if (!self)
        return;
    gs_watched_do(self, GS_STATE_IO, fd < 0 ? 0 : gs_files_object(fd));
    self->cause = GS_CAUSE_WORK;
}

/* Takes long only where nobody reads: it is told if somebody else takes the GIL meanwhile, or
 * afterwards. */
static void work_on(int fd)
{
    struct gs_watched *self = away();
    if (!self)
        return;
    self->cause = GS_CAUSE_WORK;
    atomic_store_explicit(&self->doing_fd, fd, memory_order_relaxed);
    atomic_store_explicit(&self->doing, GS_STATE_IO, memory_order_relaxed);
}

static ssize_t watch_read(int fd, void *to, size_t n)
{
    wait_on(fd);
    return gs_below.read(fd, to, n);
}

static ssize_t watch_write(int fd, const void *from, size_t n)
{
    work_on(fd);
    ssize_t written = gs_below.write(fd, from, n);
    if (fd == STDOUT_FILENO)
        gs_output_note(from, written);
    return written;
}

static ssize_t watch_recv(int fd, void *to, size_t n, int flags)
{
    wait_on(fd);
    return gs_below.recv(fd, to, n, flags);
}

static ssize_t watch_recvfrom(int fd, void *to, size_t n, int flags, struct sockaddr *a,
                              socklen_t *size)
{
    wait_on(fd);
    return gs_below.recvfrom(fd, to, n, flags, a, size);
}

static ssize_t watch_send(int fd, const void *from, size_t n, int flags)
{
    work_on(fd);
    return gs_below.send(fd, from, n, flags);
}

static ssize_t watch_sendto(int fd, const void *from, size_t n, int flags, const struct sockaddr *a,
                            socklen_t size)
{
    work_on(fd);
    return gs_below.sendto(fd, from, n, flags, a, size);
}

static int watch_connect(int fd, const struct sockaddr *a, socklen_t size)
{
    wait_on(fd);
    return gs_below.connect(fd, a, size);
}

static int watch_accept4(int fd, struct sockaddr *a, socklen_t *size, int flags)
{
    wait_on(fd);
    return gs_below.accept4(fd, a, size, flags);
}

static int watch_poll(struct pollfd *fds, nfds_t n, int ms)
{
    if (ms != 0)
        wait_on(n == 1 ? fds[0].fd : -1);
    int found = gs_below.poll(fds, n, ms);
    if (found == 0 && away())
        gs_watched_self->cause = GS_CAUSE_CLOCK;
    return found;
}

static int watch_epoll_wait(int fd, struct epoll_event *events, int most, int ms)
{
    if (ms != 0)
        wait_on(-1);
    int found = gs_below.epoll_wait(fd, events, most, ms);
    if (found == 0 && away())
        gs_watched_self->cause = GS_CAUSE_CLOCK;
    return found;
}

void gs_watch_files(struct gs_front *table)
{
    table->read = watch_read;
    table->write = watch_write;
    table->recv = watch_recv;
    table->recvfrom = watch_recvfrom;
    table->send = watch_send;
    table->sendto = watch_sendto;
    table->connect = watch_connect;
    table->accept4 = watch_accept4;
    table->poll = watch_poll;
    table->epoll_wait = watch_epoll_wait;
}
