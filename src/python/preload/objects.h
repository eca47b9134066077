/* What threads wait for, as the program knows it: a semaphore stands for a lock, or for the queue,
 * event or thread in whose method the thread waits; and the name is the one of the source's line.
 */
#ifndef GS_PYTHON_PRELOAD_OBJECTS_H
#define GS_PYTHON_PRELOAD_OBJECTS_H

#include "python/preload/watch.h"

#include <semaphore.h>

/* The object in the trace that the calling thread begins to wait for in this semaphore. */
uint32_t gs_objects_waited(struct gs_watched *self, const sem_t *s);

/* A thread's object has this name: what a join waits for. */
void gs_objects_name_thread(const void *thread, const char *name);

#endif
