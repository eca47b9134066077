/* Which file a descriptor is: asked of the kernel once, and remembered until it is closed. */
#ifndef GS_PYTHON_WATCH_DESCRIPTORS_H
#define GS_PYTHON_WATCH_DESCRIPTORS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* What fstat says of it: device, inode and kind alone; errno stays. False: it is none. */
bool gs_descriptor_stat(int fd, struct stat *st);

/* What is known of the first of them, without asking: what it is, as far as that says who may keep
 * a writer waiting. A regular file nobody of the family, a pipe or a socket who does not read. */
enum gs_descriptor {
    GS_DESCRIPTOR_UNKNOWN,
    GS_DESCRIPTOR_KNOWN,
    GS_DESCRIPTOR_REGULAR,
    GS_DESCRIPTOR_STREAM
};
enum { GS_DESCRIPTORS = 1024 };
extern _Atomic uint8_t gs_descriptors[GS_DESCRIPTORS];

/* Asks the kernel once a descriptor; of the high ones each time. UNKNOWN: it is none. */
enum gs_descriptor gs_descriptor_ask_kind(int fd);
static inline enum gs_descriptor gs_descriptor_kind(int fd)
{
    enum gs_descriptor known = fd >= 0 && fd < GS_DESCRIPTORS
                                   ? atomic_load_explicit(&gs_descriptors[fd], memory_order_relaxed)
                                   : GS_DESCRIPTOR_UNKNOWN;
    return known == GS_DESCRIPTOR_UNKNOWN ? gs_descriptor_ask_kind(fd) : known;
}

#endif
