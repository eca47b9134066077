/* The parking lot: whom a wake reaches. Each test runs on a virtual clock of its own, in a child.
 */
#include "sched/actor.h"
#include "sched/baton.h"
#include "sched/lot.h"
#include "support/virtual_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { DOOR = 4096, OTHER_DOOR = 8192 };

static char woken[32]; /* who came out, in order; small letters: by the time limit; behind a '!':
                          interrupted */

static void note(char name)
{
    size_t length = strlen(woken);
    assert_true(length + 1 < sizeof woken);
    woken[length] = name;
}

struct guest {
    struct gs_runner runner;
    char name;
    uint64_t key, deadline;
};

static void *wait_at_door(void *argument)
{
    struct guest *guest = argument;
    gs_begin();
    enum gs_wait_end end = gs_park(guest->key, guest->deadline);
    if (end == GS_WAIT_INTERRUPTED)
        note('!');
    note(end == GS_WAIT_TIMED_OUT ? (char)(guest->name + 'a' - 'A') : guest->name);
    gs_finish();
    return NULL;
}

static void sleep_for(uint64_t ns)
{
    gs_sleep_until(gs_now() + ns);
}

static struct guest guests[8];
static int count;

/* The guest that was sent last is awake until then. */
static void is_awake_until(uint64_t time)
{
    gs_family->slot[guests[count - 1].runner.slot].awake_until = time;
}

/* Parks there soon; the caller sleeps until it has. */
static void send_limited(char name, uint64_t key, uint64_t deadline)
{
    struct guest *guest = &guests[count++];
    struct gs_error err;
    *guest = (struct guest){.name = name, .key = key, .deadline = deadline};
    assert_true(gs_runner_init(&guest->runner, "guest", 0, 0, &err));
    assert_true(gs_spawn(&guest->runner, wait_at_door, guest, &err));
    sleep_for(10000);
}

static void send(char name, uint64_t key)
{
    send_limited(name, key, GS_NEVER);
}

static void stage(void (*play)(void), const char *expected)
{
    static struct gs_runner self;
    pid_t child = fork();
    if (child == 0) {
        alarm(5); /* who goes round for ever comes to an end */
        struct gs_runtime_conf conf = {0};
        gs_costs_init(&conf.costs);
        conf.costs.ns[GS_COST_wake] = 0;
        conf.costs.ns[GS_COST_doze] = 0;
        bool good = virtual_stage_open(&self, conf);
        gs_begin();
        play();
        sleep_for(1000000);
        if (strcmp(woken, expected) != 0)
            print_message("woken: %s, expected: %s\n", woken, expected);
        fflush(NULL);
        _exit(good && strcmp(woken, expected) == 0 ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void wake(uint64_t key)
{
    gs_unpark(key);
    sleep_for(10000);
}

static void play_one_by_one(void)
{
    send('A', DOOR);
    send('B', OTHER_DOOR);
    send('C', DOOR);
    send('D', DOOR);
    wake(DOOR);
    wake(DOOR);
    wake(OTHER_DOOR);
}

static void the_first_is_woken_of_those_at_the_door(void **state)
{
    (void)state;
    stage(play_one_by_one, "ACB");
}

static void play_all(void)
{
    send('A', DOOR);
    send('B', OTHER_DOOR);
    send('C', DOOR);
    gs_unpark_all(DOOR);
}

static void all_are_woken_but_those_elsewhere(void **state)
{
    (void)state;
    stage(play_all, "AC");
}

static bool is_second(uint32_t slot)
{
    return slot == guests[1].runner.slot;
}

static void play_those(void)
{
    send('A', DOOR);
    send('B', DOOR);
    send('C', DOOR);
    gs_unpark_those(DOOR, is_second);
    sleep_for(10000);
    wake(DOOR);
    wake(DOOR);
}

static void who_is_not_meant_waits_on(void **state)
{
    (void)state;
    stage(play_those, "BAC");
}

static void play_limits(void)
{
    send_limited('A', DOOR, gs_now() + 15000);
    send('B', DOOR);
    sleep_for(20000);
    wake(DOOR);
    assert_int_equal(gs_unpark(DOOR), 0);
}

static void who_has_left_is_not_woken(void **state)
{
    (void)state;
    stage(play_limits, "aB");
}

static void play_groups(void)
{
    send('A', DOOR);
    is_awake_until(0);
    send('B', DOOR);
    is_awake_until(0);
    wake(DOOR); /* A: now B stands in the older group */
    send('C', DOOR);
    is_awake_until(GS_NEVER);
    send('D', DOOR);
    is_awake_until(0);
    wake(DOOR);
    wake(DOOR);
    wake(DOOR);
}

static void the_older_group_goes_first_and_in_it_who_is_awake(void **state)
{
    (void)state;
    stage(play_groups, "ABCD");
}

static void play_again(void)
{
    send('A', DOOR);
    wake(DOOR);
    send('B', DOOR);
    send('C', DOOR);
    wake(DOOR);
    wake(DOOR);
    send_limited('D', DOOR, gs_now() + 15000);
    sleep_for(20000);
    send('E', DOOR);
    wake(DOOR);
}

static void a_door_where_all_have_gone_is_used_again(void **state)
{
    (void)state;
    stage(play_again, "ABCdE");
}

static void play_awake(void)
{
    send('A', DOOR);
    is_awake_until(0);
    send('B', DOOR);
    is_awake_until(GS_NEVER);
    wake(DOOR);
    wake(DOOR);
}

static void who_is_awake_sees_it_before_who_sleeps(void **state)
{
    (void)state;
    stage(play_awake, "BA");
}

/* The rings of an alarm interrupt who was sent first. */
static uint32_t bell;

static void ring(uint32_t slot, uint64_t time)
{
    assert_int_equal(slot, bell);
    note('*');
    (void)gs_interrupt(guests[0].runner.slot, time);
    if (time < 90000)
        gs_baton_set_alarm(bell, time + 30000);
}

static void play_alarm(void)
{
    gs_runtime.alarm = ring;
    bell = gs_family_take_slot();
    gs_baton_set_alarm(bell, gs_now() + 50000);
    send('A', DOOR);
    send('B', DOOR);
    sleep_for(60000);
    note('-');
    wake(DOOR);
    sleep_for(60000);
    gs_baton_set_alarm(bell, gs_now() + 5000);
    gs_baton_clear_alarm(bell);
    sleep_for(10000);
}

static void an_alarm_comes_at_its_time_and_may_interrupt(void **state)
{
    (void)state;
    stage(play_alarm, "*!A-*B*");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_woken_of_those_at_the_door),
        cmocka_unit_test(all_are_woken_but_those_elsewhere),
        cmocka_unit_test(who_is_not_meant_waits_on),
        cmocka_unit_test(who_has_left_is_not_woken),
        cmocka_unit_test(the_older_group_goes_first_and_in_it_who_is_awake),
        cmocka_unit_test(a_door_where_all_have_gone_is_used_again),
        cmocka_unit_test(who_is_awake_sees_it_before_who_sleeps),
        cmocka_unit_test(an_alarm_comes_at_its_time_and_may_interrupt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
