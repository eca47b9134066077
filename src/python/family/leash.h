/* The leash: whatever has this object in it ends with gilscope, also where that was killed and
 * could end nothing any more. The run's first process is a child of gilscope's, and the kernel ends
 * it; every other Python of the run is on the leash, in whatever group or session. Other programs
 * are not: they end as they do when their parent is killed, or go on. */
#ifndef GS_PYTHON_FAMILY_LEASH_H
#define GS_PYTHON_FAMILY_LEASH_H

/* The calling process is on it from now on, and so is what it forks. Takes a descriptor that no
 * program comes to by itself. -1: there is no leash. */
void gs_leash_take(int fd);

#endif
