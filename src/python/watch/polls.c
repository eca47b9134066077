#include "python/watch/polls.h"

#include "python/cpython/cpython.h"
#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/watch/channels.h"
#include "python/watch/files.h"
#include "python/watch/patience.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { KINDS = 4, MOST = 1024 }; /* descriptors that are told apart */

static const struct {
    enum gs_object_kind kind;
    const char *one, *many;
} kinds[KINDS] = {{GS_OBJECT_PROCESS, "process", "processes"},
                  {GS_OBJECT_SOCKET, "socket", "sockets"},
                  {GS_OBJECT_PIPE, "pipe", "pipes"},
                  {GS_OBJECT_FILE, "file", "files"}};

/* What somebody waits for. */
struct group {
    unsigned counts[KINDS];
    int only; /* the exclusive or of all descriptors: of one, that one */
};

static void change(struct group *group, int fd, enum gs_object_kind kind, int by)
{
    for (int i = 0; i < KINDS; i++) {
        if (kinds[i].kind == kind) {
            group->counts[i] += (unsigned)by;
            group->only ^= fd;
        }
    }
}

static void add(struct group *group, int fd)
{
    change(group, fd, gs_files_kind(fd), 1);
}

static unsigned size_of(const struct group *group)
{
    return group->counts[0] + group->counts[1] + group->counts[2] + group->counts[3];
}

/* --- as an object of the trace */

/* "2 sockets and 1 pipe". */
static void describe(const struct group *group, char *name, size_t size)
{
    size_t used = 0;
    unsigned left = size_of(group);
    for (int i = 0; i < KINDS; i++) {
        unsigned n = group->counts[i];
        left -= n;
        if (n)
            used += (size_t)snprintf(name + used, size - used, "%s%u %s",
                                     used == 0 ? ""
                                     : left    ? ", "
                                               : " and ",
                                     n, n == 1 ? kinds[i].one : kinds[i].many);
    }
}

static uint32_t add_object(const struct group *group)
{
    char name[96];
    int most = 0;
    describe(group, name, sizeof name);
    for (int i = 1; i < KINDS && !group->counts[0]; i++)
        most = group->counts[i] > group->counts[most] ? i : most;
    struct gs_object_row row = {.kind = kinds[most].kind,
                                .name = gs_watch_string(name, strlen(name))};
    return gs_segment_add_object(gs_watch.segment, &row);
}

static uint32_t object_of(const struct group *group)
{
    enum { KNOWN = 64 };
    static struct {
        unsigned counts[KINDS];
        uint32_t object;
    } known[KNOWN];
    const unsigned *counts = group->counts;
    if (size_of(group) < 2)
        return size_of(group) ? gs_files_object(group->only) : 0;
    unsigned at = (counts[0] * 101 + counts[1] + counts[2] * 7 + counts[3] * 31) % KNOWN;
    gs_guard_lock(GS_GUARD_POLLS);
    if (!known[at].object || memcmp(known[at].counts, counts, sizeof known[at].counts) != 0) {
        memcpy(known[at].counts, counts, sizeof known[at].counts);
        known[at].object = add_object(group);
    }
    uint32_t object = known[at].object;
    gs_guard_unlock(GS_GUARD_POLLS);
    return object;
}

/* --- waiting */

static void begin(struct gs_watched *self, const struct group *group)
{
    gs_watched_do(self, group->counts[0] ? GS_STATE_WAITING : GS_STATE_IO, object_of(group));
    self->cause = GS_CAUSE_WORK;
}

static void be_woken_by(struct gs_watched *self, uint32_t who)
{
    self->cause = who;
    gs_watch_put_for(self, who, gs_watch_now(), GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN, self->id,
                     atomic_load(&self->on));
}

/* Who has written what ends it: see channels.h. */
struct awaited {
    struct gs_channel *ways[GS_STANDING_MOST_FILES];
    unsigned count;
};

/* Of too many nobody is known. */
static void await(struct awaited *awaited, int fd)
{
    bool fits = !gs_watch.driven && awaited->count < GS_STANDING_MOST_FILES;
    struct gs_channel *way = fits ? gs_channels_await(fd) : NULL;
    if (way)
        awaited->ways[awaited->count++] = way;
}

static void await_sets(struct awaited *awaited, int n, const fd_set *r)
{
    for (int fd = 0; r && fd < n; fd++)
        if (FD_ISSET(fd, r))
            await(awaited, fd);
}

/* 0: nobody of the family. */
static uint32_t writer_of(const struct awaited *awaited)
{
    uint32_t first = 0;
    for (unsigned i = 0; i < awaited->count; i++) {
        uint32_t who = gs_channels_awaited(awaited->ways[i]);
        first = first ? first : who;
    }
    return first;
}

static void end_awaited(struct gs_watched *self, const struct awaited *awaited, int found)
{
    uint32_t who = writer_of(awaited);
    if (self && who && who != self->id && found > 0)
        be_woken_by(self, who);
}

/* None was ready: the time limit was there first, or a signal. Of a loop that a thread has asked to
 * call something that is written into a socket of the loop's own. self: NULL, it did not wait. */
static int end(struct gs_watched *self, int found)
{
    struct gs_watched *away = gs_watched_away();
    bool asked = away && found > 0 && atomic_load(&away->asker);
    uint32_t asker = asked ? atomic_exchange(&away->asker, 0) : 0;
    if (self && asker)
        be_woken_by(self, asker);
    if (found == 0 && away)
        away->cause = GS_CAUSE_CLOCK;
    if (found < 0 && errno == EINTR)
        gs_watched_interrupted();
    return found;
}

/* How a thread says that it waits for all of these files; for too many it says nothing. */
static void note_file(struct gs_standing *row, int fd)
{
    if (row->files < GS_STANDING_MOST_FILES)
        row->file[row->files] = fd;
    row->files++;
}

/* How many entries a dict has, which is where every version has it: see PyDictObject. */
static size_t size_of_dict(const gs_py *dict)
{
    enum { USED = 16 };
    return (size_t)gs_pointer_at(dict, USED);
}

/* Its loop waits in its selector. */
static bool is_loops(const struct gs_watched *self)
{
    return self->loop && !self->task && !self->called.calls;
}

/* Of a loop that hears signals nobody knows who wakes it. */
static int ear_of(const struct gs_watched *self)
{
    const struct gs_ear *ear = &self->ear;
    return is_loops(self) && ear->handlers && size_of_dict(ear->handlers) == 0 ? ear->fd : -1;
}

static void be_patient(const struct gs_watched *self, struct gs_standing *row)
{
    row->ear = ear_of(self);
    if (row->files > 0 && row->files <= GS_STANDING_MOST_FILES)
        gs_standing_begin(row, GS_STANDING_FILES);
}

static void be_patient_with(struct gs_watched *self, const struct pollfd *fds, nfds_t n)
{
    if (!self || !self->standing)
        return;
    self->standing->files = 0;
    for (nfds_t i = 0; i < n; i++)
        if (fds[i].fd >= 0)
            note_file(self->standing, fds[i].fd);
    be_patient(self, self->standing);
}

/* The first of those whose end was waited for, and has come. */
static void note_end(struct gs_watched *self, const struct pollfd *fds, nfds_t n)
{
    for (nfds_t i = 0; i < n; i++) {
        uint32_t process = fds[i].revents ? gs_files_process(fds[i].fd) : 0;
        if (!process)
            continue;
        be_woken_by(self, process);
        return;
    }
}

static int watch_poll(struct pollfd *fds, nfds_t n, int ms)
{
    struct gs_watched *self = ms != 0 ? gs_watched_away() : NULL;
    struct group group = {0};
    struct awaited awaited = {.count = 0};
    for (nfds_t i = 0; self && i < n; i++)
        add(&group, fds[i].fd);
    if (self)
        begin(self, &group);
    for (nfds_t i = 0; self && i < n; i++)
        if (fds[i].events & POLLIN)
            await(&awaited, fds[i].fd);
    if (ms < 0)
        be_patient_with(self, fds, n);
    int found = gs_below.poll(fds, n, ms);
    gs_patience_over(self);
    end_awaited(self, &awaited, found);
    if (self && found > 0 && group.counts[0])
        note_end(self, fds, n);
    return end(self, found);
}

static struct group group_of_sets(int n, const fd_set *r, const fd_set *w, const fd_set *x)
{
    struct group group = {0};
    for (int fd = 0; fd < n; fd++) {
        if ((r && FD_ISSET(fd, r)) || (w && FD_ISSET(fd, w)) || (x && FD_ISSET(fd, x)))
            add(&group, fd);
    }
    return group;
}

static void be_patient_with_sets(struct gs_watched *self, int n, const fd_set *r, const fd_set *w,
                                 const fd_set *x)
{
    if (!self || !self->standing)
        return;
    self->standing->files = 0;
    for (int fd = 0; fd < n; fd++)
        if ((r && FD_ISSET(fd, r)) || (w && FD_ISSET(fd, w)) || (x && FD_ISSET(fd, x)))
            note_file(self->standing, fd);
    be_patient(self, self->standing);
}

/* Without files it is a sleep. */
static int watch_select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *t)
{
    bool waits = !(t && t->tv_sec == 0 && t->tv_usec == 0);
    struct gs_watched *self = waits || n == 0 ? gs_watched_away() : NULL;
    struct awaited awaited = {.count = 0};
    if (self && n == 0) {
        gs_watched_do(self, GS_STATE_SLEEPING, 0);
    } else if (self) {
        struct group group = group_of_sets(n, r, w, x);
        begin(self, &group);
        await_sets(&awaited, n, r);
    }
    if (!t)
        be_patient_with_sets(self, n, r, w, x);
    int found = gs_below.select(n, r, w, x, t);
    gs_patience_over(self);
    end_awaited(self, &awaited, found);
    return end(self, found);
}

/* --- epoll, which is told beforehand what it is to wait for */

static struct group epolls[MOST];

/* In which epoll a descriptor is: the last that it was given to. */
static struct {
    enum gs_object_kind kind; /* NONE: in none */
    int epoll;
} given[MOST];

static void take_out(int fd)
{
    if (given[fd].kind != GS_OBJECT_NONE)
        change(&epolls[given[fd].epoll], fd, given[fd].kind, -1);
    given[fd].kind = GS_OBJECT_NONE;
}

static int watch_epoll_ctl(int fd, int what, int of, struct epoll_event *event)
{
    int code = gs_below.epoll_ctl(fd, what, of, event), number = errno;
    if (code != 0 || what == EPOLL_CTL_MOD || fd >= MOST || of >= MOST)
        return code;
    gs_guard_lock(GS_GUARD_POLLS);
    take_out(of);
    if (what == EPOLL_CTL_ADD) {
        given[of].kind = gs_files_kind(of);
        given[of].epoll = fd;
        change(&epolls[fd], of, given[of].kind, 1);
    }
    gs_guard_unlock(GS_GUARD_POLLS);
    errno = number;
    return code;
}

static void be_patient_with_epoll(struct gs_watched *self, int epoll)
{
    if (!self || !self->standing)
        return;
    self->standing->files = 0;
    gs_guard_lock(GS_GUARD_POLLS);
    for (int fd = 0; fd < MOST; fd++)
        if (given[fd].kind != GS_OBJECT_NONE && given[fd].epoll == epoll)
            note_file(self->standing, fd);
    gs_guard_unlock(GS_GUARD_POLLS);
    be_patient(self, self->standing);
}

/* A loop has many, and waits often: who asks it to call something is known otherwise. */
static void await_epoll(const struct gs_watched *self, struct awaited *awaited, int epoll)
{
    int fds[GS_STANDING_MOST_FILES];
    unsigned count = 0;
    if (is_loops(self))
        return;
    gs_guard_lock(GS_GUARD_POLLS);
    for (int fd = 0; fd < MOST && count < GS_STANDING_MOST_FILES; fd++)
        if (given[fd].kind != GS_OBJECT_NONE && given[fd].epoll == epoll)
            fds[count++] = fd;
    gs_guard_unlock(GS_GUARD_POLLS);
    for (unsigned i = 0; i < count; i++)
        await(awaited, fds[i]);
}

static int watch_epoll_wait(int fd, struct epoll_event *events, int most, int ms)
{
    static const struct group unknown;
    struct awaited awaited = {.count = 0};
    struct gs_watched *self = ms != 0 ? gs_watched_away() : NULL;
    if (self) {
        begin(self, fd < MOST ? &epolls[fd] : &unknown);
        await_epoll(self, &awaited, fd);
    }
    if (ms < 0)
        be_patient_with_epoll(self, fd);
    int found = gs_below.epoll_wait(fd, events, most, ms);
    gs_patience_over(self);
    end_awaited(self, &awaited, found);
    return end(self, found);
}

/* What is closed is in no epoll any more; a closed epoll has nothing in it. */
void gs_polls_close(int fd)
{
    if (fd >= 0 && fd < MOST && (given[fd].kind != GS_OBJECT_NONE || size_of(&epolls[fd]))) {
        gs_guard_lock(GS_GUARD_POLLS);
        take_out(fd);
        for (int other = 0; other < MOST && size_of(&epolls[fd]); other++) {
            if (given[other].epoll == fd)
                take_out(other);
        }
        gs_guard_unlock(GS_GUARD_POLLS);
    }
}

void gs_watch_polls(struct gs_front *table)
{
    table->poll = watch_poll;
    table->select = watch_select;
    table->epoll_ctl = watch_epoll_ctl;
    table->epoll_wait = watch_epoll_wait;
}
