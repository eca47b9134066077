/* Which file a descriptor is: asked of the kernel once, and remembered until it is closed. */
#ifndef GS_PYTHON_WATCH_DESCRIPTORS_H
#define GS_PYTHON_WATCH_DESCRIPTORS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* What fstat says of it: device, inode and kind alone; errno stays. False: it is none. */
bool gs_descriptor_stat(int fd, struct stat *st);

/* What is known of the first of them, without asking. */
enum gs_descriptor { GS_DESCRIPTOR_UNKNOWN, GS_DESCRIPTOR_KNOWN, GS_DESCRIPTOR_REGULAR };
enum { GS_DESCRIPTORS = 1024 };
extern _Atomic uint8_t gs_descriptors[GS_DESCRIPTORS];

/* Whether it is a regular file, which nobody of the family keeps a writer waiting at. Asks the
 * kernel once a descriptor; of the high ones it does not know. */
bool gs_descriptor_ask_regular(int fd);
static inline bool gs_descriptor_is_regular(int fd)
{
    if (fd < 0 || fd >= GS_DESCRIPTORS)
        return false;
    enum gs_descriptor known = atomic_load_explicit(&gs_descriptors[fd], memory_order_relaxed);
    return known == GS_DESCRIPTOR_UNKNOWN ? gs_descriptor_ask_regular(fd)
                                          : known == GS_DESCRIPTOR_REGULAR;
}

#endif
