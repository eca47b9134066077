/* What threads wait for, as the program knows it: a semaphore stands for a lock, or for the queue,
 * event or thread in whose method the thread waits. Its name is the one that it is assigned to
 * where it is made, or else the one in the line that waits for it. */
#ifndef GS_PYTHON_SYNC_OBJECTS_H
#define GS_PYTHON_SYNC_OBJECTS_H

#include "python/sync/locks.h"

#include <semaphore.h>

/* The program makes a lock of this kind, for itself or inside something of the library's: the
 * calling thread has the GIL. Sets the lock's kind, name and line if it is the program's own. */
void gs_objects_made(struct gs_watched *self, struct gs_watched_lock *lock,
                     enum gs_object_kind kind);

/* The object in the trace that the calling thread begins to wait for in this semaphore. */
uint32_t gs_objects_waited(struct gs_watched *self, const sem_t *s, struct gs_watched_lock *lock);

/* The calling thread, which has the GIL, did not get this lock. Is it one by which importlib lets
 * those wait who need a module that another thread imports, then it is called after the module, and
 * has the thread as owner that will let it go. */
void gs_objects_missed(struct gs_watched *self, struct gs_watched_lock *lock);

/* … that a lock of the program's own is. */
uint32_t gs_objects_lock(struct gs_watched_lock *lock);

/* A join waits for the end of this thread: Thread's object, and its name. */
void gs_objects_name_thread(const void *address, const char *name, struct gs_watched *thread);

/* The library's object at this address is of so many; 0: there is no limit. */
void gs_objects_size(const void *address, enum gs_object_kind kind, uint32_t of);

/* The object in the trace that the library's at this address is, or what it is waited for as, which
 * the calling thread does something to: it has the GIL. */
uint32_t gs_objects_counted(const struct gs_watched *self, const void *address,
                            enum gs_object_kind kind);

/* The library's object at this address is that one of the trace, here and in processes that are
 * forked from now on. */
void gs_objects_share(const void *address, enum gs_object_kind kind, uint32_t object);

/* The process has been forked: what it has of all is a copy, another object of the same name. */
void gs_objects_forget(void);

#endif
