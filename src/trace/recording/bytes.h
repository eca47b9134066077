/* Bytes that grow while a block is written, and that are taken apart when one is read. The reader's
 * side trusts nothing: whatever is asked of it, it never looks behind the end; what is not there is
 * 0 or empty, and `broken` says so. */
#ifndef GS_TRACE_RECORDING_BYTES_H
#define GS_TRACE_RECORDING_BYTES_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct gs_bytes {
    GS_VEC(unsigned char) list;
};

void gs_bytes_put(struct gs_bytes *bytes, const void *from, size_t size);
void gs_bytes_number(struct gs_bytes *bytes, uint64_t value);
void gs_bytes_signed(struct gs_bytes *bytes, uint64_t difference);
/* A number of bytes and these. */
void gs_bytes_text(struct gs_bytes *bytes, const char *text, size_t size);

struct gs_bytes_in {
    const unsigned char *at, *end;
    bool broken;
};

uint64_t gs_bytes_take(struct gs_bytes_in *in); /* a number */
uint64_t gs_bytes_take_signed(struct gs_bytes_in *in);
/* Likewise, but one that does not fit into 32 bits is broken. */
uint32_t gs_bytes_take_id(struct gs_bytes_in *in);
/* A number of bytes and these, which lie where they lay. */
struct gs_bytes_in gs_bytes_take_text(struct gs_bytes_in *in);

static inline uint64_t gs_bytes_fold(uint64_t difference)
{
    return difference << 1 ^ (uint64_t) - (int64_t)(difference >> 63);
}

static inline uint64_t gs_bytes_unfold(uint64_t folded)
{
    return folded >> 1 ^ (uint64_t) - (int64_t)(folded & 1);
}

#endif
