#include "sched/standing.h"

#include "base/own.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool is_free(_Atomic int32_t *row)
{
    int32_t nobody = 0;
    return atomic_load_explicit(row, memory_order_relaxed) == 0 &&
           atomic_compare_exchange_strong(row, &nobody, gs_own_pid());
}

static void note_used(struct gs_standings *all, uint32_t used)
{
    uint32_t before = atomic_load(&all->used);
    while (before < used && !atomic_compare_exchange_weak(&all->used, &before, used))
        ;
}

struct gs_standing *gs_standing_take(struct gs_standings *all, uint32_t lane)
{
    for (uint32_t i = 0; i < GS_STANDING_MOST; i++) {
        struct gs_standing *row = &all->row[i];
        if (!is_free(&row->pid))
            continue;
        row->thread = gs_own_thread();
        row->lane = lane;
        atomic_store(&row->asked, GS_STANDING_ASK_NOTHING);
        gs_standing_end(row);
        note_used(all, i + 1);
        return row;
    }
    atomic_fetch_add(&all->without, 1);
    return NULL;
}

void gs_standing_give_back(struct gs_standing *row)
{
    if (!row)
        return;
    gs_standing_end(row);
    atomic_store(&row->pid, 0);
}

void gs_standing_forget_tasks(struct gs_standings *all)
{
    for (uint32_t i = 0; i < GS_STANDING_MOST_TASKS; i++)
        if (atomic_load(&all->task[i].pid) == gs_own_pid())
            atomic_store(&all->task[i].pid, 0);
}

void gs_standing_put_task(struct gs_standings *all, uint32_t lane, const struct gs_slot_wait *wait)
{
    uint32_t i = 0;
    while (i < GS_STANDING_MOST_TASKS && !is_free(&all->task[i].pid))
        i++;
    if (i == GS_STANDING_MOST_TASKS)
        return;
    all->task[i].lane = lane;
    all->task[i].wait = *wait;
}
