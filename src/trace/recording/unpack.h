/* Blocks of a recording, out of their file: read, unpacked, and those of events taken apart. Trusts
 * nothing that stands there. A source is only looked at, so that several threads may unpack what is
 * in one, each with an unpacker of its own. */
#ifndef GS_TRACE_RECORDING_UNPACK_H
#define GS_TRACE_RECORDING_UNPACK_H

#include "trace/event.h"
#include "trace/recording/bytes.h"
#include "trace/recording/format.h"

struct gs_source {
    int fd;
    uint64_t size; /* of the file, when it was opened */
};

/* False: there are not so many bytes, or they cannot be read. */
bool gs_source_read(const struct gs_source *source, uint64_t offset, void *to, size_t size);
/* The head at that offset, of a block that is all there. */
bool gs_source_head(const struct gs_source *source, uint64_t offset, struct gs_block *block);

struct gs_unpacker {
    struct ZSTD_DCtx_s *zstd;
    struct gs_bytes packed, content;
};

void gs_unpacker_init(struct gs_unpacker *unpacker);
void gs_unpacker_destroy(struct gs_unpacker *unpacker);

/* What is in the block; it lies in the unpacker's room until its next call. False: it is damaged.
 */
bool gs_unpack(struct gs_unpacker *unpacker, const struct gs_source *source,
               const struct gs_block *block, struct gs_bytes_in *content);

/* The same of one that is only listed, whose head is read anew: an index may say what it likes. */
bool gs_unpack_listed(struct gs_unpacker *unpacker, const struct gs_source *source,
                      const struct gs_block *listed, struct gs_bytes_in *content);

struct gs_unpacked {
    GS_VEC(struct gs_event) events; /* keeps its room from block to block: gs_vec_free */
    uint64_t live;                  /* how far the run's clock had come, ns */
    uint64_t before;                /* events that stand in front of these */
};

/* What is in a listed block of events. False: it is damaged, and `to` means nothing. */
bool gs_unpack_events(struct gs_unpacker *unpacker, const struct gs_source *source,
                      const struct gs_block *listed, struct gs_unpacked *to);

#endif
