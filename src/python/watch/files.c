#include "python/watch/files.h"

#include "base/own.h"
#include "base/text.h"
#include "python/cpython/spot.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/watch/channels.h"
#include "python/watch/descriptors.h"
#include "python/watch/output.h"
#include "python/watch/patience.h"
#include "python/watch/writing.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>

enum { REMEMBERED = 1024 };

/* Descriptors are used again: which file it was tells the inode. */
static struct known {
    dev_t device;
    ino_t inode;
    uint32_t object;
    uint32_t room; /* in it, once somebody has waited for that; 0: nobody has */
} files[REMEMBERED];

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un path;
    struct sockaddr_storage room;
};

/* False: it says nothing, since the socket has none yet. */
static bool describe_address(const union address *a, socklen_t size, char *name, size_t room)
{
    char host[64];
    if (a->any.sa_family == AF_INET && a->v4.sin_port)
        snprintf(name, room, "%s:%u", inet_ntop(AF_INET, &a->v4.sin_addr, host, sizeof host),
                 ntohs(a->v4.sin_port));
    else if (a->any.sa_family == AF_INET6 && a->v6.sin6_port)
        snprintf(name, room, "[%s]:%u", inet_ntop(AF_INET6, &a->v6.sin6_addr, host, sizeof host),
                 ntohs(a->v6.sin6_port));
    else if (a->any.sa_family == AF_UNIX && size > offsetof(struct sockaddr_un, sun_path) &&
             a->path.sun_path[0])
        snprintf(name, room, "%.*s", (int)(size - offsetof(struct sockaddr_un, sun_path)),
                 a->path.sun_path);
    else
        return false;
    return true;
}

/* Whom it is connected to, or where it listens. */
static void describe_socket(int fd, char *name, size_t size)
{
    union address peer = {0}, own = {0};
    socklen_t peer_size = sizeof peer, own_size = sizeof own;
    if (gs_below.getpeername(fd, &peer.any, &peer_size) == 0 &&
        describe_address(&peer, peer_size, name, size))
        return;
    if (gs_below.getsockname(fd, &own.any, &own_size) == 0 &&
        describe_address(&own, own_size, name, size))
        return;
    snprintf(name, size, "socket (descriptor %d)", fd);
}

/* "/proc/1234/stat" of this process is "/proc/self/stat": the number is another one in each run. */
static void forget_number(char *name, size_t size)
{
    char own[32], rest[256];
    int length = snprintf(own, sizeof own, "/proc/%d/", (int)gs_own_pid());
    if (strncmp(name, own, (size_t)length) != 0)
        return;
    snprintf(rest, sizeof rest, "%s", name + length);
    snprintf(name, size, "/proc/self/%s", rest);
}

/* "/memfd:/proc/uptime (deleted)" is what the driven program has opened as "/proc/uptime". */
static void forget_memory(char *name)
{
    static const char start[] = "/memfd:", inside[] = "/memfd:/proc/", end[] = " (deleted)";
    size_t length = strlen(name);
    if (strncmp(name, inside, sizeof inside - 1) != 0 || length < sizeof inside + sizeof end)
        return;
    name[length - (sizeof end - 1)] = '\0';
    memmove(name, name + sizeof start - 1, strlen(name + sizeof start - 1) + 1);
}

/* The kernel's own name: a path, or "pipe:[1234]", "anon_inode:[eventfd]", whose number would be
 * another one in each run. */
static void describe_file(int fd, char *name, size_t size)
{
    static const char anonymous[] = "anon_inode:";
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, name, size - 1);
    name[length > 0 ? length : 0] = '\0';
    size_t skipped = strncmp(name, anonymous, sizeof anonymous - 1) == 0 ? sizeof anonymous - 1 : 0;
    memmove(name, name + skipped, strlen(name + skipped) + 1);
    forget_memory(name);
    forget_number(name, size);
    if (strncmp(name, "pipe:", 5) == 0)
        snprintf(name, size, "pipe (descriptor %d)", fd);
}

/* NULL: it is not called after the end of a process. */
static const struct gs_object_row *end_behind(const struct stat *st)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t object = S_ISFIFO(st->st_mode) ? gs_channels_object(st) : 0;
    const struct gs_object_row *row = object ? tables->object(tables, object) : NULL;
    return row && row->kind == GS_OBJECT_PROCESS ? row : NULL;
}

uint32_t gs_files_process(int fd)
{
    struct stat st;
    const struct gs_object_row *end = gs_descriptor_stat(fd, &st) ? end_behind(&st) : NULL;
    return end ? end->actor : 0;
}

enum gs_object_kind gs_files_kind(int fd)
{
    struct stat st;
    if (!gs_descriptor_stat(fd, &st))
        return GS_OBJECT_NONE;
    if (end_behind(&st))
        return GS_OBJECT_PROCESS;
    /* What we print does not go through it. */
    if (gs_pipe_is(&gs_watch.control->output, &st))
        return GS_OBJECT_FILE;
    return S_ISSOCK(st.st_mode)   ? GS_OBJECT_SOCKET
           : S_ISFIFO(st.st_mode) ? GS_OBJECT_PIPE
                                  : GS_OBJECT_FILE;
}

static void describe(int fd, enum gs_object_kind kind, char *name, size_t size)
{
    static const char *const standard[] = {"standard input", "standard output", "standard error"};
    if (fd <= STDERR_FILENO)
        snprintf(name, size, "%s", standard[fd]);
    else if (kind == GS_OBJECT_SOCKET)
        describe_socket(fd, name, size);
    else
        describe_file(fd, name, size);
}

static uint32_t add(enum gs_object_kind kind, const char *name)
{
    struct gs_object_row row = {.kind = kind, .name = gs_watch_string(name, strlen(name))};
    return gs_segment_add_object(gs_watch.segment, &row);
}

uint32_t gs_files_new_object(int fd)
{
    char name[256];
    enum gs_object_kind kind = gs_files_kind(fd);
    describe(fd, kind, name, sizeof name);
    return add(kind, name);
}

/* name: NULL, or what it is called from now on. */
static uint32_t find(int fd, const char *called)
{
    struct stat st;
    int code = errno;
    uint32_t object = 0;
    if (gs_descriptor_stat(fd, &st)) {
        struct known *known = &files[fd % REMEMBERED];
        gs_guard_lock(GS_GUARD_FILES);
        if (called || !known->object || known->inode != st.st_ino || known->device != st.st_dev) {
            uint32_t shared = called ? 0 : gs_channels_object(&st);
            *known = (struct known){.device = st.st_dev,
                                    .inode = st.st_ino,
                                    .object = shared   ? shared
                                              : called ? add(gs_files_kind(fd), called)
                                                       : gs_files_new_object(fd)};
        }
        object = known->object;
        gs_guard_unlock(GS_GUARD_FILES);
    }
    errno = code;
    return object;
}

uint32_t gs_files_object(int fd)
{
    return find(fd, NULL);
}

/* What an import reads depends on what was compiled before: on the virtual clock that must not
 * show.
 */
static bool imports(const struct gs_watched *self)
{
    struct gs_frame frame;
    return gs_watch.driven && gs_frames_first(self->python, &frame) &&
           gs_frame_is_machinery(&frame);
}

/* The calling thread, where its lane can show what it does with a file. */
static struct gs_watched *seen(void)
{
    struct gs_watched *self = gs_watched_away();
    return self && !imports(self) ? self : NULL;
}

static void remember(int fd, const struct stat *st, uint32_t object)
{
    gs_guard_lock(GS_GUARD_FILES);
    files[fd % REMEMBERED] =
        (struct known){.device = st->st_dev, .inode = st->st_ino, .object = object};
    gs_guard_unlock(GS_GUARD_FILES);
}

void gs_files_call(int fd, uint32_t object)
{
    struct stat st;
    if (!gs_descriptor_stat(fd, &st))
        return;
    gs_channels_call(&st, object);
    remember(fd, &st, object);
}

static int watch_socketpair(int family, int type, int protocol, int fds[2])
{
    int result = gs_below.socketpair(family, type, protocol, fds);
    if (result == 0 && gs_watch_has_lanes())
        gs_channels_paired(fds);
    return result;
}

/* Takes long: it is told at once. What a file has to say ends the wait. */
static struct gs_watched *tell_wait(uint32_t object)
{
    struct gs_watched *self = seen();
    if (!self)
        return NULL;
    gs_watched_do(self, GS_STATE_IO, object);
    self->cause = GS_CAUSE_WORK;
    return self;
}

static struct gs_watched *wait_on(int fd)
{
    struct gs_watched *self = tell_wait(seen() ? gs_files_object(fd) : 0);
    if (!self)
        return NULL;
    self->reads = gs_watch.driven ? NULL : gs_channels_await(fd);
    gs_patience_file(self, fd);
    return self;
}

/* What a file had to say somebody has written there. */
static void end_wait(struct gs_watched *self)
{
    uint32_t who = !self             ? 0
                   : gs_watch.driven ? gs_drive_ended_by()
                                     : gs_channels_awaited(self->reads);
    gs_patience_over(self);
    if (!who || who == self->id)
        return;
    self->cause = who;
    gs_watch_put_for(self, who, gs_watch_now(), GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN, self->id,
                     atomic_load(&self->on));
}

/* It is told if somebody else takes the GIL meanwhile, or afterwards. */
static struct gs_watched *be_at(int fd)
{
    struct gs_watched *self = seen();
    if (!self)
        return NULL;
    self->cause = GS_CAUSE_WORK;
    atomic_store_explicit(&self->doing_fd, fd, memory_order_relaxed);
    atomic_store_explicit(&self->doing, GS_STATE_IO, memory_order_relaxed);
    return self;
}

/* Takes long only where nobody reads. */
static struct gs_watched *work_on(int fd)
{
    struct gs_watched *self = be_at(fd);
    if (!self || !self->standing || gs_descriptor_kind(fd) == GS_DESCRIPTOR_REGULAR)
        return NULL;
    gs_patience_file(self, fd);
    return self;
}

uint32_t gs_files_room(int fd)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    struct known *known = &files[fd % REMEMBERED];
    uint32_t object = gs_files_object(fd);
    const struct gs_object_row *row = tables->object(tables, object);
    if (!row)
        return object;
    gs_guard_lock(GS_GUARD_FILES);
    uint32_t room = known->object == object ? known->room : 0;
    if (!room) {
        const struct gs_object_row part = {
            .kind = GS_OBJECT_ROOM, .name = row->name, .whole = object};
        room = gs_segment_add_object(gs_watch.segment, &part);
    }
    if (known->object == object)
        known->room = room;
    gs_guard_unlock(GS_GUARD_FILES);
    return room;
}

/* On the real clock: what is there already nobody waits for. False: it is not, or nobody can tell,
 * and nothing was done. Of a file there may be a part: that is not asked for. */
static bool read_at_once(int fd, void *to, size_t n, ssize_t *got)
{
    const struct iovec where = {to, n};
    struct stat st;
    if (gs_watch.driven || !gs_descriptor_stat(fd, &st) ||
        !(S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode)))
        return false;
    be_at(fd);
    *got = preadv2(fd, &where, 1, -1, RWF_NOWAIT);
    return *got >= 0 || (errno != EAGAIN && errno != EOPNOTSUPP && errno != ENOSYS &&
                         errno != EINVAL && errno != EPERM);
}

static bool receive_at_once(int fd, void *to, size_t n, int flags, struct sockaddr *a,
                            socklen_t *size, ssize_t *got)
{
    if (gs_watch.driven)
        return false;
    be_at(fd);
    *got = gs_below.recvfrom(fd, to, n, flags | MSG_DONTWAIT, a, size);
    return *got >= 0 || flags & MSG_DONTWAIT || errno != EAGAIN;
}

/* The calling thread, where it is to be told that it waits to write there. */
static struct gs_watched *writer_into(int fd)
{
    struct gs_watched *self = gs_watch.driven ? NULL : be_at(fd);
    return self && self->standing && gs_descriptor_kind(fd) == GS_DESCRIPTOR_STREAM ? self : NULL;
}

static bool is_nothing(int fd)
{
    struct stat st, nothing;
    return fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && stat("/dev/null", &nothing) == 0 &&
           st.st_rdev == nothing.st_rdev;
}

/* Who reads standard input finds its end at once where the screen has the terminal: that is said,
 * once, since the program cannot know. */
static void tell_no_input(struct gs_watched *self)
{
    static _Atomic bool told;
    static const char text[] =
        "standard input is empty: a program that is watched does not get the "
        "terminal's. Give it a file or a pipe: gilscope run ... < FILE";
    if (atomic_exchange(&told, true))
        return;
    gs_watch_put(self, gs_watch_now(), GS_EVENT_NOTE, 0, gs_watch_string(text, strlen(text)),
                 self->line);
    fprintf(stderr, "%s\n", text);
}

static ssize_t watch_read(int fd, void *to, size_t n)
{
    ssize_t got;
    if (!read_at_once(fd, to, n, &got)) {
        struct gs_watched *self = wait_on(fd);
        got = gs_below.read(fd, to, n);
        end_wait(self);
    }
    if (fd == STDIN_FILENO && got == 0 && gs_watched_away() && is_nothing(fd))
        tell_no_input(gs_watched_self);
    return got;
}

static ssize_t watch_write(int fd, const void *from, size_t n)
{
    bool prints = fd == STDOUT_FILENO || fd == STDERR_FILENO;
    struct gs_watched *self = prints ? NULL : writer_into(fd);
    struct iovec part = {(void *)(uintptr_t)from, n};
    if (self)
        return gs_writing_put(self, fd, -1, &(struct msghdr){.msg_iov = &part, .msg_iovlen = 1});
    self = work_on(fd);
    if (!self && !prints)
        return gs_below.write(fd, from, n);
    ssize_t written =
        prints ? gs_output_put(fd, from, n, gs_below.write) : gs_below.write(fd, from, n);
    gs_patience_over(self);
    return written;
}

static ssize_t watch_writev(int fd, const struct iovec *parts, int count)
{
    bool prints = fd == STDOUT_FILENO || fd == STDERR_FILENO;
    struct gs_watched *self = prints || count <= 0 ? NULL : writer_into(fd);
    if (!self)
        return gs_below.writev(fd, parts, count);
    return gs_writing_put(
        self, fd, -1,
        &(struct msghdr){.msg_iov = (struct iovec *)(uintptr_t)parts, .msg_iovlen = (size_t)count});
}

static ssize_t watch_recv(int fd, void *to, size_t n, int flags)
{
    ssize_t got;
    if (receive_at_once(fd, to, n, flags, NULL, NULL, &got))
        return got;
    struct gs_watched *self = wait_on(fd);
    got = gs_below.recv(fd, to, n, flags);
    end_wait(self);
    return got;
}

static ssize_t watch_recvfrom(int fd, void *to, size_t n, int flags, struct sockaddr *a,
                              socklen_t *size)
{
    ssize_t got;
    if (receive_at_once(fd, to, n, flags, a, size, &got))
        return got;
    struct gs_watched *self = wait_on(fd);
    got = gs_below.recvfrom(fd, to, n, flags, a, size);
    end_wait(self);
    return got;
}

static ssize_t watch_sendto(int fd, const void *from, size_t n, int flags, const struct sockaddr *a,
                            socklen_t size)
{
    struct gs_watched *self = writer_into(fd);
    struct iovec part = {(void *)(uintptr_t)from, n};
    if (self)
        return gs_writing_put(self, fd, flags,
                              &(struct msghdr){(void *)(uintptr_t)a, size, &part, 1, NULL, 0, 0});
    self = work_on(fd);
    ssize_t sent = gs_below.sendto(fd, from, n, flags, a, size);
    gs_patience_over(self);
    return sent;
}

static ssize_t watch_send(int fd, const void *from, size_t n, int flags)
{
    return watch_sendto(fd, from, n, flags, NULL, 0);
}

static ssize_t watch_recvmsg(int fd, struct msghdr *m, int flags)
{
    struct gs_watched *self = wait_on(fd);
    ssize_t got = gs_below.recvmsg(fd, m, flags);
    end_wait(self);
    return got;
}

static ssize_t watch_sendmsg(int fd, const struct msghdr *m, int flags)
{
    struct gs_watched *self = writer_into(fd);
    if (self)
        return gs_writing_put(self, fd, flags, m);
    self = work_on(fd);
    ssize_t sent = gs_below.sendmsg(fd, m, flags);
    gs_patience_over(self);
    return sent;
}

/* Whom it is connected to the socket itself knows only afterwards. */
static int watch_connect(int fd, const struct sockaddr *a, socklen_t size)
{
    struct gs_watched *self = gs_watched_away();
    union address address = {0};
    char name[256];
    memcpy(&address, a, size < sizeof address ? size : sizeof address);
    bool named = describe_address(&address, size, name, sizeof name);
    if (self) {
        gs_watched_do(self, GS_STATE_IO, find(fd, named ? name : NULL));
        self->cause = GS_CAUSE_WORK;
    }
    int result = gs_below.connect(fd, a, size);
    if (result == 0 && a->sa_family == AF_UNIX && gs_watch_has_lanes())
        gs_channels_connected(fd);
    return result;
}

static int watch_accept4(int fd, struct sockaddr *a, socklen_t *size, int flags)
{
    struct gs_watched *self = wait_on(fd);
    int accepted = gs_below.accept4(fd, a, size, flags);
    end_wait(self);
    if (accepted >= 0 && gs_watch_has_lanes())
        gs_channels_accepted(accepted);
    return accepted;
}

/* --- files that are locked: only who has to wait is told of */

static int watch_flock(int fd, int how)
{
    int result = gs_below.flock(fd, how | LOCK_NB);
    if (result == 0 || (how & LOCK_NB) || errno != EWOULDBLOCK)
        return result;
    (void)tell_wait(gs_files_object(fd));
    return gs_below.flock(fd, how);
}

static bool is_locked(int result)
{
    return result != 0 && (errno == EAGAIN || errno == EACCES);
}

static int watch_lockf64(int fd, int how, off64_t size)
{
    int result = gs_below.lockf64(fd, how == F_LOCK ? F_TLOCK : how, size);
    if (how != F_LOCK || !is_locked(result))
        return result;
    (void)tell_wait(gs_files_object(fd));
    return gs_below.lockf64(fd, how, size);
}

static int watch_fcntl64(int fd, int what, ...)
{
    va_list more;
    va_start(more, what);
    void *argument = va_arg(more, void *);
    va_end(more);
    bool waits = what == F_SETLKW || what == F_OFD_SETLKW;
    if (waits) {
        int now = what == F_SETLKW ? F_SETLK : F_OFD_SETLK;
        int result = gs_below.fcntl64(fd, now, argument);
        if (!is_locked(result))
            return result;
        (void)tell_wait(gs_files_object(fd));
    }
    return gs_below.fcntl64(fd, what, argument);
}

/* --- FIFOs: whoever opens one end waits for who opens the other */

static bool waits_to_open(const char *path, int flags, struct stat *st)
{
    enum { NEVER_WAITS = O_NONBLOCK | O_PATH | O_DIRECTORY };
    int code = errno;
    bool waits = (flags & O_ACCMODE) != O_RDWR && !(flags & NEVER_WAITS) && seen() &&
                 stat(path, st) == 0 && S_ISFIFO(st->st_mode);
    errno = code;
    return waits;
}

/* The same at both ends. What a file was that is removed, another one may be: the path says it. */
static uint32_t fifo_object(const struct stat *st, const char *path)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t object = gs_channels_object(st);
    const struct gs_object_row *row = object ? tables->object(tables, object) : NULL;
    if (row && strcmp(gs_segment_text(gs_watch.segment, row->name), path) == 0)
        return object;
    object = add(GS_OBJECT_PIPE, path);
    gs_channels_call(st, object);
    return object;
}

static int watch_open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    struct stat st;
    if (GS_OPEN_MAKES(flags)) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (!waits_to_open(path, flags, &st))
        return gs_below.open64(path, flags, mode);
    uint32_t object = fifo_object(&st, path);
    (void)tell_wait(object);
    int fd = gs_below.open64(path, flags, mode), code = errno;
    if (fd >= 0)
        remember(fd, &st, object);
    errno = code;
    return fd;
}

void gs_watch_files(struct gs_front *table)
{
    table->flock = watch_flock;
    table->lockf64 = watch_lockf64;
    table->fcntl64 = watch_fcntl64;
    table->open64 = watch_open64;
    table->read = watch_read;
    table->write = watch_write;
    table->writev = watch_writev;
    table->recv = watch_recv;
    table->recvfrom = watch_recvfrom;
    table->send = watch_send;
    table->sendto = watch_sendto;
    table->recvmsg = watch_recvmsg;
    table->sendmsg = watch_sendmsg;
    table->connect = watch_connect;
    table->accept4 = watch_accept4;
    table->socketpair = watch_socketpair;
}
