/* What comes from outside the run: a child process that is not driven, a terminal, a network.
 * Nothing in the run can tell when it comes. So while there is a child and nobody can go on, the
 * virtual clock goes as fast as the real one; and only after a second in which nothing came to
 * whoever waits for a file, nobody will ever do anything. */
#include "python/drive/drive.h"

#include "sched/baton.h"

#include <sys/wait.h>

enum { NAP_NS = 500000, PATIENCE_NS = 1000000000 };

static uint64_t real_now(void)
{
    struct timespec t;
    gs_real.clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool has_children(void)
{
    siginfo_t unused;
    return waitid(P_ALL, 0, &unused, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Both clocks at the first time that nobody could go on, since something happened to a file. */
static struct {
    uint64_t real, virtual, calls;
} still;

bool gs_drive_idle(uint64_t until)
{
    if (gs_drive_wake_for_signals(gs_baton_slot()->at))
        return true;
    bool children = has_children();
    if (!children && !(gs_drive_files_awaited() && until == GS_NEVER))
        return false;
    if (!still.real || still.calls != gs_drive_files_calls()) {
        still.real = real_now();
        still.virtual = gs_baton_slot()->at;
        still.calls = gs_drive_files_calls();
    }
    gs_real.nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
    uint64_t passed = real_now() - still.real;
    if ((!children && passed > PATIENCE_NS) || still.virtual + passed >= until)
        return false;
    gs_drive_files_look(still.virtual + passed);
    return true;
}
