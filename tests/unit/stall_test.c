/* What is said of a run that stands still, word for word, and where its circles are: of rows, with
 * no runtime around them. */
#include "sched/holders.h"
#include "sched/lane.h"
#include "sched/stall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct gs_stall stall;

static int close_stall(void **state)
{
    (void)state;
    for (size_t i = 0; i < stall.rows.count; i++)
        gs_vec_free(&stall.rows.items[i].holders);
    gs_vec_free(&stall.rows);
    gs_vec_free(&stall.killed);
    stall.killed_more = 0;
    return 0;
}

/* Rows get their numbers in the order of the calls. */
static struct gs_stuck *wait_for(const char *name, enum gs_object_kind kind, const char *on)
{
    struct gs_stuck *row = gs_vec_add(&stall.rows);
    *row = (struct gs_stuck){.kind = kind};
    snprintf(row->where, sizeof row->where, "line %zu", stall.rows.count);
    snprintf(row->name, sizeof row->name, "%s", name);
    snprintf(row->on, sizeof row->on, "%s", on);
    return row;
}

static void held(struct gs_stuck *row, const char *name, long stuck, uint64_t units)
{
    struct gs_stall_holder *holder = gs_vec_add(&row->holders);
    *holder = (struct gs_stall_holder){.stuck = stuck, .units = units};
    snprintf(holder->name, sizeof holder->name, "%s", name);
}

static const char *told(bool circle)
{
    static char text[2048];
    assert_int_equal(gs_stall_tell(&stall, text, sizeof text), circle);
    return text;
}

static void a_circle_is_told_once(void **state)
{
    (void)state;
    held(wait_for("a", GS_OBJECT_LOCK, "one"), "b", 1, 1);
    held(wait_for("b", GS_OBJECT_LOCK, "two"), "c", 2, 1);
    held(wait_for("c", GS_OBJECT_THREAD, "a"), "a", 0, 1);
    assert_string_equal(told(true),
                        "deadlock: a waits for one (line 1), which b holds; b waits for "
                        "two (line 2), which c holds; c waits for the end of a (line "
                        "3).");
}

static void kill_one(const char *name, uint32_t by, const char *hand)
{
    struct gs_stall_killed *row = gs_vec_add(&stall.killed);
    *row = (struct gs_stall_killed){.by = by};
    snprintf(row->name, sizeof row->name, "%s", name);
    snprintf(row->hand, sizeof row->hand, "%s", hand);
}

static void who_was_killed_is_told_last(void **state)
{
    (void)state;
    wait_for("main", GS_OBJECT_FUTURE, "answer");
    kill_one("worker", 9, "resize");
    kill_one("worker #2", 0, "");
    assert_string_equal(told(false),
                        "stall: nobody is left who could wake anybody. main waits for the result "
                        "of answer (line 1). worker was killed by signal 9 (SIGKILL) before that, "
                        "while it ran resize. worker #2 was killed before that.");
    stall.killed_more = 1;
    assert_non_null(strstr(told(false), "killed before that. 1 more was."));
    stall.killed_more = 2;
    assert_non_null(strstr(told(false), "killed before that. 2 more were."));
}

static void tasks_await(void **state)
{
    (void)state;
    held(wait_for("a", GS_OBJECT_TASK, "b"), "b", 1, 1);
    held(wait_for("b", GS_OBJECT_LOCK, "gate"), "a", 0, 1);
    for (size_t i = 0; i < stall.rows.count; i++)
        stall.rows.items[i].awaits = true;
    assert_string_equal(told(true),
                        "deadlock: a awaits b (line 1); b awaits gate (line 2), which a holds.");
}

/* As the sentence at a task has it; and a circle goes through them. */
static void members_of_what_a_task_awaits(void **state)
{
    (void)state;
    struct gs_stuck *row = wait_for("main", GS_OBJECT_FUTURE, "gather");
    row->awaits = true;
    assert_non_null(strstr(told(false), "main awaits the result of gather (line 1)."));
    row->now = 1;
    held(row, "a", 1, 1);
    wait_for("a", GS_OBJECT_EVENT, "go");
    assert_non_null(strstr(told(false), "main awaits gather (line 1): a is not done."));
    row = &stall.rows.items[0];
    row->now = 2;
    row->of = 5;
    held(row, "b", -1, 1);
    assert_non_null(strstr(told(false), "gather (line 1): a and b of 5 are not done."));
    row->now = 9;
    held(row, "c", -1, 1);
    held(row, "d", -1, 1);
    assert_non_null(strstr(told(false), "(line 1): a, b, c and 6 others of 5 are not done."));
    held(&stall.rows.items[1], "main", 0, 1);
    assert_non_null(strstr(told(true), "deadlock: main awaits gather (line 1): a, b, c and 6 "));
}

static void a_circle_of_one_and_who_waits_for_it(void **state)
{
    (void)state;
    held(wait_for("joins", GS_OBJECT_THREAD, "alone"), "alone", 1, 1);
    held(wait_for("alone", GS_OBJECT_LOCK, "own"), "alone", 1, 1);
    assert_string_equal(told(true),
                        "deadlock: alone waits for own (line 2), which it itself holds. "
                        "joins waits for the end of alone (line 1).");
}

/* Of two ways back the shorter one is told; who stands beside it waits, but is no second circle. */
static void a_semaphore_may_lead_to_many(void **state)
{
    (void)state;
    struct gs_stuck *main = wait_for("main", GS_OBJECT_SEMAPHORE, "slots");
    main->of = 3;
    held(main, "gone", -1, 1);
    held(main, "far", 1, 1);
    held(main, "near", 2, 1);
    held(wait_for("far", GS_OBJECT_LOCK, "x"), "near", 2, 1);
    held(wait_for("near", GS_OBJECT_LOCK, "y"), "main", 0, 1);
    assert_string_equal(told(true),
                        "deadlock: main waits for slots (line 1): of its 3 units gone had 1 when "
                        "it ended, far has 1, near has 1; near waits for y (line 3), which main "
                        "holds. far waits for x (line 2), which near holds.");
}

static void without_a_circle_it_is_a_stall(void **state)
{
    (void)state;
    held(wait_for("main", GS_OBJECT_LOCK, "l"), "gone", -1, 1);
    wait_for("b", GS_OBJECT_EVENT, "go");
    wait_for("c", GS_OBJECT_QUEUE, "jobs");
    wait_for("d", GS_OBJECT_ROOM, "jobs");
    wait_for("e", GS_OBJECT_SEMAPHORE, "signal");
    assert_string_equal(
        told(false),
        "stall: nobody is left who could wake anybody. main waits for l (line 1), which gone held "
        "when it ended. b waits for somebody to set go (line 2): nobody is left who could. c waits "
        "for an item of jobs (line 3): it is empty, and nobody is left who could put one. d waits "
        "for room in jobs (line 4): it is full, and nobody is left who could take an item. e waits "
        "for signal (line 5): it has no unit, and nobody is left who could release one.");
}

static void how_many_are_at_a_barrier(void **state)
{
    (void)state;
    struct gs_stuck *row = wait_for("a", GS_OBJECT_BARRIER, "gate");
    row->now = 1;
    row->of = 3;
    assert_string_equal(told(false),
                        "stall: nobody is left who could wake anybody. a waits for the "
                        "others to arrive at gate (line 1): 1 of 3 is there.");
}

static void a_notification_that_was_lost(void **state)
{
    (void)state;
    struct gs_stuck *row = wait_for("a", GS_OBJECT_CONDITION, "ready");
    assert_string_equal(told(false), "stall: nobody is left who could wake anybody. a waits for "
                                     "somebody to notify ready (line 1): nobody is left who "
                                     "could.");
    snprintf(row->in_vain, sizeof row->in_vain, "producer");
    row->in_vain_line = 7;
    assert_string_equal(told(false),
                        "stall: nobody is left who could wake anybody. a waits for somebody to "
                        "notify ready (line 1): producer did (line 7) when nobody waited, and "
                        "nobody is left who could again.");
}

static void tasks_that_nobody_finishes(void **state)
{
    (void)state;
    struct gs_stuck *row = wait_for("main", GS_OBJECT_TASKS, "jobs");
    row->now = 1;
    row->of = 5;
    held(row, "worker", -1, 1);
    row->holders.items[0].failed = true;
    assert_string_equal(told(false), "stall: nobody is left who could wake anybody. main waits for "
                                     "the tasks of jobs (line 1): 1 of 5 is not done: worker took "
                                     "it and ended with an error.");
    row->now = 5;
    row->queued = 2;
    held(row, "lazy", -1, 2);
    assert_string_equal(told(false), "stall: nobody is left who could wake anybody. main waits for "
                                     "the tasks of jobs (line 1): 5 of 5 are not done: worker took "
                                     "1 and ended with an error, lazy took 2 and ended, nobody "
                                     "took the 2 in the queue.");
}

static void a_short_buffer_cuts(void **state)
{
    (void)state;
    char text[40];
    wait_for("somebody with a name", GS_OBJECT_EVENT, "go");
    assert_false(gs_stall_tell(&stall, text, sizeof text));
    assert_string_equal(text, "stall: nobody is left who could wake an");
}

static void holders_give_back_their_own_first(void **state)
{
    (void)state;
    struct gs_actor a = {0}, b = {0}, c = {0};
    struct gs_holders h = {0};
    gs_holders_add(&h, &a);
    gs_holders_add(&h, &b);
    gs_holders_add(&h, &b);
    assert_int_equal(h.list.count, 2);
    assert_ptr_equal(gs_holders_remove(&h, &b), &b);
    assert_int_equal(h.list.items[1].units, 1);
    /* c took none: then it is whoever has one longest. */
    assert_ptr_equal(gs_holders_remove(&h, &c), &a);
    assert_ptr_equal(h.list.items[0].actor, &b);
    assert_ptr_equal(gs_holders_remove(&h, &c), &b);
    assert_null(gs_holders_remove(&h, &b));
    gs_vec_free(&h.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_circle_is_told_once, close_stall),
        cmocka_unit_test_teardown(who_was_killed_is_told_last, close_stall),
        cmocka_unit_test_teardown(tasks_await, close_stall),
        cmocka_unit_test_teardown(members_of_what_a_task_awaits, close_stall),
        cmocka_unit_test_teardown(a_circle_of_one_and_who_waits_for_it, close_stall),
        cmocka_unit_test_teardown(a_semaphore_may_lead_to_many, close_stall),
        cmocka_unit_test_teardown(without_a_circle_it_is_a_stall, close_stall),
        cmocka_unit_test_teardown(how_many_are_at_a_barrier, close_stall),
        cmocka_unit_test_teardown(a_notification_that_was_lost, close_stall),
        cmocka_unit_test_teardown(tasks_that_nobody_finishes, close_stall),
        cmocka_unit_test_teardown(a_short_buffer_cuts, close_stall),
        cmocka_unit_test(holders_give_back_their_own_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
