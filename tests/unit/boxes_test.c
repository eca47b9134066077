/* Pictures of one instant as boxes: what stands in which box, what is told of each thread, and what
 * gives way where there is little room. */
#include "draw/boxes/boxes.h"
#include "support/fake_trace.h"
#include "support/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define LINES(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

struct asked {
    int width, height;
    bool ascii;
    uint32_t selected; /* actor; 0: none */
};

static long row_of(const struct gs_rows *rows, uint32_t actor)
{
    for (size_t i = 0; actor && i < rows->list.count; i++) {
        if (rows->list.items[i].actor == actor)
            return (long)i;
    }
    return -1;
}

static void boxes_are(const struct fake_trace *f, uint64_t time, struct asked asked,
                      const char *const *expected)
{
    struct gs_rows rows = {0};
    struct gs_canvas canvas;
    gs_rows_build(&rows, f->timeline, NULL);
    struct gs_boxes_view view = {.timeline = f->timeline,
                                 .rows = &rows,
                                 .time = time,
                                 .width = asked.width,
                                 .height = asked.height,
                                 .selected = row_of(&rows, asked.selected)};
    gs_canvas_init(&canvas, asked.width, asked.height ? asked.height : 60, asked.ascii);
    int used = gs_boxes_draw(&canvas, &view);
    assert_int_equal(used, gs_boxes_height(&view));
    canvas_is(&canvas, expected);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
}

/* A GIL that nobody let go of before the end came. */
static void who_has_ended_holds_no_gil(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t a = fake_thread(f, gil, "main");
    fake_born(f, a, 0, 0);
    fake_take(f, a, 0, gil, 12);
    fake_state(f, a, 0, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_died(f, a, FAKE_MS(6), false);
    boxes_are(f, FAKE_MS(6), (struct asked){.width = 30},
              LINES(
                  // clang-format off
        "┌─ process 1 ────────────────┐",
        "│ ┌─ GIL: free ────────────┐ │",
        "│ │   main  has ended      │ │",
        "│ └────────────────────────┘ │",
        "└────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

static void a_name_is_cut_in_its_middle(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", false);
    uint32_t t = fake_thread(f, gil, "download-first");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(10), 0);
    boxes_are(f, FAKE_MS(6), (struct asked){.width = 36},
              LINES(
                  // clang-format off
        "┌─ process 1 ──────────────────────┐",
        "│ ┌─ no GIL ─────────────────────┐ │",
        "│ │ █ downl…first  runs · line … │ │",
        "│ └──────────────────────────────┘ │",
        "└──────────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

static void a_fight_over_the_gil(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    boxes_are(x.trace, FAKE_MS(22), (struct asked){.width = 60},
              LINES(
                  // clang-format off
        "┌─ process 1 ──────────────────────────────────────────────┐",
        "│ ┌─ GIL: Thread 1 for 1.7 ms, 1 wants it ───────────────┐ │",
        "│ │ ╌ main      waits for the end of Thread 1 · line 22… │ │",
        "│ │ █ Thread 1  runs · line 12 · 1.7 ms                  │ │",
        "│ │ ░ Thread 2  wants the GIL · line 12 · 1.7 ms         │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "└──────────────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(
        x.trace, FAKE_MS(22), (struct asked){.width = 40, .ascii = true},
        LINES(
            // clang-format off
        "+- process 1 --------------------------+",
        "| +- GIL: Thread 1 for 1.7 ms, 1 w. -+ |",
        "| | = main      waits for the end o. | |",
        "| | # Thread 1  runs . line 12 . 1.. | |",
        "| | ~ Thread 2  wants the GIL . lin. | |",
        "| +----------------------------------+ |",
        "+--------------------------------------+"
            // clang-format on
            ));
    fake_close(x.trace);
}

/* A thread in each of several processes: who runs has the GIL. */
static struct fake_trace *family(unsigned processes, unsigned threads)
{
    struct fake_trace *f = fake_open();
    for (unsigned i = 0; i < processes; i++) {
        char name[32];
        snprintf(name, sizeof name, "worker-%u", i + 1);
        uint32_t process = fake_process(f, name);
        uint32_t gil = fake_interpreter(f, process, "interpreter 1", true);
        fake_born(f, process, 0, 0);
        for (unsigned k = 0; k < threads; k++) {
            snprintf(name, sizeof name, "Thread-%u", k + 1);
            uint32_t thread = fake_thread(f, gil, name);
            fake_born(f, thread, 0, 0);
            if (k == 0)
                fake_take(f, thread, 0, gil, 3);
            fake_state(f, thread, 0, k == 0 ? GS_STATE_RUNNING : GS_STATE_SLEEPING, 0, 3 + k,
                       GS_CAUSE_NONE);
        }
    }
    fake_event(f,
               (struct gs_event){.time = FAKE_MS(10), .actor = 3, .kind = GS_EVENT_NOTE, .a = 0});
    return f;
}

static void processes_stand_beside_each_other(void **state)
{
    (void)state;
    struct fake_trace *f = family(3, 2);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 120},
              LINES(
                  // clang-format off
        "┌─ worker-1 ──────────────────────────┐ ┌─ worker-2 ──────────────────────────┐ ┌─ worker-3 ──────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │ │ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │ │ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.… │ │ │ │ █ Thread-1  runs · line 3 · 5.… │ │ │ │ █ Thread-1  runs · line 3 · 5.… │ │",
        "│ │ · Thread-2  sleeps · line 4 · … │ │ │ │ · Thread-2  sleeps · line 4 · … │ │ │ │ · Thread-2  sleeps · line 4 · … │ │",
        "│ └─────────────────────────────────┘ │ │ └─────────────────────────────────┘ │ │ └─────────────────────────────────┘ │",
        "└─────────────────────────────────────┘ └─────────────────────────────────────┘ └─────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(
        f, FAKE_MS(5), (struct asked){.width = 80},
        LINES(
            // clang-format off
        "┌─ worker-1 ──────────────────────────┐ ┌─ worker-2 ──────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │ │ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.… │ │ │ │ █ Thread-1  runs · line 3 · 5.… │ │",
        "│ │ · Thread-2  sleeps · line 4 · … │ │ │ │ · Thread-2  sleeps · line 4 · … │ │",
        "│ └─────────────────────────────────┘ │ │ └─────────────────────────────────┘ │",
        "└─────────────────────────────────────┘ └─────────────────────────────────────┘",
        "┌─ worker-3 ──────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ──────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.… │ │",
        "│ │ · Thread-2  sleeps · line 4 · … │ │",
        "│ └─────────────────────────────────┘ │",
        "└─────────────────────────────────────┘"
            // clang-format on
            ));
    fake_close(f);
}

static void a_process_has_memory_while_it_lives(void **state)
{
    (void)state;
    struct fake_trace *f = family(1, 1);
    uint32_t worker = gs_tables_process(f->tables, f->events.items[0].actor);
    fake_counter(f, worker, FAKE_MS(4), fake_memory(f, worker), 9100000);
    boxes_are(
        f, FAKE_MS(5), (struct asked){.width = 40},
        LINES(
            // clang-format off
        "┌─ worker-1 · 9.1 MB ──────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ───────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.0… │ │",
        "│ └──────────────────────────────────┘ │",
        "└──────────────────────────────────────┘"
            // clang-format on
            ));
    fake_close(f);
}

static void a_process_has_a_box_once_it_is_there(void **state)
{
    (void)state;
    struct fake_trace *f = family(1, 1);
    fake_born(f, fake_process(f, "worker-2"), FAKE_MS(6), 3);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 50},
              LINES(
                  // clang-format off
        "┌─ worker-1 ─────────────────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ─────────────────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.0 ms         │ │",
        "│ └────────────────────────────────────────────┘ │",
        "└────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(f, FAKE_MS(6), (struct asked){.width = 80},
              LINES(
                  // clang-format off
        "┌─ worker-1 ──────────────────────────┐ ┌─ worker-2 ──────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 6.0 ms ──────┐ │ │                                     │",
        "│ │ █ Thread-1  runs · line 3 · 6.… │ │ │                                     │",
        "│ └─────────────────────────────────┘ │ │                                     │",
        "└─────────────────────────────────────┘ └─────────────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

static void what_has_ended_gives_way_first(void **state)
{
    (void)state;
    struct fake_trace *f = family(1, 6);
    fake_died(f, 4, FAKE_MS(2), false);
    fake_died(f, 5, FAKE_MS(2), true);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 60, .height = 10},
              LINES(
                  // clang-format off
        "┌─ worker-1 ───────────────────────────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ───────────────────────────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.0 ms                   │ │",
        "│ │   Thread-2  has ended                                │ │",
        "│ │   Thread-3  an error has ended it                    │ │",
        "│ │ · Thread-4  sleeps · line 6 · 5.0 ms                 │ │",
        "│ │ · Thread-5  sleeps · line 7 · 5.0 ms                 │ │",
        "│ │ · Thread-6  sleeps · line 8 · 5.0 ms                 │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "└──────────────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 60, .height = 9},
              LINES(
                  // clang-format off
        "┌─ worker-1 ───────────────────────────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 5.0 ms ───────────────────────────┐ │",
        "│ │ █ Thread-1  runs · line 3 · 5.0 ms                   │ │",
        "│ │ · Thread-4  sleeps · line 6 · 5.0 ms                 │ │",
        "│ │ · Thread-5  sleeps · line 7 · 5.0 ms                 │ │",
        "│ │ · Thread-6  sleeps · line 8 · 5.0 ms                 │ │",
        "│ │   2 have ended                                       │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "└──────────────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(f, FAKE_MS(1), (struct asked){.width = 60, .height = 9, .selected = 8},
              LINES(
                  // clang-format off
        "┌─ worker-1 ───────────────────────────────────────────────┐",
        "│ ┌─ GIL: Thread-1 for 1.0 ms ───────────────────────────┐ │",
        "│ │ · Thread-3  sleeps · line 5 · 1.0 ms                 │ │",
        "│ │ · Thread-4  sleeps · line 6 · 1.0 ms                 │ │",
        "│ │ · Thread-5  sleeps · line 7 · 1.0 ms                 │ │",
        "│ │ · Thread-6  sleeps · line 8 · 1.0 ms                 │ │",
        "│ │   2 more: █ 1 running  · 1 sleeping                  │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "└──────────────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

static void then_threads_become_sums(void **state)
{
    (void)state;
    struct fake_trace *f = family(6, 8);
    boxes_are(
        f, FAKE_MS(5), (struct asked){.width = 80, .height = 10},
        LINES(
            // clang-format off
        "┌─ worker-1 ─────────────┐ ┌─ worker-2 ─────────────┐ ┌─ worker-3 ─────────────┐",
        "│ ┌─ GIL: Thread-1 ────┐ │ │ ┌─ GIL: Thread-1 ────┐ │ │ ┌─ GIL: Thread-1 ────┐ │",
        "│ │ █ 1  · 7           │ │ │ │ █ 1  · 7           │ │ │ │ █ 1  · 7           │ │",
        "│ └────────────────────┘ │ │ └────────────────────┘ │ │ └────────────────────┘ │",
        "└────────────────────────┘ └────────────────────────┘ └────────────────────────┘",
        "┌─ worker-4 ─────────────┐ ┌─ worker-5 ─────────────┐ ┌─ worker-6 ─────────────┐",
        "│ ┌─ GIL: Thread-1 ────┐ │ │ ┌─ GIL: Thread-1 ────┐ │ │ ┌─ GIL: Thread-1 ────┐ │",
        "│ │ █ 1  · 7           │ │ │ │ █ 1  · 7           │ │ │ │ █ 1  · 7           │ │",
        "│ └────────────────────┘ │ │ └────────────────────┘ │ │ └────────────────────┘ │",
        "└────────────────────────┘ └────────────────────────┘ └────────────────────────┘"
            // clang-format on
            ));
    fake_close(f);
}

static void then_what_is_around_the_selected_is_left(void **state)
{
    (void)state;
    struct fake_trace *f = family(40, 3);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 44, .height = 10},
              LINES(
                  // clang-format off
        "┌─ worker-1 ────────┐ ┌─ worker-2 ────────┐",
        "│ GIL: Thread-1     │ │ GIL: Thread-1     │",
        "│ █ 1  · 2          │ │ █ 1  · 2          │",
        "└───────────────────┘ └───────────────────┘",
        "┌─ worker-3 ────────┐ ┌─ worker-4 ────────┐",
        "│ GIL: Thread-1     │ │ GIL: Thread-1     │",
        "│ █ 1  · 2          │ │ █ 1  · 2          │",
        "└───────────────────┘ └───────────────────┘",
        "",
        "0 more above, 36 below"
                  // clang-format on
                  ));
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 44, .height = 10, .selected = 5 * 30 + 1},
              LINES(
                  // clang-format off
        "┌─ worker-29 ───────┐ ┌─ worker-30 ───────┐",
        "│ GIL: Thread-1     │ │ GIL: Thread-1     │",
        "│ █ 1  · 2          │ │ █ 1  · 2          │",
        "└───────────────────┘ └───────────────────┘",
        "┌─ worker-31 ───────┐ ┌─ worker-32 ───────┐",
        "│ GIL: Thread-1     │ │ GIL: Thread-1     │",
        "│ █ 1  · 2          │ │ █ 1  · 2          │",
        "└───────────────────┘ └───────────────────┘",
        "",
        "28 more above, 8 below"
                  // clang-format on
                  ));
    fake_close(f);
}

static void who_calls_into_an_interpreter_is_there(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t one = fake_interpreter(f, process, "interpreter 1", true);
    uint32_t thread = fake_thread(f, one, "MainThread");
    uint32_t two = fake_interpreter(f, process, "interpreter 2", true);
    fake_born(f, process, 0, 0);
    fake_born(f, one, 0, 0);
    fake_born(f, thread, 0, 0);
    fake_take(f, thread, 0, one, 3);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
    fake_born(f, two, FAKE_MS(1), 0);
    fake_drop(f, thread, FAKE_MS(2), one, GS_DROP_BLOCKING, 3);
    fake_enter(f, thread, FAKE_MS(2), two);
    fake_take(f, thread, FAKE_MS(2), two, 9);
    fake_state(f, thread, FAKE_MS(2), GS_STATE_RUNNING, 0, 9, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(8), 0);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 60},
              LINES(
                  // clang-format off
        "┌─ process 1 ──────────────────────────────────────────────┐",
        "│ ┌─ interpreter 1 · GIL: free ──────────────────────────┐ │",
        "│ │                                                      │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "│ ┌─ interpreter 2 · GIL: MainThread for 3.0 ms ─────────┐ │",
        "│ │ █ MainThread  runs · line 9 · 5.0 ms                 │ │",
        "│ └──────────────────────────────────────────────────────┘ │",
        "└──────────────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

static void without_a_gil_that_is_said(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t free = fake_interpreter(f, process, "interpreter 1", false);
    uint32_t thread = fake_thread(f, free, "MainThread");
    fake_born(f, process, 0, 0);
    fake_born(f, thread, 0, 0);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(8), 0);
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 50},
              LINES(
                  // clang-format off
        "┌─ process 1 ────────────────────────────────────┐",
        "│ ┌─ no GIL ───────────────────────────────────┐ │",
        "│ │ █ MainThread  runs · line 3 · 5.0 ms       │ │",
        "│ └────────────────────────────────────────────┘ │",
        "└────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    boxes_are(f, FAKE_MS(5), (struct asked){.width = 50, .height = 4},
              LINES(
                  // clang-format off
        "┌─ process 1 ────────────────────────────────────┐",
        "│ no GIL                                         │",
        "│ █ 1 running                                    │",
        "└────────────────────────────────────────────────┘"
                  // clang-format on
                  ));
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_cut_in_its_middle),
        cmocka_unit_test(a_fight_over_the_gil),
        cmocka_unit_test(who_has_ended_holds_no_gil),
        cmocka_unit_test(processes_stand_beside_each_other),
        cmocka_unit_test(a_process_has_memory_while_it_lives),
        cmocka_unit_test(a_process_has_a_box_once_it_is_there),
        cmocka_unit_test(what_has_ended_gives_way_first),
        cmocka_unit_test(then_threads_become_sums),
        cmocka_unit_test(then_what_is_around_the_selected_is_left),
        cmocka_unit_test(who_calls_into_an_interpreter_is_there),
        cmocka_unit_test(without_a_gil_that_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
