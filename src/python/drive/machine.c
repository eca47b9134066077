/* The machine: it has the cores that the run was asked for, whatever it runs on. */
#include "python/drive/drive.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

static long driven_sysconf(int name)
{
    bool cores = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
    return cores && gs_self ? (long)gs_runtime.cores : gs_real.sysconf(name);
}

static int driven_getaffinity(pid_t thread, size_t size, cpu_set_t *cores)
{
    if (!gs_self)
        return gs_real.sched_getaffinity(thread, size, cores);
    if (gs_runtime.cores > 8 * size) {
        errno = EINVAL; /* who asks comes again with more room */
        return -1;
    }
    memset(cores, 0, size);
    for (size_t i = 0; i < gs_runtime.cores; i++)
        CPU_SET_S(i, size, cores);
    return 0;
}

void gs_drive_machine(struct gs_front *table)
{
    table->sysconf = driven_sysconf;
    table->sched_getaffinity = driven_getaffinity;
}
