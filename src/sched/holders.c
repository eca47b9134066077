#include "sched/holders.h"

#include <string.h>

/* From the end: who took last is nearly always who is asked for. */
static size_t find(const struct gs_holders *holders, const struct gs_actor *actor)
{
    size_t i = holders->list.count;
    while (i > 0 && holders->list.items[i - 1].actor != actor)
        i--;
    return i;
}

void gs_holders_add(struct gs_holders *holders, struct gs_actor *actor)
{
    size_t behind = find(holders, actor);
    if (behind)
        holders->list.items[behind - 1].units++;
    else
        gs_vec_push(&holders->list, ((struct gs_holder){.actor = actor, .units = 1}));
}

struct gs_actor *gs_holders_remove(struct gs_holders *holders, const struct gs_actor *actor)
{
    if (!holders->list.count)
        return NULL;
    size_t behind = find(holders, actor), at = behind ? behind - 1 : 0;
    struct gs_holder *holder = &holders->list.items[at];
    struct gs_actor *whose = holder->actor;
    if (--holder->units == 0) {
        holders->list.count--;
        memmove(holder, holder + 1, (holders->list.count - at) * sizeof *holder);
    }
    return whose;
}
