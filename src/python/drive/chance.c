/* Chance: every run gets the same, by the run's seed. */
#include "python/drive/drive.h"

#include <errno.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

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

/* Their numbers are the same on every Linux: Documentation/admin-guide/devices.txt. */
bool gs_drive_is_chance(int fd)
{
    enum { MEMORY_DEVICES = 1, RANDOM = 8, URANDOM = 9 };
    struct stat st;
    int code = errno;
    bool is = fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) &&
              (st.st_rdev == makedev(MEMORY_DEVICES, RANDOM) ||
               st.st_rdev == makedev(MEMORY_DEVICES, URANDOM));
    errno = code;
    return is;
}

void gs_drive_chance(struct gs_front *table)
{
    table->getrandom = driven_getrandom;
    table->getentropy = driven_getentropy;
}
