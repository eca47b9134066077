/* What comes out of rings, for tests of whoever empties them: how much, what is missing, and
 * whether it comes in order. */
#ifndef GS_TEST_TALLY_H
#define GS_TEST_TALLY_H

#include "trace/segment.h"

struct tally {
    uint64_t stored, lost;
    uint64_t next;         /* the earliest time that an event may have now, ns */
    uint64_t out_of_order; /* events of an earlier one: told twice, or too late */
};

/* A sink: context is a struct tally. */
void tally_count(void *context, const struct gs_event *event);

/* Four rings of so many events each, a power of two, and little else; the caller's, to be closed.
 */
struct gs_segment *tally_segment(uint32_t ring_events);

#endif
