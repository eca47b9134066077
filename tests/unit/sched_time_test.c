/* The virtual clock's time, to the ns: what goes first, what a wake takes, whose work is counted.
 * Each test runs on a clock of its own, in a child. */
#include "sched/actor.h"
#include "support/virtual_stage.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WAKE_NS = 8000, MOST_DOUBLINGS = 6, WORK_NS = 700000 };

static struct gs_monitor monitor;
static struct gs_waitq queue;
static uint64_t woken_at, slept_until;
static char order[3];

static void start(void *(*entry)(void *))
{
    static struct gs_runner runner;
    struct gs_error err;
    if (!gs_runner_init(&runner, "another", 0, 0, &err) || !gs_spawn(&runner, entry, NULL, &err))
        _exit(2);
}

/* The status of a child in which play says whether all is well. */
static int stage(bool (*play)(void), uint64_t wake_ns)
{
    static struct gs_runner self;
    pid_t child = fork();
    if (child == 0) {
        alarm(5); /* who goes round for ever comes to an end */
        struct gs_runtime_conf conf = {.seed = 7};
        gs_costs_init(&conf.costs);
        conf.costs.ns[GS_COST_wake] = wake_ns;
        bool good = virtual_stage_open(&self, conf);
        gs_monitor_init(&monitor);
        gs_begin();
        _exit(good && play() ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    return status;
}

static void *sleep_and_note(void *unused)
{
    gs_begin();
    slept_until = gs_now() + 50000;
    gs_sleep_until(slept_until);
    order[order[0] != '\0'] = 'd';
    gs_finish();
    return unused;
}

/* Whoever may ask at a deadline has asked before a step of the same instant is taken. */
static bool play_deadline(void)
{
    start(sleep_and_note);
    gs_sleep_until(gs_now() + 1000);
    gs_runtime.ops->charge(slept_until - gs_now());
    order[order[0] != '\0'] = 's';
    return gs_now() == slept_until && order[0] == 'd' && order[1] == 's';
}

static void a_deadline_goes_before_a_step(void **state)
{
    (void)state;
    assert_int_equal(stage(play_deadline, 0), 0);
}

static void *wait_in_queue(void *unused)
{
    gs_begin();
    gs_monitor_enter(&monitor);
    gs_wait(&monitor, &queue, GS_NEVER);
    gs_monitor_leave(&monitor);
    woken_at = gs_now();
    gs_finish();
    return unused;
}

static bool play_wake(void)
{
    start(wait_in_queue);
    gs_sleep_until(gs_now() + 10000000);
    gs_monitor_enter(&monitor);
    gs_wake_one(&queue, 0);
    gs_monitor_leave(&monitor);
    uint64_t waker = gs_now(), most = (WAKE_NS * 3 / 2) << MOST_DOUBLINGS;
    gs_sleep_until(waker + 10000000);
    return woken_at >= waker + WAKE_NS / 2 && woken_at <= waker + most;
}

static void a_wake_takes_about_its_price(void **state)
{
    (void)state;
    assert_int_equal(stage(play_wake, WAKE_NS), 0);
}

static void *work(void *unused)
{
    gs_begin();
    gs_work(WORK_NS);
    gs_finish();
    return unused;
}

static bool play_work(void)
{
    start(work);
    gs_work(WORK_NS);
    gs_sleep_until(gs_now() + 10 * WORK_NS);
    return gs_thread_time() == WORK_NS && gs_process_time() == 2 * WORK_NS;
}

static void the_process_time_is_everybodys(void **state)
{
    (void)state;
    assert_int_equal(stage(play_work, WAKE_NS), 0);
}

static bool play_leave_uninvited(void)
{
    gs_monitor_leave(&monitor);
    return true;
}

/* The builds that look for faults assert it. */
static void who_leaves_a_monitor_is_in_it(void **state)
{
    (void)state;
    int status = stage(play_leave_uninvited, 0);
#ifdef NDEBUG
    (void)status;
    skip();
#else
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadline_goes_before_a_step),
        cmocka_unit_test(a_wake_takes_about_its_price),
        cmocka_unit_test(the_process_time_is_everybodys),
        cmocka_unit_test(who_leaves_a_monitor_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
