#include "sched/bury.h"

#include "sched/baton.h"
#include "sched/cores.h"
#include "sched/lot.h"
#include "sched/runtime.h"

#include "base/ending.h"

static void forget(uint32_t slot, uint64_t time)
{
    gs_heap_remove(&gs_family->runnable, slot);
    gs_heap_remove(&gs_family->timers, slot);
    gs_lot_forget(slot);
    gs_cores_forget(slot, time);
    gs_family_free_slot(slot);
}

/* What one of them gives back, another one may get: until all have left every queue. */
static void bury(uint32_t process, uint64_t time)
{
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (s->taken && s->process == process && slot != gs_baton_self())
            forget(slot, time);
    }
}

static void begin_ending(uint32_t process)
{
    gs_family->processes_ending += !gs_family->processes[process].ending;
    gs_family->processes[process].ending = true;
}

void gs_bury_own(bool ends)
{
    bury(gs_family_self(), gs_baton_slot()->at);
    if (ends)
        begin_ending(gs_family_self());
    else
        gs_family_process()->taken = false;
}

void gs_bury_others(void)
{
    bury(gs_family_self(), gs_baton_slot()->at);
}

void gs_bury_the_dead(uint32_t process, uint64_t time, int status)
{
    if (gs_runtime.died)
        gs_runtime.died(process, time, status);
    bury(process, time);
    begin_ending(process);
}

bool gs_bury_child(int32_t pid)
{
    uint32_t process;
    if (!gs_family_take_process(&process))
        return false;
    gs_family->processes[process].pid = pid;
    begin_ending(process);
    return true;
}

bool gs_bury_is_dead(uint32_t process)
{
    pid_t pid = gs_family->processes[process].pid;
    return pid != 0 && gs_ending_has_come(pid);
}

int gs_bury_status(uint32_t process)
{
    int status = -1;
    (void)gs_ending_status(gs_family->processes[process].pid, &status);
    return status;
}

void gs_bury_await_ending(void)
{
    for (uint32_t i = 0; gs_family->processes_ending; i++) {
        struct gs_family_process *p = &gs_family->processes[i];
        if (!p->taken || !p->ending)
            continue;
        gs_ending_await(p->pid);
        gs_ending_settle(p->pid);
        p->taken = false;
        p->ended = true;
        gs_family->processes_ending--;
    }
}

bool gs_bury_find(int32_t pid, uint32_t *process)
{
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        const struct gs_family_process *p = &gs_family->processes[i];
        if (p->taken && !p->ending && p->pid == pid) {
            *process = i;
            return true;
        }
    }
    return false;
}

const struct gs_family_process *gs_bury_row(int32_t pid)
{
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        const struct gs_family_process *p = &gs_family->processes[i];
        if ((p->taken || p->ended) && p->pid == pid)
            return p;
    }
    return NULL;
}

bool gs_bury_knows(int32_t pid)
{
    return gs_bury_row(pid) != NULL;
}
