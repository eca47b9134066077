/* Where Enter leads: to the event that the sentence at the cursor names. */
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* That sentence has these words, and Enter leads to cause at ns; cause 0: it leads nowhere. */
static void expect(const struct fake_trace *f, uint32_t actor, uint64_t time, const char *words,
                   uint32_t cause, uint64_t ns)
{
    char text[1024];
    uint32_t found = 0;
    uint64_t when = 0;
    gs_explain(text, sizeof text, f->timeline, actor, time);
    if (!strstr(text, words))
        fail_msg("'%s' lacks '%s'", text, words);
    bool somebody = gs_explain_cause(f->timeline, actor, time, &found, &when);
    if (somebody != (cause != 0) || (cause && (found != cause || when != ns)))
        fail_msg("'%s': %s %u at %llu", text, somebody ? "leads to" : "leads nowhere,", found,
                 (unsigned long long)when);
}

static void who_runs_does_so_by_who_let_go(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    expect(f, x.t2, FAKE_MS(5.3), "took the GIL: Thread 1 was asked", x.t1, FAKE_MS(5.3));
    expect(f, x.t2, FAKE_MS(7), "since Thread 1 was asked", x.t1, FAKE_MS(5.3));
    expect(f, x.t1, FAKE_MS(1), "since main let go of the GIL", x.main, FAKE_US(300));
    expect(f, x.main, FAKE_US(50), "nobody had it before", 0, 0);
    /* The GIL's own row says the same of whoever has it, and of who had it last. */
    expect(f, x.gil, FAKE_MS(7), "held the GIL for 1.7 ms: Thread 1 was asked", x.t1, FAKE_MS(5.3));
    expect(f, x.gil, FAKE_US(50), "nobody had it before", x.main, 0);
    expect(f, x.gil, FAKE_MS(60), "Nobody holds the GIL: main ended", x.main, FAKE_MS(60));
    fake_close(x.trace);
}

static void who_wants_the_gil_has_to_wait_for_who_holds_it(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    expect(f, x.t1, FAKE_MS(7), "Thread 2 holds it", x.t2, FAKE_MS(10.3));
    /* At first it is told how it came to that. */
    expect(f, x.main, FAKE_MS(55), "Thread 1 woke it", x.t1, FAKE_MS(55));
    expect(f, x.main, FAKE_MS(56), "Thread 2 holds it", x.t2, FAKE_MS(59));
    fake_close(x.trace);
}

struct three {
    struct fake_trace *f;
    uint32_t gil, a, b, c;
};

/* a has the GIL from the start; b and c are there and have done nothing yet. */
static struct three open_three(void)
{
    struct three x = {.f = fake_open()};
    x.gil = fake_interpreter(x.f, fake_process(x.f, "p"), "main", true);
    x.a = fake_thread(x.f, x.gil, "A");
    x.b = fake_thread(x.f, x.gil, "B");
    x.c = fake_thread(x.f, x.gil, "C");
    fake_born(x.f, x.a, 0, 0);
    fake_born(x.f, x.b, 0, x.a);
    fake_born(x.f, x.c, 0, x.a);
    fake_take(x.f, x.a, 0, x.gil, 1);
    fake_state(x.f, x.a, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    return x;
}

/* b asks a, but c is quicker to take what a lets go of. */
static void the_holder_is_named_and_not_who_came_between(void **state)
{
    (void)state;
    struct three x = open_three();
    fake_state(x.f, x.b, FAKE_MS(1), GS_STATE_WANTS_GIL, 0, 2, GS_CAUSE_NONE);
    fake_state(x.f, x.c, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 3, GS_CAUSE_NONE);
    fake_request(x.f, x.b, FAKE_MS(6), x.gil, x.a);
    fake_state(x.f, x.a, FAKE_MS(7), GS_STATE_WANTS_GIL, 0, 1, x.b);
    fake_drop(x.f, x.a, FAKE_MS(7), x.gil, GS_DROP_ASKED, 1);
    fake_take(x.f, x.c, FAKE_MS(7), x.gil, 3);
    fake_state(x.f, x.c, FAKE_MS(7), GS_STATE_RUNNING, 0, 3, x.a);
    fake_drop(x.f, x.c, FAKE_MS(9), x.gil, GS_DROP_EXIT, 3);
    fake_died(x.f, x.c, FAKE_MS(9), false);
    fake_take(x.f, x.b, FAKE_MS(9), x.gil, 2);
    fake_state(x.f, x.b, FAKE_MS(9), GS_STATE_RUNNING, 0, 2, x.c);
    gs_timeline_extend(x.f->timeline, FAKE_MS(10));
    expect(x.f, x.b, FAKE_MS(4), "A holds it", x.a, FAKE_MS(7));
    expect(x.f, x.b, FAKE_MS(8), "C holds it", x.c, FAKE_MS(9));
    /* Who was asked to let go has that from who asked. */
    expect(x.f, x.a, FAKE_MS(7), "was asked after 6.0 ms and let go", x.b, FAKE_MS(6));
    /* C holds it and has not let go yet. */
    expect(x.f, x.a, FAKE_MS(9.5), "B holds it", x.b, FAKE_MS(9.5));
    fake_close(x.f);
}

/* A limit is named last: before it stands who has what is waited for. */
static void who_has_the_lock_is_a_cause_though_a_limit_ends_the_wait(void **state)
{
    (void)state;
    struct three x = open_three();
    uint32_t lock = fake_object(x.f, GS_OBJECT_LOCK, "accounts");
    fake_acquire(x.f, x.c, FAKE_MS(1), lock, 6, 1);
    fake_state(x.f, x.c, FAKE_MS(1), GS_STATE_SLEEPING, 0, 6, GS_CAUSE_NONE);
    fake_state(x.f, x.b, FAKE_MS(2), GS_STATE_WAITING, lock, 9, GS_CAUSE_NONE);
    fake_state(x.f, x.b, FAKE_MS(8), GS_STATE_WANTS_GIL, 0, 9, GS_CAUSE_CLOCK);
    fake_state(x.f, x.c, FAKE_MS(20), GS_STATE_WANTS_GIL, 0, 6, GS_CAUSE_CLOCK);
    expect(x.f, x.b, FAKE_MS(4), "C has held it for 3.0 ms", x.c, FAKE_MS(4));
    expect(x.f, x.c, FAKE_MS(4), "its sleep is over", 0, 0);
    fake_close(x.f);
}

static void of_many_who_have_units_the_first_one_named(void **state)
{
    (void)state;
    struct three x = open_three();
    uint32_t units = fake_object_of(x.f, GS_OBJECT_SEMAPHORE, "slots", 2);
    fake_acquire(x.f, x.a, FAKE_MS(1), units, 6, 1);
    fake_acquire(x.f, x.c, FAKE_MS(2), units, 6, 1);
    fake_state(x.f, x.b, FAKE_MS(3), GS_STATE_WAITING, units, 9, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(5));
    expect(x.f, x.b, FAKE_MS(4), "taken, by C and A", x.c, FAKE_MS(4));
    fake_close(x.f);
}

/* Nobody let go for it: but somebody woke it. */
static void a_free_gil_is_taken_by_who_was_woken(void **state)
{
    (void)state;
    struct three x = open_three();
    uint32_t event = fake_object(x.f, GS_OBJECT_EVENT, "go");
    fake_state(x.f, x.a, FAKE_MS(2), GS_STATE_WAITING, event, 3, GS_CAUSE_NONE);
    fake_drop(x.f, x.a, FAKE_MS(2), x.gil, GS_DROP_BLOCKING, 3);
    fake_state(x.f, x.b, FAKE_MS(2), GS_STATE_NATIVE, 0, 8, GS_CAUSE_NONE);
    fake_wake(x.f, x.b, FAKE_MS(5), x.a, event);
    fake_take(x.f, x.a, FAKE_MS(5.2), x.gil, 3);
    fake_state(x.f, x.a, FAKE_MS(5.2), GS_STATE_RUNNING, 0, 3, x.b);
    gs_timeline_extend(x.f->timeline, FAKE_MS(7));
    expect(x.f, x.a, FAKE_MS(6), "nobody had taken it since A let go", x.b, FAKE_MS(5));
    fake_close(x.f);
}

static void who_was_not_there_yet_and_who_was_cancelled(void **state)
{
    (void)state;
    struct three x = open_three();
    uint32_t late = fake_thread(x.f, x.gil, "late");
    fake_born(x.f, late, FAKE_MS(4), x.b);
    uint32_t task = fake_task(x.f, fake_loop(x.f, x.a, "loop"), "task 1");
    fake_born(x.f, task, FAKE_MS(1), x.a);
    fake_state(x.f, task, FAKE_MS(1), GS_STATE_READY, 0, 9, GS_CAUSE_NONE);
    fake_died_by(x.f, task, FAKE_MS(6), GS_DEATH_CANCELLED, x.c);
    gs_timeline_extend(x.f->timeline, FAKE_MS(7));
    expect(x.f, late, FAKE_MS(2), "B starts it in 2.0 ms", x.b, FAKE_MS(4));
    expect(x.f, late, FAKE_MS(5), "is being started", x.b, FAKE_MS(4));
    expect(x.f, task, FAKE_MS(2), "A created it", x.a, FAKE_MS(1));
    expect(x.f, task, FAKE_MS(7), "C cancelled it", x.c, FAKE_MS(6));
    fake_close(x.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_runs_does_so_by_who_let_go),
        cmocka_unit_test(who_wants_the_gil_has_to_wait_for_who_holds_it),
        cmocka_unit_test(the_holder_is_named_and_not_who_came_between),
        cmocka_unit_test(who_has_the_lock_is_a_cause_though_a_limit_ends_the_wait),
        cmocka_unit_test(of_many_who_have_units_the_first_one_named),
        cmocka_unit_test(a_free_gil_is_taken_by_who_was_woken),
        cmocka_unit_test(who_was_not_there_yet_and_who_was_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
