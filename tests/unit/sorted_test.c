/* Vectors in order: beside a plain list that is searched from its beginning. */
#include "base/sorted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct item {
    uint32_t number; /* the key is not the first field */
    uint64_t key;
    char rest[5];
};

struct items {
    GS_VEC(struct item) list;
};

static size_t count_below(const struct items *v, uint64_t key, bool equal)
{
    size_t count = 0;
    for (size_t i = 0; i < v->list.count; i++)
        count += v->list.items[i].key < key || (equal && v->list.items[i].key == key);
    return count;
}

static void expect_found(const struct items *v, uint64_t key)
{
    assert_int_equal(gs_sorted_before(&v->list, key, key), count_below(v, key, false));
    assert_int_equal(gs_sorted_until(&v->list, key, key), count_below(v, key, true));
}

static void whatever_comes_stands_in_order(void **state)
{
    (void)state;
    struct items v = {0};
    uint32_t seed = 1;
    expect_found(&v, 0);
    expect_found(&v, UINT64_MAX);
    for (uint32_t n = 0; n < 300; n++) {
        seed = seed * 1103515245u + 12345u;
        uint64_t key = seed >> 16 & 63;
        *gs_sorted_add(&v.list, key, key) = (struct item){.number = n, .key = key};
    }
    assert_int_equal(v.list.count, 300);
    for (size_t i = 1; i < v.list.count; i++) {
        const struct item *a = &v.list.items[i - 1], *b = &v.list.items[i];
        assert_true(a->key < b->key || (a->key == b->key && a->number < b->number));
    }
    for (uint64_t key = 0; key <= 65; key++)
        expect_found(&v, key);
    expect_found(&v, UINT64_MAX);
    gs_vec_free(&v.list);
}

static void the_largest_key_has_its_place(void **state)
{
    (void)state;
    struct items v = {0};
    for (uint32_t n = 0; n < 4; n++) {
        uint64_t key = n % 2 ? 7 : UINT64_MAX;
        *gs_sorted_add(&v.list, key, key) = (struct item){.number = n, .key = key};
    }
    const uint32_t order[] = {1, 3, 0, 2};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(v.list.items[i].number, order[i]);
    expect_found(&v, 7);
    expect_found(&v, UINT64_MAX);
    gs_vec_free(&v.list);
}

static void an_item_comes_where_it_is_put(void **state)
{
    (void)state;
    struct items v = {0};
    for (uint32_t n = 0; n < 20; n++)
        *gs_sorted_insert(&v.list, v.list.count / 2) = (struct item){.number = n};
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(v.list.items[i].number, 2 * i + 1);
        assert_int_equal(v.list.items[19 - i].number, 2 * i);
    }
    gs_vec_free(&v.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_comes_stands_in_order),
        cmocka_unit_test(the_largest_key_has_its_place),
        cmocka_unit_test(an_item_comes_where_it_is_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
