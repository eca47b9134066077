/* The leash: whatever has this object in it ends with gilscope, also where that was killed and
 * could end nothing any more. The run's first process is a child of gilscope's, and the kernel ends
 * it; what that one has forked is on the leash, in whatever group or session. Programs that are
 * executed anew are not: they end as they do when their parent is killed, or go on. */
#ifndef GS_PYTHON_PRELOAD_LEASH_H
#define GS_PYTHON_PRELOAD_LEASH_H

#define GS_ENVIRONMENT_LEASH "GILSCOPE_LEASH" /* number of the inherited descriptor */

/* The calling process is on it from now on, and so is what it forks. Takes a descriptor that no
 * program comes to by itself. -1: there is no leash. */
void gs_leash_take(int fd);

#endif
