/* The door: a Python that no process of the family has started, but a shell, say, that one has, has
 * no place on the clock until somebody makes one for it. When it comes nobody in the run can tell;
 * so it waits for whoever has the baton and looks. */
#include "python/drive/drive.h"

#include "sched/baton.h"

#include "base/own.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>

static struct gs_family_guest *take_place_at_door(void)
{
    for (size_t i = 0; i < GS_FAMILY_DOOR; i++) {
        int32_t nobody = 0;
        if (atomic_compare_exchange_strong(&gs_family->door[i].pid, &nobody, gs_own_pid()))
            return &gs_family->door[i];
    }
    return NULL;
}

bool gs_drive_knock(struct gs_family_place *place)
{
    struct gs_family_guest *self = take_place_at_door();
    if (!self)
        return false;
    atomic_fetch_add(&gs_family->knocking, 1);
    while (atomic_load(&self->bell) == 0)
        syscall(SYS_futex, &self->bell, FUTEX_WAIT, 0, NULL, NULL, 0);
    *place = (struct gs_family_place){atomic_load(&self->place), atomic_load(&self->slot)};
    atomic_store(&self->bell, 0);
    atomic_store(&self->pid, 0);
    return place->slot != 0;
}

static void let_in(struct gs_family_guest *guest)
{
    struct gs_family_place place = {0};
    if (gs_family_reserve(&place)) {
        gs_family->processes[place.process].pid = atomic_load(&guest->pid);
        gs_baton_ready(place.slot, gs_baton_slot()->at);
    }
    atomic_store(&guest->place, place.process);
    atomic_store(&guest->slot, place.slot);
    atomic_store(&guest->bell, 1);
    syscall(SYS_futex, &guest->bell, FUTEX_WAKE, 1, NULL, NULL, 0);
}

bool gs_drive_answer_door(void)
{
    bool any = false;
    if (atomic_load_explicit(&gs_family->knocking, memory_order_relaxed) == 0)
        return false;
    for (size_t i = 0; i < GS_FAMILY_DOOR; i++) {
        struct gs_family_guest *guest = &gs_family->door[i];
        if (atomic_load(&guest->pid) == 0 || atomic_load(&guest->bell) != 0)
            continue;
        atomic_fetch_sub(&gs_family->knocking, 1);
        let_in(guest);
        any = true;
    }
    return any;
}
