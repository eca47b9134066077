#include "python/drive/drive.h"

#include "sched/baton.h"
#include "sched/bury.h"
#include "sched/cores.h"

void gs_drive_settle(void)
{
    struct gs_driven *self = gs_driven_self();
    uint64_t owed = self->starting ? 0 : self->owed_ns;
    self->owed_ns = 0;
    if (owed) {
        gs_cores_take();
        gs_charge_ns(owed);
    }
    self->slack_ns = gs_charge_slack();
    if (atomic_load_explicit(&gs_drive_signalled, memory_order_relaxed))
        gs_drive_hear();
}

void gs_drive_touch(void)
{
    gs_drive_settle();
    if (!gs_driven_self()->starting)
        gs_baton_touch();
    gs_bury_await_ending();
}

void gs_drive_work(uint64_t ns)
{
    gs_drive_settle();
    gs_work(ns);
}

uint64_t gs_drive_now(void)
{
    return gs_now() + gs_driven_self()->owed_ns;
}

uint64_t gs_drive_key(enum gs_drive_kind kind, const volatile void *address)
{
    enum { PROCESS = 52, KIND = 3 }; /* an address has 47 bits */
    return (uint64_t)gs_family_self() << PROCESS | (uint64_t)(uintptr_t)address << KIND | kind;
}

static void begin(void)
{
    struct gs_driven *self = gs_driven_self();
    self->starting = false;
    self->owed_ns = 0;
    gs_runner_reseed();
    gs_drive_count_lines(true);
}

void gs_drive_begin(void)
{
    struct gs_slot *slot = gs_baton_slot();
    slot->at = slot->worked = 0;
    gs_family_process()->worked = 0;
    gs_baton_moved();
    begin();
}

void gs_drive_begin_program(void)
{
    begin();
    gs_drive_work(gs_runtime.costs.ns[GS_COST_python]);
}

/* By the exec that made it the program has closed files, which others may be waiting for. */
static void begin_started(void)
{
    gs_begin();
    gs_runner_reseed();
    gs_drive_files_changed();
}

bool gs_drive_open(struct gs_front *table, uint32_t slot, struct gs_error *err)
{
    static struct gs_driven main_thread;
    if (slot)
        gs_runner_adopt_in(&main_thread.runner, slot);
    else if (!gs_runner_adopt(&main_thread.runner, err))
        return false;
    main_thread.thread = pthread_self();
    gs_self = &main_thread.runner.actor;
    gs_runtime.idle = gs_drive_idle;
    gs_drive_threads(table);
    gs_drive_conditions(table);
    gs_drive_semaphores(table);
    gs_drive_clocks(table);
    gs_drive_sleeps(table);
    gs_drive_signals(table);
    gs_drive_alarms(table);
    gs_drive_files(table);
    gs_drive_ports(table);
    gs_drive_file_locks(table);
    gs_drive_chance(table);
    gs_drive_machine(table);
    gs_drive_usage(table);
    gs_drive_shared_names(table);
    gs_drive_folders(table);
    gs_drive_processes(table);
    if (slot)
        begin_started();
    else
        gs_begin();
    main_thread.starting = slot != 0;
    return true;
}
