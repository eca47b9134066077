/* Whose a GIL or a lock was within a window. Sums by owner, kept ahead for every owner, would cost
 * memory for each pair of owner and block; a column is a few pixels wide, so beyond some hundreds
 * of holds in it a sample says the same. */
#include "timeline/owners.h"

#include "base/sorted.h"
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

static const struct gs_record *claims_of(const struct gs_timeline *t, const struct gs_owned *owned)
{
    static const struct gs_record nothing;
    const struct gs_record *record = gs_store_record(t, owned->lock);
    return record ? record : &nothing;
}

long gs_owned_at(const struct gs_timeline *t, const struct gs_owned *owned, uint64_t time)
{
    if (owned->lane)
        return gs_lane_hold_at(owned->lane, time);
    return (long)gs_sorted_until(&claims_of(t, owned)->claims, start, time) - 1;
}

size_t gs_owned_count(const struct gs_timeline *t, const struct gs_owned *owned)
{
    return owned->lane ? owned->lane->holds.count : claims_of(t, owned)->claims.count;
}

struct gs_owning gs_owned_get(const struct gs_timeline *t, const struct gs_owned *owned,
                              size_t index)
{
    if (owned->lane) {
        const struct gs_hold *hold = &owned->lane->holds.items[index];
        return (struct gs_owning){hold->start, gs_hold_end(t, hold), hold->owner};
    }
    const struct gs_claim *claim = &claims_of(t, owned)->claims.items[index];
    uint64_t end = claim->end < t->end ? claim->end : t->end;
    return (struct gs_owning){claim->start, end > claim->start ? end : claim->start, claim->owner};
}

static uint64_t within(const struct gs_owning *owning, uint64_t from, uint64_t until)
{
    uint64_t start = owning->start > from ? owning->start : from, end = owning->end;
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

struct gs_owner_share gs_owned_share(const struct gs_timeline *t, const struct gs_owned *owned,
                                     uint64_t from, uint64_t until)
{
    struct gs_owner_share share = {0};
    long last = until > from ? gs_owned_at(t, owned, until - 1) : -1;
    if (last < 0)
        return share;
    long first = gs_owned_at(t, owned, from);
    size_t begin = first < 0 ? 0 : (size_t)first, all = (size_t)last + 1 - begin;
    size_t seen = all < SAMPLE ? all : SAMPLE;
    struct tally tallies[SAMPLE];
    for (size_t i = 0; i < seen; i++) {
        struct gs_owning owning = gs_owned_get(t, owned, begin + sampled(i, all));
        uint64_t ns = within(&owning, from, until);
        if (ns)
            count(tallies, &share.owners, owning.owner, ns);
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

const uint32_t *gs_timeline_locks(const struct gs_timeline *t, size_t *count)
{
    *count = t->locks.count;
    return t->locks.items;
}

uint32_t gs_lock_home(const struct gs_timeline *t, uint32_t lock)
{
    const struct gs_claim *first = gs_timeline_claim(t, lock, 0);
    const struct gs_actor_row *row = first ? t->tables->actor(t->tables, first->owner) : NULL;
    return row ? row->parent : 0;
}
