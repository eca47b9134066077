#include "python/front/guards.h"

/* All zero: what PTHREAD_MUTEX_INITIALIZER is in the library that we stand before. */
pthread_mutex_t gs_guards[GS_GUARDS];

void gs_guards_forget(void)
{
    for (size_t i = 0; i < GS_GUARDS; i++)
        gs_guards[i] = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}
