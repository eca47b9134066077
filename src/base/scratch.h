/* A file without a name, for what is too much to be kept in memory: it is gone with the last
 * process that has it open, however that ends. */
#ifndef GS_BASE_SCRATCH_H
#define GS_BASE_SCRATCH_H

#include <stdbool.h>
#include <stdint.h>

struct gs_scratch {
    int fd;
    bool in_memory; /* of a file system that is memory itself: there was no other */
};

/* Opens one in $TMPDIR, else in /var/tmp, else in /tmp; what is in memory (tmpfs) comes behind all
 * that is a disk's. False, with errno: none of them can be written. */
bool gs_scratch_open(struct gs_scratch *scratch);

/* The bytes that the file system of an open file still takes; UINT64_MAX: it does not say. */
uint64_t gs_scratch_room(int fd);

#endif
