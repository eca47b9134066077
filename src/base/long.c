#include "base/long.h"

#include "base/fresh.h"
#include "base/scratch.h"
#include "base/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Pages are counted as the smallest are; where they are larger, so are these. */
#define SHORT  ((size_t)32 << 10) /* up to there it is memory of malloc's */
#define KEPT   ((size_t)8 << 10)  /* the end of an array that is never written */
#define ASKING ((size_t)1 << 20)  /* from there on the next step is made ready ahead */

/* Addresses cost nothing: most arrays never need more than the first size. */
static const size_t sizes[] = {(size_t)64 << 20, (size_t)16 << 30, (size_t)1 << 40};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* The system has some 65,000 mappings for a process; a stretch has a few. Arrays beyond stay in
 * memory. */
enum { MOST_STRETCHES = 8000, MOST_RUNS = 24 };

/* Not more than that is written at a time: nobody waits for longer than a frame lasts. */
#define MOST_AT_ONCE ((size_t)16 << 20)

/* Part of a stretch that is in the file, bytes. */
struct run {
    size_t at, size, room; /* room: what the file has free for it, size included */
    off_t offset;
};

/* Up to base + gone there is nothing any more, up to base + written it is in the file, run by run,
 * and up to base + ready it is memory. */
struct gs_stretch {
    char *base;
    size_t size; /* addresses */
    size_t gone, written, ready, step;
    size_t asked;   /* up to base + asked it becomes memory; 0: there is no more to come */
    size_t in_file; /* bytes */
    size_t seam; /* what stands before it was moved here from a smaller stretch; 0: nothing was */
    struct run runs[MOST_RUNS];
    unsigned run_count;
    struct gs_stretch *before, *after;
};

static struct {
    pthread_mutex_t lock; /* of the mappings: the keeper lets go while others grow */
    struct gs_stretch *first;
    unsigned count;
    uint64_t allowed;
    uint64_t there, written; /* bytes of all that are not gone; … of these in the file */
    uint64_t looked;         /* there - written, when memory was looked at last */
    uint64_t fixed;          /* pages of files that are none of ours, bytes */
    uint64_t end;            /* of the file */
    uint64_t most;           /* that it may have */
    struct gs_scratch file;
    int statm;
    bool opened, full, kept, crowded;
    bool watched;  /* that the process is forked */
    timer_t clock; /* stops whoever reads now and then … */
    bool ticks;    /* … if there is one */
} all = {.lock = PTHREAD_MUTEX_INITIALIZER, .allowed = GS_LONG_ALLOWED, .statm = -1};

static size_t whole_pages(size_t bytes)
{
    static size_t page;
    page = page ? page : (size_t)sysconf(_SC_PAGESIZE);
    return bytes / page * page;
}

static void die(size_t bytes)
{
    fprintf(stderr, "gilscope: out of memory (%zu bytes asked for)\n", bytes);
    abort();
}

/* --- how much memory there is in use, see proc_pid_statm(5) */

struct use {
    uint64_t own, mapped; /* of the process alone, and of files, bytes */
};

static struct use look(void)
{
    char text[128], *rest = text;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    if (all.statm < 0)
        all.statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = pread(all.statm, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    /* Without /proc what is known of the arrays has to do. */
    if (n <= 0)
        return (struct use){.own = all.there - all.written};
    (void)strtoull(text, &rest, 10); /* no sscanf: a signal's handler may be here */
    uint64_t resident = strtoull(rest, &rest, 10), shared = strtoull(rest, &rest, 10);
    return (struct use){.own = (resident - shared) * page, .mapped = shared * page};
}

/* --- into the file */

/* Half of what is free there: others need the disk, too. */
static bool takes_more(void)
{
    if (!all.opened) {
        all.opened = true;
        all.fixed = look().mapped;
        if (gs_scratch_open(&all.file) && !all.file.in_memory)
            all.most = gs_scratch_room(all.file.fd) / 2;
    }
    return all.most > 0 && !all.full;
}

/* A file that grew too large (XFSZ) is an error like a full disk. */
static bool write_there(const char *from, size_t size, off_t offset)
{
    sigset_t xfsz, before;
    sigemptyset(&xfsz);
    sigaddset(&xfsz, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &xfsz, &before);
    while (size > 0) {
        ssize_t n = pwrite(all.file.fd, from, size, offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        from += n;
        offset += n;
        size -= (size_t)n;
    }
    if (size > 0 && errno == EFBIG)
        sigtimedwait(&xfsz, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return size == 0;
}

/* Where the next bytes of the stretch go: runs get longer, so that there are few of them. A file
 * has room at addresses that nobody wrote to; none of it is taken up by that. */
static struct run *run_of(struct gs_stretch *s)
{
    struct run *last = s->run_count ? &s->runs[s->run_count - 1] : NULL;
    if (last && last->size < last->room && last->at + last->size == s->written)
        return last;
    if (s->run_count == MOST_RUNS)
        return NULL;
    size_t room = last ? last->room * 4 : (size_t)1 << 20;
    last = &s->runs[s->run_count++];
    *last = (struct run){.at = s->written, .room = room, .offset = (off_t)all.end};
    all.end += room;
    return last;
}

static bool write_some(struct gs_stretch *s, size_t bytes)
{
    struct run *run = run_of(s);
    if (!run)
        return false;
    bytes = bytes < run->room - run->size ? bytes : run->room - run->size;
    off_t offset = run->offset + (off_t)run->size;
    char *from = s->base + s->written;
    if (all.written + bytes > all.most || !write_there(from, bytes, offset)) {
        all.full = true;
        return false;
    }
    if (mmap(from, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, all.file.fd, offset) ==
        MAP_FAILED)
        die(bytes);
    run->size += bytes;
    s->written += bytes;
    s->in_file += bytes;
    all.written += bytes;
    return true;
}

/* The last step and the end of what was before it may not be filled yet. */
static size_t writable(const struct gs_stretch *s)
{
    size_t kept = s->step + KEPT;
    return s->ready > s->written + kept ? whole_pages(s->ready - s->written - kept) : 0;
}

/* NULL: there is none that a write would be worth. */
static struct gs_stretch *longest(void)
{
    struct gs_stretch *found = NULL;
    for (struct gs_stretch *s = all.first; s; s = s->after)
        if (writable(s) >= SHORT && (!found || writable(s) > writable(found)))
            found = s;
    return found;
}

static void keep(void);

/* The beginnings of the arrays that have most in memory; of each half, so that they get alike. */
static void write_out(size_t bytes)
{
    struct gs_stretch *s;
    bytes = bytes < MOST_AT_ONCE ? bytes : MOST_AT_ONCE;
    while (bytes > 0 && takes_more() && (s = longest())) {
        size_t before = s->written, part = whole_pages(writable(s) / 2);
        if (part > bytes && bytes > SHORT)
            part = whole_pages(bytes);
        if (!write_some(s, part ? part : writable(s)))
            break;
        size_t done = s->written - before;
        bytes -= done < bytes ? done : bytes;
    }
    if (all.written)
        keep();
}

/* Once some of it is in the file, half of what is allowed is left for what was read back. Until
 * then only an eighth, for whoever looks through it: what need not be written costs nothing. */
static uint64_t most_of_own(void)
{
    return all.written ? all.allowed / 2 : all.allowed / 8 * 7;
}

static uint64_t too_much(void)
{
    struct use use = look();
    uint64_t limit = most_of_own(), own = use.own + (all.opened ? all.fixed : use.mapped);
    return own > limit ? own - limit : 0;
}

/* Where others have the memory it would not help that the arrays do without. */
static bool is_cramped(void)
{
    return !takes_more() && all.there - all.written > all.allowed / 8;
}

/* Called whenever the arrays have got some steps longer. */
static void look_after_memory(void)
{
    if (all.there - all.written < all.looked + all.allowed / 512)
        return;
    uint64_t more = too_much();
    if (more)
        write_out((size_t)more);
    all.crowded = more && is_cramped();
    all.looked = all.there - all.written;
}

bool gs_long_is_crowded(void)
{
    if (!all.crowded)
        return false;
    pthread_mutex_lock(&all.lock);
    bool crowded = all.crowded = too_much() && is_cramped();
    pthread_mutex_unlock(&all.lock);
    return crowded;
}

/* --- what was read back is let go of */

static void let_go(const struct gs_stretch *s)
{
    for (unsigned i = 0; i < s->run_count; i++)
        if (s->runs[i].size)
            madvise(s->base + s->runs[i].at, s->runs[i].size, MADV_DONTNEED);
}

/* How long it takes at least until so much is read back, at 4 GB/s. */
static struct timespec pause_for(uint64_t bytes)
{
    enum { LEAST_NS = 1000000, MOST_NS = 20000000 };
    uint64_t ns = bytes / 4;
    return (struct timespec){.tv_nsec = (long)(ns < LEAST_NS  ? LEAST_NS
                                               : ns > MOST_NS ? MOST_NS
                                                              : ns)};
}

/* Above that there is too much. Letting go of it again and again, because what is no array is too
 * large already, would help nobody: at least so much has to be read back in between. */
static uint64_t most_mapped(struct use use)
{
    uint64_t limit = all.allowed / 4 * 3, least = all.fixed + all.allowed / 32;
    return limit > use.own + least ? limit - use.own : least;
}

/* Lets go if there is too much. Returns how long it takes at least until there is again. */
static struct timespec keep_small(void)
{
    struct use use = look();
    uint64_t most = most_mapped(use);
    if (use.mapped > most) {
        for (struct gs_stretch *s = all.first; s; s = s->after)
            let_go(s);
        use = look();
        all.fixed = use.mapped;
        most = most_mapped(use);
    }
    return pause_for(most > use.mapped ? most - use.mapped : 0);
}

/* Where the machine is busy the keeper may get no core for longer than it takes to read a hundred
 * megabytes. Whoever reads is stopped by a clock that goes while he does, and does its work. */
static void on_tick(int number)
{
    int code = errno;
    (void)number;
    if (pthread_mutex_trylock(&all.lock) == 0) {
        if (all.kept)
            keep_small();
        pthread_mutex_unlock(&all.lock);
    }
    errno = code;
}

/* Of the thread that appends, and looks at what it has. Without such a clock there is the keeper
 * alone. */
static void start_clock(void)
{
    enum { TICK_NS = 1000000 };
    const struct sigaction act = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGVTALRM};
    const struct itimerspec each = {{.tv_nsec = TICK_NS}, {.tv_nsec = TICK_NS}};
    event._sigev_un._tid = gettid();
    sigaction(SIGVTALRM, &act, NULL);
    all.ticks = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &all.clock) == 0;
    if (all.ticks)
        timer_settime(all.clock, 0, &each, NULL);
}

static void stop_clock(void)
{
    if (all.ticks)
        timer_delete(all.clock);
    all.ticks = false;
}

static void *keep_on(void *context)
{
    struct timespec pause = pause_for(0);
    while (nanosleep(&pause, NULL) == 0 || errno == EINTR) {
        pthread_mutex_lock(&all.lock);
        pause = keep_small();
        all.kept = all.written > 0;
        bool on = all.kept;
        if (!on)
            stop_clock();
        pthread_mutex_unlock(&all.lock);
        if (!on)
            break;
    }
    return context;
}

static void keep(void)
{
    pthread_t keeper;
    if (all.kept)
        return;
    all.kept = gs_thread_start(&keeper, keep_on, NULL);
    if (!all.kept)
        return;
    pthread_detach(keeper);
    start_clock();
}

/* --- a process that is forked has the arrays, as they are then, and none of the threads. What of
 * them is in the file it reads there; what it writes itself goes into a file of its own. */

static void hold(void)
{
    pthread_mutex_lock(&all.lock);
}

static void let_it_go(void)
{
    pthread_mutex_unlock(&all.lock);
}

static void begin_anew(void)
{
    pthread_mutex_init(&all.lock, NULL);
    all.statm = -1; /* it is another's */
    all.opened = all.full = all.kept = all.ticks = false;
    all.most = all.end = 0;
    if (all.written)
        keep();
}

static void watch_forks(void)
{
    gs_fresh_watch_forks();
    if (!all.watched)
        all.watched = pthread_atfork(hold, let_it_go, begin_anew) == 0;
}

/* --- stretches */

static char *addresses(size_t size)
{
    char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

static struct gs_stretch *begin(void)
{
    watch_forks();
    struct gs_stretch *s = all.count < MOST_STRETCHES ? calloc(1, sizeof *s) : NULL;
    if (!s || !(s->base = addresses(sizes[0]))) {
        free(s);
        return NULL;
    }
    s->size = sizes[0];
    s->after = all.first;
    if (all.first)
        all.first->before = s;
    all.first = s;
    all.count++;
    return s;
}

/* Memory goes over as it is, what is in the file is mapped anew: no byte moves. A mapping that was
 * moved and what stands behind it stay two, even side by side. */
static void move(struct gs_stretch *s, char *to)
{
    for (unsigned i = 0; i < s->run_count; i++)
        if (s->runs[i].size &&
            mmap(to + s->runs[i].at, s->runs[i].size, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_FIXED, all.file.fd, s->runs[i].offset) == MAP_FAILED)
            die(s->runs[i].size);
    const size_t ends[] = {s->seam, s->ready};
    for (size_t at = s->written, i = 0; i < 2; i++) {
        if (ends[i] <= at)
            continue;
        if (mremap(s->base + at, ends[i] - at, ends[i] - at, MREMAP_MAYMOVE | MREMAP_FIXED,
                   to + at) == MAP_FAILED)
            die(ends[i] - at);
        at = ends[i];
    }
    munmap(s->base, s->size);
}

static void widen(struct gs_stretch *s, size_t need)
{
    size_t i = 0;
    while (i < SIZES && sizes[i] < need)
        i++;
    char *to = i < SIZES ? addresses(sizes[i]) : NULL;
    if (!to)
        die(need);
    gs_fresh_settle(s->base, s->size);
    s->asked = 0;
    move(s, to);
    s->base = to;
    s->seam = s->size;
    s->size = sizes[i];
}

/* An eighth at a time, so that little of it is unused; and little beside what is allowed, since
 * each array has twice as much in memory. */
static size_t next_step(const struct gs_stretch *s)
{
    size_t most = all.allowed >> 11 < s->ready / 8 ? (size_t)(all.allowed >> 11) : s->ready / 8;
    return most > KEPT ? whole_pages(most) : KEPT;
}

/* The step after this one, for an array that will soon need it. */
static void ask_for_more(struct gs_stretch *s)
{
    size_t bytes = next_step(s);
    s->asked = 0;
    if (s->ready >= ASKING && s->ready + bytes <= s->size &&
        gs_fresh_ask(s->base + s->ready, bytes))
        s->asked = s->ready + bytes;
}

static void step(struct gs_stretch *s)
{
    size_t bytes = next_step(s);
    if (s->ready + bytes > s->size)
        widen(s, s->ready + bytes);
    bool fresh = s->asked && gs_fresh_take(s->base + s->ready);
    if (!fresh || s->asked < s->ready + bytes)
        gs_fresh_make(s->base + s->ready, bytes);
    s->ready += bytes;
    s->step = bytes;
    all.there += bytes;
    ask_for_more(s);
}

static struct gs_stretch *lengthen(void *items, size_t bytes)
{
    struct gs_stretch *s = begin();
    if (!s)
        return NULL;
    while (s->ready < bytes)
        step(s);
    if (bytes)
        memcpy(s->base, items, bytes);
    free(items);
    return s;
}

void *gs_long_grow(void *items, size_t *room, struct gs_stretch **stretch, size_t count,
                   size_t item_size)
{
    if (!*stretch && *room * 2 * item_size <= SHORT)
        return gs_vec_grow(items, room, count + 1, item_size);
    pthread_mutex_lock(&all.lock);
    bool was_long = *stretch;
    if (!was_long)
        *stretch = lengthen(items, count * item_size);
    struct gs_stretch *s = *stretch;
    size_t at = was_long ? (size_t)((char *)items - s->base) : 0;
    while (s && s->ready < at + (count + 1) * item_size)
        step(s);
    look_after_memory();
    pthread_mutex_unlock(&all.lock);
    if (!s)
        return gs_vec_grow(items, room, count + 1, item_size);
    *room = (s->ready - at) / item_size;
    return s->base + at;
}

/* The part of a run that lies in front of `end`. The system gives its blocks back; nobody reads
 * there any more. */
static void empty_run(struct gs_stretch *s, const struct run *run, size_t end)
{
    size_t from = run->at > s->gone ? run->at : s->gone;
    size_t until = run->at + run->size < end ? run->at + run->size : end;
    if (until <= from)
        return;
    (void)fallocate(all.file.fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                    run->offset + (off_t)(from - run->at), (off_t)(until - from));
    s->in_file -= until - from;
    all.written -= until - from;
    all.full = false;
}

static void be_gone(struct gs_stretch *s, size_t end)
{
    if (end <= s->gone)
        return;
    for (unsigned i = 0; i < s->run_count; i++)
        empty_run(s, &s->runs[i], end);
    if (end > s->written) {
        madvise(s->base + s->written, end - s->written, MADV_DONTNEED);
        s->written = end;
    }
    all.there -= end - s->gone;
    s->gone = end;
    all.looked = 0;
}

void *gs_long_cut(void *items, size_t *room, struct gs_stretch *s, size_t count, size_t n,
                  size_t item_size)
{
    char *first = (char *)items + n * item_size;
    if (!s) {
        if (n)
            memmove(items, first, (count - n) * item_size);
        return items;
    }
    pthread_mutex_lock(&all.lock);
    be_gone(s, whole_pages((size_t)(first - s->base)));
    pthread_mutex_unlock(&all.lock);
    *room -= n;
    return first;
}

/* The disk gets its room back at once. */
void gs_long_release(void *items, struct gs_stretch *s)
{
    if (!s) {
        free(items);
        return;
    }
    pthread_mutex_lock(&all.lock);
    gs_fresh_settle(s->base, s->size);
    be_gone(s, s->ready);
    munmap(s->base, s->size);
    *(s->before ? &s->before->after : &all.first) = s->after;
    if (s->after)
        s->after->before = s->before;
    all.count--;
    pthread_mutex_unlock(&all.lock);
    free(s);
}

void gs_long_allow(uint64_t bytes)
{
    pthread_mutex_lock(&all.lock);
    all.allowed = bytes;
    all.looked = 0;
    pthread_mutex_unlock(&all.lock);
}

uint64_t gs_long_allowed(void)
{
    pthread_mutex_lock(&all.lock);
    uint64_t allowed = all.allowed;
    pthread_mutex_unlock(&all.lock);
    return allowed;
}

uint64_t gs_long_written(void)
{
    pthread_mutex_lock(&all.lock);
    uint64_t written = all.written;
    pthread_mutex_unlock(&all.lock);
    return written;
}
