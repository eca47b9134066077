/* Pictures of lanes, as they must look: goldens at several zooms, in UTF-8 and ASCII, and the edges
 * of what a window of time and a screen can be. */
#include "support/fake_trace.h"
#include "support/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LINES(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void a_fight_over_the_gil_at_80_columns(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 80);
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "             0ms        10         20         30          40         50",
        "▾ process 1",
        "  GIL        ▏T1   ▏T2   ▏T1  ▏T2   ▏T1  ▏T2   ▏T1  ▏T2   ▏T1   ▏T2  ▏T1  ▏T2",
        "  main       ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌join Thread 1╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌░░░░▪╌",
        "  Thread 1   ██████░░░░░░█████░░░░░░█████░░░░░░█████░░░░░░██████░░░░░█████",
        "  Thread 2   ░░░░░░██████░░░░░██████░░░░░██████░░░░░██████░░░░░░█████░░░░░██████",
        "             └─────────────────────────────────────────────────────────────────┘",
        "                                        total 60.0 ms",
        "█ running   ░ wants-gil   ╌ waiting   ▪ ran briefly"
            // clang-format on
            ));
    picture_is(
        &view, true,
        LINES(
            // clang-format off
        "             0ms        10         20         30          40         50",
        "v process 1",
        "  GIL        |T1   |T2   |T1  |T2   |T1  |T2   |T1  |T2   |T1   |T2  |T1  |T2",
        "  main       ========================join Thread 1========================~~~~o=",
        "  Thread 1   ######~~~~~~#####~~~~~~#####~~~~~~#####~~~~~~######~~~~~#####",
        "  Thread 2   ~~~~~~######~~~~~######~~~~~######~~~~~######~~~~~~#####~~~~~######",
        "             +-----------------------------------------------------------------+",
        "                                        total 60.0 ms",
        "# running   ~ wants-gil   = waiting   o ran briefly"
            // clang-format on
            ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void with_room_names_stand_in_boxes(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 70);
    view.from = FAKE_MS(4.9);
    view.until = FAKE_MS(6);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "                  5.0ms      5.2       5.4       5.6        5.8",
        "▾ process 1",
        "  GIL        ▏ Thread 1           ▏ Thread 2",
        "  main       ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌join Thread 1╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
        "  Thread 1   █████████████████████░░░░░░░░░░░░░wants GIL░░░░░░░░░░░░░░",
        "  Thread 2   ░░░░░░wants GIL░░░░░░████████████████████████████████████",
        "             ─────────────────────────────────────────────────────────",
        "                                 1.1 ms of 60.0 ms",
        "█ running   ░ wants-gil   ╌ waiting"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void far_from_zero_ticks_are_relative(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 70);
    view.from = FAKE_US(5300) - 100;
    view.until = FAKE_US(5300) + 200;
    view.totals = false;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             5.2999ms           +100ns             +200",
        "▾ process 1",
        "  GIL        ▏ Thread 1         ▏ Thread 2",
        "  main       ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌join Thread 1╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
        "  Thread 1   ███████████████████░░░░░░░░░░░░░░wants GIL░░░░░░░░░░░░░░░",
        "  Thread 2   ░░░░░wants GIL░░░░░██████████████████████████████████████",
        "█ running   ░ wants-gil   ╌ waiting"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void too_far_out_changes_become_shades(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 60);
    view.until = FAKE_MS(600);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             0ms             200            400",
        "▾ process 1",
        "  GIL        ▒▒▒▒▒▏",
        "  main       ╌╌╌╌▒",
        "  Thread 1   ▒▒▒▒",
        "  Thread 2   ▒▒▒▒▒",
        "             └───┘",
        "             total 60.0 ms",
        "╌ waiting   ▒ fast changes"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void narrow_titles_keep_their_numbers(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 30);
    view.title_width = 8;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "        0ms               50",
        "▾ pro…1",
        "  GIL   1122112112211221121122",
        "  main  ╌╌╌join Thread 1╌╌╌╌░▒",
        "  Thr…1 ██░░██░██░░██░░██░██",
        "  Thr…2 ░░██░░█░░██░░██░░█░░██",
        "        └────────────────────┘",
        "            total 60.0 ms",
        "█ running   1 Thread 1 etc."
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

/* Whatever its place in the order, what fills most of the picture is told first. */
static void the_legend_leaves_out_what_is_seen_least(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_lanes_signs signs = {.mixed = 40, .ran = 2};
    signs.states[GS_STATE_RUNNING] = 12;
    signs.states[GS_STATE_SLEEPING] = 3;
    struct gs_canvas canvas;
    char row[256];
    gs_canvas_init(&canvas, 60, 3, false);
    gs_lanes_legend(&canvas, x.trace->timeline, &signs, 0, 0, 60);
    gs_lanes_legend(&canvas, x.trace->timeline, &signs, 0, 1, 44);
    gs_lanes_legend(&canvas, x.trace->timeline, &signs, 0, 2, 20);
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row),
                        "█ running   · sleeping   ▪ ran briefly   ▒ fast changes");
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row),
                        "█ running   · sleeping   ▒ fast changes");
    assert_string_equal(gs_canvas_row(&canvas, 2, row, sizeof row), "▒ fast changes");
    gs_canvas_destroy(&canvas);
    fake_close(x.trace);
}

/* Threads named by their targets, each with the GIL for a third of the time. */
static struct fake_trace *pool(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "interpreter 1", true);
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    for (unsigned i = 0; i < 3; i++) {
        char name[] = "Thread-10 (work)";
        name[8] = (char)('0' + i);
        uint32_t t = fake_thread(f, gil, name);
        fake_born(f, t, FAKE_MS(10 * i), 0);
        fake_take(f, t, FAKE_MS(10 * i), gil, 1);
        fake_state(f, t, FAKE_MS(10 * i), GS_STATE_RUNNING, 0, 1, 0);
        fake_drop(f, t, FAKE_MS(10 * i + 10), gil, GS_DROP_EXIT, 2);
        fake_died(f, t, FAKE_MS(10 * i + 10), false);
    }
    fake_end(f, FAKE_MS(30), 0);
    return f;
}

static void what_a_thread_runs_is_shown_where_there_is_room(void **state)
{
    (void)state;
    struct fake_trace *f = pool();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 110);
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "                    0ms            5              10             15             20             25",
        "▾ process 1",
        "  GIL               ▏ Thread-10 (work)            ▏ Thread-11 (work)            ▏ Thread-12 (work)",
        "  Thread-10 (work)  ██████████████████████████████",
        "  Thread-11 (work)                                ██████████████████████████████",
        "  Thread-12 (work)                                                              ██████████████████████████████",
        "                    └────────────────────────────────────────────────────────────────────────────────────────┘",
        "                                                          total 30.0 ms",
        "█ running"
            // clang-format on
            ));
    view = picture_view(f->timeline, &rows, 60);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             0ms             10             20",
        "▾ process 1",
        "  GIL        ▏Thread-10      ▏Thread-11     ▏Thread-12",
        "  Thread-10  ████████████████",
        "  Thread-11                  ███████████████",
        "  Thread-12                                 ████████████████",
        "             └─────────────────────────────────────────────┘",
        "                              total 30.0 ms",
        "█ running"
                   // clang-format on
                   ));
    view = picture_view(f->timeline, &rows, 26);
    view.title_width = 9;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "         0ms        20",
        "▾ proc…1",
        "  GIL    ▏T10  ▏T11 ▏T12",
        "  Thr…10 ██████",
        "  Thr…11       █████",
        "  Thr…12            ██████",
        "         └───────────────┘",
        "           total 30.0 ms",
        "█ running"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void a_title_is_cut_in_its_middle(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", false);
    fake_born(f, fake_thread(f, gil, "download-first"), 0, 0);
    uint32_t second = fake_thread(f, gil, "download-second");
    fake_born(f, second, 0, 0);
    fake_text(f, second, FAKE_MS(2), GS_EVENT_PHASE, "download-phase-first", 1);
    fake_text(f, second, FAKE_MS(6), GS_EVENT_PHASE, NULL, 1);
    fake_end(f, FAKE_MS(10), 0);
    struct gs_rows rows = {0};
    gs_rows_build(&rows, f->timeline, &(struct gs_row_choice){0});
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 40);
    view.title_width = 12;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "                  ├down…irst┤",
        "            0ms           5",
        "▾ process 1",
        "  down…irst",
        "  down…cond",
        "            └──────────────────────────┘",
        "                   total 10.0 ms"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

/* The documents' diagram: three downloads one after the other. */
static struct fake_trace *downloads(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "interpreter 1", true);
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    for (unsigned i = 0; i < 3; i++) {
        char name[] = {'T', 'a', 's', 'k', ' ', (char)('1' + i), '\0'};
        uint32_t task = fake_thread(f, gil, name);
        uint64_t at = FAKE_MS(800 * i);
        fake_born(f, task, at, 0);
        fake_text(f, task, at, GS_EVENT_MARK, i == 2 ? "the last" : "next", 4);
        if (i != 1)
            fake_text(f, task, at, GS_EVENT_PHASE, i ? "Async" : "Blocking I/O", 3);
        fake_take(f, task, at, gil, 5);
        fake_state(f, task, at, GS_STATE_RUNNING, 0, 5, 0);
        fake_label(f, task, at, "all of it, from the request on", 5);
        fake_label(f, task, at, "Request", 5);
        fake_label_end(f, task, at + FAKE_MS(200));
        fake_state(f, task, at + FAKE_MS(200), GS_STATE_IO, 0, 6, 0);
        fake_drop(f, task, at + FAKE_MS(200), gil, GS_DROP_BLOCKING, 6);
        fake_take(f, task, at + FAKE_MS(430), gil, 7);
        fake_state(f, task, at + FAKE_MS(430), GS_STATE_RUNNING, 0, 7, 0);
        fake_label(f, task, at + FAKE_MS(430), "Response", 7);
        fake_label_end(f, task, at + FAKE_MS(640));
        fake_label(f, task, at + FAKE_MS(640), "Process", 8);
        fake_label_end(f, task, at + FAKE_MS(790));
        fake_label_end(f, task, at + FAKE_MS(790));
        fake_drop(f, task, at + FAKE_MS(790), gil, GS_DROP_EXIT, 9);
        fake_died(f, task, at + FAKE_MS(790), i == 2);
    }
    fake_end(f, FAKE_MS(2450), 0);
    return f;
}

static void labels_read_like_the_documents(void **state)
{
    (void)state;
    struct fake_trace *f = downloads();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 118);
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "             ├─────────────────────── Blocking I/O 1.6 s ────────────────────────┤├────────── Async 850 ms ──────────┤",
        "             0.0s                 0.5                   1.0                  1.5                   2.0",
        "▾ process 1",
        "  GIL        ▏ Task 1 ▏        ▏ Task 1        ▏ Task 2 ▏         ▏ Task 2       ▏ Task 3 ▏         ▏ Task 3       ▏",
        "  Task 1     [Request]──wait───[Res…nse][Pr…ss]",
        "  Task 2                                       [Request]───wait───[Res…nse][Pr…s]",
        "  Task 3                                                                          [Req…st]───wait───[Res…nse][Pr…s]✗",
        "             ▲ next                            ▲ next                             ▲ the last",
        "             └───────────────────────────────────────────────────────────────────────────────────────────────────────┘",
        "                                                           total 2.45 s",
        "█ running   ─ io"
            // clang-format on
            ));
    view.width = 72;
    picture_is(&view, true,
               LINES(
                   // clang-format off
        "             +-------- Blocking I/O 1.6 s ---------++-- Async 850 ms --+",
        "             0.0s        0.5         1.0         1.5         2.0",
        "v process 1",
        "  GIL        |T1  |    | Task 1 |T2  |     |Task 2 |T3  |     | Task 3 |",
        "  Task 1     [Req]-----[Res][Pr]",
        "  Task 2                        [Req]------[Res][P]",
        "  Task 3                                            [Re]------[Res][Pr]x",
        "             ^ next             ^ next              ^ the last",
        "             +---------------------------------------------------------+",
        "                                    total 2.45 s",
        "# running   - io"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void labels_take_what_room_there_is(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", false);
    uint32_t t = fake_thread(f, gil, "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_label(f, t, 0, "work", 1);
    fake_label(f, t, FAKE_MS(20), "in\x1bner", 1);
    fake_label_end(f, t, FAKE_MS(30));
    fake_label_end(f, t, FAKE_MS(40));
    fake_label(f, t, FAKE_MS(41), "tiny", 1);
    fake_label_end(f, t, FAKE_MS(42));
    fake_label(f, t, FAKE_MS(44), "日本語の名前", 1);
    fake_label_end(f, t, FAKE_MS(50));
    fake_state(f, t, FAKE_MS(50), GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_label(f, t, FAKE_MS(50), "too long a name", 1);
    fake_label_end(f, t, FAKE_MS(57));
    fake_label(f, t, FAKE_MS(57), "too long", 1);
    fake_label_end(f, t, FAKE_MS(61));
    fake_end(f, FAKE_MS(61), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 60);
    view.totals = false;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "          0ms             20               40",
        "▾ p",
        "  t       [work███████████[in^[ner]███████]███[日█][░░░░][░]",
        "█ running   ░ wants-gil"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void the_word_of_every_wait(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t t = fake_thread(f, gil, "t");
    fake_born(f, t, 0, 0);
    const struct {
        unsigned state;
        uint32_t on;
    } waits[] = {
        {GS_STATE_WANTS_GIL, 0},
        {GS_STATE_IO, 0},
        {GS_STATE_SLEEPING, 0},
        {GS_STATE_READY, 0},
        {GS_STATE_NATIVE, 0},
        {GS_STATE_WAITING, 0},
        {GS_STATE_WAITING, fake_object(f, GS_OBJECT_LOCK, "a")},
        {GS_STATE_WAITING, fake_object(f, GS_OBJECT_LOCK, "Lock 1")},
        {GS_STATE_WAITING, fake_object(f, GS_OBJECT_THREAD, "Thread 1")},
        {GS_STATE_AWAITING, fake_object(f, GS_OBJECT_QUEUE, "jobs")},
    };
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
        fake_state(f, t, FAKE_MS(20 * i), waits[i].state, waits[i].on, 1, 0);
    fake_end(f, FAKE_MS(200), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 186);
    view.totals = false;
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "          0ms               20               40                60               80                100               120              140               160              180",
        "▾ p",
        "  GIL",
        "  t       ░░░░wants GIL░░░░░──────wait───────······sleep·······▸▸▸▸▸▸ready▸▸▸▸▸▸▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓╌╌╌╌╌╌╌wait╌╌╌╌╌╌╌╌╌╌╌╌lock a╌╌╌╌╌╌╌╌╌╌╌╌Lock 1╌╌╌╌╌╌╌╌join Thread 1╌╌┈┈┈┈queue jobs┈┈┈┈",
        "░ wants-gil   ▓ native   ─ io   · sleeping   ╌ waiting   ▸ ready   ┈ awaiting"
            // clang-format on
            ));
    gs_rows_free(&rows);
    fake_close(f);
}

/* One lane over columns of 10 ms each: what hides in them shows. */
static void a_column_tells_that_it_hides_others(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", false);
    uint32_t t = fake_thread(f, gil, "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
    fake_state(f, t, FAKE_MS(14), GS_STATE_RUNNING, 0, 1, 0); /* ran for a moment */
    fake_state(f, t, FAKE_MS(15), GS_STATE_SLEEPING, 0, 1, 0);
    fake_state(f, t, FAKE_MS(26), GS_STATE_RUNNING, 0, 1, 0);  /* one change: no secret */
    fake_state(f, t, FAKE_MS(33), GS_STATE_SLEEPING, 0, 1, 0); /* hides a sleep */
    fake_state(f, t, FAKE_MS(35), GS_STATE_RUNNING, 0, 1, 0);
    for (unsigned i = 0; i < 60; i++) /* more than is walked span by span */
        fake_state(f, t, FAKE_MS(40) + FAKE_US(166 * i), i % 2 ? GS_STATE_RUNNING : GS_STATE_IO, 0,
                   1, 0);
    for (unsigned i = 0; i < 200; i++)
        fake_state(f, t, FAKE_MS(50) + FAKE_US(100 * (i / 2) + 95 * (i % 2)),
                   i % 2 ? GS_STATE_IO : GS_STATE_RUNNING, 0, 1, 0);
    fake_end(f, FAKE_MS(60), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 16);
    view.title_width = 10;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 16, 4, false);
    gs_lanes_draw(&canvas, &view, NULL);
    char row[256];
    assert_string_equal(gs_canvas_row(&canvas, 2, row, sizeof row), "  t       ·▪·█▒█");
    assert_int_equal(gs_canvas_cell(&canvas, 12, 2)->style, 0);
    assert_int_equal(gs_canvas_cell(&canvas, 13, 2)->style, GS_STYLE_UNDERLINE);
    assert_int_equal(gs_canvas_cell(&canvas, 15, 2)->style, GS_STYLE_UNDERLINE);
    assert_int_equal(gs_canvas_cell(&canvas, 15, 2)->role, GS_ROLE_STATE + GS_STATE_RUNNING);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(f);
}

/* A row of lanes of ten columns behind titles of ten. */
static const char *ten_columns(char *row, size_t size, const struct fake_trace *f, int y,
                               uint64_t until, struct gs_lanes_signs *signs)
{
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 20);
    struct gs_canvas canvas;
    view.title_width = 10;
    view.until = until;
    gs_canvas_init(&canvas, 20, 8, false);
    gs_lanes_draw(&canvas, &view, signs);
    gs_canvas_row(&canvas, y, row, size);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    return row;
}

enum { GIL_ROW = 2, LANE_ROW = 3 };

/* A thread that computes outside for a millisecond, again and again, with a microsecond inside. */
static struct fake_trace *in_a_library(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t t = fake_thread(f, gil, "Thread 1");
    fake_born(f, t, 0, 0);
    for (uint64_t i = 0; i < 2000; i++) {
        uint64_t from = FAKE_US(1001 * i), until = from + FAKE_US(1);
        fake_take(f, t, from, gil, 1);
        fake_state(f, t, from, GS_STATE_RUNNING, 0, 1, GS_CAUSE_WORK);
        fake_state(f, t, until, GS_STATE_NATIVE, 0, 1, GS_CAUSE_NONE);
        fake_drop(f, t, until, gil, GS_DROP_BLOCKING, 1);
    }
    fake_end(f, FAKE_MS(2002), 0);
    return f;
}

/* At any zoom most columns show what it does nearly all the time, and that nobody has the GIL. */
static void what_is_nearly_always_is_what_one_sees(void **state)
{
    (void)state;
    struct fake_trace *f = in_a_library();
    for (uint64_t until = FAKE_MS(2); until < FAKE_MS(2000); until += until / 7) {
        char row[128];
        struct gs_lanes_signs signs;
        const char *at = ten_columns(row, sizeof row, f, LANE_ROW, until, &signs);
        int native = 0;
        while ((at = strstr(at, "▓")))
            native++, at += strlen("▓");
        assert_in_range(native, 5, 10);
        assert_true(signs.states[GS_STATE_NATIVE]);
        int owned = 0;
        for (at = ten_columns(row, sizeof row, f, GIL_ROW, until, NULL) + 10; *at; at++)
            owned += *at == '1';
        assert_in_range(owned, 0, 5);
    }
    char row[128];
    assert_string_equal(ten_columns(row, sizeof row, f, LANE_ROW, FAKE_MS(2000), NULL),
                        "  Threa…1 ▓▓▓▓▓▓▓▓▓▓");
    assert_string_equal(ten_columns(row, sizeof row, f, GIL_ROW, FAKE_MS(2000), NULL), "  GIL");
    fake_close(f);
}

/* What is brief and rare is still found. */
static void a_brief_turn_stands_out(void **state)
{
    (void)state;
    struct fake_trace *f = in_a_library();
    char row[128];
    assert_string_equal(ten_columns(row, sizeof row, f, LANE_ROW, FAKE_MS(3), NULL),
                        "  Threa…1 ▓▓▓▪▓▓▪▓▓▓");
    assert_string_equal(ten_columns(row, sizeof row, f, GIL_ROW, FAKE_MS(3), NULL),
                        "  GIL     1▏ 1▏ 1▏");
    fake_close(f);
}

/* Lives and holds across the border of the third and the fourth column of 10 ms. */
static void nothing_vanishes_between_two_columns(void **state)
{
    (void)state;
    static const struct {
        double from, middle, until;
        const char *columns;
    } lives[] = {
        {29, 30.5, 32, "   1"}, {28, 29.5, 31, "  1"}, {29, 30, 31, "  1"},
        {29, 29.5, 36, "   1"}, {24, 29.5, 31, "  1"}, {24, 30.5, 36, "  11"},
        {22, 22.5, 23, "  1"},  {29, 30, 32, "   1"},  {30, 31, 32, "   1"},
        {28, 29, 30, "  1"},    {0, 1, 2, "1"},
    };
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
        struct fake_trace *f = fake_open();
        uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
        uint32_t t = fake_thread(f, gil, "t1");
        uint64_t from = FAKE_MS(lives[i].from), until = FAKE_MS(lives[i].until);
        fake_born(f, t, from, 0);
        fake_take(f, t, from, gil, 1);
        fake_state(f, t, from, GS_STATE_RUNNING, 0, 1, 0);
        fake_state(f, t, FAKE_MS(lives[i].middle), GS_STATE_RUNNING, 0, 2, 0);
        fake_state(f, t, until, GS_STATE_NONE, 0, 1, 0);
        fake_drop(f, t, until, gil, GS_DROP_EXIT, 1);
        fake_died(f, t, until, false);
        fake_end(f, FAKE_MS(100), 0);
        char row[128], lane[64] = "", expected[128];
        for (const char *c = lives[i].columns; *c; c++)
            strcat(lane, *c == '1' ? "█" : " ");
        snprintf(expected, sizeof expected, "  t1      %s", lane);
        assert_string_equal(ten_columns(row, sizeof row, f, LANE_ROW, FAKE_MS(100), NULL),
                            expected);
        snprintf(expected, sizeof expected, "  GIL     %s▏", lives[i].columns);
        assert_string_equal(ten_columns(row, sizeof row, f, GIL_ROW, FAKE_MS(100), NULL), expected);
        fake_close(f);
    }
}

static void a_thousand_lanes_scroll(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", false);
    for (unsigned i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "t-%04u", i);
        uint32_t t = fake_thread(f, gil, name);
        fake_born(f, t, FAKE_MS(i), 0);
        fake_state(f, t, FAKE_MS(i), GS_STATE_RUNNING, 0, 1, 0);
        fake_died(f, t, FAKE_MS(i + 100), false);
    }
    fake_end(f, FAKE_MS(1100), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 60);
    view.height = 6;
    view.first_row = 500;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "501-503/1001 0.0s                 0.5                   1.0",
        "  t-0499                          █████",
        "  t-0500                          █████",
        "  t-0501                          █████",
        "             └─────────────────────────────────────────────┘",
        "                               total 1.1 s",
        "█ running"
                   // clang-format on
                   ));
    view.first_row = 5000;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             0.0s                 0.5                   1.0",
        "             └─────────────────────────────────────────────┘",
        "                               total 1.1 s"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

/* In boxes too narrow for names: no two owners have the same sign, and the legend tells those that
 * do not speak for themselves. Threads whose names come to the same are owners like others. */
static void owners_have_signs_of_their_own(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", true);
    for (unsigned i = 1; i <= 14; i++) {
        char name[16];
        snprintf(name, sizeof name, i < 13 ? "Thread %u" : i == 13 ? "client" : "consumer", i);
        uint32_t t = fake_thread(f, gil, name);
        fake_born(f, t, 0, 0);
        fake_take(f, t, FAKE_MS(i - 1), gil, 1);
        fake_drop(f, t, FAKE_MS(i), gil, GS_DROP_BLOCKING, 1);
    }
    uint32_t heir = fake_thread(f, gil, "Thread 1");
    fake_died(f, 3, FAKE_MS(13), false); /* the first Thread 1 */
    fake_born(f, heir, FAKE_MS(13), 0);
    fake_take(f, heir, FAKE_MS(14), gil, 1);
    fake_end(f, FAKE_MS(15), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 14 + 2 * 15);
    struct gs_canvas canvas;
    char row[256];
    struct gs_lanes_signs signs;
    gs_canvas_init(&canvas, 80, 24, false);
    gs_lanes_draw(&canvas, &view, &signs);
    assert_string_equal(gs_canvas_row(&canvas, 2, row, sizeof row),
                        "  GIL         11223344556677889900aabbccdd11");
    for (int c = 0; c < 28; c += 2)
        assert_int_not_equal(gs_canvas_cell(&canvas, 14 + c, 2)->role,
                             gs_canvas_cell(&canvas, 16 + c, 2)->role);
    gs_lanes_legend(&canvas, f->timeline, &signs, 0, 23, 80);
    assert_string_equal(gs_canvas_row(&canvas, 23, row, sizeof row),
                        "1 Thread 1 etc.   a Thread 11   b Thread 12   d consumer");
    view.now = FAKE_MS(11);
    gs_lanes_draw(&canvas, &view, &signs);
    assert_int_equal(signs.owner_count, 1);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(f);
}

/* The foot of the cursor takes no letter away from a mark's text. */
/* Nothing of it is told before it is played, neither by its name nor by its line. */
static void what_comes_after_the_playhead_is_not_shown(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t free = fake_interpreter(f, fake_process(f, "process 1"), "main", false);
    uint32_t t = fake_thread(f, free, "busy");
    fake_born(f, t, 0, 0);
    fake_text(f, t, 0, GS_EVENT_PHASE, "one", 1);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_text(f, t, FAKE_MS(10), GS_EVENT_ASK, "Is it?\nyes\nno", 1);
    fake_text(f, t, FAKE_MS(20), GS_EVENT_MARK, "early", 1);
    fake_text(f, t, FAKE_MS(40), GS_EVENT_PHASE, "second", 1);
    fake_text(f, t, FAKE_MS(60), GS_EVENT_ASK, "And now?\nyes\nno", 1);
    fake_text(f, t, FAKE_MS(70), GS_EVENT_MARK, "late", 1);
    fake_end(f, FAKE_MS(80), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 50);
    view.totals = false;
    view.now = FAKE_MS(30) + 1;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             ├───── one ───",
        "             0ms                    50",
        "▾ process 1",
        "  busy       ██████████████",
        "                  ?   ▲ early",
        "█ running"
                   // clang-format on
                   ));
    /* How long a phase took is known at its end. */
    view.now = FAKE_MS(40) + 1;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             ├─ one 40.0 ms ──┤├",
        "             0ms                    50",
        "▾ process 1",
        "  busy       ███████████████████",
        "                  ?   ▲ early",
        "█ running"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void the_cursor_leaves_a_marks_text(void **state)
{
    (void)state;
    struct fake_trace *f = downloads();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 118);
    const int foot = 15; /* the n of the first "next" */
    for (view.cursor = 0; gs_lanes_column(&view, view.cursor) != foot - 13;)
        view.cursor += FAKE_MS(1);
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 118, 12, false);
    gs_lanes_draw(&canvas, &view, NULL);
    assert_string_equal(gs_canvas_cell(&canvas, foot, 7)->glyph, "n");
    assert_int_equal(gs_canvas_cell(&canvas, foot, 7)->style, GS_STYLE_REVERSE);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(f);
}

static void cursor_marks_and_selection(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 73);
    view.cursor = FAKE_MS(30);
    view.selected = 3;
    view.totals = false;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 73, 8, false);
    assert_int_equal(gs_lanes_draw(&canvas, &view, NULL), 7);
    int x30 = gs_lanes_title_width(&view) + gs_lanes_column(&view, view.cursor);
    assert_int_equal(x30, 43);
    assert_string_equal(gs_canvas_cell(&canvas, x30, 6)->glyph, "▲");
    assert_int_equal(gs_canvas_cell(&canvas, x30, 6)->role, GS_ROLE_CURSOR);
    assert_int_equal(gs_canvas_cell(&canvas, x30, 4)->style, GS_STYLE_REVERSE);
    assert_int_equal(gs_canvas_cell(&canvas, x30 + 1, 4)->style, 0);
    assert_int_equal(gs_canvas_cell(&canvas, 2, 4)->style, GS_STYLE_REVERSE);
    assert_int_equal(gs_canvas_cell(&canvas, 2, 3)->style, 0);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void owners_have_colours_of_their_own(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 80);
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 80, 8, false);
    gs_lanes_draw(&canvas, &view, NULL);
    const struct gs_cell *one = gs_canvas_cell(&canvas, 15, 2), *two = one + 6;
    assert_true(one->role >= GS_ROLE_OWNER && two->role >= GS_ROLE_OWNER);
    assert_int_not_equal(one->role, two->role);
    /* … which their lanes' titles have, too. */
    int named = 0;
    for (int y = 3; y < 6; y++)
        for (int owner = 0; owner < 2; owner++)
            if (strcmp(gs_canvas_cell(&canvas, 15 + 6 * owner, y)->glyph, "█") == 0) {
                assert_int_equal(gs_canvas_cell(&canvas, 2, y)->role, (owner ? two : one)->role);
                named |= 1 << owner;
            }
    assert_int_equal(named, 3);
    assert_int_equal(gs_canvas_cell(&canvas, 2, 2)->role, GS_ROLE_TEXT);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void folded_groups_say_what_they_hide(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 60);
    struct gs_row_choice choice = {.folded = &x.process, .folded_count = 1};
    gs_rows_build(&rows, x.trace->timeline, &choice);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             0ms             20             40",
        "▸ process 1  4 lanes folded",
        "             └─────────────────────────────────────────────┘",
        "                              total 60.0 ms"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(x.trace);
}

/* Nor does the playhead hide it: it is about the picture. Of too little room it takes whole words.
 */
static void what_a_group_hides_is_said_in_whole_words(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 60);
    struct gs_row_choice choice = {.folded = &x.process, .folded_count = 1};
    gs_rows_build(&rows, x.trace->timeline, &choice);
    struct gs_canvas canvas;
    char row[256];
    gs_canvas_init(&canvas, 60, 24, false);
    view.now = FAKE_MS(5);
    gs_lanes_draw(&canvas, &view, NULL);
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "▸ process 1  4 lanes folded");
    gs_canvas_clear(&canvas);
    view.width = 13 + 11;
    view.title_width = 13;
    gs_lanes_draw(&canvas, &view, NULL);
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "▸ process 1  4 lanes…");
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void one_folded_lane_is_no_lanes(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "p"), gil = fake_interpreter(f, process, "i", false);
    uint32_t t = fake_thread(f, gil, "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
    fake_end(f, FAKE_MS(60), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 60);
    struct gs_row_choice choice = {.folded = &process, .folded_count = 1};
    gs_rows_build(&rows, f->timeline, &choice);
    view.totals = false;
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "          0ms              20              40",
        "▸ p       1 lane folded"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void columns_and_times_agree(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(x.trace->timeline, &rows, 97);
    view.from = 12345;
    view.until = FAKE_MS(60) + 77;
    int columns = view.width - gs_lanes_title_width(&view);
    for (int c = 0; c < columns; c++) {
        assert_int_equal(gs_lanes_column(&view, gs_lanes_time(&view, c)), c);
        assert_int_equal(gs_lanes_column(&view, gs_lanes_time(&view, c + 1) - 1), c);
    }
    assert_int_equal(gs_lanes_column(&view, view.from - 1), -1);
    assert_int_equal(gs_lanes_column(&view, view.until), -1);
    assert_int_equal(gs_lanes_time(&view, columns), view.until);
    gs_rows_free(&rows);
    fake_close(x.trace);
}

static void an_empty_timeline_is_an_axis(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 40);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "          0ns"
                   // clang-format on
                   ));
    view.until = FAKE_MS(50);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "          0ms         20          40"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

static void the_end_of_time_is_drawn_too(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
    fake_state(f, t, UINT64_MAX / 2, GS_STATE_RUNNING, 0, 1, 0);
    fake_end(f, UINT64_MAX, 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 64);
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "          0s          1000000     2000000     3000000",
        "▾ p",
        "  t       ························sleep·························",
        "          └────────────────────────────────────────────────────┘",
        "                             total 4503600 s",
        "· sleeping"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(f);
}

/* Whatever the size and the window: nothing outside the canvas, no endless loop, rows as told. */
static void any_window_on_any_screen(void **state)
{
    (void)state;
    struct fake_trace *f = downloads();
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 0);
    srand(4);
    for (int i = 0; i < 4000; i++) {
        struct gs_canvas canvas;
        gs_canvas_init(&canvas, rand() % 90, rand() % 14, rand() % 2);
        view.x = rand() % 9 - 4;
        view.y = rand() % 5 - 2;
        view.width = rand() % 140;
        view.height = rand() % 16;
        view.title_width = rand() % 3 ? 0 : rand() % 30;
        view.first_row = (size_t)(rand() % 6);
        view.selected = rand() % 9 - 1;
        view.from = (uint64_t)rand() << rand() % 33 >> rand() % 33;
        view.until = view.from + ((uint64_t)rand() << rand() % 33 >> rand() % 40);
        view.cursor = view.from + (uint64_t)rand() % 1000000;
        struct gs_lanes_signs signs;
        int used = gs_lanes_draw(&canvas, &view, &signs);
        assert_true(used >= 0 && used <= (view.height > 0 ? view.height : 0));
        gs_lanes_legend(&canvas, view.timeline, &signs, view.x, view.y + used, view.width);
        gs_canvas_destroy(&canvas);
    }
    gs_rows_free(&rows);
    fake_close(f);
}

/* A worker of a pool that was ended before its Python ran: there is nothing to open. */
static void a_process_that_did_nothing_says_how_it_ended(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    uint32_t thread = fake_thread(f, gil, "Thread 1");
    uint32_t killed = fake_process(f, "Worker-1"), ended = fake_process(f, "Worker-2");
    fake_interpreter(f, ended, "never began", true);
    fake_born(f, thread, 0, 0);
    fake_take(f, thread, 0, gil, 1);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_born(f, killed, FAKE_MS(10), thread);
    fake_born(f, ended, FAKE_MS(15), thread);
    fake_died_by(f, killed, FAKE_MS(20), GS_DEATH_KILLED, 15);
    fake_died(f, ended, FAKE_MS(90), false);
    fake_died(f, thread, FAKE_MS(100), false);
    fake_end(f, FAKE_MS(100), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(f->timeline, &rows, 100);
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "             0ms              20                40               60                80",
        "▾ process 1",
        "  GIL        ▏ Thread 1",
        "  Thread 1   ███████████████████████████████████████████████████████████████████████████████████████",
        "  Worker-1                    ✗ killed by signal 15 (SIGTERM) before it did anything",
        "  Worker-2                                                    ended before it did anything",
        "             └─────────────────────────────────────────────────────────────────────────────────────┘",
        "                                                  total 100 ms",
        "█ running"
            // clang-format on
            ));
    /* The playhead has come to the first end, and not to the second. */
    view.now = FAKE_MS(80);
    view.totals = false;
    picture_is(
        &view, false,
        LINES(
            // clang-format off
        "             0ms              20                40               60                80",
        "▾ process 1",
        "  GIL        ▏ Thread 1",
        "  Thread 1   ██████████████████████████████████████████████████████████████████████",
        "  Worker-1                    ✗ killed by signal 15 (SIGTERM) before it did anything",
        "  Worker-2",
        "█ running"
            // clang-format on
            ));
    /* What is over stays told. */
    view.now = 0;
    view.from = FAKE_MS(50);
    view.height = 7;
    picture_is(
        &view, true,
        LINES(
            // clang-format off
        "             50ms             60                70               80                90",
        "v process 1",
        "  GIL        | Thread 1",
        "  Thread 1   #######################################################################################",
        "  Worker-1     killed by signal 15 (SIGTERM) before it did anything",
        "  Worker-2                                            ended before it did anything",
        "# running"
            // clang-format on
            ));
    gs_rows_free(&rows);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_cut_in_its_middle),
        cmocka_unit_test(a_fight_over_the_gil_at_80_columns),
        cmocka_unit_test(with_room_names_stand_in_boxes),
        cmocka_unit_test(far_from_zero_ticks_are_relative),
        cmocka_unit_test(too_far_out_changes_become_shades),
        cmocka_unit_test(narrow_titles_keep_their_numbers),
        cmocka_unit_test(the_legend_leaves_out_what_is_seen_least),
        cmocka_unit_test(what_a_thread_runs_is_shown_where_there_is_room),
        cmocka_unit_test(labels_read_like_the_documents),
        cmocka_unit_test(a_process_that_did_nothing_says_how_it_ended),
        cmocka_unit_test(labels_take_what_room_there_is),
        cmocka_unit_test(the_word_of_every_wait),
        cmocka_unit_test(a_column_tells_that_it_hides_others),
        cmocka_unit_test(what_is_nearly_always_is_what_one_sees),
        cmocka_unit_test(a_brief_turn_stands_out),
        cmocka_unit_test(nothing_vanishes_between_two_columns),
        cmocka_unit_test(a_thousand_lanes_scroll),
        cmocka_unit_test(cursor_marks_and_selection),
        cmocka_unit_test(what_comes_after_the_playhead_is_not_shown),
        cmocka_unit_test(the_cursor_leaves_a_marks_text),
        cmocka_unit_test(owners_have_colours_of_their_own),
        cmocka_unit_test(owners_have_signs_of_their_own),
        cmocka_unit_test(folded_groups_say_what_they_hide),
        cmocka_unit_test(what_a_group_hides_is_said_in_whole_words),
        cmocka_unit_test(one_folded_lane_is_no_lanes),
        cmocka_unit_test(columns_and_times_agree),
        cmocka_unit_test(an_empty_timeline_is_an_axis),
        cmocka_unit_test(the_end_of_time_is_drawn_too),
        cmocka_unit_test(any_window_on_any_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
