#include "trace/recording/scribe.h"

#include "base/give_way.h"
#include "base/thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Beyond that whoever gives more has to wait: 64 MB. */
enum { MOST_EVENTS = 2 << 20, MOST_ROW_BYTES = 16 << 20 };

/* What was given is in the file so soon. */
#define DELAY_NS 50000000

struct gs_scribe {
    pthread_t writes, syncs;
    pthread_mutex_t lock;
    pthread_cond_t given, taken, written;
    /* all of these under the lock */
    struct gs_work work;
    struct timespec due; /* of the first that was given */
    bool any, busy, leave, done;
    bool dirty, syncing;
    struct gs_recorder_state state;
    /* the thread's that writes */
    struct gs_writer *writer;
    struct gs_work doing;
    uint64_t unnamed_most, told;
};

static bool is_hurried(const struct gs_scribe *s)
{
    return s->leave || s->work.name || s->work.end ||
           s->work.events.count >= GS_BLOCK_MOST_EVENTS ||
           s->work.rows.list.count >= MOST_ROW_BYTES / 4;
}

static bool is_too_much(const struct gs_scribe *s)
{
    return s->work.events.count >= MOST_EVENTS || s->work.rows.list.count >= MOST_ROW_BYTES;
}

/* Sleeps until there is something to write, and it is time. */
static void await_work(struct gs_scribe *s)
{
    while (!is_hurried(s)) {
        if (!s->any)
            pthread_cond_wait(&s->given, &s->lock);
        else if (pthread_cond_timedwait(&s->given, &s->lock, &s->due) != 0)
            return;
    }
}

static void clear(struct gs_work *w)
{
    w->about.list.count = w->rows.list.count = 0;
    for (size_t i = 0; i < w->files.count; i++)
        free(w->files.items[i]);
    w->files.count = w->events.count = 0;
    free(w->name);
    free(w->end);
    w->name = NULL;
    w->end = NULL;
}

static bool write_events(struct gs_scribe *s, const struct gs_work *w, struct gs_error *err)
{
    size_t done = 0;
    bool pulse = w->events.count == 0 && w->live >= s->told + GS_RECORDER_PULSE_NS;
    if (pulse && !gs_writer_put_events(s->writer, NULL, 0, w->live, err))
        return false;
    while (done < w->events.count) {
        size_t left = w->events.count - done;
        size_t count = left < GS_BLOCK_MOST_EVENTS ? left : GS_BLOCK_MOST_EVENTS;
        if (!gs_writer_put_events(s->writer, w->events.items + done, count, w->live, err))
            return false;
        done += count;
    }
    if (pulse || done)
        s->told = w->live;
    return true;
}

static bool write_tables(struct gs_scribe *s, const struct gs_work *w, struct gs_error *err)
{
    bool ok =
        (w->about.list.count == 0 || gs_writer_put(s->writer, GS_BLOCK_ABOUT, &w->about, err)) &&
        (w->rows.list.count == 0 || gs_writer_put(s->writer, GS_BLOCK_ROWS, &w->rows, err));
    for (size_t i = 0; i < w->files.count && ok; i++)
        ok = gs_writer_put_file(s->writer, w->files.items[i], err);
    return ok;
}

static bool is_too_long(const struct gs_scribe *s, const struct gs_recorder_state *state,
                        struct gs_error *err)
{
    if (state->named || gs_writer_bytes(s->writer) <= s->unnamed_most)
        return false;
    gs_error_set(err,
                 "the run had become longer than %llu MB before it was to be kept; to record such "
                 "a one, begin it with --record FILE",
                 (unsigned long long)(s->unnamed_most / 1000000));
    return true;
}

static void write_all(struct gs_scribe *s, const struct gs_work *w, struct gs_recorder_state *state)
{
    struct gs_error err;
    bool was_over = state->over;
    if (!was_over &&
        (!write_tables(s, w, &err) || !write_events(s, w, &err) ||
         (w->end && !gs_writer_end(s->writer, w->end, &err)) || is_too_long(s, state, &err))) {
        state->over = state->failed = true;
        state->err = err;
    }
    state->over |= w->end != NULL;
    state->events = gs_writer_events(s->writer);
    state->bytes = gs_writer_bytes(s->writer);
}

/* One that has ended by its own is given what it has all the same. */
static void give_name(struct gs_scribe *s, const struct gs_work *w, struct gs_recorder_state *state)
{
    if (!w->name)
        return;
    state->naming = false;
    if (state->failed)
        return;
    state->nameless = !gs_writer_move(s->writer, w->name, &state->err);
    state->named |= !state->nameless;
}

static void *write_on(void *context)
{
    struct gs_scribe *s = context;
    gs_give_way();
    pthread_mutex_lock(&s->lock);
    for (;;) {
        await_work(s);
        if (!s->any)
            break;
        struct gs_work work = s->work;
        s->work = s->doing;
        s->work.live = work.live;
        s->doing = work;
        s->any = false;
        s->busy = true;
        struct gs_recorder_state state = s->state;
        pthread_cond_broadcast(&s->taken);
        pthread_mutex_unlock(&s->lock);
        write_all(s, &s->doing, &state);
        pthread_mutex_lock(&s->lock);
        /* Not while the old file is being synced. */
        while (s->doing.name && s->syncing)
            pthread_cond_wait(&s->taken, &s->lock);
        pthread_mutex_unlock(&s->lock);
        give_name(s, &s->doing, &state);
        clear(&s->doing);
        pthread_mutex_lock(&s->lock);
        state.naming |= s->work.name != NULL;
        s->state = state;
        s->dirty = state.named;
        s->busy = false;
        pthread_cond_broadcast(&s->taken);
        pthread_cond_signal(&s->written);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void *sync_on(void *context)
{
    struct gs_scribe *s = context;
    pthread_mutex_lock(&s->lock);
    while (!s->done || s->dirty) {
        if (!s->dirty) {
            pthread_cond_wait(&s->written, &s->lock);
            continue;
        }
        s->dirty = false;
        s->syncing = true;
        pthread_mutex_unlock(&s->lock);
        gs_writer_sync(s->writer);
        pthread_mutex_lock(&s->lock);
        s->syncing = false;
        pthread_cond_broadcast(&s->taken);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* They take no signal: a file that grew too large (XFSZ) is an error like a full disk. */
static void start_threads(struct gs_scribe *s)
{
    if (!gs_thread_start(&s->writes, write_on, s) || !gs_thread_start(&s->syncs, sync_on, s))
        abort();
}

struct gs_scribe *gs_scribe_start(struct gs_writer *writer, bool named, uint64_t unnamed_most)
{
    pthread_condattr_t monotonic;
    struct gs_scribe *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->writer = writer;
    s->unnamed_most = unnamed_most;
    s->state.named = named;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->given, &monotonic);
    pthread_cond_init(&s->taken, NULL);
    pthread_cond_init(&s->written, NULL);
    pthread_condattr_destroy(&monotonic);
    start_threads(s);
    return s;
}

static void add_work(struct gs_work *to, struct gs_work *from)
{
    gs_bytes_put(&to->about, from->about.list.items, from->about.list.count);
    gs_bytes_put(&to->rows, from->rows.list.items, from->rows.list.count);
    for (size_t i = 0; i < from->files.count; i++)
        gs_vec_push(&to->files, from->files.items[i]);
    size_t count = to->events.count + from->events.count;
    if (count > to->events.room)
        to->events.items =
            gs_vec_grow(to->events.items, &to->events.room, count, sizeof *to->events.items);
    if (from->events.count)
        memcpy(to->events.items + to->events.count, from->events.items,
               from->events.count * sizeof *to->events.items);
    to->events.count = count;
    to->live = from->live > to->live ? from->live : to->live;
    if (from->name) {
        free(to->name);
        to->name = from->name;
    }
    to->end = from->end ? from->end : to->end;
    from->files.count = 0;
    from->name = NULL;
    from->end = NULL;
    clear(from);
}

static void set_due(struct gs_scribe *s)
{
    clock_gettime(CLOCK_MONOTONIC, &s->due);
    s->due.tv_nsec += DELAY_NS;
    if (s->due.tv_nsec >= 1000000000) {
        s->due.tv_sec++;
        s->due.tv_nsec -= 1000000000;
    }
}

void gs_scribe_give(struct gs_scribe *s, struct gs_work *work)
{
    pthread_mutex_lock(&s->lock);
    while (is_too_much(s))
        pthread_cond_wait(&s->taken, &s->lock);
    bool was_hurried = is_hurried(s);
    if (!s->any)
        set_due(s);
    bool first = !s->any;
    s->any = true;
    s->state.naming |= work->name != NULL;
    add_work(&s->work, work);
    if (first || (!was_hurried && is_hurried(s)))
        pthread_cond_signal(&s->given);
    pthread_mutex_unlock(&s->lock);
}

void gs_scribe_await(struct gs_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    while (s->any || s->busy)
        pthread_cond_wait(&s->taken, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

struct gs_recorder_state gs_scribe_state(struct gs_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    struct gs_recorder_state state = s->state;
    pthread_mutex_unlock(&s->lock);
    return state;
}

static void free_work(struct gs_work *w)
{
    clear(w);
    gs_vec_free(&w->about.list);
    gs_vec_free(&w->rows.list);
    gs_vec_free(&w->files);
    gs_vec_free(&w->events);
}

void gs_scribe_end(struct gs_scribe *s)
{
    pthread_mutex_lock(&s->lock);
    s->leave = true;
    pthread_cond_signal(&s->given);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->writes, NULL);
    /* What was written last is still to be synced. */
    pthread_mutex_lock(&s->lock);
    s->done = true;
    pthread_cond_signal(&s->written);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->syncs, NULL);
    gs_writer_close(s->writer);
    free_work(&s->work);
    free_work(&s->doing);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->given);
    pthread_cond_destroy(&s->taken);
    pthread_cond_destroy(&s->written);
    free(s);
}
