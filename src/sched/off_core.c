#include "sched/off_core.h"

#include "sched/actor.h"

enum { LEAST_NS = 1000000, OLD_ENOUGH_NS = 2000000 };

void gs_off_core_init(struct gs_off_core *off)
{
    pthread_mutex_init(&off->mutex, NULL);
}

/* Who was away at the last look came back in between, and so did who looks for himself; everybody
 * else lost the core in between, and may not have it yet. */
static void add(struct gs_off_core *off, uint64_t now, uint64_t missing, bool is_back)
{
    struct gs_off_core_stretch *last = off->count ? &off->stretches[off->count - 1] : NULL;
    uint64_t from = is_back ? off->looked_at : now - missing;
    if (last && last->until == off->looked_at)
        last->until += missing;
    else if (off->count < GS_OFF_CORE_STRETCHES)
        off->stretches[off->count++] =
            (struct gs_off_core_stretch){.from = from, .until = from + missing};
}

/* The mutex is held. */
static void look(struct gs_runner *runner)
{
    struct gs_off_core *off = &runner->off_core;
    uint64_t now = gs_now();
    uint64_t had = gs_runtime.ops->core_time(runner);
    uint64_t ran = had - off->had, passed = now > off->looked_at ? now - off->looked_at : 0;
    if (off->looked_at && passed >= ran + LEAST_NS)
        add(off, now, passed - ran, &runner->actor == gs_self);
    off->looked_at = now;
    off->had = had;
}

void gs_off_core_look(struct gs_runner *runner, uint64_t since)
{
    struct gs_off_core *off = &runner->off_core;
    uint64_t now = gs_now();
    if (!gs_runtime.ops->core_time || now < since + OLD_ENOUGH_NS)
        return;
    pthread_mutex_lock(&off->mutex);
    if (now >= off->looked_at + LEAST_NS)
        look(runner);
    atomic_store_explicit(&off->watched, true, memory_order_relaxed);
    pthread_mutex_unlock(&off->mutex);
}

static void forget(struct gs_off_core *off)
{
    off->looked_at = 0;
    off->count = 0;
    atomic_store_explicit(&off->watched, false, memory_order_relaxed);
}

void gs_off_core_tell(uint64_t time)
{
    struct gs_runner *self = gs_runner_of(gs_self);
    struct gs_off_core *off = &self->off_core;
    pthread_mutex_lock(&off->mutex);
    look(self);
    for (uint32_t i = 0; i < off->count; i++)
        gs_emit_at(time, GS_EVENT_OFF_CORE, 0, off->stretches[i].from, off->stretches[i].until);
    forget(off);
    pthread_mutex_unlock(&off->mutex);
}

void gs_off_core_forget(void)
{
    struct gs_off_core *off = &gs_runner_of(gs_self)->off_core;
    pthread_mutex_lock(&off->mutex);
    forget(off);
    pthread_mutex_unlock(&off->mutex);
}
