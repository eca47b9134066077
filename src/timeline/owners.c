/* Whose a GIL was within a window. Sums by owner, kept ahead for every owner, would cost memory for
 * each pair of owner and block; a column is a few pixels wide, so beyond some hundreds of holds in
 * it a sample says the same. */
#include "timeline/store.h"

enum { SAMPLE = 64 };

struct tally {
    uint32_t owner;
    uint64_t ns;
};

static void count(struct tally *tallies, uint32_t *used, uint32_t owner, uint64_t ns)
{
    uint32_t i = 0;
    while (i < *used && tallies[i].owner != owner)
        i++;
    if (i == *used)
        tallies[(*used)++] = (struct tally){.owner = owner};
    tallies[i].ns += ns;
}

static uint64_t within(const struct gs_timeline *t, const struct gs_hold *hold, uint64_t from,
                       uint64_t until)
{
    uint64_t start = hold->start > from ? hold->start : from, end = gs_hold_end(t, hold);
    if (end > until)
        end = until;
    return end > start ? end - start : 0;
}

/* The i-th hold of the sample. One from each of 64 equal parts, but not the same place in each:
 * two threads that take turns would show as one, were the step even. */
static size_t sampled(size_t i, size_t all)
{
    if (all <= SAMPLE)
        return i;
    uint64_t place = (uint32_t)i * 2654435769u; /* Knuth's multiplicative hash, of 2^32 */
    return (size_t)(((uint64_t)i * all + (place * all >> 32)) / SAMPLE);
}

static uint64_t scale(uint64_t ns, size_t all, size_t seen, uint64_t most)
{
    double scaled = (double)ns * (double)all / (double)seen;
    return scaled < (double)most ? (uint64_t)scaled : most;
}

struct gs_owner_share gs_lane_owner_share(const struct gs_timeline *t, const struct gs_lane *lane,
                                          uint64_t from, uint64_t until)
{
    struct gs_owner_share share = {0};
    long last = until > from ? gs_lane_hold_at(lane, until - 1) : -1;
    if (last < 0)
        return share;
    long first = gs_lane_hold_at(lane, from);
    size_t begin = first < 0 ? 0 : (size_t)first, all = (size_t)last + 1 - begin;
    size_t seen = all < SAMPLE ? all : SAMPLE;
    struct tally tallies[SAMPLE];
    for (size_t i = 0; i < seen; i++) {
        const struct gs_hold *hold = &lane->holds.items[begin + sampled(i, all)];
        uint64_t ns = within(t, hold, from, until);
        if (ns)
            count(tallies, &share.owners, hold->owner, ns);
        share.held += ns;
    }
    for (uint32_t i = 0; i < share.owners; i++) {
        if (tallies[i].ns > share.ns) {
            share.ns = tallies[i].ns;
            share.owner = tallies[i].owner;
        }
    }
    share.ns = scale(share.ns, all, seen, until - from);
    share.held = scale(share.held, all, seen, until - from);
    return share;
}
