#include "trace/intake.h"

#include "base/give_way.h"
#include "base/long.h"
#include "base/thread.h"
#include "base/vec.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* The longest sleep between two looks at the rings, in ns. A million events a second fill one in
 * 32 ms, and a thread that does nothing but write in 14: that is not to be missed where it begins,
 * behind a look that found next to nothing. A look costs some 40 µs, most of them the timer's. */
#define LONGEST_REST 5000000
#define CALM_REST    10000000

/* Next to nothing: such a part of a ring. */
enum { FEW = 32 };

struct queue {
    GS_VEC(struct gs_event) list;
};

struct gs_intake {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t left;
    /* these under the lock */
    struct gs_collector *collector;
    struct queue queue;
    bool leave;
    /* the caller's */
    struct queue taking; /* what was the queue before; handed on up to … */
    size_t at;           /* … here */
    bool running;
    bool cut;    /* the last look at the rings was not had */
    size_t most; /* events that may wait in the queue */
    uint64_t few;
};

static void put(void *context, const struct gs_event *event)
{
    struct queue *queue = context;
    gs_vec_push(&queue->list, *event);
}

/* Out of the rings into the queue; returns whether few came. Where the queue is full they stay, and
 * what the rings have no room for is counted there. */
static bool gather(struct gs_intake *in)
{
    size_t room = in->queue.list.count < in->most ? in->most - in->queue.list.count : 0;
    return room && gs_collector_drain(in->collector, room, put, &in->queue) < in->few;
}

static struct timespec in_ns(uint64_t ns)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)ns;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

static void *gather_on(void *context)
{
    struct gs_intake *in = context;
    gs_come_soon();
    pthread_mutex_lock(&in->lock);
    while (!in->leave) {
        uint64_t most = gather(in) ? CALM_REST : LONGEST_REST;
        struct timespec until = in_ns(gs_collector_rest(in->collector, most));
        pthread_cond_timedwait(&in->left, &in->lock, &until);
    }
    pthread_mutex_unlock(&in->lock);
    return NULL;
}

static void stop(struct gs_intake *in)
{
    if (!in->running)
        return;
    pthread_mutex_lock(&in->lock);
    in->leave = true;
    pthread_cond_signal(&in->left);
    pthread_mutex_unlock(&in->lock);
    pthread_join(in->thread, NULL);
    in->running = false;
}

struct gs_intake *gs_intake_new(struct gs_segment *segment)
{
    pthread_condattr_t monotonic;
    struct gs_intake *in = calloc(1, sizeof *in);
    if (!in)
        abort();
    in->collector = gs_collector_new(segment);
    in->few = gs_segment_ring_size(segment) / FEW;
    /* Queue and what is handed on of the last one: a sixteenth of what gilscope may have. */
    in->most = gs_long_allowed() / 32 / sizeof(struct gs_event);
    pthread_mutex_init(&in->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&in->left, &monotonic);
    pthread_condattr_destroy(&monotonic);
    /* Without a thread the rings are emptied whenever the caller comes. */
    in->running = gs_thread_start(&in->thread, gather_on, in);
    return in;
}

void gs_intake_free(struct gs_intake *in)
{
    if (!in)
        return;
    stop(in);
    gs_collector_free(in->collector);
    gs_vec_free(&in->queue.list);
    gs_vec_free(&in->taking.list);
    pthread_mutex_destroy(&in->lock);
    pthread_cond_destroy(&in->left);
    free(in);
}

/* Whether the lock was had: the thread that has it may be waiting for a core. */
static bool lock(struct gs_intake *in, bool waits)
{
    return (waits ? pthread_mutex_lock(&in->lock) : pthread_mutex_trylock(&in->lock)) == 0;
}

/* What was handed on is done with: its room is the new queue's. False: there is nothing, or none
 * without waiting. */
static bool refill(struct gs_intake *in, bool waits)
{
    in->cut = !lock(in, waits);
    if (in->cut)
        return false;
    if (in->queue.list.count == 0) /* the rings' turn comes with the next one */
        gather(in);
    struct queue full = in->queue;
    in->queue = in->taking;
    in->queue.list.count = 0;
    pthread_mutex_unlock(&in->lock);
    in->taking = full;
    in->at = 0;
    return full.list.count > 0;
}

static uint64_t hand_on(struct gs_intake *in, uint64_t most, bool waits, gs_collector_sink *sink,
                        void *context)
{
    uint64_t taken = 0;
    while (taken < most && (in->at < in->taking.list.count || refill(in, waits)))
        for (; taken < most && in->at < in->taking.list.count; taken++)
            sink(context, &in->taking.list.items[in->at++]);
    return taken;
}

uint64_t gs_intake_drain(struct gs_intake *in, uint64_t most, gs_collector_sink *sink,
                         void *context)
{
    return hand_on(in, most, true, sink, context);
}

uint64_t gs_intake_drain_at_once(struct gs_intake *in, uint64_t most, gs_collector_sink *sink,
                                 void *context)
{
    return hand_on(in, most, false, sink, context);
}

bool gs_intake_has_more(struct gs_intake *in)
{
    if (in->cut || !lock(in, false))
        return true;
    bool more = in->at < in->taking.list.count || in->queue.list.count > 0;
    pthread_mutex_unlock(&in->lock);
    return more;
}

void gs_intake_finish(struct gs_intake *in, gs_collector_sink *sink, void *context)
{
    stop(in);
    gs_intake_drain(in, UINT64_MAX, sink, context);
    gs_collector_finish(in->collector, sink, context);
}

uint64_t gs_intake_end(struct gs_intake *in, int status, gs_collector_sink *sink, void *context)
{
    return gs_collector_end(in->collector, status, sink, context);
}
