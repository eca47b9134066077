/* Files: a descriptor that is not ready is a wait which whatever happens to any descriptor may end;
 * who waits looks again, or is looked for. So a pipe's two ends need not be known to belong
 * together. */
#include "python/drive/drive.h"
#include "python/drive/ports.h"

#include "sched/baton.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/stat.h>

static bool ready(int fd, short events)
{
    struct pollfd p = {.fd = fd, .events = events};
    return gs_real.poll(&p, 1, 0) != 0;
}

/* A thousand threads may each wait for an answer of its own. To wake them all whenever something
 * happens, so that each looks in vain, takes so long that nobody would wait for it. Who is of the
 * caller's process is woken if his file is ready, of another one's the first, who looks for the
 * others: a descriptor's number says nothing elsewhere. */
static bool may_go_on(uint32_t slot)
{
    struct gs_slot *s = &gs_family->slot[slot];
    if (!s->one_file)
        return true;
    s->ended_by = gs_baton_slot()->lane;
    if (s->process == gs_family_self())
        return ready(s->file, s->file_events);
    struct gs_family_process *process = &gs_family->processes[s->process];
    bool first = process->looked != gs_family->happened;
    process->looked = gs_family->happened;
    return first;
}

/* Who looks for others says, too, who has woken it. */
static bool is_own_and_ready(uint32_t slot)
{
    struct gs_slot *s = &gs_family->slot[slot];
    if (!s->one_file || s->process != gs_family_self() || !ready(s->file, s->file_events))
        return false;
    s->ended_by = gs_baton_slot()->ended_by;
    return true;
}

uint32_t gs_drive_ended_by(void)
{
    return gs_self ? gs_baton_slot()->ended_by : 0;
}

/* See may_go_on. False: a signal came first. */
static bool park_for(int fd, short events)
{
    struct gs_slot *self = gs_baton_slot();
    self->one_file = true;
    self->file = fd;
    self->file_events = events;
    self->ended_by = 0;
    enum gs_wait_end end = gs_drive_park(GS_DRIVE_FILES, GS_NEVER);
    self->one_file = false;
    gs_unpark_those(GS_DRIVE_FILES, is_own_and_ready);
    return end != GS_WAIT_INTERRUPTED;
}

void gs_drive_files_changed(void)
{
    if (gs_driven_self()->starting)
        return;
    gs_family->happened++;
    gs_unpark_those(GS_DRIVE_FILES, may_go_on);
}

bool gs_drive_files_awaited(void)
{
    return gs_is_parked(GS_DRIVE_FILES);
}

uint64_t gs_drive_files_calls(void)
{
    return gs_family->happened;
}

void gs_drive_files_look(uint64_t time)
{
    gs_unpark_all_at(GS_DRIVE_FILES, time);
}

static uint64_t limit(int ms)
{
    return ms < 0 ? GS_NEVER : gs_drive_now() + (uint64_t)ms * 1000000u;
}

void gs_drive_begin_call(void)
{
    /* How many files an import reads depends on what was compiled before. */
    if (!gs_driven_self()->importing)
        gs_driven_self()->owed_ns += gs_runtime.costs.ns[GS_COST_call];
    gs_drive_touch();
}

/* Only these can keep their caller waiting. */
static bool blocks(int fd)
{
    struct stat st;
    int code = errno;
    bool may = fstat(fd, &st) == 0 &&
               (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) || S_ISCHR(st.st_mode)) &&
               !(fcntl(fd, F_GETFL) & O_NONBLOCK);
    errno = code;
    return may;
}

/* False: a signal came first. */
static bool await(int fd, short events)
{
    gs_drive_begin_call();
    gs_baton_slot()->ended_by = 0;
    if (!blocks(fd))
        return true;
    while (!ready(fd, events))
        if (!park_for(fd, events))
            return false;
    return true;
}

/* What one call has done, others may be waiting for. */
static ssize_t done(ssize_t result)
{
    int code = errno;
    gs_drive_files_changed();
    errno = code;
    return result;
}

static ssize_t driven_read(int fd, void *to, size_t n)
{
    if (!gs_self)
        return gs_real.read(fd, to, n);
    if (!await(fd, POLLIN))
        return -1;
    if (gs_drive_is_chance(fd))
        return gs_below.getrandom(to, n, 0);
    return done(gs_real.read(fd, to, n));
}

/* A pipe with room has room for a page; more would block, with the baton in hand. */
enum { PAGE = 4096 };

static ssize_t write_in_pages(int fd, const char *from, size_t n)
{
    size_t written = 0;
    do {
        size_t piece = n - written < PAGE ? n - written : PAGE;
        ssize_t result = await(fd, POLLOUT) ? done(gs_real.write(fd, from + written, piece)) : -1;
        if (result < 0)
            return written ? (ssize_t)written : result;
        written += (size_t)result;
    } while (written < n);
    return (ssize_t)written;
}

void gs_drive_write_nothing(size_t bytes)
{
    if (!gs_self)
        return;
    for (size_t pages = bytes ? (bytes + PAGE - 1) / PAGE : 1; pages; pages--) {
        gs_drive_begin_call();
        gs_drive_files_changed();
    }
}

static ssize_t driven_write(int fd, const void *from, size_t n)
{
    if (!gs_self)
        return gs_real.write(fd, from, n);
    if (blocks(fd))
        return write_in_pages(fd, from, n);
    gs_drive_begin_call();
    return done(gs_real.write(fd, from, n));
}

static ssize_t driven_recv(int fd, void *to, size_t n, int flags)
{
    if (!gs_self)
        return gs_real.recv(fd, to, n, flags);
    if (!(flags & MSG_DONTWAIT) && !await(fd, POLLIN))
        return -1;
    return done(gs_real.recv(fd, to, n, flags));
}

static ssize_t driven_recvfrom(int fd, void *to, size_t n, int flags, struct sockaddr *a,
                               socklen_t *size)
{
    if (!gs_self)
        return gs_real.recvfrom(fd, to, n, flags, a, size);
    if (!(flags & MSG_DONTWAIT) && !await(fd, POLLIN))
        return -1;
    socklen_t room = size ? *size : 0;
    ssize_t result = gs_real.recvfrom(fd, to, n, flags, a, size);
    if (result >= 0)
        gs_ports_see(a, room, size);
    return done(result);
}

static ssize_t driven_recvmsg(int fd, struct msghdr *m, int flags)
{
    if (!gs_self)
        return gs_real.recvmsg(fd, m, flags);
    if (!(flags & MSG_DONTWAIT) && !await(fd, POLLIN))
        return -1;
    socklen_t room = m->msg_namelen;
    ssize_t result = gs_real.recvmsg(fd, m, flags);
    if (result >= 0)
        gs_ports_see(m->msg_name, room, &m->msg_namelen);
    return done(result);
}

/* As much as there is room for, at least something: who sends more looks how much went. */
static ssize_t driven_sendmsg(int fd, const struct msghdr *m, int flags)
{
    union gs_address real;
    struct msghdr message = *m;
    if (!gs_self)
        return gs_real.sendmsg(fd, m, flags);
    bool waits = !(flags & MSG_DONTWAIT) && blocks(fd);
    if (m->msg_name) {
        gs_ports_bind_any(fd);
        message.msg_name = (void *)gs_ports_real(m->msg_name, &message.msg_namelen, &real);
    }
    for (;;) {
        if (!waits)
            gs_drive_begin_call();
        else if (!await(fd, POLLOUT))
            return -1;
        ssize_t result = done(gs_real.sendmsg(fd, &message, waits ? flags | MSG_DONTWAIT : flags));
        if (result >= 0 || !waits || errno != EAGAIN)
            return result;
    }
}

/* All of it, as a blocking socket does, or as much as goes without waiting. */
static ssize_t driven_send(int fd, const void *from, size_t n, int flags)
{
    size_t sent = 0;
    if (!gs_self)
        return gs_real.send(fd, from, n, flags);
    bool waits = !(flags & MSG_DONTWAIT) && blocks(fd);
    do {
        if (!waits)
            gs_drive_begin_call();
        else if (!await(fd, POLLOUT))
            return sent ? (ssize_t)sent : -1;
        ssize_t result = done(gs_real.send(fd, (const char *)from + sent, n - sent,
                                           waits ? flags | MSG_DONTWAIT : flags));
        if (result < 0 && !(waits && errno == EAGAIN))
            return sent ? (ssize_t)sent : result;
        sent += result > 0 ? (size_t)result : 0;
    } while (waits && sent < n);
    return (ssize_t)sent;
}

/* Datagrams: what does not fit is lost or refused, nobody waits for room. */
static ssize_t driven_sendto(int fd, const void *from, size_t n, int flags,
                             const struct sockaddr *a, socklen_t size)
{
    union gs_address real;
    if (!gs_self)
        return gs_real.sendto(fd, from, n, flags, a, size);
    if (!a)
        return driven_send(fd, from, n, flags);
    gs_drive_begin_call();
    gs_ports_bind_any(fd);
    a = gs_ports_real(a, &size, &real);
    return done(gs_real.sendto(fd, from, n, flags, a, size));
}

/* The kernel keeps a small message back until the one before it was acknowledged, in its own time
 * (Nagle's algorithm, RFC 896): that clock stands still here. Of what is no TCP it is refused. */
static void send_at_once(int fd)
{
    int yes = 1, code = errno;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    errno = code;
}

static int driven_accept4(int fd, struct sockaddr *a, socklen_t *size, int flags)
{
    if (!gs_self)
        return gs_real.accept4(fd, a, size, flags);
    if (!await(fd, POLLIN))
        return -1;
    socklen_t room = size ? *size : 0;
    int connection = gs_real.accept4(fd, a, size, flags);
    if (connection >= 0) {
        gs_ports_see(a, room, size);
        send_at_once(connection);
    }
    return (int)done(connection);
}

static int driven_bind(int fd, const struct sockaddr *a, socklen_t size)
{
    if (!gs_self)
        return gs_real.bind(fd, a, size);
    gs_drive_touch();
    return gs_ports_bind(fd, a, size);
}

static int driven_connect(int fd, const struct sockaddr *a, socklen_t size)
{
    union gs_address real;
    if (!gs_self)
        return gs_real.connect(fd, a, size);
    gs_drive_begin_call();
    gs_ports_bind_any(fd);
    send_at_once(fd);
    a = gs_ports_real(a, &size, &real);
    return (int)done(gs_real.connect(fd, a, size));
}

static int driven_close(int fd)
{
    if (!gs_self)
        return gs_real.close(fd);
    gs_drive_touch();
    return (int)done(gs_real.close(fd));
}

static int driven_shutdown(int fd, int how)
{
    if (!gs_self)
        return gs_real.shutdown(fd, how);
    gs_drive_touch();
    return (int)done(gs_real.shutdown(fd, how));
}

/* One look; then again whenever something has happened, until the limit. */
static int driven_poll(struct pollfd *fds, nfds_t n, int ms)
{
    if (!gs_self)
        return gs_real.poll(fds, n, ms);
    gs_drive_begin_call();
    uint64_t deadline = limit(ms);
    for (;;) {
        int found = gs_real.poll(fds, n, 0);
        if (found != 0 || ms == 0)
            return found;
        enum gs_wait_end end = gs_drive_park(GS_DRIVE_FILES, deadline);
        if (end != GS_WAIT_WOKEN)
            return end == GS_WAIT_TIMED_OUT ? gs_real.poll(fds, n, 0) : -1;
    }
}

static int driven_epoll_wait(int fd, struct epoll_event *events, int most, int ms)
{
    if (!gs_self)
        return gs_real.epoll_wait(fd, events, most, ms);
    gs_drive_begin_call();
    uint64_t deadline = limit(ms);
    for (;;) {
        int found = gs_real.epoll_wait(fd, events, most, 0);
        if (found != 0 || ms == 0)
            return found;
        enum gs_wait_end end = gs_drive_park(GS_DRIVE_FILES, deadline);
        if (end != GS_WAIT_WOKEN)
            return end == GS_WAIT_TIMED_OUT ? gs_real.epoll_wait(fd, events, most, 0) : -1;
    }
}

struct sets {
    int n;
    fd_set *r, *w, *x;
};

static int select_now(const struct sets *s, struct sets *found)
{
    static _Thread_local fd_set r, w, x;
    struct timeval zero = {0};
    r = s->r ? *s->r : r;
    w = s->w ? *s->w : w;
    x = s->x ? *s->x : x;
    *found = (struct sets){s->n, s->r ? &r : NULL, s->w ? &w : NULL, s->x ? &x : NULL};
    return gs_real.select(s->n, found->r, found->w, found->x, &zero);
}

static int give(const struct sets *s, const struct sets *found, int count)
{
    if (s->r)
        *s->r = *found->r;
    if (s->w)
        *s->w = *found->w;
    if (s->x)
        *s->x = *found->x;
    return count;
}

static int driven_select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *t)
{
    struct sets s = {n, r, w, x}, found;
    if (!gs_self)
        return gs_real.select(n, r, w, x, t);
    gs_drive_begin_call();
    uint64_t deadline =
        t ? gs_drive_now() + (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_usec * 1000u
          : GS_NEVER;
    for (;;) {
        int count = select_now(&s, &found);
        if (count != 0 || gs_drive_now() >= deadline)
            return give(&s, &found, count);
        if (gs_drive_park(GS_DRIVE_FILES, deadline) == GS_WAIT_INTERRUPTED)
            return -1;
    }
}

void gs_drive_files(struct gs_front *table)
{
    table->read = driven_read;
    table->write = driven_write;
    table->recv = driven_recv;
    table->recvfrom = driven_recvfrom;
    table->send = driven_send;
    table->sendto = driven_sendto;
    table->recvmsg = driven_recvmsg;
    table->sendmsg = driven_sendmsg;
    table->accept4 = driven_accept4;
    table->bind = driven_bind;
    table->connect = driven_connect;
    table->close = driven_close;
    table->shutdown = driven_shutdown;
    table->poll = driven_poll;
    table->epoll_wait = driven_epoll_wait;
    table->select = driven_select;
}
