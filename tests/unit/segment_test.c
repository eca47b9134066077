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
    for (uint32_t i = 1; i <= 4; i++)
        assert_int_equal(gs_segment_add_object(segment, &(struct gs_object_row){.kind = i}), i);
    assert_int_equal(gs_segment_add_object(segment, &(struct gs_object_row){.kind = 5}), 0);
    /* One actor, one text, one object. */
    assert_int_equal(tables->left_out(tables), 3);
    assert_int_equal(tables->actors(tables), 4);
    assert_int_equal(tables->objects(tables), 4);
    gs_segment_close(segment);
}

/* Else a reader who goes up from an actor would not come to an end. */
static void parents_come_before_their_children(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    static const uint32_t parents[] = {1, 1, 4};
    for (uint32_t i = 0; i < 3; i++)
        gs_segment_add_actor(segment,
                             &(struct gs_actor_row){.kind = GS_ACTOR_THREAD, .parent = parents[i]});
    assert_int_equal(tables->actor(tables, 1)->parent, 0);
    assert_int_equal(tables->actor(tables, 2)->parent, 1);
    assert_int_equal(tables->actor(tables, 3)->parent, 0);
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

static void what_is_printed_leaves_room_for_names(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    uint32_t printed = 0;
    for (uint32_t more; (more = gs_segment_add_output(segment, "12345", 5)); printed++)
        assert_string_equal(tables->string(tables, more), "12345");
    assert_int_equal(printed, 9); /* of 6 bytes each, in seven eighths of 64 */
    assert_int_equal(tables->left_out(tables), 1);
    uint32_t name = gs_segment_add_string(segment, "12345", 5);
    assert_string_equal(tables->string(tables, name), "12345");
    /* More than what is printed may have is taken now. */
    assert_int_equal(gs_segment_add_output(segment, "", 0), 0);
    gs_segment_close(segment);
}

static void facts_are_part_of_the_trace(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    struct gs_facts facts = {.clock = GS_CLOCK_VIRTUAL, .gil = GS_GIL_39, .cores = 3, .seed = 5};
    assert_int_equal(tables->facts(tables)->clock, 0);
    gs_segment_tell_facts(segment, &facts);
    /* Its number may be another file's by then. */
    gs_segment_close_fd(segment);
    assert_int_equal(gs_segment_fd(segment), -1);
    assert_memory_equal(tables->facts(tables), &facts, sizeof facts);
    /* Told once: what a stage writes there later is nobody's. */
    gs_segment_tell_facts(segment, &(struct gs_facts){.clock = GS_CLOCK_REAL});
    assert_memory_equal(tables->facts(tables), &facts, sizeof facts);
    gs_segment_close(segment);
}

/* As many locks as a scene can make in its memory, and ten times as many threads as a run ever had:
 * nothing of it takes memory before it is used. */
static void the_tables_of_a_run_are_large(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&gs_segment_default, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    struct gs_object_row object = {.kind = GS_OBJECT_LOCK};
    struct gs_actor_row actor = {.kind = GS_ACTOR_THREAD};
    for (uint32_t i = 1; i <= 300000; i++)
        assert_int_equal(gs_segment_add_object(segment, &object), i);
    for (uint32_t i = 1; i <= 70000; i++)
        assert_int_equal(gs_segment_add_actor(segment, &actor), i);
    assert_int_equal(tables->object(tables, 300000)->kind, GS_OBJECT_LOCK);
    assert_int_equal(tables->actor(tables, 70000)->kind, GS_ACTOR_THREAD);
    assert_int_equal(tables->left_out(tables), 0);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_refuse_what_they_do_not_hold),
        cmocka_unit_test(parents_come_before_their_children),
        cmocka_unit_test(a_string_is_stored_whole),
        cmocka_unit_test(what_is_printed_leaves_room_for_names),
        cmocka_unit_test(facts_are_part_of_the_trace),
        cmocka_unit_test(the_tables_of_a_run_are_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
