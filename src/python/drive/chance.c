/* Chance: every run gets the same, by the run's seed. */
#include "python/drive/drive.h"

#include <sys/random.h>

static ssize_t driven_getrandom(void *to, size_t size, unsigned flags)
{
    if (!gs_self)
        return gs_real.getrandom(to, size, flags);
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)to)[i] = (unsigned char)(gs_runner_random() >> 8);
    return (ssize_t)size;
}

static int driven_getentropy(void *to, size_t size)
{
    if (!gs_self)
        return gs_real.getentropy(to, size);
    return driven_getrandom(to, size, 0) < 0 ? -1 : 0;
}

void gs_drive_chance(struct gs_front *table)
{
    table->getrandom = driven_getrandom;
    table->getentropy = driven_getentropy;
}
