/* What several processes of a run send each other something through, a pipe, say. Each of them
 * knows it by a key that is the same for all; here stands what it is called, and how many messages
 * have gone through it so far, so that a message has the same number at both of its ends. */
#ifndef GS_TRACE_CHANNELS_H
#define GS_TRACE_CHANNELS_H

#include <stdatomic.h>
#include <stdint.h>

struct gs_segment;

struct gs_channel {
    _Atomic uint64_t key;    /* 0: nobody has this place */
    _Atomic uint32_t object; /* in the trace; 0: it has no name yet */
    _Atomic uint32_t sent, received;
    /* An actor: who was the first to write there since somebody began to wait for that; UINT32_MAX:
     * nobody yet; 0: nobody waits for it. */
    _Atomic uint32_t writer;
    /* Of an end that reads from one channel and writes into another, whose these are: their keys.
     * 0: it has one channel, its own, or they are not known. */
    _Atomic uint64_t from, into;
};

/* That of this key, which is not 0; find: NULL if nobody has asked for it with gs_channel_get
 * before. get: NULL if the table is full. Any thread of any process; blocks nobody. */
struct gs_channel *gs_channel_find(const struct gs_segment *segment, uint64_t key);
struct gs_channel *gs_channel_get(const struct gs_segment *segment, uint64_t key);

#endif
