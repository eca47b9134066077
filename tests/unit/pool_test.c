/* The pool of small blocks: none overlaps another, one given back is the next of its size, and what
 * the pool takes from the system has a limit. */
#include "base/vec.h"
#include "runtime/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void blocks_are_aligned_and_apart(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static unsigned char *blocks[COUNT];
    struct gs_pool pool = {0};
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)i % GS_POOL_LARGEST + 1;
        blocks[i] = gs_pool_take(&pool, size);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % GS_POOL_STEP, 0);
        memset(blocks[i], i % 251, size);
    }
    for (int i = 0; i < COUNT; i++) {
        for (size_t at = 0; at < (size_t)i % GS_POOL_LARGEST + 1; at++)
            assert_int_equal(blocks[i][at], i % 251);
    }
    gs_pool_free(&pool);
}

static void what_is_given_back_is_next_of_its_size(void **state)
{
    (void)state;
    struct gs_pool pool = {0};
    void *first = gs_pool_take(&pool, 17), *second = gs_pool_take(&pool, 32);
    gs_pool_give(&pool, first, 17);
    gs_pool_give(&pool, second, 32);
    assert_ptr_not_equal(gs_pool_take(&pool, 16), second);
    assert_ptr_not_equal(gs_pool_take(&pool, 33), second);
    assert_ptr_equal(gs_pool_take(&pool, 20), second);
    assert_ptr_equal(gs_pool_take(&pool, 31), first);
    gs_pool_free(&pool);
}

/* All of a chunk is used: a hundred thousand blocks need hardly more than their own bytes. */
static void little_is_wasted(void **state)
{
    (void)state;
    struct gs_pool pool = {0};
    uint64_t taken = 0;
    for (int i = 0; i < 100000; i++) {
        size_t size = (size_t)(i * 7 % (GS_POOL_LARGEST / GS_POOL_STEP) + 1) * GS_POOL_STEP;
        assert_non_null(gs_pool_take(&pool, size));
        taken += size;
    }
    assert_in_range(pool.bytes, taken, taken + taken / 50);
    gs_pool_free(&pool);
    assert_int_equal(pool.bytes, 0);
}

static void the_limit_counts_what_lies_about(void **state)
{
    (void)state;
    enum { LIMIT = 1 << 20 };
    struct gs_pool pool = {.limit = LIMIT};
    GS_VEC(void *) small = {0};
    void *block;
    while ((block = gs_pool_take(&pool, 32)))
        gs_vec_push(&small, block);
    assert_in_range(pool.bytes, LIMIT, LIMIT + (32 << 10));
    for (size_t i = 0; i < small.count; i++)
        gs_pool_give(&pool, small.items[i], 32);
    assert_null(gs_pool_take(&pool, 48));
    assert_non_null(gs_pool_take(&pool, 32));
    gs_vec_free(&small);
    gs_pool_free(&pool);
    assert_non_null(gs_pool_take(&pool, 48));
    gs_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_apart),
        cmocka_unit_test(what_is_given_back_is_next_of_its_size),
        cmocka_unit_test(little_is_wasted),
        cmocka_unit_test(the_limit_counts_what_lies_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
