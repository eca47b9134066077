/* The leash: whatever has this object in it ends with gilscope, also where that was killed and
 * could end nothing any more. The run's first process is a child of gilscope's, and the kernel ends
 * it; every other Python of the run is on the leash, in whatever group or session, and so is
 * whatever is in the process group of one. Other programs in groups that they made for themselves
 * are not: they end as they do when their parent is killed, or go on. */
#ifndef GS_PYTHON_FAMILY_LEASH_H
#define GS_PYTHON_FAMILY_LEASH_H

struct gs_front;

/* The calling process's group is on it from now on, and so is what it forks. Takes a descriptor
 * that no program comes to by itself; it says EBADF of it, and cannot close it. Who lists
 * /proc/self/fd sees it all the same. -1: there is no leash. */
void gs_leash_take(int fd);

/* Who goes into another group takes the leash along. Not who is put there by its parent alone.
 * Stands in front of what the table has for descriptors until then. */
void gs_leash_watch(struct gs_front *table);

#endif
