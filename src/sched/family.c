#include "sched/family.h"

#include "trace/segment.h"

#include "base/own.h"

#include <sys/syscall.h>
#include <unistd.h>

struct gs_family *gs_family;

static uint32_t own_process;

/* Nobody has its number before its parent has asked for its status. */
static bool keeps_its_number(const struct gs_family_process *p)
{
    return p->ended && syscall(SYS_kill, p->pid, 0) == 0;
}

/* A process that has left makes room for another one; one that can still be seen in the kernel only
 * where there is no other. */
bool gs_family_take_process(uint32_t *index)
{
    uint32_t i = 0, used = gs_family->processes_used;
    while (i < used &&
           (gs_family->processes[i].taken || keeps_its_number(&gs_family->processes[i])))
        i++;
    if (i == GS_FAMILY_PROCESSES)
        for (i = 0; i < used && gs_family->processes[i].taken; i++)
            ;
    if (i == GS_FAMILY_PROCESSES)
        return false;
    if (i == gs_family->processes_used)
        gs_family->processes_used++;
    gs_family->processes[i] = (struct gs_family_process){.taken = true};
    *index = i;
    return true;
}

bool gs_family_open(struct gs_segment *segment, struct gs_error *err)
{
    size_t bytes;
    struct gs_family *family = gs_segment_scheduler(segment, &bytes);
    if (bytes < sizeof *family)
        return gs_error_set(err, "the trace's segment has no room for a scheduler");
    gs_family = family;
    return true;
}

bool gs_family_join(struct gs_segment *segment, struct gs_error *err)
{
    if (!gs_family_open(segment, err))
        return false;
    if (!gs_family_take_process(&own_process))
        return gs_error_set(err, "%d processes are as many as one run can have",
                            GS_FAMILY_PROCESSES);
    gs_family_process()->pid = gs_own_pid();
    return true;
}

static uint32_t take_slot(uint32_t process)
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
    gs_family->slot[slot] = (struct gs_slot){
        .bell = bell, .order = ++gs_family->made, .process = process, .taken = true};
    return slot;
}

uint32_t gs_family_take_slot(void)
{
    return take_slot(own_process);
}

void gs_family_free_slot(uint32_t slot)
{
    gs_family->slot[slot].taken = false;
    gs_family->slot[slot].next = gs_family->free;
    gs_family->free = slot;
}

struct gs_family_process *gs_family_process(void)
{
    return &gs_family->processes[own_process];
}

uint32_t gs_family_self(void)
{
    return own_process;
}

bool gs_family_reserve(struct gs_family_place *place)
{
    if (!gs_family_take_process(&place->process))
        return false;
    place->slot = take_slot(place->process);
    if (!place->slot)
        gs_family->processes[place->process].taken = false;
    return place->slot != 0;
}

void gs_family_give_up(const struct gs_family_place *place)
{
    gs_family_free_slot(place->slot);
    gs_family->processes[place->process].taken = false;
}

void gs_family_enter(const struct gs_family_place *place)
{
    own_process = place->process;
    gs_family_process()->pid = gs_own_pid();
}

static struct gs_family_child *row_of(int32_t pid)
{
    return &gs_family->children[(uint32_t)pid % GS_FAMILY_CHILDREN];
}

void gs_family_set_child(int32_t pid, struct gs_child child)
{
    struct gs_family_child *row = row_of(pid);
    atomic_store(&row->pid, 0);
    atomic_store(&row->process, child.process);
    atomic_store(&row->end, child.end);
    atomic_store(&row->told, child.told);
    atomic_store(&row->pid, pid);
}

struct gs_child gs_family_child(int32_t pid)
{
    const struct gs_family_child *row = row_of(pid);
    if (pid <= 0 || atomic_load(&row->pid) != pid)
        return (struct gs_child){0};
    return (struct gs_child){.process = atomic_load(&row->process),
                             .end = atomic_load(&row->end),
                             .told = atomic_load(&row->told)};
}

void gs_family_tell_child(int32_t pid)
{
    if (atomic_load(&row_of(pid)->pid) == pid)
        atomic_store(&row_of(pid)->told, true);
}
