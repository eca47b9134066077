/* The scheduler's heap against a list that is searched from end to end. */
#include "sched/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SLOTS = 40, STEPS = 4000, OUTSIDE = 0 };

static struct gs_heap heap;
static uint64_t times[SLOTS + 1]; /* of each slot from 1; OUTSIDE: it is not in the heap */

static bool earlier(uint32_t a, uint32_t b)
{
    return times[a] != times[b] ? times[a] < times[b] : a < b;
}

/* The slot that goes first, but for one; 0: none. */
static uint32_t first_but(uint32_t left_out)
{
    uint32_t first = 0;
    for (uint32_t slot = 1; slot <= SLOTS; slot++)
        if (slot != left_out && times[slot] != OUTSIDE && (!first || earlier(slot, first)))
            first = slot;
    return first;
}

static void set(uint32_t slot, uint64_t time)
{
    times[slot] = time;
    gs_heap_set(&heap, (struct gs_heap_entry){.time = time, .order = slot, .slot = slot});
}

static void take_out(uint32_t slot)
{
    times[slot] = OUTSIDE;
    gs_heap_remove(&heap, slot);
}

static void heap_is_right(void)
{
    uint32_t first = first_but(0), second = first_but(first);
    const struct gs_heap_entry *entry = gs_heap_first(&heap);
    assert_int_equal(entry ? entry->slot : 0, first);
    entry = gs_heap_first_but(&heap, first);
    assert_int_equal(entry ? entry->slot : 0, second);
    for (uint32_t slot = 1; slot <= SLOTS; slot++)
        assert_int_equal(gs_heap_has(&heap, slot), times[slot] != OUTSIDE);
}

/* Few times, so that many are equal and go by their order. */
static void whatever_is_set_moved_and_removed(void **state)
{
    (void)state;
    unsigned random = 1;
    for (int i = 0; i < STEPS; i++) {
        random = random * 1103515245 + 12345;
        uint32_t slot = 1 + (random >> 16) % SLOTS;
        if ((random >> 8) % 3 == 0)
            take_out(slot);
        else
            set(slot, 1 + (random >> 24) % 20);
        heap_is_right();
    }
}

/* What comes in behind all others and is the earliest rises to the top. */
static void the_earliest_rises(void **state)
{
    (void)state;
    for (uint32_t slot = 1; slot <= SLOTS; slot++) {
        set(slot, 1000 - slot);
        heap_is_right();
    }
    while (first_but(0)) {
        take_out(first_but(0));
        heap_is_right();
    }
    assert_null(gs_heap_first(&heap));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_set_moved_and_removed),
        cmocka_unit_test(the_earliest_rises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
