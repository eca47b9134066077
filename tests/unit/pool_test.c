/* The pool of small blocks: none overlaps another, one given back is the next of its size, and a
 * page whose blocks were all given back is there for other sizes. */
#include "base/vec.h"
#include "lua/vm/memory_pool.h"

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
    gs_pool_give(&pool, first);
    gs_pool_give(&pool, second);
    assert_ptr_not_equal(gs_pool_take(&pool, 16), second);
    assert_ptr_not_equal(gs_pool_take(&pool, 33), second);
    assert_ptr_equal(gs_pool_take(&pool, 20), second);
    assert_ptr_equal(gs_pool_take(&pool, 31), first);
    gs_pool_free(&pool);
}

/* Of a page only its head and a rest too short for a block. */
static void little_is_wasted(void **state)
{
    (void)state;
    for (size_t size = GS_POOL_STEP; size <= GS_POOL_LARGEST; size += GS_POOL_STEP) {
        struct gs_pool pool = {0};
        uint64_t pages = 100,
                 blocks = pages * ((GS_POOL_PAGE - sizeof(struct gs_pool_page)) / size);
        for (uint64_t i = 0; i < blocks; i++)
            assert_non_null(gs_pool_take(&pool, size));
        assert_int_equal(pool.bytes, pages * GS_POOL_PAGE);
        gs_pool_free(&pool);
        assert_int_equal(pool.bytes, 0);
    }
}

typedef GS_VEC(void *) blocks;

static void fill(struct gs_pool *pool, blocks *taken, size_t size)
{
    void *block;
    while ((block = gs_pool_take(pool, size)))
        gs_vec_push(taken, block);
}

static void give_all(struct gs_pool *pool, blocks *taken)
{
    for (size_t i = 0; i < taken->count; i++)
        gs_pool_give(pool, taken->items[i]);
    taken->count = 0;
}

static void what_one_size_gives_back_serves_all(void **state)
{
    (void)state;
    enum { LIMIT = 1 << 20, ROOM = GS_POOL_STEPS * GS_POOL_PAGE };
    struct gs_pool pool = {.limit = LIMIT};
    blocks taken = {0};
    fill(&pool, &taken, 32);
    assert_in_range(pool.bytes, LIMIT, LIMIT + ROOM);
    assert_null(gs_pool_take(&pool, 48));
    give_all(&pool, &taken);
    assert_in_range(pool.bytes, 0, ROOM);
    fill(&pool, &taken, 256);
    assert_in_range(taken.count * 256, LIMIT / 10 * 9, LIMIT + ROOM);
    give_all(&pool, &taken);
    fill(&pool, &taken, 16);
    assert_in_range(taken.count * 16, LIMIT / 10 * 9, LIMIT + ROOM);
    gs_vec_free(&taken);
    gs_pool_free(&pool);
}

static size_t count_arenas(const struct gs_pool *pool)
{
    size_t count = 0;
    for (const struct gs_pool_page *arena = pool->arenas; arena; arena = arena->next_arena)
        count++;
    return count;
}

/* In any order: a third, every other of the rest, the others. What came back is taken again before
 * the system is asked for more. */
static void pages_come_and_go_in_any_order(void **state)
{
    (void)state;
    struct gs_pool pool = {.limit = 1 << 18};
    blocks taken = {0};
    size_t arenas = 0;
    for (int round = 0; round < 50; round++) {
        fill(&pool, &taken, 64);
        arenas = round == 0 ? count_arenas(&pool) : arenas;
        assert_int_equal(count_arenas(&pool), arenas);
        size_t count = taken.count;
        for (size_t step = 3; step; step--)
            for (size_t i = (size_t)round % step; i < count; i += step)
                if (taken.items[i]) {
                    gs_pool_give(&pool, taken.items[i]);
                    taken.items[i] = NULL;
                }
        assert_in_range(pool.bytes, 0, GS_POOL_PAGE);
        taken.count = 0;
    }
    gs_vec_free(&taken);
    gs_pool_free(&pool);
}

static void a_block_that_comes_and_goes_opens_no_page(void **state)
{
    (void)state;
    struct gs_pool pool = {0};
    for (int i = 0; i < 3; i++) {
        gs_pool_give(&pool, gs_pool_take(&pool, 100));
        assert_int_equal(pool.bytes, GS_POOL_PAGE);
    }
    gs_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_apart),
        cmocka_unit_test(what_is_given_back_is_next_of_its_size),
        cmocka_unit_test(little_is_wasted),
        cmocka_unit_test(what_one_size_gives_back_serves_all),
        cmocka_unit_test(pages_come_and_go_in_any_order),
        cmocka_unit_test(a_block_that_comes_and_goes_opens_no_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
