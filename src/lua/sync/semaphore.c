#include "lua/sync/semaphore.h"

#include <stdlib.h>

static void destroy(struct gs_resource *resource)
{
    free((struct gs_semaphore *)resource);
}

struct gs_semaphore *gs_semaphore_new(uint32_t value, bool bounded, const char *name)
{
    struct gs_semaphore *semaphore = calloc(1, sizeof *semaphore);
    if (!semaphore)
        return NULL;
    gs_resource_init_of(&semaphore->resource, GS_OBJECT_SEMAPHORE, name, value, destroy);
    semaphore->value = semaphore->initial = value;
    semaphore->bounded = bounded;
    return semaphore;
}

/* More can be given back than was taken: a semaphore may be used as a signal. */
static uint32_t units_out(const struct gs_semaphore *semaphore)
{
    return semaphore->value < semaphore->initial ? semaphore->initial - semaphore->value : 0;
}

static bool has_unit(void *thing)
{
    return ((const struct gs_semaphore *)thing)->value > 0;
}

static void take_unit(void *thing)
{
    struct gs_semaphore *semaphore = thing;
    semaphore->value--;
    gs_resource_take_share(&semaphore->resource, units_out(semaphore));
}

bool gs_semaphore_acquire(struct gs_semaphore *semaphore, uint64_t deadline)
{
    struct gs_block_want unit = {.ready = has_unit, .take = take_unit, .thing = semaphore};
    return gs_block_with_gil(&semaphore->resource.monitor, &semaphore->resource, &unit, deadline);
}

static bool may_give(const struct gs_semaphore *semaphore, uint32_t units, struct gs_error *err)
{
    uint32_t most = semaphore->bounded ? semaphore->initial : UINT32_MAX;
    if (units <= most - semaphore->value)
        return true;
    return gs_error_set(err, semaphore->bounded ? "ValueError: Semaphore released too many times"
                                                : "OverflowError: the semaphore's value is full");
}

/* Each unit is told that somebody had; what nobody took tells only that there is more. */
static void give_back(struct gs_semaphore *semaphore, uint32_t units)
{
    uint32_t out = units_out(semaphore);
    semaphore->value += units;
    do
        gs_resource_return_share(&semaphore->resource, out > 0 ? --out : 0, false);
    while (--units > 0 && out > 0);
}

bool gs_semaphore_release(struct gs_semaphore *semaphore, uint32_t units, struct gs_error *err)
{
    struct gs_resource *resource = &semaphore->resource;
    gs_call_enter(resource);
    bool may = may_give(semaphore, units, err);
    if (may) {
        give_back(semaphore, units);
        while (units-- > 0 && gs_wake_one(&resource->waiters, resource->object))
            ;
    }
    gs_monitor_leave(&resource->monitor);
    return may;
}
