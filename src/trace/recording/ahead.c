#include "trace/recording/ahead.h"

#include "base/thread.h"

#include <pthread.h>
#include <stdlib.h>

/* One is being read, one is being used, and one lies between them, so that neither waits for every
 * little delay of the other. Each has the events of a block, two megabytes at most: a small
 * --memory has to hold them, too. */
enum { SLOTS = 3 };

struct gs_ahead {
    const struct gs_source *source;
    const struct gs_block *blocks;
    size_t count;
    struct gs_ahead_block slots[SLOTS]; /* a ring: taken … read - 1 are full, and the caller's */
    struct gs_unpacker unpacker;        /* of whoever reads */
    size_t reads;                       /* the block that is read next; likewise */
    size_t takes;                       /* the block that the caller takes next */
    pthread_t thread;
    bool threaded;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* these under the lock */
    size_t read, taken; /* how many blocks, of all so far; the last one taken is still in use */
    bool leave;
};

/* The first block from the i-th on that is one of a run's course; `count`: there is none. */
static size_t find(const struct gs_ahead *a, size_t i)
{
    while (i < a->count && a->blocks[i].kind != GS_BLOCK_EVENTS &&
           a->blocks[i].kind != GS_BLOCK_ROWS && a->blocks[i].kind != GS_BLOCK_FILE)
        i++;
    return i;
}

static bool read_bytes(struct gs_ahead *a, const struct gs_block *listed, struct gs_bytes *to)
{
    struct gs_bytes_in content;
    to->list.count = 0;
    if (!gs_unpack_listed(&a->unpacker, a->source, listed, &content))
        return false;
    gs_bytes_put(to, content.at, (size_t)(content.end - content.at));
    return true;
}

static void read_block(struct gs_ahead *a, struct gs_ahead_block *to)
{
    const struct gs_block *listed = &a->blocks[a->reads];
    to->kind = listed->kind;
    to->damaged = listed->kind == GS_BLOCK_EVENTS
                      ? !gs_unpack_events(&a->unpacker, a->source, listed, &to->events)
                      : !read_bytes(a, listed, &to->content);
    a->reads = find(a, a->reads + 1);
}

/* False: nobody wants more. */
static bool await_slot(struct gs_ahead *a)
{
    pthread_mutex_lock(&a->lock);
    /* The one that was taken last is in use: it counts. */
    while (!a->leave && a->read - a->taken >= SLOTS - 1)
        pthread_cond_wait(&a->changed, &a->lock);
    bool leave = a->leave;
    pthread_mutex_unlock(&a->lock);
    return !leave;
}

static void *read_on(void *context)
{
    struct gs_ahead *a = context;
    for (size_t slot = 0; a->reads < a->count && await_slot(a); slot = (slot + 1) % SLOTS) {
        read_block(a, &a->slots[slot]);
        pthread_mutex_lock(&a->lock);
        a->read++;
        pthread_cond_signal(&a->changed);
        pthread_mutex_unlock(&a->lock);
    }
    return NULL;
}

struct gs_ahead *gs_ahead_new(const struct gs_reader *reader)
{
    struct gs_ahead *a = calloc(1, sizeof *a);
    if (!a)
        abort();
    a->source = gs_reader_source(reader);
    a->blocks = gs_reader_blocks(reader, &a->count);
    a->reads = a->takes = find(a, 0);
    gs_unpacker_init(&a->unpacker);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    a->threaded = gs_thread_start(&a->thread, read_on, a);
    return a;
}

void gs_ahead_free(struct gs_ahead *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->leave = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    if (a->threaded)
        pthread_join(a->thread, NULL);
    for (size_t i = 0; i < SLOTS; i++) {
        gs_vec_free(&a->slots[i].events.events);
        gs_vec_free(&a->slots[i].content.list);
    }
    gs_unpacker_destroy(&a->unpacker);
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
    free(a);
}

bool gs_ahead_has_more(const struct gs_ahead *a)
{
    return a->takes < a->count;
}

const struct gs_ahead_block *gs_ahead_next(struct gs_ahead *a)
{
    a->takes = find(a, a->takes + 1);
    if (!a->threaded) {
        read_block(a, &a->slots[0]);
        return &a->slots[0];
    }
    pthread_mutex_lock(&a->lock);
    while (a->read == a->taken)
        pthread_cond_wait(&a->changed, &a->lock);
    size_t slot = a->taken++ % SLOTS;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    return &a->slots[slot];
}
