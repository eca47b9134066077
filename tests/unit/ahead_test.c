/* Blocks that are read ahead: they come in their order, what is in the caller's hands stays there,
 * and nobody has to take them all. */
#include "support/recorded.h"

#include "trace/recording/ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct gs_reader *reader_of(const struct fake_trace *f)
{
    struct gs_error err;
    struct recorded r = recorded_of(f, 1);
    int fd = memfd_create("r", 0);
    assert_int_equal(write(fd, r.list.items, r.list.count), r.list.count);
    struct gs_reader *reader = gs_reader_open_fd(fd, "r", &err);
    assert_non_null(reader);
    gs_vec_free(&r.list);
    return reader;
}

/* So that who reads ahead could come as far as he may. */
static void give_time(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}

static void what_is_in_hand_stays(void **state)
{
    (void)state;
    struct fake_trace *f = fake_gil_fight().trace;
    struct gs_reader *reader = reader_of(f);
    struct gs_ahead *ahead = gs_ahead_new(reader);
    size_t seen = 0;
    while (gs_ahead_has_more(ahead)) {
        const struct gs_ahead_block *block = gs_ahead_next(ahead);
        give_time();
        assert_false(block->damaged);
        if (block->kind != GS_BLOCK_EVENTS || block->events.events.count == 0)
            continue;
        assert_int_equal(block->events.before, seen);
        assert_memory_equal(block->events.events.items, &f->events.items[seen],
                            block->events.events.count * sizeof *f->events.items);
        seen += block->events.events.count;
    }
    assert_int_equal(seen, f->events.count);
    gs_ahead_free(ahead);
    gs_reader_close(reader);
    fake_close(f);
}

static void it_can_be_left_anywhere(void **state)
{
    (void)state;
    struct fake_trace *f = fake_gil_fight().trace;
    struct gs_reader *reader = reader_of(f);
    for (int taken = 0; taken < 20; taken++) {
        struct gs_ahead *ahead = gs_ahead_new(reader);
        for (int i = 0; i < taken; i++)
            (void)gs_ahead_next(ahead);
        if (taken % 2)
            give_time();
        gs_ahead_free(ahead);
    }
    gs_reader_close(reader);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_hand_stays),
        cmocka_unit_test(it_can_be_left_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
