/* Vectors in order are gone through together: all of each, by value, equal ones as they came. */
#include "base/merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct item {
    uint32_t name;
    uint64_t time;
};

struct items {
    GS_VEC(struct item) list;
};

static uint32_t chance(uint32_t of)
{
    static uint32_t seed = 1;
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % of;
}

static void nothing_is_nothing(void **state)
{
    (void)state;
    struct gs_merge m = {0};
    struct gs_merged at;
    struct items none = {0};
    assert_false(gs_merge_next(&m, &at));
    gs_merge_add(&m, gs_sorted_items(&none.list, time), 0, 1);
    gs_merge_add_stretches(&m, gs_sorted_items(&none.list, time), 0);
    assert_false(gs_merge_next(&m, &at));
    gs_merge_free(&m);
}

static void all_come_by_value_and_equal_ones_as_they_were_added(void **state)
{
    enum { LISTS = 37 };
    (void)state;
    struct items lists[LISTS] = {0};
    struct gs_merge m = {0};
    struct gs_merged at, before = {0};
    size_t count = 0, seen = 0;
    for (size_t i = 0; i < LISTS; i++) {
        uint64_t time = chance(5);
        for (uint32_t k = chance(60); k > 0; k--, count++, time += chance(3))
            gs_vec_push(&lists[i].list, ((struct item){k, time}));
        gs_merge_add(&m, gs_sorted_items(&lists[i].list, time), lists[i].list.count, i);
    }
    assert_true(count > 500);
    for (; gs_merge_next(&m, &at); seen++, before = at) {
        assert_int_equal(at.value, lists[at.whose].list.items[at.index].time);
        assert_true(at.value >= before.value);
        if (seen && at.value == before.value)
            assert_true(at.whose > before.whose ||
                        (at.whose == before.whose && at.index == before.index + 1));
    }
    assert_int_equal(seen, count);
    gs_merge_free(&m);
    for (size_t i = 0; i < LISTS; i++)
        gs_vec_free(&lists[i].list);
}

static void what_is_in_no_order_comes_in_order(void **state)
{
    enum { COUNT = 3000 };
    (void)state;
    struct items all = {0};
    struct gs_merge m = {0};
    struct gs_merged at, before = {0};
    bool seen[COUNT] = {0};
    for (uint32_t i = 0; i < COUNT; i++)
        gs_vec_push(&all.list, ((struct item){i, chance(100)}));
    gs_merge_add_stretches(&m, gs_sorted_items(&all.list, time), COUNT);
    for (size_t n = 0; n < COUNT; n++, before = at) {
        assert_true(gs_merge_next(&m, &at));
        assert_false(seen[at.index]);
        seen[at.index] = true;
        assert_true(n == 0 || at.value > before.value ||
                    (at.value == before.value && at.index > before.index));
    }
    assert_false(gs_merge_next(&m, &at));
    gs_merge_free(&m);
    gs_vec_free(&all.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_nothing),
        cmocka_unit_test(all_come_by_value_and_equal_ones_as_they_were_added),
        cmocka_unit_test(what_is_in_no_order_comes_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
