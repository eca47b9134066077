#include "timeline/tally.h"

#include <stdlib.h>

/* Where the owner is, or would be. Actors' numbers lie side by side, so few of them meet. */
static size_t slot_of(const struct gs_tally *t, uint32_t owner)
{
    size_t slot = owner & (t->room - 1);
    while (t->slots[slot] && t->list.items[t->slots[slot] - 1].owner != owner)
        slot = (slot + 1) & (t->room - 1);
    return slot;
}

static void widen(struct gs_tally *t)
{
    t->room = t->room ? t->room * 4 : 64;
    free(t->slots);
    t->slots = calloc(t->room, sizeof *t->slots);
    if (!t->slots)
        abort();
    for (size_t i = 0; i < t->list.count; i++)
        t->slots[slot_of(t, t->list.items[i].owner)] = (uint32_t)i + 1;
}

void gs_tally_add(struct gs_tally *t, uint32_t owner, uint64_t ns)
{
    if (t->list.count * 2 >= t->room)
        widen(t);
    size_t slot = slot_of(t, owner);
    if (!t->slots[slot]) {
        gs_vec_push(&t->list, ((struct gs_owner_sum){.owner = owner}));
        t->slots[slot] = (uint32_t)t->list.count;
    }
    t->list.items[t->slots[slot] - 1].ns += ns;
}

void gs_tally_clear(struct gs_tally *t)
{
    t->list.count = 0;
    if (t->room)
        memset(t->slots, 0, t->room * sizeof *t->slots);
}

void gs_tally_free(struct gs_tally *t)
{
    gs_vec_free(&t->list);
    free(t->slots);
    *t = (struct gs_tally){0};
}
