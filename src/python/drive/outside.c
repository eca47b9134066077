/* What comes from outside the run: a child process that is not driven, a terminal, a network.
 * Nothing in the run can tell when it comes. So while there is a child of any process and nobody
 * can go on, the virtual clock goes as fast as the real one. Where there is none it stands still;
 * and after a second in which nothing came to whoever waits for a file, nobody will ever do
 * anything. */
#include "python/drive/drive.h"

#include "sched/baton.h"
#include "sched/bury.h"

#include "base/ending.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/wait.h>

enum { NAP_NS = 500000, PATIENCE_NS = 1000000000, AFTERMATH_NS = 50000000 };

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

/* Children that are outside the run; of those that have ended nothing comes any more. */
struct outsiders {
    uint32_t alive, ended;
};

/* Children of one of the family's threads, as the kernel lists them. */
static void count_outsiders(struct outsiders *count, pid_t process, const char *thread)
{
    char path[64];
    int child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)process, thread);
    FILE *children = fopen(path, "re");
    while (children && fscanf(children, "%d", &child) == 1) {
        if (gs_bury_knows(child))
            continue;
        bool ended = gs_ending_has_come(child);
        count->ended += ended;
        count->alive += !ended;
    }
    if (children)
        fclose(children);
}

static struct outsiders look_for_outsiders(pid_t process)
{
    char path[32];
    struct outsiders count = {0};
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    for (const struct dirent *t; threads && (t = readdir(threads));) {
        if (t->d_name[0] != '.')
            count_outsiders(&count, process, t->d_name);
    }
    if (threads)
        closedir(threads);
    return count;
}

/* The kernel tells it at once whether the caller has children at all. */
static bool has_children(void)
{
    siginfo_t unused;
    return gs_real.waitid(P_ALL, 0, &unused, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* ended: whether one has ended since the last look: somebody may wait for just that. */
static bool any_outsiders(bool *ended)
{
    bool any = false;
    *ended = false;
    if (gs_family->processes_used == 1 && !has_children())
        return false;
    gs_drive_look_for_outsiders();
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        struct gs_family_process *p = &gs_family->processes[i];
        if (!p->taken)
            continue;
        if (p->outside != NONE) {
            struct outsiders count = look_for_outsiders(p->pid);
            *ended |= count.ended > p->outsiders_ended;
            p->outsiders_ended = count.ended;
            p->outside = count.alive ? SOME : NONE;
        }
        any |= p->outside == SOME;
    }
    return any;
}

/* A process of the family that was killed from outside the run is found when nobody can go on, or
 * when there is, or was, somebody who may have killed it. */
static bool bury_the_killed(void)
{
    bool any = false;
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        const struct gs_family_process *p = &gs_family->processes[i];
        if (!p->taken || p->ending || i == gs_family_self() || !gs_bury_is_dead(i))
            continue;
        gs_bury_the_dead(i, gs_baton_slot()->at, gs_bury_status(i));
        any = true;
    }
    gs_bury_await_ending();
    return any;
}

/* What somebody outside did last, such as killing a process of the family, takes the kernel a
 * while: so long he counts as there. */
static bool in_aftermath(bool ended)
{
    static uint64_t since;
    if (ended)
        since = real_now();
    return since && real_now() - since < AFTERMATH_NS;
}

/* Both clocks at the first time that nobody could go on, since something happened to a file. */
static struct {
    uint64_t real, virtual, calls;
} still;

bool gs_drive_idle(uint64_t until)
{
    if (gs_drive_wake_for_signals(gs_baton_slot()->at) || gs_drive_answer_door())
        return true;
    bool ended, outsiders = any_outsiders(&ended);
    outsiders |= in_aftermath(ended);
    if ((outsiders || until == GS_NEVER) && bury_the_killed())
        return true;
    if (ended) {
        gs_drive_files_look(gs_baton_slot()->at);
        return true;
    }
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
