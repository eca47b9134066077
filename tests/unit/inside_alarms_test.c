/* The process's timer on the virtual clock. Each test says where it goes wrong. */
#include "python/drive/drive.h"
#include "support/inside.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define MS 1000000ull
#define S  1000000000ull

/* In a driven process cmocka has nothing to say. */
#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

static const struct gs_front *front;
static uint64_t rang[8]; /* when */
static unsigned rings;

static void hear(int number)
{
    (void)number;
    rang[rings++ % 8] = gs_drive_now();
}

static bool listen_for_it(void)
{
    const struct sigaction action = {.sa_handler = hear};
    return front->sigaction(SIGALRM, &action, NULL) == 0;
}

/* Waits for ever, as far as it knows. */
static bool is_interrupted(void)
{
    return gs_drive_park(gs_drive_key(GS_DRIVE_SLEEP, &rings), GS_NEVER) == GS_WAIT_INTERRUPTED;
}

static uint64_t left(void)
{
    struct itimerval now;
    front->getitimer(ITIMER_REAL, &now);
    return (uint64_t)now.it_value.tv_sec * S + (uint64_t)now.it_value.tv_usec * 1000;
}

static bool play_alarm(const struct gs_front *table)
{
    front = table;
    HOLDS(listen_for_it());
    HOLDS(left() == 0);
    HOLDS(front->alarm(2) == 0);
    HOLDS(left() == 2 * S);
    gs_drive_work(500 * MS);
    HOLDS(left() <= 1500 * MS && left() > 1499 * MS);
    /* Another one takes its place, and says what was left: a second that has begun counts. */
    HOLDS(front->alarm(3) == 2);
    HOLDS(is_interrupted());
    HOLDS(rings == 1);
    HOLDS(rang[0] >= 3500 * MS && rang[0] < 3501 * MS);
    HOLDS(left() == 0);
    HOLDS(front->alarm(5) == 0);
    HOLDS(front->alarm(0) == 5);
    HOLDS(left() == 0);
    return true;
}

static void an_alarm_rings_by_the_programs_clock(void **state)
{
    (void)state;
    assert_true(inside_driven(play_alarm, 0));
}

static bool play_interval(const struct gs_front *table)
{
    struct itimerval every = {.it_value.tv_usec = 10000, .it_interval.tv_usec = 30000}, old;
    front = table;
    HOLDS(listen_for_it());
    HOLDS(front->setitimer(ITIMER_REAL, &every, NULL) == 0);
    for (unsigned i = 0; i < 3; i++) {
        HOLDS(is_interrupted());
        uint64_t due = (10 + 30 * (uint64_t)i) * MS;
        HOLDS(rings == i + 1 && rang[i] >= due && rang[i] < due + MS);
    }
    HOLDS(front->setitimer(ITIMER_REAL, &(struct itimerval){0}, &old) == 0);
    HOLDS(old.it_interval.tv_usec == 30000 && old.it_value.tv_usec > 28000);
    HOLDS(left() == 0);
    return true;
}

static void a_timer_rings_again_and_again(void **state)
{
    (void)state;
    assert_true(inside_driven(play_interval, 0));
}

static bool play_nonsense(const struct gs_front *table)
{
    struct itimerval much = {.it_value.tv_usec = 1000000}, negative = {.it_interval.tv_sec = -1};
    HOLDS(table->setitimer(ITIMER_REAL, &much, NULL) == -1 && errno == EINVAL);
    HOLDS(table->setitimer(ITIMER_REAL, &negative, NULL) == -1 && errno == EINVAL);
    front = table;
    HOLDS(left() == 0);
    /* One of processor time is the kernel's. */
    struct itimerval used = {.it_value.tv_sec = 100}, now;
    HOLDS(table->setitimer(ITIMER_VIRTUAL, &used, NULL) == 0);
    HOLDS(getitimer(ITIMER_VIRTUAL, &now) == 0 && now.it_value.tv_sec >= 99);
    return true;
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    assert_true(inside_driven(play_nonsense, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alarm_rings_by_the_programs_clock),
        cmocka_unit_test(a_timer_rings_again_and_again),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
