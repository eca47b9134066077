/* The heap of slots by time: against a plain search, after every step. */
#include "sched/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SLOTS = 40 };

struct model {
    struct gs_heap *heap;
    uint64_t time[SLOTS + 1];
    bool inside[SLOTS + 1];
};

static uint32_t order_of(uint32_t slot)
{
    /* Another order than the slots', so that one can tell which of them decides. */
    return SLOTS + 1 - slot;
}

static bool before(const struct model *m, uint32_t x, uint32_t y)
{
    return m->time[x] != m->time[y] ? m->time[x] < m->time[y] : order_of(x) < order_of(y);
}

static uint32_t earliest_but(const struct model *m, uint32_t but)
{
    uint32_t best = 0;
    for (uint32_t slot = 1; slot <= SLOTS; slot++)
        if (m->inside[slot] && slot != but && (!best || before(m, slot, best)))
            best = slot;
    return best;
}

static uint32_t slot_of(const struct gs_heap_entry *entry)
{
    return entry ? entry->slot : 0;
}

static void compare(const struct model *m)
{
    uint32_t first = earliest_but(m, 0);
    assert_int_equal(slot_of(gs_heap_first(m->heap)), first);
    assert_int_equal(slot_of(gs_heap_first_but(m->heap, first)), earliest_but(m, first));
    for (uint32_t slot = 1; slot <= SLOTS; slot++)
        assert_int_equal(gs_heap_has(m->heap, slot), m->inside[slot]);
}

static void set(struct model *m, uint32_t slot, uint64_t time)
{
    m->time[slot] = time;
    m->inside[slot] = true;
    gs_heap_set(m->heap,
                (struct gs_heap_entry){.time = time, .order = order_of(slot), .slot = slot});
}

static void drop(struct model *m, uint32_t slot)
{
    m->inside[slot] = false;
    gs_heap_remove(m->heap, slot);
}

static int setup(void **state)
{
    struct model *m = calloc(1, sizeof *m);
    m->heap = calloc(1, sizeof *m->heap);
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    struct model *m = *state;
    free(m->heap);
    free(m);
    return 0;
}

static void equal_times_go_by_the_order_of_being_made(void **state)
{
    struct model *m = *state;
    for (uint32_t slot = 1; slot <= SLOTS; slot++)
        set(m, slot, 7);
    for (uint32_t slot = SLOTS; slot > 0; slot--) {
        assert_int_equal(slot_of(gs_heap_first(m->heap)), slot);
        drop(m, slot);
    }
    assert_null(gs_heap_first(m->heap));
}

static void the_last_and_the_first_can_go(void **state)
{
    struct model *m = *state;
    drop(m, 3); /* was never inside */
    set(m, 1, 10);
    compare(m);
    drop(m, 1);
    compare(m);
    set(m, 2, 5);
    set(m, 3, 6);
    drop(m, 3);
    compare(m);
}

static void any_mixture_stays_in_order(void **state)
{
    struct model *m = *state;
    uint32_t x = 1;
    for (int step = 0; step < 20000; step++) {
        x = x * 1664525 + 1013904223;
        uint32_t slot = 1 + (x >> 8) % SLOTS;
        if ((x >> 28) < 5)
            drop(m, slot);
        else
            set(m, slot, (x >> 16) % 50);
        compare(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal_times_go_by_the_order_of_being_made, setup, teardown),
        cmocka_unit_test_setup_teardown(the_last_and_the_first_can_go, setup, teardown),
        cmocka_unit_test_setup_teardown(any_mixture_stays_in_order, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
