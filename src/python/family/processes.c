#include "python/family/processes.h"

#include "python/bootstrap/bootstrap.h"
#include "python/cpython/frames.h"
#include "python/drive/drive.h"
#include "python/drive/numbers.h"
#include "python/family/leash.h"
#include "python/family/starts.h"
#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/loops/steps.h"
#include "python/sync/handed.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/output.h"
#include "python/watch/patience.h"
#include "sched/actor.h"
#include "sched/bury.h"
#include "sched/family.h"

#include "base/own.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* As its library calls it, or by its number in the run. */
static struct gs_child announce(struct gs_watched *self)
{
    char name[64] = "";
    bool helper;
    uint32_t number = atomic_fetch_add(&gs_watch.control->forked, 1) + 2;
    uint32_t asked = gs_starts_asked();
    gs_bootstrap_child(name, sizeof name, &helper);
    if (!*name)
        snprintf(name, sizeof name, "process %u", number);
    uint32_t string = asked ? asked : gs_watch_string(name, strlen(name));
    struct gs_actor_row row = {
        .kind = GS_ACTOR_PROCESS, .name = string, .flags = helper ? GS_ACTOR_HELPER : 0};
    uint32_t process = gs_segment_add_actor(gs_watch.segment, &row);
    struct gs_object_row end = {.kind = GS_OBJECT_PROCESS, .name = string, .actor = process};
    gs_watch_put_for(self, process, gs_watch_now(), GS_EVENT_BORN, 0, gs_watch.process, 0);
    return (struct gs_child){
        .process = process, .end = gs_segment_add_object(gs_watch.segment, &end), .told = true};
}

/* Everything known is the parent's. What the child does with its GIL, which Python makes anew,
 * shows its first lanes. It may be killed at any time: so its waits are told when they begin. */
static void become(struct gs_child child, uint32_t forked_by)
{
    struct gs_frame innermost = {0};
    (void)gs_frames_first(gs_gil_python_of(gs_watched_self), &innermost);
    gs_watch.forked_in = innermost.python;
    /* Who forked it may not have come to that when somebody else asks. */
    gs_family_set_child(gs_own_pid(), child);
    gs_watch.process = child.process;
    gs_watch.forked_by = forked_by;
    gs_watch.first = false;
    gs_watch.pid = gs_own_pid();
    gs_guards_forget();
    gs_gils_forget();
    gs_output_forget();
    gs_objects_forget();
    gs_handed_forget();
    gs_steps_forget();
    gs_watched_forget();
    if (gs_watch.driven)
        gs_drive_before_wait = gs_gil_tell_wait;
}

static void leave_without_lanes(int status)
{
    (void)status;
    if (gs_watch.driven)
        gs_drive_leave(0, 0);
}

/* It must not write into its parent's lanes. What it starts may have some. */
static void begin_without_lanes(const struct gs_front *below)
{
    static struct gs_front table;
    gs_starts_inherit();
    atomic_store(&gs_watch.begun, false);
    gs_watched_self = NULL;
    table = *below;
    table.fork = gs_real.fork;
    table.leaving = leave_without_lanes;
    gs_watch_exec(&table);
    gs_leash_watch(&table);
    if (gs_watch.driven)
        gs_numbers_over(&table);
    gs_front_use(&table);
}

static _Thread_local bool forking; /* a process that we know of */

/* On the virtual clock it comes to its exec in its turn. */
static pid_t fork_without_lanes(void)
{
    gs_starts_note();
    if (!gs_watch.driven)
        return gs_real.fork();
    forking = true;
    pid_t pid = gs_below.fork();
    forking = false;
    if (pid == 0)
        begin_without_lanes(&gs_below);
    return pid;
}

static pid_t watch_fork(void)
{
    struct gs_watched *self = gs_watched_self;
    if (!gs_watch_has_lanes())
        return gs_real.fork();
    if (!self->forks)
        return fork_without_lanes();
    struct gs_child child = announce(self);
    uint32_t own = self->id;
    self->forks = false;
    forking = true;
    pid_t pid = gs_below.fork();
    forking = false;
    if (pid == 0)
        become(child, own);
    else if (pid < 0)
        gs_watch_put_for(self, child.process, gs_watch_now(), GS_EVENT_DIED, 0, 0, 0);
    else
        gs_family_set_child(pid, child);
    if (pid > 0 && gs_watch.driven)
        gs_drive_child_lane(pid, child.process);
    return pid;
}

/* One of which we did not hear before is not on the clock. */
static void in_child(void)
{
    if (forking)
        return;
    gs_self = NULL;
    begin_without_lanes(&gs_real);
    if (gs_watch.driven)
        gs_drive_leave_signals();
}

/* --- ends */

/* Which child ended the wait of the calling thread: the parent tells it. */
static void end_wait(struct gs_watched *self, pid_t ended)
{
    int code = errno;
    struct gs_child child = gs_family_child(ended);
    if (child.process) {
        self->cause = child.process;
        gs_watch_put_for(self, child.process, gs_watch_now(), GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN,
                         self->id, atomic_load(&self->on));
    }
    errno = code;
}

/* A child that was killed, or left without the C library, tells nothing of it, and whoever asks how
 * it ended is the only one who gets to know. On the virtual clock the scheduler does. */
static void see_end(pid_t ended, int status)
{
    int code = errno;
    bool has_ended = WIFSIGNALED(status) || WIFEXITED(status);
    struct gs_child child = gs_family_child(ended);
    if (!child.told || !has_ended || gs_watch.driven || !gs_watch_has_lanes())
        return;
    const struct gs_event death = gs_event_death(gs_watch_now(), child.process, status);
    if (!gs_segment_bury(gs_watch.segment, ended, death.time, status) && WIFSIGNALED(status)) {
        gs_control_note_death(gs_watch.control, &death, 0);
        gs_watch_put_event(gs_watched_self, death);
    }
    errno = code;
}

static pid_t watch_waitpid(pid_t pid, int *status, int flags)
{
    struct gs_watched *self = flags & WNOHANG ? NULL : gs_watched_away();
    struct gs_child child = gs_family_child(pid);
    int how = 0;
    if (self)
        gs_watched_do(self, child.end && !child.process ? GS_STATE_IO : GS_STATE_WAITING,
                      child.end);
    gs_patience_child(self, pid);
    pid_t ended = gs_below.waitpid(pid, &how, flags);
    gs_patience_over(self);
    if (self && ended < 0 && errno == EINTR)
        gs_watched_interrupted();
    else if (self)
        end_wait(self, ended);
    see_end(ended, how);
    if (ended > 0)
        gs_output_settle();
    if (status && ended > 0)
        *status = how;
    return ended;
}

static void put_death(uint32_t lane, uint64_t time, enum gs_death how, uint32_t by)
{
    const struct gs_event event = {
        .time = time, .actor = lane, .kind = GS_EVENT_DIED, .flags = (uint8_t)how, .a = by};
    gs_watch_store(gs_watched_self, event);
}

/* Others may be in the middle of something: they write no more, and their rings are free. */
static void end_lanes(struct gs_watched *self, enum gs_death how, uint32_t program)
{
    uint64_t now = gs_watch_now();
    for (struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (!atomic_load(&t->gone))
            gs_standing_give_back(t->standing);
        if (t == self || atomic_load(&t->gone) || !t->ring.shared)
            continue;
        uint64_t time = now > t->since ? now : t->since;
        gs_watched_end_carried(t, gs_watched_self, time);
        put_death(t->id, time, how, program);
        if (!t->crowded)
            gs_ring_close(&t->ring);
    }
}

static void close_ring(struct gs_watched *self)
{
    if (!self->crowded)
        gs_ring_close(&self->ring);
}

/* On the virtual clock the scheduler tells of the threads, and knows of no loops. */
static void end_what_others_carry(void)
{
    uint64_t now = gs_watch_now();
    for (struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (t != gs_watched_self && !atomic_load(&t->gone) && t->ring.shared)
            gs_watched_end_carried(t, gs_watched_self, now > t->since ? now : t->since);
    }
}

void gs_process_end(enum gs_death how, uint32_t program)
{
    atomic_store(&gs_watch.begun, false);
    if (gs_watch.driven) {
        end_what_others_carry();
        gs_drive_leave(how, program);
        return;
    }
    end_lanes(gs_watched_self, GS_DEATH_CUT_OFF, 0);
    put_death(gs_watch.process, gs_watch_now(), how, program);
    close_ring(gs_watched_self);
}

void gs_process_leave(uint32_t program)
{
    gs_family_set_child(gs_own_pid(), (struct gs_child){.end = gs_family_child(gs_own_pid()).end});
    gs_process_end(GS_DEATH_REPLACED, program);
}

void gs_process_go_on(uint32_t program)
{
    atomic_store(&gs_watch.begun, false);
    if (gs_watch.driven) {
        end_what_others_carry();
        gs_drive_go_on(program);
        return;
    }
    end_lanes(gs_watched_self, GS_DEATH_REPLACED, program);
    close_ring(gs_watched_self);
}

bool gs_process_is_unseated(void)
{
    return !gs_watched_self && gs_watch.driven;
}

void gs_process_leave_unseated(void)
{
    gs_drive_leave(GS_DEATH_REPLACED, 0);
}

void gs_process_end_child(void)
{
    if (gs_watched_self && gs_watch.driven && gs_own_pid() != gs_watch.pid)
        (void)gs_bury_child(gs_own_pid());
}

static pid_t watch_wait(int *status)
{
    return watch_waitpid(-1, status, 0);
}

void gs_watch_processes(struct gs_front *table)
{
    gs_drive_died = gs_watch_tell_death;
    table->fork = watch_fork;
    table->waitpid = watch_waitpid;
    table->wait = watch_wait;
    pthread_atfork(NULL, NULL, in_child);
}
