/* Time by owner: what each of some owners has had in all. Owners stand in the order in which they
 * were first counted. */
#ifndef GS_TIMELINE_TALLY_H
#define GS_TIMELINE_TALLY_H

#include "base/vec.h"

#include <stdint.h>

struct gs_owner_sum {
    uint64_t ns;
    uint32_t owner; /* actor */
};

/* All zero, it is an empty one. Free with gs_tally_free. */
struct gs_tally {
    GS_VEC(struct gs_owner_sum) list;
    uint32_t *slots; /* places in the list + 1, by owner; 0: free */
    size_t room;     /* a power of two, or 0 */
};

void gs_tally_add(struct gs_tally *tally, uint32_t owner, uint64_t ns);
void gs_tally_clear(struct gs_tally *tally); /* it is empty again, and keeps its memory */
void gs_tally_free(struct gs_tally *tally);

#endif
