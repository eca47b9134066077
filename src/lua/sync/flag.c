#include "lua/sync/flag.h"

#include <stdlib.h>

static void destroy(struct gs_resource *resource)
{
    free((struct gs_flag *)resource);
}

struct gs_flag *gs_flag_new(const char *name)
{
    struct gs_flag *flag = calloc(1, sizeof *flag);
    if (flag)
        gs_resource_init(&flag->resource, GS_OBJECT_EVENT, name, destroy);
    return flag;
}

void gs_flag_set(struct gs_flag *flag)
{
    gs_call_enter(&flag->resource);
    flag->set = true;
    flag->sets++;
    gs_wake_all(&flag->resource.waiters, flag->resource.object);
    gs_monitor_leave(&flag->resource.monitor);
}

void gs_flag_clear(struct gs_flag *flag)
{
    gs_call_enter(&flag->resource);
    flag->set = false;
    gs_monitor_leave(&flag->resource.monitor);
}

bool gs_flag_is_set(struct gs_flag *flag)
{
    gs_call_enter(&flag->resource);
    bool set = flag->set;
    gs_monitor_leave(&flag->resource.monitor);
    return set;
}

struct waiter {
    struct gs_flag *flag;
    bool came;
    uint64_t sets; /* when it came */
};

static bool try(void *thing)
{
    struct waiter *waiter = thing;
    if (!waiter->came) {
        waiter->came = true;
        waiter->sets = waiter->flag->sets;
    }
    return waiter->flag->set || waiter->flag->sets != waiter->sets;
}

bool gs_flag_wait(struct gs_flag *flag, uint64_t deadline)
{
    struct waiter waiter = {.flag = flag};
    return gs_block_until(&flag->resource, &flag->resource.waiters, try, &waiter, deadline);
}
