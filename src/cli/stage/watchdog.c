#include "cli/stage/watchdog.h"

#include "base/clock.h"
#include "cli/guard/process.h"
#include "sched/family.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAUSE_NS 100000000u

/* After so long asleep, at a stretch, it names itself, ends the run, is ended. */
static const uint64_t patience[] = {1200000000u, 8000000000u, 10000000000u};
enum { SIGNALS = sizeof patience / sizeof patience[0] };

/* The virtual clock goes on, or may not: the outside is waited for, or the screen holds it. */
static bool is_at_rest(const struct gs_family *family, const struct gs_control *control)
{
    return atomic_load(&control->phase) != GS_STAGE_RUNNING || atomic_load(&family->outside) ||
           atomic_load(&control->horizon) <= atomic_load(&control->now_ns);
}

/* One that is stopped, which a program does to what it has started, goes on only when its time
 * comes: never. Who stops the whole program from outside knows what he does. */
static bool sleeps(pid_t pid, pid_t thread, const struct gs_control *control)
{
    struct gs_process found;
    bool started = (uint32_t)pid != atomic_load(&control->guest_pid);
    return gs_process_look_at_thread(pid, thread, &found) &&
           (found.state == 'S' || (started && found.state == 'T'));
}

static void send(unsigned nth, pid_t pid, pid_t thread)
{
    syscall(SYS_tgkill, pid, thread, nth + 1 < SIGNALS ? GS_SIGNAL_BLOCKED : SIGKILL);
}

void gs_watchdog_look(struct gs_watchdog *dog, struct gs_segment *segment)
{
    size_t bytes;
    uint64_t now = gs_clock_system();
    const struct gs_family *family = gs_segment_scheduler(segment, &bytes);
    const struct gs_control *control = gs_segment_control(segment);
    if (now - dog->looked < PAUSE_NS || bytes < sizeof *family)
        return;
    dog->looked = now;
    uint32_t holder = atomic_load(&family->holder);
    if (holder == 0 || holder > GS_SLOTS)
        return;
    const struct gs_slot *slot = &family->slot[holder];
    if (slot->process >= GS_FAMILY_PROCESSES)
        return;
    /* Who has not got as far as to say which thread it is has one. */
    pid_t pid = family->processes[slot->process].pid, known = atomic_load(&slot->thread);
    pid_t thread = known ? known : pid;
    bool same = holder == dog->holder && slot->at == dog->at;
    dog->holder = holder;
    dog->at = slot->at;
    if (!same)
        dog->signals = 0;
    if (!same || is_at_rest(family, control) || thread == 0 || !sleeps(pid, thread, control))
        dog->asleep = 0;
    else if (dog->asleep == 0)
        dog->asleep = now;
    else if (dog->signals < SIGNALS && now - dog->asleep >= patience[dog->signals])
        send(dog->signals++, pid, thread);
}
