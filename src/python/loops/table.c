#include "python/loops/table.h"

#include "python/loops/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Twice as many buckets as soon as there are as many tasks: 10,000 are nothing special. */
static struct gs_task **buckets;
static size_t bucket_count, task_count;

static struct gs_task **bucket(const void *task)
{
    uint64_t hash = ((uintptr_t)task >> 4) * 0x9e3779b97f4a7c15u;
    return &buckets[hash >> 32 & (bucket_count - 1)];
}

static void grow(void)
{
    struct gs_task **old = buckets;
    size_t before = bucket_count;
    bucket_count = before ? before * 2 : 64;
    buckets = calloc(bucket_count, sizeof *buckets);
    if (!buckets)
        abort();
    for (size_t i = 0; i < before; i++) {
        for (struct gs_task *task = old[i], *next; task; task = next) {
            struct gs_task **first = bucket(task->task);
            next = task->next;
            task->next = *first;
            *first = task;
        }
    }
    free(old);
}

struct gs_task *gs_task_of(const void *task)
{
    struct gs_task *found = bucket_count ? *bucket(task) : NULL;
    while (found && found->task != task)
        found = found->next;
    return found;
}

struct gs_task *gs_task_add(const void *task)
{
    struct gs_task *added = gs_task_of(task);
    if (added) {
        gs_limits_drop(added);
        free(added->members);
        *added = (struct gs_task){.task = task, .next = added->next};
        return added;
    }
    if (task_count >= bucket_count)
        grow();
    added = calloc(1, sizeof *added);
    if (!added)
        abort();
    struct gs_task **first = bucket(task);
    *added = (struct gs_task){.task = task, .next = *first};
    *first = added;
    task_count++;
    return added;
}

static void free_task(struct gs_task *task)
{
    free(task->members);
    free(task);
}

void gs_task_remove(const void *task)
{
    struct gs_task **place = bucket_count ? bucket(task) : NULL;
    while (place && *place && (*place)->task != task)
        place = &(*place)->next;
    if (!place || !*place)
        return;
    struct gs_task *found = *place;
    *place = found->next;
    gs_limits_drop(found);
    free_task(found);
    task_count--;
}

const struct gs_task *gs_task_next(const struct gs_task *before, size_t *at)
{
    const struct gs_task *next = before ? before->next : NULL;
    while (!next && *at < bucket_count)
        next = buckets[(*at)++];
    return next;
}

const struct gs_task *gs_task_of_actor(uint32_t actor)
{
    size_t bucket = 0;
    const struct gs_task *task = gs_task_next(NULL, &bucket);
    while (task && task->actor != actor)
        task = gs_task_next(task, &bucket);
    return task;
}

/* --- loops, of which there are a few */

struct loop {
    const void *loop;
    uint32_t actor, thread;
    struct loop *next;
};

static struct loop *loops;
static unsigned loop_count; /* that there have been */

static struct loop *find(const void *loop)
{
    struct loop *found = loops;
    while (found && found->loop != loop)
        found = found->next;
    return found;
}

static void add_row(struct gs_watched *self, struct loop *loop)
{
    char name[32];
    snprintf(name, sizeof name, loop_count ? "loop %u" : "loop", loop_count + 1);
    loop_count++;
    struct gs_actor_row row = {.kind = GS_ACTOR_LOOP,
                               .parent = self->id,
                               .interpreter = self->interpreter,
                               .name = gs_watch_string(name, strlen(name))};
    loop->actor = gs_segment_add_actor(gs_watch.segment, &row);
    loop->thread = self->id;
    gs_watch_put_for(self, loop->actor, gs_watch_now(), GS_EVENT_BORN, 0, self->id, 0);
}

uint32_t gs_loop_find(const void *loop)
{
    const struct loop *found = find(loop);
    return found ? found->actor : 0;
}

uint32_t gs_loop_of(struct gs_watched *self, const void *loop)
{
    struct loop *found = find(loop);
    if (!found) {
        found = calloc(1, sizeof *found);
        if (!found)
            abort();
        *found = (struct loop){.loop = loop, .next = loops};
        loops = found;
        add_row(self, found);
    } else if (found->thread != self->id) {
        gs_watch_put_for(self, found->actor, gs_watch_now(), GS_EVENT_DIED, 0, 0, 0);
        add_row(self, found);
    }
    return found->actor;
}

void gs_loop_remove(struct gs_watched *self, const void *loop)
{
    struct loop **place = &loops;
    while (*place && (*place)->loop != loop)
        place = &(*place)->next;
    struct loop *found = *place;
    if (!found)
        return;
    gs_watch_put_for(self, found->actor, gs_watch_now(), GS_EVENT_DIED, 0, 0, 0);
    *place = found->next;
    free(found);
}

void gs_loops_forget(void)
{
    if (!bucket_count && !loop_count) /* nothing is written: no page is copied */
        return;
    for (size_t i = 0; i < bucket_count; i++) {
        for (struct gs_task *task = buckets[i], *next; task; task = next) {
            next = task->next;
            free_task(task);
        }
        buckets[i] = NULL;
    }
    task_count = 0;
    for (struct loop *next; loops; loops = next) {
        next = loops->next;
        free(loops);
    }
    loop_count = 0;
}
