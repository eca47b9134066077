/* What a process has used, where it is not asked of a clock. Its processor time is all the
 * program's own, none the system's. Memory, pages and the kernel's switches are others in every
 * run: nobody counts them here. Of a child that is not on the clock, nothing is known. */
#include "python/drive/drive.h"

#include "sched/bury.h"

static struct rusage used_for(uint64_t ns)
{
    return (struct rusage){.ru_utime = {.tv_sec = (time_t)(ns / 1000000000u),
                                        .tv_usec = (suseconds_t)(ns % 1000000000u / 1000)}};
}

void gs_drive_reaped(pid_t child, struct rusage *used)
{
    const struct gs_family_process *p = child > 0 ? gs_bury_row(child) : NULL;
    uint64_t worked = p ? p->worked + p->children_worked : 0;
    gs_family_process()->children_worked += worked;
    if (used && child > 0)
        *used = used_for(worked);
}

static int driven_getrusage(__rusage_who_t who, struct rusage *used)
{
    if (!gs_self || (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD))
        return gs_real.getrusage(who, used);
    gs_drive_settle();
    *used = used_for(who == RUSAGE_SELF     ? gs_process_time()
                     : who == RUSAGE_THREAD ? gs_thread_time()
                                            : gs_family_process()->children_worked);
    return 0;
}

static clock_t driven_clock(void)
{
    if (!gs_self)
        return gs_real.clock();
    gs_drive_settle();
    return (clock_t)(gs_process_time() / (1000000000u / CLOCKS_PER_SEC));
}

/* In the kernel's ticks, of which every machine has so many a second for this. */
static clock_t driven_times(struct tms *t)
{
    enum { TICK_NS = 10000000 };
    if (!gs_self)
        return gs_real.times(t);
    gs_drive_settle();
    if (t)
        *t = (struct tms){.tms_utime = (clock_t)(gs_process_time() / TICK_NS),
                          .tms_cutime = (clock_t)(gs_family_process()->children_worked / TICK_NS)};
    return (clock_t)(gs_drive_now() / TICK_NS);
}

void gs_drive_usage(struct gs_front *table)
{
    table->getrusage = driven_getrusage;
    table->clock = driven_clock;
    table->times = driven_times;
}
