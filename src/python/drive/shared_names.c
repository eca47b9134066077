/* Names that multiprocessing draws for semaphores and shared memory. Every run draws the same ones,
 * and the machine has them once: a run beside this one, or what a killed one has left, would be in
 * the way, and the search for another name would show. So on the machine they are the run's own.
 * What the program names itself, other programs may know it by: that stays as it is. */
#include "python/drive/drive.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* NAME_MAX as the library has it: one file's, without the directory. */
struct machine_name {
    char text[NAME_MAX];
};

static const char *on_machine(const char *name, struct machine_name *own)
{
    static const char *const drawn[] = {"/mp-", "/psm_"};
    for (size_t i = 0; gs_self && i < sizeof drawn / sizeof drawn[0]; i++) {
        if (strncmp(name, drawn[i], strlen(drawn[i])) != 0)
            continue;
        uint64_t run = gs_runtime.control->run;
        int length = snprintf(own->text, sizeof own->text, "%s-%" PRIx64, name, run);
        return length < (int)sizeof own->text ? own->text : name;
    }
    return name;
}

static sem_t *driven_sem_open(const char *name, int flags, ...)
{
    struct machine_name own;
    mode_t mode = 0;
    unsigned value = 0;
    if (flags & O_CREAT) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        value = va_arg(more, unsigned);
        va_end(more);
    }
    return gs_real.sem_open(on_machine(name, &own), flags, mode, value);
}

static int driven_sem_unlink(const char *name)
{
    struct machine_name own;
    return gs_real.sem_unlink(on_machine(name, &own));
}

static int driven_shm_open(const char *name, int flags, mode_t mode)
{
    struct machine_name own;
    return gs_real.shm_open(on_machine(name, &own), flags, mode);
}

static int driven_shm_unlink(const char *name)
{
    struct machine_name own;
    return gs_real.shm_unlink(on_machine(name, &own));
}

void gs_drive_shared_names(struct gs_front *table)
{
    table->sem_open = driven_sem_open;
    table->sem_unlink = driven_sem_unlink;
    table->shm_open = driven_shm_open;
    table->shm_unlink = driven_shm_unlink;
}
