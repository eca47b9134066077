/* The order of lanes, folding, the filter, titles. */
#include "support/fake_trace.h"
#include "timeline/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The rows as text: "process 1|.GIL|.main", a dot a level; a folded row ends in +hidden, one whose
 * helpers are left out in ~helpers. */
static const char *picture(const struct gs_timeline *timeline, const struct gs_row_choice *choice)
{
    static char text[4096];
    struct gs_rows rows = {0};
    size_t used = 0;
    text[0] = '\0';
    gs_rows_build(&rows, timeline, choice);
    for (size_t i = 0; i < rows.list.count; i++) {
        const struct gs_row *row = &rows.list.items[i];
        char title[128], folded[16] = "";
        if (row->folded)
            snprintf(folded, sizeof folded, "+%u", row->hidden);
        else if (row->helpers)
            snprintf(folded, sizeof folded, "~%u", row->helpers);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s%s%s", i ? "|" : "",
                                 row->depth, "........",
                                 gs_row_title(title, sizeof title, timeline, row), folded);
    }
    gs_rows_free(&rows);
    return text;
}

static void a_process_its_gil_its_threads(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    assert_string_equal(picture(x.trace->timeline, NULL),
                        "process 1|.GIL|.main|.Thread 1|.Thread 2");
    fake_close(x.trace);
}

/* Two processes; in the first two interpreters, one of them without a GIL; a loop with tasks. */
static struct fake_trace *crowd(uint32_t *process, uint32_t *loop)
{
    struct fake_trace *f = fake_open();
    *process = fake_process(f, "parent");
    uint32_t outer = fake_interpreter(f, *process, "outer", true);
    uint32_t main_thread = fake_thread(f, outer, "main");
    uint32_t inner = fake_interpreter(f, *process, "inner", false);
    uint32_t worker = fake_thread(f, inner, "worker");
    *loop = fake_loop(f, main_thread, "loop");
    uint32_t t1 = fake_task(f, *loop, "task 1"), t2 = fake_task(f, *loop, "task 2");
    uint32_t child = fake_process(f, "child");
    uint32_t own = fake_interpreter(f, child, "own", true);
    uint32_t second = fake_thread(f, own, "second main");
    fake_thread(f, own, "never born");
    uint32_t born[] = {main_thread, worker, *loop, t1, t2, second};
    for (size_t i = 0; i < sizeof born / sizeof *born; i++)
        fake_born(f, born[i], i, 0);
    return f;
}

/* Rows that do not fit are put together: processes of one thread first, then tasks. */
static void what_does_not_fit_is_put_together(void **state)
{
    (void)state;
    uint32_t process, loop;
    struct fake_trace *f = crowd(&process, &loop);
    struct gs_row_choice choice = {.room = 14};
    const char *whole = "parent|.outer|..GIL|..main|...loop|...task 1|...task 2|.inner|..worker"
                        "|child|.GIL|.second main";
    assert_string_equal(picture(f->timeline, &choice), whole);
    choice.room = 10;
    const char *one_row = "parent|.outer|..GIL|..main|...loop|...task 1|...task 2|.inner|..worker"
                          "|.child";
    assert_string_equal(picture(f->timeline, &choice), one_row);
    choice.room = 9;
    const char *no_tasks = "parent|.outer|..GIL|..main|...loop|...2 tasks+2|.inner|..worker|.child";
    assert_string_equal(picture(f->timeline, &choice), no_tasks);
    /* Somebody looks at a task, or has opened the process. */
    choice.looked_at = (struct gs_row_name){GS_ROW_LANE, loop + 1};
    assert_string_equal(picture(f->timeline, &choice), one_row);
    uint32_t child = loop + 3;
    choice.opened = &child;
    choice.opened_count = 1;
    assert_string_equal(picture(f->timeline, &choice), whole);
    /* Where that is not enough, tasks are left alone. */
    choice = (struct gs_row_choice){.room = 5};
    assert_string_equal(picture(f->timeline, &choice), one_row);
    fake_close(f);
}

/* Who calls into an interpreter for most of its time stands there with what hangs from it, made
 * before it or not; who only makes it does not, and a process's main thread never does. */
static void threads_stand_where_they_run_longest(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "p"), outer = fake_interpreter(f, process, "outer", true);
    uint32_t main_thread = fake_thread(f, outer, "main"), worker = fake_thread(f, outer, "worker");
    uint32_t loop = fake_loop(f, worker, "loop"), maker = fake_thread(f, outer, "maker");
    uint32_t inner = fake_interpreter(f, process, "inner", true);
    const uint32_t all[] = {process, outer, main_thread, worker, loop, maker, inner};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fake_born(f, all[i], 0, 0);
    uint64_t before = gs_timeline_homes(f->timeline);
    assert_string_equal(picture(f->timeline, NULL),
                        "p|.outer|..GIL|..main|..worker|...loop|..maker|.inner|..GIL");
    fake_enter(f, main_thread, FAKE_MS(1), inner);
    fake_enter(f, worker, FAKE_MS(1), inner);
    fake_enter(f, maker, FAKE_MS(1), inner);
    fake_enter(f, maker, FAKE_MS(2), outer);
    gs_timeline_extend(f->timeline, FAKE_MS(4));
    assert_int_not_equal(gs_timeline_homes(f->timeline), before);
    const char *moved = "p|.outer|..GIL|..main|..maker|.inner|..GIL|..worker|...loop";
    assert_string_equal(picture(f->timeline, NULL), moved);
    assert_string_equal(picture(f->timeline, &(struct gs_row_choice){.filter = "worker"}),
                        "p|.inner|..GIL|..worker|...loop");
    /* Back, and long in neither one. */
    fake_enter(f, worker, FAKE_MS(5), outer);
    fake_died(f, worker, FAKE_MS(6), false);
    gs_timeline_extend(f->timeline, FAKE_MS(90));
    assert_string_equal(picture(f->timeline, NULL), moved);
    fake_close(f);
}

static void several_interpreters_get_a_group_each(void **state)
{
    (void)state;
    uint32_t process, loop;
    struct fake_trace *f = crowd(&process, &loop);
    assert_string_equal(picture(f->timeline, NULL),
                        "parent|.outer|..GIL|..main|...loop|...task 1|...task 2|.inner|"
                        "..worker|child|.GIL|.second main");
    fake_close(f);
}

static void a_folded_row_counts_what_it_hides(void **state)
{
    (void)state;
    uint32_t folded[2];
    struct fake_trace *f = crowd(&folded[0], &folded[1]);
    struct gs_row_choice choice = {.folded = &folded[1], .folded_count = 1};
    assert_string_equal(
        picture(f->timeline, &choice),
        "parent|.outer|..GIL|..main|...loop|...2 tasks+2|.inner|..worker|child|.GIL|"
        ".second main");
    choice = (struct gs_row_choice){.folded = folded, .folded_count = 2};
    assert_string_equal(picture(f->timeline, &choice), "parent+6|child|.GIL|.second main");
    choice.folded_count = 1;
    choice.folded = folded;
    assert_string_equal(picture(f->timeline, &choice), "parent+6|child|.GIL|.second main");
    fake_close(f);
}

/* A pool with its helpers, and a process that does nothing else. */
static struct fake_trace *helped(uint32_t *process, uint32_t *server, uint32_t *feeder)
{
    struct fake_trace *f = fake_open();
    *process = fake_process(f, "parent");
    uint32_t own = fake_interpreter(f, *process, "own", true);
    uint32_t main_thread = fake_thread(f, own, "main");
    uint32_t tasks = fake_helper(f, GS_ACTOR_THREAD, own, "tasks");
    *feeder = fake_helper(f, GS_ACTOR_THREAD, own, "feeder");
    *server = fake_helper(f, GS_ACTOR_PROCESS, 0, "server");
    uint32_t serving = fake_thread(f, fake_interpreter(f, *server, "its", true), "serving");
    uint32_t born[] = {main_thread, tasks, *feeder, *server, serving};
    for (size_t i = 0; i < sizeof born / sizeof *born; i++)
        fake_born(f, born[i], i, 0);
    return f;
}

static void helpers_are_left_out_until_they_are_asked_for(void **state)
{
    (void)state;
    uint32_t process, server, feeder;
    struct fake_trace *f = helped(&process, &server, &feeder);
    struct gs_row_choice choice = {.opened = &process, .opened_count = 1};
    assert_string_equal(picture(f->timeline, NULL), "parent~2|.GIL|.main|server+2");
    assert_string_equal(picture(f->timeline, &choice), "parent|.GIL|.main|.tasks|.feeder|server+2");
    choice.opened = &server;
    assert_string_equal(picture(f->timeline, &choice), "parent~2|.GIL|.main|server|.GIL|.serving");
    choice = (struct gs_row_choice){.folded = &process, .folded_count = 1};
    assert_string_equal(picture(f->timeline, &choice), "parent+4|server+2");
    choice = (struct gs_row_choice){.filter = "feed"};
    assert_string_equal(picture(f->timeline, &choice), "parent|.GIL|.feeder");
    choice = (struct gs_row_choice){.helpers = true};
    assert_string_equal(picture(f->timeline, &choice),
                        "parent|.GIL|.main|.tasks|.feeder|server|.GIL|.serving");
    fake_close(f);
}

static void helpers_that_a_run_is_about_are_shown(void **state)
{
    (void)state;
    uint32_t process, server, feeder;
    struct fake_trace *f = helped(&process, &server, &feeder);
    fake_state(f, feeder, 10, GS_STATE_IO, 0, 0, 0);
    assert_string_equal(picture(f->timeline, NULL), "parent~2|.GIL|.main|server+2");
    fake_event(f, (struct gs_event){.time = 20, .actor = feeder, .kind = GS_EVENT_DEADLOCK});
    assert_string_equal(picture(f->timeline, NULL), "parent~1|.GIL|.main|.feeder|server+2");
    fake_close(f);
    f = helped(&process, &server, &feeder);
    fake_event(f, (struct gs_event){
                      .time = 20, .actor = feeder, .kind = GS_EVENT_DIED, .flags = GS_DEATH_ERROR});
    assert_string_equal(picture(f->timeline, NULL), "parent~1|.GIL|.main|.feeder|server+2");
    fake_close(f);
}

static void a_filter_keeps_what_leads_to_a_match(void **state)
{
    (void)state;
    uint32_t process, loop;
    struct fake_trace *f = crowd(&process, &loop);
    struct gs_row_choice choice = {.filter = "TASK 2"};
    assert_string_equal(picture(f->timeline, &choice),
                        "parent|.outer|..GIL|..main|...loop|...task 2");
    choice.filter = "main";
    assert_string_equal(picture(f->timeline, &choice),
                        "parent|.outer|..GIL|..main|...loop|...task 1|...task 2|child|.GIL|"
                        ".second main");
    choice.filter = "never";
    assert_string_equal(picture(f->timeline, &choice), "");
    fake_close(f);
}

static void a_thousand_threads_and_a_broken_table(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    struct gs_actor_row orphan = {.kind = GS_ACTOR_THREAD, .parent = 4000};
    for (int i = 0; i < 1000; i++)
        fake_born(f, fake_thread(f, gil, "\x1b[2Jt"), 0, 0);
    fake_born(f, gs_segment_add_actor(f->segment, &orphan), 0, 0);
    struct gs_rows rows = {0};
    char title[64];
    gs_rows_build(&rows, f->timeline, NULL);
    assert_int_equal(rows.list.count, 1003);
    assert_string_equal(gs_row_title(title, sizeof title, f->timeline, &rows.list.items[2]),
                        "^[[2Jt");
    assert_string_equal(gs_row_title(title, sizeof title, f->timeline, &rows.list.items[1002]),
                        "thread 1003");
    assert_int_equal(rows.list.items[1002].depth, 0);
    gs_rows_free(&rows);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_its_gil_its_threads),
        cmocka_unit_test(what_does_not_fit_is_put_together),
        cmocka_unit_test(threads_stand_where_they_run_longest),
        cmocka_unit_test(several_interpreters_get_a_group_each),
        cmocka_unit_test(a_folded_row_counts_what_it_hides),
        cmocka_unit_test(helpers_are_left_out_until_they_are_asked_for),
        cmocka_unit_test(helpers_that_a_run_is_about_are_shown),
        cmocka_unit_test(a_filter_keeps_what_leads_to_a_match),
        cmocka_unit_test(a_thousand_threads_and_a_broken_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
