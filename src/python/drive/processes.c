/* Processes that the program forks are on the clock, too: each begins with one actor, waits for the
 * baton like everybody else, and leaves the clock just before it leaves the kernel. What they share
 * (pipes, semaphores) is looked at again whenever anybody has changed something of it. */
#include "python/drive/drive.h"

#include "sched/baton.h"
#include "sched/bury.h"
#include "sched/cores.h"

#include <errno.h>

void (*gs_drive_died)(struct gs_event death);

static void begin_as(const struct gs_family_place *place)
{
    struct gs_driven *self = gs_driven_self();
    gs_family_enter(place);
    self->runner.slot = place->slot;
    self->slack_ns = 0;
    self->owed_ns = gs_runtime.costs.ns[GS_COST_copy];
    gs_drive_forget_threads();
    gs_drive_forget_signals();
    gs_drive_forget_alarm();
    gs_begin();
    gs_runner_reseed();
}

static pid_t driven_fork(void)
{
    struct gs_family_place place;
    if (!gs_self)
        return gs_real.fork();
    gs_drive_touch();
    if (!gs_family_reserve(&place)) {
        errno = EAGAIN;
        return -1;
    }
    pid_t child = gs_real.fork();
    if (child == 0) {
        begin_as(&place);
    } else if (child < 0) {
        gs_family_give_up(&place);
    } else {
        gs_family->processes[place.process].pid = child;
        gs_charge(GS_COST_fork);
        gs_charge(GS_COST_copy);
        gs_baton_ready(place.slot, gs_now() + gs_wake_latency());
    }
    return child;
}

void gs_drive_lanes(uint32_t process, uint32_t thread)
{
    gs_family_process()->lane = process;
    gs_baton_slot()->lane = thread;
    gs_baton_slot()->told = 0;
}

void gs_drive_serve(bool serves)
{
    if (gs_self)
        gs_baton_slot()->serves = serves;
}

void gs_drive_hold(uint32_t task)
{
    if (gs_self)
        gs_family_process()->hand = task;
}

void gs_drive_told(uint64_t time)
{
    gs_baton_slot()->told = time;
}

void gs_drive_child_lane(pid_t child, uint32_t process)
{
    uint32_t index;
    if (gs_self && gs_bury_find(child, &index))
        gs_family->processes[index].lane = process;
}

/* What ends them, as it is for each. They may have run ahead, and told of what the clock does not
 * know yet. The caller's own lane is its own affair. When the last ended. */
static uint64_t tell_threads(uint32_t process, struct gs_event death)
{
    uint64_t last = death.time;
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (!s->taken || s->process != process || !s->lane || slot == gs_baton_self())
            continue;
        struct gs_event its = death;
        its.actor = s->lane;
        uint64_t last_told = s->told > s->at ? s->told : s->at;
        its.time = last_told > death.time ? last_told : death.time;
        gs_drive_died(its);
        last = its.time > last ? its.time : last;
    }
    return last;
}

static void tell_lanes(uint32_t process, struct gs_event death)
{
    death.time = tell_threads(
        process,
        (struct gs_event){.time = death.time, .kind = GS_EVENT_DIED, .flags = GS_DEATH_CUT_OFF});
    if (death.actor)
        gs_drive_died(death);
}

static void tell_killed(uint32_t process, uint64_t time, int status)
{
    const struct gs_event death = gs_event_death(time, gs_family->processes[process].lane, status);
    gs_control_note_death(gs_runtime.control, &death, gs_family->processes[process].hand);
    tell_lanes(process, death);
    gs_family->happened++;
    gs_drive_files_look(time);
}

void gs_drive_leave(enum gs_death how, uint32_t program)
{
    if (!gs_self)
        return;
    gs_drive_settle();
    tell_lanes(gs_family_self(), (struct gs_event){.time = gs_now(),
                                                   .actor = gs_family_process()->lane,
                                                   .kind = GS_EVENT_DIED,
                                                   .flags = (uint8_t)how,
                                                   .a = program});
    gs_baton_slot()->lane = 0; /* which has ended: nobody may be told to have been woken by it */
    gs_drive_files_changed();
    gs_cores_give_back();
    gs_baton_leave(how != GS_DEATH_REPLACED);
    gs_self = NULL;
}

void gs_drive_go_on(uint32_t program)
{
    gs_drive_touch();
    (void)tell_threads(gs_family_self(), (struct gs_event){.time = gs_now(),
                                                           .kind = GS_EVENT_DIED,
                                                           .flags = GS_DEATH_REPLACED,
                                                           .a = program});
    gs_bury_others();
}

void gs_drive_end_run(void)
{
    gs_baton_end_run();
}

/* One that was killed from outside the run has not left the clock. */
static void see_end(pid_t ended, int status)
{
    uint32_t process;
    if (ended > 0 && (WIFEXITED(status) || WIFSIGNALED(status)) && gs_bury_find(ended, &process))
        gs_bury_the_dead(process, gs_now(), status);
}

static pid_t driven_wait4(pid_t child, int *status, int flags, struct rusage *used)
{
    if (!gs_self)
        return gs_real.wait4(child, status, flags, used);
    gs_drive_touch();
    for (;;) {
        int how = 0;
        pid_t ended = gs_real.wait4(child, &how, flags | WNOHANG, used);
        see_end(ended, how);
        if (WIFEXITED(how) || WIFSIGNALED(how))
            gs_drive_reaped(ended, used);
        if (status && ended > 0)
            *status = how;
        if (ended != 0 || (flags & WNOHANG))
            return ended;
        if (gs_drive_park(GS_DRIVE_FILES, GS_NEVER) == GS_WAIT_INTERRUPTED)
            return -1;
    }
}

static pid_t driven_waitpid(pid_t child, int *status, int flags)
{
    return driven_wait4(child, status, flags, NULL);
}

static pid_t driven_wait(int *status)
{
    return driven_wait4(-1, status, 0, NULL);
}

static pid_t driven_wait3(int *status, int flags, struct rusage *used)
{
    return driven_wait4(-1, status, flags, used);
}

static int driven_waitid(idtype_t what, id_t id, siginfo_t *info, int flags)
{
    siginfo_t unused;
    if (!gs_self)
        return gs_real.waitid(what, id, info, flags);
    info = info ? info : &unused;
    gs_drive_touch();
    for (;;) {
        info->si_pid = 0;
        int result = gs_real.waitid(what, id, info, flags | WNOHANG);
        if (result == 0 && info->si_pid != 0 && (flags & WEXITED) && !(flags & WNOWAIT))
            gs_drive_reaped(info->si_pid, NULL);
        if (result != 0 || info->si_pid != 0 || (flags & WNOHANG))
            return result;
        if (gs_drive_park(GS_DRIVE_FILES, GS_NEVER) == GS_WAIT_INTERRUPTED)
            return -1;
    }
}

void gs_drive_processes(struct gs_front *table)
{
    gs_runtime.died = tell_killed;
    table->fork = driven_fork;
    table->waitpid = driven_waitpid;
    table->wait = driven_wait;
    table->wait3 = driven_wait3;
    table->wait4 = driven_wait4;
    table->waitid = driven_waitid;
}
