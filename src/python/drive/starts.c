/* Programs that are started: each gets its place on the clock before it is one, so that what it
 * does comes in the same order in every run, however long the kernel takes to make it. */
#include "python/drive/drive.h"

#include "sched/baton.h"

bool gs_drive_reserve(struct gs_family_place *place)
{
    if (!gs_self)
        return false;
    gs_drive_touch();
    if (!gs_family_reserve(place))
        return false;
    gs_charge(GS_COST_fork);
    gs_baton_ready(place->slot, gs_now() + gs_wake_latency());
    return true;
}

void gs_drive_give_up(const struct gs_family_place *place)
{
    gs_heap_remove(&gs_family->runnable, place->slot);
    gs_family_give_up(place);
}

bool gs_drive_own_place(struct gs_family_place *place)
{
    if (!gs_self)
        return false;
    *place = (struct gs_family_place){gs_family_self(), gs_baton_self()};
    return true;
}
