#include "sched/family.h"

#include "trace/segment.h"

struct gs_family *gs_family;

static uint32_t own_process;

bool gs_family_join(struct gs_segment *segment, struct gs_error *err)
{
    size_t bytes;
    struct gs_family *family = gs_segment_scheduler(segment, &bytes);
    if (bytes < sizeof *family)
        return gs_error_set(err, "the trace's segment has no room for a scheduler");
    if (family->processes_used == GS_FAMILY_PROCESSES)
        return gs_error_set(err, "%d processes are as many as one run can have",
                            GS_FAMILY_PROCESSES);
    gs_family = family;
    own_process = family->processes_used++;
    return true;
}

uint32_t gs_family_take_slot(void)
{
    uint32_t slot = gs_family->free;
    if (slot)
        gs_family->free = gs_family->slot[slot].next;
    else if (gs_family->slots < GS_SLOTS)
        slot = ++gs_family->slots;
    else
        return 0;
    /* The bell goes on counting: it may still be looked at by who had the slot before. */
    uint32_t bell = atomic_load_explicit(&gs_family->slot[slot].bell, memory_order_relaxed);
    gs_family->slot[slot] =
        (struct gs_slot){.bell = bell, .order = ++gs_family->made, .process = own_process};
    return slot;
}

void gs_family_free_slot(uint32_t slot)
{
    gs_family->slot[slot].next = gs_family->free;
    gs_family->free = slot;
}

struct gs_family_process *gs_family_process(void)
{
    return &gs_family->processes[own_process];
}
