#include "python/loops/stuck.h"

#include "python/loops/holders.h"
#include "python/loops/table.h"
#include "python/sync/standstill.h"

/* Who alone can end that the task awaits this; 0: nobody is known who could. */
static uint32_t holder_of(const struct gs_object_row *on, uint32_t object)
{
    if (!on)
        return 0;
    return on->kind == GS_OBJECT_TASK   ? on->actor
           : on->kind == GS_OBJECT_LOCK ? gs_holders_owner(object)
                                        : 0;
}

/* The first of those that are still not done. */
static void put_members(struct gs_slot_wait *wait, const struct gs_task_members *members)
{
    wait->of = members->of;
    wait->now = members->untold;
    for (uint32_t i = 0; i < members->count; i++) {
        const struct gs_task *member = gs_task_of_actor(members->task[i]);
        if (!member || member->state == GS_TASK_OVER)
            continue;
        wait->now++;
        if (wait->share_count < GS_SLOT_SHARES)
            wait->shares[wait->share_count++] = (struct gs_slot_share){.actor = member->actor};
    }
}

static void tell(gs_standstill_add *add, void *census)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    size_t bucket = 0;
    for (const struct gs_task *task = NULL; (task = gs_task_next(task, &bucket));) {
        const struct gs_actor_row *row = tables->actor(tables, task->actor);
        if (task->state != GS_TASK_AWAITS || !task->on || !row || row->flags & GS_ACTOR_HELPER)
            continue;
        uint32_t holder = holder_of(tables->object(tables, task->on), task->on);
        struct gs_slot_wait wait = {
            .on = task->on, .holder = holder, .line = task->line, .place = task->place};
        if (task->members)
            put_members(&wait, task->members);
        add(census, task->actor, &wait);
    }
}

void gs_stuck_open(void)
{
    gs_standstill_ask(tell);
}
