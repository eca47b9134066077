/* Whose a GIL, a loop or a lock was within a window. */
#include "timeline/owners.h"

#include "base/sorted.h"
#include "timeline/store.h"

static const struct gs_record *claims_of(const struct gs_timeline *t, const struct gs_owned *owned)
{
    static const struct gs_record nothing;
    const struct gs_record *record = gs_store_record(t, owned->lock);
    return record ? record : &nothing;
}

static const struct gs_owned_sums *sums_of(const struct gs_timeline *t,
                                           const struct gs_owned *owned)
{
    return owned->lane ? &((const struct gs_book *)owned->lane)->owned
                       : &claims_of(t, owned)->owned;
}

static struct gs_sorted_items starts_of(const struct gs_timeline *t, const struct gs_owned *owned)
{
    if (owned->lane)
        return gs_sorted_items(&owned->lane->holds, start);
    const struct gs_record *record = claims_of(t, owned);
    return gs_sorted_items(&record->claims, start);
}

/* Blocks first: what is looked at of millions of ownings lies side by side then. */
long gs_owned_at(const struct gs_timeline *t, const struct gs_owned *owned, uint64_t time)
{
    const struct gs_owned_level *level = &sums_of(t, owned)->levels[0];
    size_t blocks = gs_sorted_until(&level->blocks, start, time);
    size_t low = blocks ? (blocks - 1) * GS_OWNED_BLOCK : 0;
    size_t high = blocks < level->blocks.count ? blocks * GS_OWNED_BLOCK : gs_owned_count(t, owned);
    return (long)gs_sorted_search(starts_of(t, owned), low, high, time, true) - 1;
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

/* All from `first` to `last`: those at the window's ends one by one. */
static void tally(const struct gs_timeline *t, const struct gs_owned *owned, size_t first,
                  size_t last, uint64_t from, uint64_t until, struct gs_tally *to)
{
    const struct gs_owned_sums *sums = sums_of(t, owned);
    for (size_t i = first, taken; i <= last; i += taken) {
        taken = gs_owned_sums_take(sums, i, from, until, to);
        if (taken)
            continue;
        struct gs_owning owning = gs_owned_get(t, owned, i);
        uint64_t ns = within(&owning, from, until);
        if (ns)
            gs_tally_add(to, owning.owner, ns);
        taken = 1;
    }
}

static struct gs_owner_share share_of(const struct gs_tally *all, uint64_t most)
{
    struct gs_owner_share share = {.owners = (uint32_t)all->list.count};
    for (size_t i = 0; i < all->list.count; i++) {
        share.held += all->list.items[i].ns;
        if (all->list.items[i].ns > share.ns) {
            share.ns = all->list.items[i].ns;
            share.owner = all->list.items[i].owner;
        }
    }
    /* More only where it had several owners at a time. */
    share.ns = share.ns < most ? share.ns : most;
    share.held = share.held < most ? share.held : most;
    return share;
}

struct gs_owner_share gs_owned_share(const struct gs_timeline *t, const struct gs_owned *owned,
                                     uint64_t from, uint64_t until)
{
    struct gs_tally all = {0};
    long last = until > from ? gs_owned_at(t, owned, until - 1) : -1;
    if (last < 0)
        return (struct gs_owner_share){0};
    long first = gs_owned_at(t, owned, from);
    tally(t, owned, first < 0 ? 0 : (size_t)first, (size_t)last, from, until, &all);
    struct gs_owner_share share = share_of(&all, until - from);
    gs_tally_free(&all);
    return share;
}

const uint32_t *gs_timeline_locks(const struct gs_timeline *t, size_t *count)
{
    *count = t->locks.count;
    return t->locks.items;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* Waits come in another order each time the run is read. */
uint32_t *gs_program_locks(const struct gs_timeline *t, size_t *count)
{
    uint32_t *locks = calloc(t->locks.count + 1, sizeof *locks);
    if (!locks)
        abort();
    *count = 0;
    for (size_t i = 0; i < t->locks.count; i++) {
        const struct gs_object_row *row = t->tables->object(t->tables, t->locks.items[i]);
        if (row && row->line)
            locks[(*count)++] = t->locks.items[i];
    }
    qsort(locks, *count, sizeof *locks, by_number);
    return locks;
}

uint32_t gs_lock_home(const struct gs_timeline *t, uint32_t lock)
{
    const struct gs_claim *first = gs_timeline_claim(t, lock, 0);
    const struct gs_actor_row *row = first ? t->tables->actor(t->tables, first->owner) : NULL;
    return row ? row->parent : 0;
}
