/* What processes send each other something through: one place a key, the same for all of them. */
#include "trace/channels.h"
#include "trace/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct gs_segment_conf small = {
    .ring_events = 8, .rings = 1, .actors = 1, .objects = 1, .string_bytes = 64, .channels = 4};

static void a_key_is_one_channel(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    assert_null(gs_channel_find(segment, 77));
    struct gs_channel *channel = gs_channel_get(segment, 77);
    assert_non_null(channel);
    assert_ptr_equal(gs_channel_get(segment, 77), channel);
    assert_ptr_equal(gs_channel_find(segment, 77), channel);
    assert_ptr_not_equal(gs_channel_get(segment, 78), channel);
    gs_segment_close(segment);
}

static void a_full_table_keeps_what_it_has(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_channel *channels[4];
    for (uint64_t key = 1; key <= 4; key++)
        channels[key - 1] = gs_channel_get(segment, key);
    assert_null(gs_channel_get(segment, 5));
    assert_null(gs_channel_find(segment, 5));
    for (uint64_t key = 1; key <= 4; key++)
        assert_ptr_equal(gs_channel_get(segment, key), channels[key - 1]);
    gs_segment_close(segment);
}

static void all_processes_count_in_one_place(void **state)
{
    (void)state;
    enum { EACH = 10000 };
    int status;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    pid_t child = fork();
    for (int i = 0; i < EACH; i++)
        atomic_fetch_add(&gs_channel_get(segment, 7)->sent, 1);
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(atomic_load(&gs_channel_find(segment, 7)->sent), 2 * EACH);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_one_channel),
        cmocka_unit_test(a_full_table_keeps_what_it_has),
        cmocka_unit_test(all_processes_count_in_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
