#include "sched/standing.h"

#include "base/own.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool is_free(struct gs_standing *row, int32_t pid)
{
    int32_t nobody = 0;
    return atomic_load_explicit(&row->pid, memory_order_relaxed) == 0 &&
           atomic_compare_exchange_strong(&row->pid, &nobody, pid);
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
        if (!is_free(row, gs_own_pid()))
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
