/* Which file a descriptor is: asked of the kernel once, and remembered until it is closed. */
#ifndef GS_PYTHON_WATCH_DESCRIPTORS_H
#define GS_PYTHON_WATCH_DESCRIPTORS_H

#include <stdbool.h>
#include <sys/stat.h>

/* What fstat says of it: device, inode and kind alone; errno stays. False: it is none. */
bool gs_descriptor_stat(int fd, struct stat *st);

/* The process has been forked: nobody else is at it. */
void gs_descriptors_forget(void);

#endif
