/* What glibc keeps in a semaphore. */
#ifndef GS_PYTHON_FRONT_SEM_H
#define GS_PYTHON_FRONT_SEM_H

#include <semaphore.h>
#include <stdbool.h>
#include <string.h>

/* Processes share it: the flag behind the count (sysdeps/nptl/internaltypes.h, struct new_sem). */
static inline bool gs_sem_is_shared(const sem_t *s)
{
    int shared;
    memcpy(&shared, (const char *)s + 8, sizeof shared);
    return shared != 0;
}

#endif
