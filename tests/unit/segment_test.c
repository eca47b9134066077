/* The segment's tables: what they hold, and what they say of what they do not. */
#include "base/error.h"
#include "trace/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct gs_segment_conf small = {
    .ring_events = 8, .rings = 4, .actors = 4, .objects = 4, .string_bytes = 64};

static void tables_refuse_what_they_do_not_hold(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    struct gs_actor_row row = {.kind = GS_ACTOR_THREAD,
                               .name = gs_segment_add_string(segment, "Thread 1", 8)};
    for (uint32_t i = 1; i <= 4; i++)
        assert_int_equal(gs_segment_add_actor(segment, &row), i);
    assert_int_equal(gs_segment_add_actor(segment, &row), 0);
    assert_string_equal(gs_tables_actor_name(tables, 4), "Thread 1");
    assert_string_equal(gs_tables_actor_name(tables, 5), "?");
    assert_int_equal(
        gs_segment_add_string(
            segment, "0123456789012345678901234567890123456789012345678901234567890123", 64),
        0);
    assert_string_equal(tables->string(tables, 12345), "?");
    assert_null(tables->object(tables, 1));
    gs_segment_close(segment);
}

static void a_string_is_stored_whole(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    uint32_t words = gs_segment_add_string(segment, "a\0b\0", 4);
    uint32_t next = gs_segment_add_string(segment, "next", 4);
    assert_string_equal(tables->string(tables, words), "a^@b^@");
    assert_string_equal(tables->string(tables, next), "next");
    /* What it takes counts, not what was given: a NUL takes two. */
    static const char nuls[30];
    assert_int_equal(gs_segment_add_string(segment, nuls, sizeof nuls), 0);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_refuse_what_they_do_not_hold),
        cmocka_unit_test(a_string_is_stored_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
