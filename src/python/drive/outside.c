/* What comes from outside the run: a child process that is not driven, a terminal, a network.
 * Nothing in the run can tell when it comes. So while there is a child of any process and nobody
 * can go on, the virtual clock goes as fast as the real one. Where there is none it stands still;
 * and after a second in which nothing came to whoever waits for a file, nobody will ever do
 * anything. */
#include "python/drive/drive.h"

#include "sched/baton.h"
#include "sched/bury.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/wait.h>

enum { NAP_NS = 500000, PATIENCE_NS = 1000000000 };

static uint64_t real_now(void)
{
    struct timespec t;
    gs_real.clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Who has run since they were looked for may have started some; those that there were may have
 * ended. */
enum { NOT_KNOWN, NONE, SOME };

void gs_drive_look_for_outsiders(void)
{
    gs_family_process()->outside = NOT_KNOWN;
}

/* Children of one of the family's threads, as the kernel lists them. */
static bool has_outsiders(pid_t process, const char *thread)
{
    char path[64];
    int child = 0;
    uint32_t unused;
    bool any = false;
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)process, thread);
    FILE *children = fopen(path, "re");
    while (children && !any && fscanf(children, "%d", &child) == 1)
        any = !gs_bury_find(child, &unused);
    if (children)
        fclose(children);
    return any;
}

static bool look_for_outsiders(pid_t process)
{
    char path[32];
    bool any = false;
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    for (const struct dirent *t; threads && !any && (t = readdir(threads));)
        any = t->d_name[0] != '.' && has_outsiders(process, t->d_name);
    if (threads)
        closedir(threads);
    return any;
}

/* The kernel tells it at once whether the caller has children at all. */
static bool has_children(void)
{
    siginfo_t unused;
    return gs_real.waitid(P_ALL, 0, &unused, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static bool any_outsiders(void)
{
    bool any = false;
    if (gs_family->processes_used == 1)
        return has_children();
    gs_drive_look_for_outsiders();
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        struct gs_family_process *p = &gs_family->processes[i];
        if (!p->taken)
            continue;
        if (p->outside != NONE)
            p->outside = look_for_outsiders(p->pid) ? SOME : NONE;
        any |= p->outside == SOME;
    }
    return any;
}

/* A process of the family that was killed from outside the run is found when nobody can go on. */
static bool bury_the_killed(void)
{
    bool any = false;
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        const struct gs_family_process *p = &gs_family->processes[i];
        if (!p->taken || p->ending || i == gs_family_self() || !gs_bury_is_dead(i))
            continue;
        gs_bury_the_dead(i, gs_baton_slot()->at);
        any = true;
    }
    gs_bury_await_ending();
    return any;
}

/* Both clocks at the first time that nobody could go on, since something happened to a file. */
static struct {
    uint64_t real, virtual, calls;
} still;

bool gs_drive_idle(uint64_t until)
{
    if (gs_drive_wake_for_signals(gs_baton_slot()->at))
        return true;
    if (until == GS_NEVER && bury_the_killed())
        return true;
    bool outsiders = any_outsiders();
    if (!outsiders && !(gs_drive_files_awaited() && until == GS_NEVER))
        return false;
    if (!still.real || still.calls != gs_drive_files_calls()) {
        still.real = real_now();
        still.virtual = gs_baton_slot()->at;
        still.calls = gs_drive_files_calls();
    }
    gs_real.nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
    uint64_t passed = real_now() - still.real;
    if ((!outsiders && passed > PATIENCE_NS) || (outsiders && still.virtual + passed >= until))
        return false;
    gs_drive_files_look(still.virtual + (outsiders ? passed : 0));
    return true;
}
