#include "lua/sync/queue.h"

#include "sched/actor.h"

#include <stdlib.h>

/* Closing a queue's home may let go of the last handle of another queue, which may hold one of a
 * third: within each other, a long chain's ends would take more stack than there is. So only the
 * first one closes, and goes on as long as there are others. */
static void destroy(struct gs_resource *resource)
{
    static _Thread_local struct gs_queue *ended;
    static _Thread_local bool closing;
    struct gs_queue *queue = (struct gs_queue *)resource;
    queue->next_ended = ended;
    ended = queue;
    if (closing)
        return;
    closing = true;
    while ((queue = ended)) {
        ended = queue->next_ended;
        gs_items_close(&queue->items);
        gs_resource_destroy_part(&queue->room);
        gs_resource_destroy_part(&queue->tasks);
        free(queue);
    }
    closing = false;
}

static void measure_tasks(const struct gs_resource *tasks, struct gs_measure *m)
{
    const struct gs_queue *queue =
        (const struct gs_queue *)((const char *)tasks - offsetof(struct gs_queue, tasks));
    m->now = queue->unfinished;
    m->of = queue->put;
    m->queued = queue->announced;
}

static uint32_t fits(uint64_t size)
{
    return size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
}

struct gs_queue *gs_queue_new(enum gs_items_order order, uint64_t maxsize, const char *name,
                              struct gs_error *err)
{
    struct gs_queue *queue = calloc(1, sizeof *queue);
    if (!queue) {
        gs_error_set(err, "MemoryError: no memory for a queue");
        return NULL;
    }
    gs_resource_init_of(&queue->resource, GS_OBJECT_QUEUE, name, fits(maxsize), destroy);
    gs_resource_init_part(&queue->room, GS_OBJECT_ROOM, &queue->resource);
    gs_resource_init_part(&queue->tasks, GS_OBJECT_TASKS, &queue->resource);
    queue->tasks.measure = measure_tasks;
    queue->maxsize = maxsize;
    queue->items.order = order;
    return queue;
}

static void trace_length(const struct gs_queue *queue)
{
    gs_emit(GS_EVENT_COUNTER, 0, queue->resource.object, queue->announced);
}

static bool has_room(void *thing)
{
    const struct gs_queue *queue = thing;
    return queue->maxsize == 0 || queue->reserved < queue->maxsize;
}

static void take_room(void *thing)
{
    ((struct gs_queue *)thing)->reserved++;
}

bool gs_queue_reserve(struct gs_queue *queue, uint64_t deadline)
{
    struct gs_block_want room = {.ready = has_room, .take = take_room, .thing = queue};
    return gs_block_with_gil(&queue->resource.monitor, &queue->room, &room, deadline);
}

static void give_room(struct gs_queue *queue)
{
    queue->reserved--;
    gs_wake_one(&queue->room.waiters, queue->room.object);
}

void gs_queue_cancel(struct gs_queue *queue)
{
    gs_monitor_enter(&queue->resource.monitor);
    give_room(queue);
    gs_monitor_leave(&queue->resource.monitor);
}

void gs_queue_announce(struct gs_queue *queue)
{
    gs_monitor_enter(&queue->resource.monitor);
    queue->announced++;
    queue->unfinished++;
    queue->put++;
    trace_length(queue);
    gs_wake_one(&queue->resource.waiters, queue->resource.object);
    gs_monitor_leave(&queue->resource.monitor);
}

static bool has_item(void *thing)
{
    return ((const struct gs_queue *)thing)->announced > 0;
}

static void take_item(void *thing)
{
    struct gs_queue *queue = thing;
    queue->announced--;
    trace_length(queue);
    gs_resource_take_share(&queue->tasks, 1);
    give_room(queue);
}

bool gs_queue_claim(struct gs_queue *queue, uint64_t deadline)
{
    struct gs_block_want item = {.ready = has_item, .take = take_item, .thing = queue};
    return gs_block_with_gil(&queue->resource.monitor, &queue->resource, &item, deadline);
}

void gs_queue_unclaim(struct gs_queue *queue)
{
    gs_monitor_enter(&queue->resource.monitor);
    queue->reserved++;
    queue->announced++;
    trace_length(queue);
    gs_resource_return_share(&queue->tasks, 0, true);
    gs_wake_one(&queue->resource.waiters, queue->resource.object);
    gs_monitor_leave(&queue->resource.monitor);
}

bool gs_queue_task_done(struct gs_queue *queue, struct gs_error *err)
{
    gs_call_enter(&queue->resource);
    bool may = queue->unfinished > 0;
    if (may)
        gs_resource_return_share(&queue->tasks, 0, false);
    if (may && --queue->unfinished == 0)
        gs_wake_all(&queue->tasks.waiters, queue->tasks.object);
    gs_monitor_leave(&queue->resource.monitor);
    return may || gs_error_set(err, "ValueError: task_done() called too many times");
}

static bool all_done(void *thing)
{
    return ((const struct gs_queue *)thing)->unfinished == 0;
}

void gs_queue_join(struct gs_queue *queue)
{
    struct gs_block_want end = {.ready = all_done, .thing = queue};
    gs_block_with_gil(&queue->resource.monitor, &queue->tasks, &end, GS_NEVER);
}

uint64_t gs_queue_size(struct gs_queue *queue)
{
    gs_call_enter(&queue->resource);
    uint64_t size = queue->announced;
    gs_monitor_leave(&queue->resource.monitor);
    return size;
}
