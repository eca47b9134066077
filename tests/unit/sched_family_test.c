/* Several processes on one virtual clock: places for them, and what is left when one leaves the
 * clock or is killed. Each test runs on a virtual clock of its own, in a child. */
#include "sched/actor.h"
#include "sched/baton.h"
#include "sched/bury.h"
#include "sched/cores.h"
#include "sched/lot.h"
#include "support/virtual_stage.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { DOOR = 4096, MS = 1000000 };

static struct gs_runner self;
static struct {
    char text[64];
    uint32_t died, died_count; /* processes */
    int died_of;
    uint64_t died_at;
} * shared; /* by all processes of a test */

static void note(char c)
{
    size_t length = strlen(shared->text);
    assert_true(length + 1 < sizeof shared->text);
    shared->text[length] = c;
}

static void tell_death(uint32_t process, uint64_t time, int status)
{
    shared->died = process;
    shared->died_of = status;
    shared->died_at = time;
    shared->died_count++;
}

static void sleep_for(uint64_t ns)
{
    gs_sleep_until(gs_now() + ns);
}

/* The caller goes on as the child, too, once it is the child's turn. */
static pid_t fork_on_clock(void)
{
    struct gs_family_place place;
    assert_true(gs_family_reserve(&place));
    pid_t child = fork();
    if (child == 0) {
        gs_family_enter(&place);
        self.slot = place.slot;
        gs_begin();
        return 0;
    }
    gs_family->processes[place.process].pid = child;
    gs_baton_ready(place.slot, gs_now());
    return child;
}

static _Noreturn void leave(int status)
{
    gs_cores_give_back();
    gs_baton_leave(true);
    _exit(status);
}

static void stage(void (*play)(void), uint32_t cores, const char *expected)
{
    pid_t child = fork();
    if (child == 0) {
        alarm(20); /* who waits for ever comes to an end */
        struct gs_runtime_conf conf = {.cores = cores};
        shared =
            mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        gs_costs_init(&conf.costs);
        conf.costs.ns[GS_COST_wake] = 0;
        conf.costs.ns[GS_COST_doze] = 0;
        bool good = virtual_stage_open(&self, conf);
        gs_runtime.died = tell_death;
        gs_begin();
        play();
        bool same = strcmp(shared->text, expected) == 0;
        if (!same)
            print_message("noted: %s, expected: %s\n", shared->text, expected);
        fflush(NULL);
        _exit(good && same ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void play_by_time(void)
{
    if (fork_on_clock() == 0) {
        note('a');
        sleep_for(3 * MS);
        note('c');
        leave(0);
    }
    if (fork_on_clock() == 0) {
        sleep_for(2 * MS);
        note('b');
        sleep_for(4 * MS);
        note('e');
        leave(0);
    }
    sleep_for(5 * MS);
    note('d');
    sleep_for(5 * MS);
    note('f');
}

static void processes_go_by_the_time(void **state)
{
    (void)state;
    stage(play_by_time, 4, "abcdef");
}

static void play_parking(void)
{
    if (fork_on_clock() == 0) {
        note(gs_park(DOOR, GS_NEVER) == GS_WAIT_WOKEN ? 'w' : '?');
        leave(0);
    }
    sleep_for(MS);
    note('u');
    gs_unpark(DOOR);
    sleep_for(MS);
    note('e');
}

static void one_wakes_another_ones(void **state)
{
    (void)state;
    stage(play_parking, 4, "uwe");
}

/* Its place and its slot are used again: there can be more processes than there is room for. */
static void play_many(void)
{
    for (int i = 0; i < 5; i++) {
        pid_t child = fork_on_clock();
        if (child == 0)
            leave(0);
        sleep_for(MS);
        note(gs_bury_knows(child) ? 'k' : '?');
        waitpid(child, NULL, 0);
    }
    note((char)('0' + gs_family->processes_used));
    note((char)('0' + gs_family->slots));
    note((char)('0' + gs_family->processes_ending));
}

static void places_are_used_again(void **state)
{
    (void)state;
    stage(play_many, 4, "kkkkk220");
}

/* … but not before its parent has asked how it ended: until then its number says that it is one of
 * the family. */
static void play_unasked(void)
{
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork_on_clock();
        if (children[i] == 0)
            leave(0);
        sleep_for(MS);
    }
    note((char)('0' + gs_family->processes_used));
    note(gs_bury_knows(children[0]) && gs_bury_knows(children[1]) ? 'k' : '?');
    note(gs_bury_knows(getppid()) ? '?' : 'n');
}

static void who_ended_is_known_until_asked(void **state)
{
    (void)state;
    stage(play_unasked, 4, "3kn");
}

/* What it kept open is closed when the others go on. */
static void play_leaving(void)
{
    int ends[2];
    char c;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork_on_clock();
    if (child == 0)
        leave(7);
    close(ends[1]);
    sleep_for(MS);
    int status = 0;
    note(waitpid(child, &status, WNOHANG) == child && WEXITSTATUS(status) == 7 ? 'e' : '?');
    note(read(ends[0], &c, 1) == 0 ? '0' : '?');
}

static void who_leaves_is_awaited(void **state)
{
    (void)state;
    stage(play_leaving, 4, "e0");
}

/* It becomes another program, which nobody awaits; its pipe stays open. */
static void play_becoming(void)
{
    int ends[2];
    char c;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork_on_clock();
    if (child == 0) {
        gs_cores_give_back();
        gs_baton_leave(false);
        note(read(ends[0], &c, 1) == 1 ? 'r' : '?');
        _exit(0);
    }
    sleep_for(MS);
    uint32_t process;
    note(gs_bury_find(child, &process) ? '?' : 'o');
    assert_int_equal(write(ends[1], "", 1), 1);
    waitpid(child, NULL, 0);
}

static void who_becomes_another_program_is_not_awaited(void **state)
{
    (void)state;
    stage(play_becoming, 4, "or");
}

static void *park_for_ever(void *unused)
{
    gs_begin();
    gs_cores_take();
    sleep_for(MS);
    note('p');
    gs_park(DOOR, GS_NEVER);
    note('?');
    return unused;
}

/* With a thread that waits, and with the only core in hand. */
static void play_leaving_all(void)
{
    static struct gs_runner other;
    struct gs_error err;
    if (fork_on_clock() == 0) {
        assert_true(gs_runner_init(&other, "other", 0, 0, &err));
        assert_true(gs_spawn(&other, park_for_ever, NULL, &err));
        sleep_for(2 * MS);
        gs_bury_own(true);
        note((char)('0' + gs_is_parked(DOOR)));
        leave(0);
    }
    sleep_for(5 * MS);
    gs_work(MS);
    note('w');
    gs_unpark(DOOR);
    sleep_for(MS);
    note((char)('0' + gs_family->cores_taken));
}

static void who_leaves_keeps_nothing(void **state)
{
    (void)state;
    stage(play_leaving_all, 1, "p0w0");
}

/* It waits for a core, or has the only one, and a second one of it waits for the first. */
static void play_killing(void)
{
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork_on_clock();
        if (children[i] == 0) {
            gs_work(1000000ull * MS);
            leave(0);
        }
    }
    sleep_for(2 * MS);
    for (int i = 0; i < 2; i++) {
        uint32_t process = 0;
        note(gs_bury_find(children[i], &process) ? 'f' : '?');
        kill(children[i], SIGKILL);
        gs_bury_the_dead(process, gs_now(), SIGKILL);
        gs_bury_await_ending();
        note(gs_bury_find(children[i], &process) ? '?' : 'g');
    }
    note(shared->died_count == 2 && shared->died == 2 && shared->died_at == gs_now() ? 't' : '?');
    gs_work(MS);
    note('w');
}

static void who_is_killed_keeps_nothing(void **state)
{
    (void)state;
    stage(play_killing, 1, "fgfgtw");
}

/* Nobody but those who wait could notice. */
static void play_dying(void)
{
    if (fork_on_clock() == 0) {
        gs_work(MS);
        note('k');
        kill(getpid(), SIGKILL);
    }
    if (fork_on_clock() == 0) {
        sleep_for(3 * MS);
        note('b');
        leave(0);
    }
    sleep_for(2 * MS);
    note('a');
    sleep_for(2 * MS);
    note((char)('0' + shared->died_count));
    note(shared->died == 1 && shared->died_at == MS && shared->died_of == SIGKILL ? 't' : '?');
}

static void a_baton_is_taken_up(void **state)
{
    (void)state;
    stage(play_dying, 4, "kab1t");
}

static void play_giving_up(void)
{
    struct gs_family_place place;
    assert_true(gs_family_reserve(&place));
    gs_family_give_up(&place);
    note((char)('0' + gs_family->processes[place.process].taken));
    note(gs_family_take_slot() == place.slot ? 's' : '?');
}

static void a_place_is_given_up(void **state)
{
    (void)state;
    stage(play_giving_up, 4, "0s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processes_go_by_the_time),
        cmocka_unit_test(one_wakes_another_ones),
        cmocka_unit_test(places_are_used_again),
        cmocka_unit_test(who_ended_is_known_until_asked),
        cmocka_unit_test(who_leaves_is_awaited),
        cmocka_unit_test(who_becomes_another_program_is_not_awaited),
        cmocka_unit_test(who_leaves_keeps_nothing),
        cmocka_unit_test(who_is_killed_keeps_nothing),
        cmocka_unit_test(a_baton_is_taken_up),
        cmocka_unit_test(a_place_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
