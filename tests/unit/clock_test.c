/* The run's clock: it follows the system's however wrong it was calibrated, never goes back, and is
 * one clock in all processes. */
#include "base/clock.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MS = 1000000, NEAR = 30000 };

static struct gs_clock *shared_clock(void)
{
    struct gs_clock *clock =
        mmap(NULL, sizeof *clock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(clock, MAP_FAILED);
    gs_clock_open(clock);
    return clock;
}

static void drop(struct gs_clock *clock)
{
    gs_clock_open(NULL);
    munmap(clock, sizeof *clock);
}

static struct gs_clock_line *newest(struct gs_clock *clock)
{
    return &clock->line[clock->lines % GS_CLOCK_LINES];
}

/* How far the clock is from the system's, in ns. What is between two readings of that does not
 * count, so they have to be close. */
static uint64_t error_now(void)
{
    uint64_t before, now, after;
    do {
        before = gs_clock_system();
        now = gs_clock_now();
        after = gs_clock_system();
    } while (after - before > NEAR / 2);
    return now < before ? before - now : now > after ? now - after : 0;
}

/* Reads for so long, or until it is right; time never goes back. Returns whether it is right. */
static bool read_on(uint64_t ns, bool until_right)
{
    uint64_t last = gs_clock_now();
    for (uint64_t end = gs_clock_system() + ns; gs_clock_system() < end;) {
        uint64_t now = gs_clock_now();
        assert_true(now >= last);
        last = now;
        if (until_right && error_now() < NEAR)
            return gs_clock_now() >= last;
    }
    return error_now() < NEAR;
}

/* One in a hundred: what some minutes make of a millionth, within 3 ms. */
static void a_clock_that_is_slow_catches_up(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    struct gs_clock_line *line = newest(clock);
    line->scale = line->scale / 100 * 99;
    line->after = line->scale;
    usleep(5000);
    (void)gs_clock_now();
    assert_true(read_on(2000 * MS, true));
    drop(clock);
}

static void a_clock_that_is_ahead_waits_without_going_back(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    if (clock->lines) {
        newest(clock)->ns += 200 * MS; /* so far that who is late finds it ahead all the same */
        assert_true(error_now() > 10 * MS);
    }
    assert_true(read_on(2000 * MS, true));
    drop(clock);
}

static void after_a_long_sleep_it_is_right_at_once(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    if (clock->lines)
        newest(clock)->ns -= 50ull * MS;
    usleep(4000); /* the first line's while */
    (void)gs_clock_now();
    assert_in_range(error_now(), 0, NEAR);
    drop(clock);
}

/* Who was killed while it made a line leaves the old one to everybody. */
static void a_claim_that_nobody_fulfils_stops_no_one(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    uint32_t lines = clock->lines;
    clock->claimed = lines + 1;
    assert_true(read_on(10 * MS, false));
    assert_int_equal(clock->lines, lines);
    drop(clock);
}

static void processes_read_one_clock(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    uint32_t lines = clock->lines;
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    uint64_t before = gs_clock_now(), between;
    pid_t child = fork();
    if (child == 0) {
        gs_clock_open(NULL);
        gs_clock_open(clock);
        between = gs_clock_now();
        _exit(write(ends[1], &between, sizeof between) != sizeof between);
    }
    assert_int_equal(read(ends[0], &between, sizeof between), sizeof between);
    uint64_t after = gs_clock_now();
    assert_in_range(between, before, after);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    /* Calibrated once; and then only as time goes on: the fourth line lasts 200 ms. */
    uint64_t most = lines + 3 + (after - before) / (200ull * MS);
    assert_in_range(clock->lines, lines, most + 1);
    close(ends[0]);
    close(ends[1]);
    drop(clock);
}

/* A processor may read its counter before it has got what another one wrote: with much to do, a
 * microsecond before. */
static void read_no_sooner(void)
{
#if defined(__x86_64__)
    __builtin_ia32_lfence();
#endif
}

/* One thread looks at the other's times and must not see one that is yet to come. */
struct mirror {
    _Atomic uint64_t newest;
    _Atomic bool stop;
    uint64_t back;
};

static void *look(void *argument)
{
    struct mirror *m = argument;
    while (!m->stop) {
        uint64_t seen = atomic_load(&m->newest);
        read_no_sooner();
        m->back += gs_clock_now() < seen;
    }
    return NULL;
}

static void time_goes_on_from_thread_to_thread(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    struct mirror m = {0};
    pthread_t other;
    pthread_create(&other, NULL, look, &m);
    for (uint64_t end = gs_clock_system() + 60 * MS; gs_clock_system() < end;)
        atomic_store(&m.newest, gs_clock_now());
    m.stop = true;
    pthread_join(other, NULL);
    assert_int_equal(m.back, 0);
    drop(clock);
}

static void an_earlier_reading_becomes_the_time_that_it_was(void **state)
{
    (void)state;
    struct gs_clock *clock = shared_clock();
    uint64_t counter = gs_clock_counter(), time = gs_clock_at(counter);
    assert_in_range(gs_clock_then(counter), time - NEAR / 100, time + NEAR / 100);
    /* Lines are made meanwhile. */
    (void)read_on(40 * MS, false);
    uint64_t later = gs_clock_then(counter);
    assert_in_range(later, time - NEAR, time + NEAR);
    drop(clock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_is_slow_catches_up),
        cmocka_unit_test(a_clock_that_is_ahead_waits_without_going_back),
        cmocka_unit_test(after_a_long_sleep_it_is_right_at_once),
        cmocka_unit_test(a_claim_that_nobody_fulfils_stops_no_one),
        cmocka_unit_test(processes_read_one_clock),
        cmocka_unit_test(time_goes_on_from_thread_to_thread),
        cmocka_unit_test(an_earlier_reading_becomes_the_time_that_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
