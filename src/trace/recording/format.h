/* A recording's file, so that somebody else could write a reader. Numbers are little-endian; a
 * "number" without a size is a varint: seven bits a byte, the lowest first, the top bit says that
 * another byte follows; at most ten bytes. "Signed" is a number too: 0, -1, 1, -2 … as 0, 1, 2, 3.
 *
 * The file begins with 16 bytes:
 *     0  "gilscope"
 *     8  u32  version, GS_FORMAT_VERSION. A reader refuses what is newer than itself.
 *    12  u32  CRC-32 (of zlib, Ethernet) of the 12 bytes before
 *
 * Then come blocks, one behind the other, each written whole. 48 bytes of head:
 *     0  u32  GS_BLOCK_MARK: where a block is damaged, the next one is looked for by this
 *     4  u32  kind, enum gs_block_kind. Kinds that a reader does not know it steps over.
 *     8  u32  bytes that follow the head: one frame of zstd, which has a checksum of its own
 *    12  u32  bytes that come out of it, at most GS_BLOCK_MOST_BYTES
 *    16  u64  how many events stand in front of this block
 *    24  u64  events: the earliest time in here, ns; else 0
 *    32  u64  … the latest
 *    40  u32  events in here, at most GS_BLOCK_MOST_EVENTS
 *    44  u32  CRC-32 of the 44 bytes before
 *
 * What comes out of it, by kind:
 *
 * ABOUT, the first; another one adds to it, or says anew. Pairs of a word and its text, each a
 * number of bytes and these: see about.h. Words that a reader does not know it steps over.
 *
 * FILE. Text of a file of the program's: a number of bytes and its path, as events' places or the
 * ABOUT's "scene" call it, then its text up to the end of the block.
 *
 * ROWS. Who and what events from here on speak of. Each a byte that says which, then
 *     1 actor    id, kind, parent, interpreter, name, what, flags, gil, interval (struct
 *                gs_actor_row; name and what are strings)
 *     2 object   id, kind, name, line, of, actor, whole (struct gs_object_row)
 *     3 place    id, file, call (struct gs_place_row)
 *     4 string   id, a number of bytes and these. Ids grow: a string has id … id + bytes for
 * itself. 5 left out a number: rows and strings so far that the trace had no room for
 *
 * EVENTS, in the order in which they were taken: those of one actor in theirs, those of several
 * nearly by time. First a number: how far the run's own clock had come, ns. Then columns, each a
 * number of bytes and these, with one entry an event; see event.def for what an event is.
 *     actor   signed: this event's minus that of the one before; 0 stands before the first
 *     kind    a byte
 *     flags   a byte
 *     time    signed: minus that of the one before; the head's earliest stands before the first
 *     place   signed: minus that of the last event of the same kind in this block, or 0
 *     a low, a high, b low, b high: halves of a and b of 32 bits; likewise. Those of an OFF_CORE
 * are of its time minus a and minus b. Differences are of 32 bits, those of times of 64, and go
 * round at the end.
 *
 * END, the last but for the index: pairs as ABOUT, how it ended. A recording without one was cut:
 * whoever wrote it was killed, or is still at it.
 *
 * INDEX: how many blocks, and of each: its kind; where it begins, minus where the one before did;
 * how many events it has; signed, its earliest time minus that of the one before; its latest minus
 * its earliest. Behind it the file ends, with 20 bytes:
 *     0  "endscope"
 *     8  u64  where the INDEX begins
 *    16  u32  CRC-32 of the 16 bytes before
 * Where they are missing, a reader goes from head to head. */
#ifndef GS_TRACE_RECORDING_FORMAT_H
#define GS_TRACE_RECORDING_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GS_FORMAT_MAGIC   "gilscope"
#define GS_FORMAT_END     "endscope"
#define GS_FORMAT_VERSION 1u
#define GS_BLOCK_MARK     0x424b53f7u

enum {
    GS_FORMAT_HEAD = 16,
    GS_FORMAT_TAIL = 20,
    GS_BLOCK_HEAD = 48,
    GS_BLOCK_MOST_EVENTS = 1 << 16,
    GS_BLOCK_MOST_BYTES = 96 << 20
};

enum gs_block_kind {
    GS_BLOCK_ABOUT = 1,
    GS_BLOCK_FILE,
    GS_BLOCK_ROWS,
    GS_BLOCK_EVENTS,
    GS_BLOCK_END,
    GS_BLOCK_INDEX
};

struct gs_block {
    uint64_t offset; /* of its head in the file; not in the head itself */
    uint32_t kind;
    uint32_t packed, unpacked; /* bytes */
    uint64_t before;           /* events in front of it */
    uint64_t from, until;      /* ns */
    uint32_t events;
};

uint32_t gs_format_crc(const void *bytes, size_t size);

uint32_t gs_format_u32(const unsigned char *from);
uint64_t gs_format_u64(const unsigned char *from);
void gs_format_put_u32(unsigned char *to, uint32_t value);
void gs_format_put_u64(unsigned char *to, uint64_t value);

void gs_format_put_head(unsigned char head[GS_FORMAT_HEAD]);
void gs_format_put_tail(unsigned char tail[GS_FORMAT_TAIL], uint64_t index);
/* False: these bytes are none. */
bool gs_format_take_tail(const unsigned char tail[GS_FORMAT_TAIL], uint64_t *index);

void gs_block_put(unsigned char head[GS_BLOCK_HEAD], const struct gs_block *block);
/* False: these bytes are no head, or one that says what no block can be. offset stays as it is. */
bool gs_block_take(const unsigned char head[GS_BLOCK_HEAD], struct gs_block *block);

#endif
