/* The screen's state without a terminal: keys in, the canvas out, frame by frame. */
#include "support/ui_case.h"
#include "tui/look/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* The run's last quarter of a second is no reason to leave its figures out for good: no frame may
 * come after it. */
static void statistics_are_those_of_the_end(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_press(ui, "t");
    gs_ui_advance(ui, 1000);
    ui_case_expect(ui, "statistics up to the playhead");
    ui_case_play(ui);
    ui_case_expect(ui, "held 100 %, 15 hand-offs");
    /* The same again has the same version at its end. */
    ui_case_press(ui, "r");
    ui_case_play(ui);
    ui_case_expect(ui, "held 100 %, 15 hand-offs");
    ui_case_close(&c);
}

static struct fake_trace *talkative(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    for (int i = 1; i <= 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "word %d", i);
        fake_text(x.trace, x.t1, FAKE_MS(31), GS_EVENT_OUTPUT, text, 3);
    }
    fake_text(x.trace, x.t2, FAKE_MS(32), GS_EVENT_OUTPUT, "word 4", 3);
    fake_end(x.trace, FAKE_MS(60), 0);
    return x.trace;
}

/* One thread prints several times at one instant. */
static void search_goes_through_hits_of_one_instant(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = talkative}};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    ui_case_press(ui, "g/word\r");
    ui_case_expect(ui, "1 of 4: output word 1");
    ui_case_press(ui, "n");
    ui_case_expect(ui, "2 of 4: output word 2");
    ui_case_press(ui, "n");
    ui_case_expect(ui, "3 of 4: output word 3");
    ui_case_press(ui, "n");
    ui_case_expect(ui, "4 of 4: output word 4");
    ui_case_press(ui, "N");
    ui_case_expect(ui, "3 of 4: output word 3");
    ui_case_press(ui, "N");
    ui_case_expect(ui, "2 of 4: output word 2");
    ui_case_press(ui, "nnn");
    ui_case_expect(ui, "1 of 4: output word 1");
    ui_case_close(&c);
}

static struct fake_trace *queues(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t t = fake_thread(f, gil, "worker"), other = fake_thread(f, gil, "other");
    const uint32_t waits[] = {
        fake_object(f, GS_OBJECT_QUEUE, "jobs"), fake_object(f, GS_OBJECT_QUEUE, "jobs"),
        fake_end_of(f, other, "the end of jobs"), fake_object(f, GS_OBJECT_FUTURE, "Future 1")};
    fake_born(f, t, 0, 0);
    for (uint64_t i = 0; i < 4; i++)
        fake_state(f, t, FAKE_MS(i), GS_STATE_WAITING, waits[i], 3, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

/* By the names that the lanes and the sentence have for it. */
static void search_finds_what_is_waited_for(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = queues}};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    ui_case_press(ui, "g/JOBS\r");
    ui_case_expect(ui, "1 of 2: queue jobs");
    ui_case_press(ui, "n");
    ui_case_expect(ui, "2 of 2: queue jobs #2");
    ui_case_press(ui, "/future\r");
    ui_case_expect(ui, "1 of 1: future Future 1");
    ui_case_close(&c);
}

/* What was not there when it was searched for is not passed over later. */
static void the_first_hit_of_all_is_not_skipped(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = talkative}};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_press(ui, "/word\r");
    ui_case_expect(ui, "\"word\" is in no name");
    ui_case_play(ui);
    ui_case_press(ui, "gn");
    ui_case_expect(ui, "1 of 4: output word 1");
    ui_case_close(&c);
}

/* Two interpreters with a GIL, and a third without; main calls into the second. */
struct cast {
    struct fake_trace *trace;
    uint32_t process, first, second, third, main;
};

static struct cast three_interpreters(void)
{
    struct cast x = {.trace = fake_open()};
    struct fake_trace *f = x.trace;
    x.process = fake_process(f, "process 1");
    x.first = fake_interpreter(f, x.process, "first", true);
    x.second = fake_interpreter(f, x.process, "second", true);
    x.third = fake_interpreter(f, x.process, "third", false);
    uint32_t threads[] = {fake_thread(f, x.first, "main"), fake_thread(f, x.second, "a worker"),
                          fake_thread(f, x.third, "free")};
    x.main = threads[0];
    fake_born(f, x.process, 0, 0);
    for (uint32_t gil = x.first; gil <= x.third; gil++)
        fake_born(f, gil, 0, x.process);
    for (size_t i = 0; i < 3; i++)
        fake_born(f, threads[i], 0, 0);
    fake_take(f, threads[0], 0, x.first, 1);
    for (size_t i = 0; i < 3; i += 2)
        fake_state(f, threads[i], 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_take(f, threads[1], FAKE_MS(1), x.second, 1);
    fake_state(f, threads[1], FAKE_MS(1), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(f, threads[1], FAKE_MS(2), x.second, GS_DROP_EXIT, 1);
    fake_died(f, threads[1], FAKE_MS(2), false);
    fake_drop(f, threads[0], FAKE_MS(3), x.first, GS_DROP_BLOCKING, 2);
    fake_enter(f, threads[0], FAKE_MS(3), x.second);
    fake_take(f, threads[0], FAKE_MS(3), x.second, 2);
    fake_end(f, FAKE_MS(10), 0);
    return x;
}

static struct fake_trace *three(void)
{
    return three_interpreters().trace;
}

static void select_row(struct gs_ui *ui, enum gs_row_kind kind, uint32_t actor)
{
    ui->look.selected_by_user = true;
    ui->look.selected = (struct gs_row_name){kind, actor};
    assert_non_null(gs_cursor_selected(&ui->look));
}

static void a_folded_group_tells_of_its_own_gil(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct cast x = three_interpreters(); /* for the ids */
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    ui_case_expect(ui, "▾ second");
    gs_cursor_set(&ui->look, FAKE_MS(1));
    for (int folded = 0; folded < 2; folded++) {
        select_row(ui, GS_ROW_GROUP, x.first);
        assert_int_equal(gs_cursor_interpreter(&ui->look), x.first);
        ui_case_expect(ui, "main has held the GIL for 1.0 ms");
        ui_case_press(ui, "z");
        select_row(ui, GS_ROW_GROUP, x.second);
        assert_int_equal(gs_cursor_interpreter(&ui->look), x.second);
        ui_case_expect(ui, "a worker took the GIL");
        ui_case_press(ui, "z");
        select_row(ui, GS_ROW_GROUP, x.third);
        assert_int_equal(gs_cursor_interpreter(&ui->look), 0);
        ui_case_expect(ui, "third has no GIL");
        ui_case_press(ui, "z");
    }
    select_row(ui, GS_ROW_GROUP, x.process);
    assert_int_equal(gs_cursor_interpreter(&ui->look), x.first);
    ui_case_press(ui, "z");
    assert_int_equal(gs_cursor_interpreter(&ui->look), x.first);
    fake_close(x.trace);
    ui_case_close(&c);
}

/* A loop with thirty tasks, of which the last one has its turn and sleeps. */
static struct fake_trace *thirty_tasks(void)
{
    enum { MANY = 30 };
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t thread = fake_thread(f, fake_interpreter(f, process, "first", false), "main");
    uint32_t loop = fake_loop(f, thread, "loop"), task = 0;
    fake_born(f, process, 0, 0);
    fake_born(f, thread, 0, 0);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_born(f, loop, 0, thread);
    fake_state(f, loop, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    for (int i = 1; i <= MANY; i++) {
        char name[16];
        snprintf(name, sizeof name, "Task-%d", i);
        task = fake_task_of(f, loop, name, i == MANY ? "late" : "work");
        fake_born(f, task, FAKE_MS(1), thread);
        fake_state(f, task, FAKE_MS(1), GS_STATE_READY, 0, 0, thread);
    }
    fake_state(f, task, FAKE_MS(2), GS_STATE_RUNNING, 0, 9, GS_CAUSE_NONE);
    uint32_t all[] = {thread, loop, task};
    for (size_t i = 0; i < 3; i++)
        fake_state(f, all[i], FAKE_MS(3), GS_STATE_SLEEPING, 0, 9, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

static struct fake_trace *loop_before_the_end(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t thread = fake_thread(f, fake_interpreter(f, process, "first", false), "main");
    uint32_t loop = fake_loop(f, thread, "loop");
    fake_born(f, thread, 0, 0);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_born(f, loop, 0, thread);
    fake_state(f, loop, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_died(f, loop, FAKE_MS(3), false);
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

/* At the end of the run nobody asked about a loop that is long gone. */
static void who_is_long_gone_is_no_news_at_the_end(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = loop_before_the_end}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "The run ended after 10.0 ms");
    assert_false(ui_case_shows(ui, "loop ended at"));
    ui_case_press(ui, "kj");
    ui_case_expect(ui, "loop ended at 3.0 ms, after 3.0 ms.");
    ui_case_close(&c);
}

static void many_tasks_are_folded_until_they_are_opened(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = thirty_tasks}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "30 tasks");
    ui_case_expect(ui, "Task-30 (late) has had its turn on loop for 8.0 ms");
    ui_case_press(ui, "j");
    ui_case_expect(ui, "loop has 30 tasks now: 1 in its turn, 29 ready, 0 awaiting.");
    ui_case_press(ui, "z");
    ui_case_expect(ui, "Task-1 (work)");
    assert_false(ui_case_shows(ui, "30 tasks "));
    ui_case_press(ui, "jz");
    ui_case_expect(ui, "30 tasks");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, "Task-1 (work)");
    ui_case_press(ui, "jz/late\r");
    ui_case_expect(ui, "Task-30 (late) is ready to run: main created it.");
    ui_case_close(&c);
}

static void tasks_are_found_by_what_they_do(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = thirty_tasks}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_press(ui, "flate\r");
    ui_case_expect(ui, "Task-30 (late)");
    assert_false(ui_case_shows(ui, "30 tasks"));
    ui_case_press(ui, "z");
    ui_case_expect(ui, "With a filter every task that it leaves has a lane.");
    ui_case_press(ui, "\033");
    ui_case_press(ui, "fsleeping\r");
    ui_case_expect(ui, "Task-30 (late)");
    assert_false(ui_case_shows(ui, "Task-1 (work)"));
    gs_cursor_set(&ui->look, FAKE_MS(1.5));
    assert_false(ui_case_shows(ui, "Task-30 (late)"));
    ui_case_press(ui, "\033");
    ui_case_press(ui, "/sleeping\r");
    ui_case_expect(ui, "state sleeping");
    ui_case_close(&c);
}

static void a_lane_is_about_the_gil_of_the_instant(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct cast x = three_interpreters();
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    gs_ui_draw(ui);
    select_row(ui, GS_ROW_LANE, x.main);
    gs_cursor_set(&ui->look, FAKE_MS(1));
    assert_int_equal(gs_cursor_interpreter(&ui->look), x.first);
    gs_cursor_set(&ui->look, FAKE_MS(4));
    assert_int_equal(gs_cursor_interpreter(&ui->look), x.second);
    fake_close(x.trace);
    ui_case_close(&c);
}

static void keys_never_go_to_a_pane_that_is_not_shown(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    ui_case_expect(ui, "─ source");
    ui_case_press(ui, "\t");
    ui_case_expect(ui, "─ ▸ ");
    gs_ui_resize(ui, 80, 24);
    assert_false(ui_case_shows(ui, "─ ▸ "));
    gs_ui_resize(ui, 120, 40);
    assert_false(ui_case_shows(ui, "─ ▸ "));
    gs_ui_resize(ui, 80, 24);
    /* One that stays keeps them. */
    ui_case_press(ui, "e\t");
    ui_case_expect(ui, "▸ events");
    gs_ui_resize(ui, 120, 40);
    ui_case_expect(ui, "▸ events");
    ui_case_close(&c);
}

/* Events stand on an interpreter's lane once, though it has two rows. */
static void each_event_is_told_once(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct gs_ui *ui = ui_case_open(&c, 120, 60);
    ui_case_play(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, "sge");
    gs_ui_draw(ui);
    char row[4096];
    int births = 0;
    for (int y = 0; y < ui->canvas.height; y++)
        births += strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), "started first") != NULL;
    assert_int_equal(births, 1);
    ui_case_close(&c);
}

static void the_dead_are_on_no_line(void **state)
{
    (void)state;
    char path[] = "/tmp/screen_ui_XXXXXX.lua";
    int fd = mkstemps(path, 4);
    for (int i = 1; i <= 30; i++)
        dprintf(fd, "line_%d()\n", i);
    close(fd);
    struct ui_case c = {.scene = path};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    assert_false(ui_case_shows(ui, "█ main"));
    gs_cursor_set(&ui->look, FAKE_MS(60) - 1);
    assert_true(ui_case_shows(ui, "█ main"));
    ui_case_close(&c);
    unlink(path);
}

/* A thread's start and its end are one object; which of them was waited for is told. */
static void statistics_tell_what_is_waited_for(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, 200, 40);
    ui_case_press(ui, "t");
    ui_case_play(ui);
    ui_case_expect(ui, "54.7 ms waits for the end of Thread 1");
    ui_case_close(&c);
}

static struct fake_trace *in_every_state(void)
{
    struct fake_trace *f = fake_open();
    uint32_t free = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", false);
    uint32_t t = fake_thread(f, free, "busy");
    fake_born(f, t, 0, 0);
    /* 2 % running, 4 % wants-gil … 16 % awaiting, and running again. */
    uint64_t now = 0;
    for (unsigned s = GS_STATE_RUNNING; s <= GS_STATE_AWAITING; now += FAKE_MS(2) * s++)
        fake_state(f, t, now, s, 0, 1, GS_CAUSE_WORK);
    fake_state(f, t, now, GS_STATE_RUNNING, 0, 1, GS_CAUSE_WORK);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

/* As in the printed statistics: who could run and has no core does not want a GIL. */
static void statistics_count_each_state_for_itself(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = in_every_state}};
    struct gs_ui *ui = ui_case_open(&c, 200, 40);
    ui_case_press(ui, "t");
    ui_case_play(ui);
    ui_case_expect(ui, "% of life runs wants native  io sleep waits ready await  longest wait");
    ui_case_expect(ui, "busy        30     4      6   8    10    12    14    16  ");
    ui_case_close(&c);
}

static struct fake_trace *namesakes(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    for (uint64_t i = 0; i < 2; i++) {
        uint32_t t = fake_thread(f, gil, "worker");
        fake_born(f, t, 0, 0);
        fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
    }
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

static void panes_and_search_tell_namesakes_apart(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = namesakes}};
    struct gs_ui *ui = ui_case_open(&c, 200, 40);
    ui_case_play(ui);
    ui_case_press(ui, "/worker #\r");
    ui_case_expect(ui, "1 of 1: lane worker #2");
    ui_case_press(ui, "t");
    ui_case_expect(ui, "worker      100  100 ms sleep");
    ui_case_expect(ui, "worker #2   100  100 ms sleep");
    ui_case_close(&c);
}

static struct gs_control *control_of(struct ui_case *c)
{
    return gs_segment_control(c->stage.trace->segment);
}

static void play_until(struct gs_ui *ui, uint64_t time)
{
    for (int i = 0; i < 5000 && ui->look.run.playback.now < time; i++) {
        gs_ui_drain(ui, 1000000);
        gs_ui_advance(ui, 1000000);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(ui->look.run.playback.now >= time);
}

/* On the virtual clock the program may not go past the playhead of a screen that is paused, not
 * even by the lead that playing needs. */
static void the_program_stands_still_while_paused(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 1};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    play_until(ui, FAKE_MS(10));
    assert_true(atomic_load(&control_of(&c)->horizon) > ui->look.run.playback.now);
    ui_case_press(ui, " ");
    for (int i = 0; i < 10; i++) {
        gs_ui_drain(ui, 1000000);
        gs_ui_advance(ui, 1000000);
        assert_int_equal(atomic_load(&control_of(&c)->horizon), ui->look.run.playback.now);
    }
    ui_case_close(&c);
}

/* A lane that the filter leaves out hands over to the one that stands in its place, or to the last.
 */
static void what_is_filtered_out_hands_over_to_its_neighbour(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct fake_fight x = fake_gil_fight(); /* for the ids */
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_play(ui);
    gs_ui_draw(ui);
    select_row(ui, GS_ROW_LANE, x.t2);
    ui_case_press(ui, "fmain\r");
    assert_int_equal(gs_cursor_selected(&ui->look)->kind, GS_ROW_LANE);
    assert_int_equal(gs_cursor_selected(&ui->look)->actor, x.main);
    fake_close(x.trace);
    ui_case_close(&c);
}

/* On the real clock the program goes on without the view: what it did since is not shown yet. */
static void no_event_is_told_before_the_playhead_comes_to_it(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = in_every_state, .clock = GS_CLOCK_REAL}};
    struct gs_ui *ui = ui_case_open(&c, 120, 40);
    ui_case_press(ui, " e");
    for (int i = 0; i < 5000 && !gs_timeline_complete(ui->look.run.timeline); i++) {
        gs_ui_drain(ui, 1000000);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(gs_timeline_complete(ui->look.run.timeline));
    assert_false(ui_case_shows(ui, "The run ended with exit status"));
    ui_case_press(ui, "G");
    ui_case_play(ui);
    ui_case_expect(ui, "The run ended with exit status");
    ui_case_close(&c);
}

/* Back at its first scene, the chooser shows the name of its chapter again. */
static void the_chooser_shows_the_chapter_of_its_first_scene(void **state)
{
    (void)state;
    enum { SCENES = 40 };
    static struct gs_tui_scene many[SCENES];
    for (int i = 0; i < SCENES; i++)
        many[i] = (struct gs_tui_scene){.name = "a/scene",
                                        .chapter = "the only chapter",
                                        .title = "A title",
                                        .summary = "A summary.",
                                        .path = "p"};
    struct ui_case c = {.stage = {.scenes = many, .scene_count = SCENES}, .choose = true};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_expect(ui, "the only chapter");
    ui_case_press(ui, "G");
    assert_false(ui_case_shows(ui, "the only chapter"));
    for (int i = 1; i < SCENES; i++)
        ui_case_press(ui, "k");
    ui_case_expect(ui, "the only chapter");
    ui_case_close(&c);
}

/* Eight lanes, and so many checks that hold. */
static struct fake_trace *eight_with(int checks)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t interpreter = fake_interpreter(f, process, "main", true);
    fake_born(f, process, 0, 0);
    fake_born(f, interpreter, 0, process);
    for (int i = 0; i < 8; i++) {
        char name[16];
        snprintf(name, sizeof name, "lane-%d", i);
        uint32_t thread = fake_thread(f, interpreter, name);
        fake_born(f, thread, 0, 0);
        fake_state(f, thread, 0, GS_STATE_NATIVE, 0, 1, GS_CAUSE_NONE);
        fake_died(f, thread, FAKE_MS(10), false);
    }
    for (int i = 0; i < checks; i++)
        fake_check(f, interpreter + 1, FAKE_MS(10), true, "it adds up", 1);
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

static struct fake_trace *eight(void)
{
    return eight_with(0);
}

static struct fake_trace *eight_checked(void)
{
    return eight_with(4);
}

/* … which has room for all lanes, if not for as much of itself as without them. */
static void a_pane_under_the_lanes_hides_none(void **state)
{
    (void)state;
    static const char *const panes[][2] = {{"P", "The run had no phases."},
                                           {"t", "statistics up to the playhead"},
                                           {"e", "events around the cursor"}};
    struct ui_case c = {.stage = {.make = eight}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
        ui_case_press(ui, panes[i][0]);
        ui_case_expect(ui, panes[i][1]);
        ui_case_expect(ui, "▾ process 1");
        for (char name[] = "lane-0"; name[5] < '8'; name[5]++)
            ui_case_expect(ui, name);
    }
    ui_case_close(&c);
}

/* What a run came to gives way to a pane, but for its first line, and comes back. */
static void a_pane_takes_the_place_of_the_results(void **state)
{
    (void)state;
    static const char *const panes[][2] = {{"t", "─ statistics"},
                                           {"P", "─ phases side by side"},
                                           {"e", "─ events around the cursor"},
                                           {"u", "─ output of the program"},
                                           {"s", "─ source"}};
    struct ui_case c = {.stage = {.make = eight_checked}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
        ui_case_expect(ui, "✓ it adds up");
        ui_case_press(ui, panes[i][0]);
        ui_case_expect(ui, panes[i][1]);
        ui_case_expect(ui, "all 4 checks hold.");
        ui_case_expect(ui, "lane-7");
        assert_false(ui_case_shows(ui, "✓ it adds up"));
        ui_case_press(ui, panes[i][0]);
    }
    ui_case_close(&c);
}

/* Where the cursor's foot stands, under the lanes. */
static int cursor_column(struct gs_ui *ui)
{
    for (int y = 2; y < ui->canvas.height; y++)
        for (int x = 0; x < ui->canvas.width; x++)
            if (!strcmp(gs_canvas_at(&ui->canvas, x, y)->glyph, "▲"))
                return x;
    return -1;
}

/* The instant under the cursor stays in its column while one looks closer, and farther away. */
static void zooming_keeps_the_cursor_in_its_column(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, "g>>>>>>>>>");
    const char *const zooms[] = {"+", "+", "+", "-", "-", "+"};
    int before = 0;
    for (size_t i = 0; i < sizeof zooms / sizeof *zooms; i++) {
        gs_ui_draw(ui);
        int here = cursor_column(ui);
        assert_true(here > 40 && (before == 0 || abs(here - before) <= 1));
        before = here;
        ui_case_press(ui, zooms[i]);
    }
    ui_case_close(&c);
}

/* What is no letter, no digit and no line of a box. */
static bool is_sign(const char *text, size_t bytes)
{
    static const char *const lines[] = {"─", "│", "┌", "┐", "└", "┘", "├", "┤", "µ", "·", "×"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strlen(lines[i]) == bytes && !memcmp(lines[i], text, bytes))
            return false;
    return bytes > 1;
}

/* Each sign of the picture as it is now must be in the help. */
static void expect_explained(const struct gs_canvas *picture, struct gs_ui *help)
{
    char row[4096], sign[8];
    for (int y = 0; y < picture->height; y++) {
        const char *p = gs_canvas_row(picture, y, row, sizeof row);
        for (size_t n; *p; p += n) {
            for (n = 1; (p[n] & 0xc0) == 0x80; n++)
                ;
            snprintf(sign, sizeof sign, "%.*s", (int)n, p);
            if (is_sign(p, n))
                ui_case_expect(help, sign);
        }
    }
}

static struct fake_trace *full_of_signs(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    uint32_t pipe = fake_object(x.trace, GS_OBJECT_QUEUE, "pipe");
    fake_text(x.trace, x.main, 0, GS_EVENT_PHASE, "to begin with", 1);
    fake_text(x.trace, x.main, FAKE_MS(20), GS_EVENT_MARK, "a third", 1);
    fake_text(x.trace, x.main, FAKE_MS(21), GS_EVENT_NOTE,
              "a note that is far too long for 80 "
              "columns, so that it has to be cut somewhere near its end",
              1);
    fake_message(x.trace, x.t1, FAKE_MS(22), true, pipe, 8);
    fake_message(x.trace, x.t2, FAKE_MS(23), false, pipe, 8);
    fake_check(x.trace, x.main, FAKE_MS(59), true, "it holds", 9);
    fake_check(x.trace, x.main, FAKE_MS(59.5), false, "it fails", 9);
    fake_end(x.trace, FAKE_MS(60), 1);
    return x.trace;
}

static void the_help_explains_every_sign(void **state)
{
    (void)state;
    struct ui_case help = {.choose = true}, c = {.stage = {.make = full_of_signs}};
    struct gs_ui *explains = ui_case_open(&help, 80, 200), *ui = ui_case_open(&c, 80, 24);
    ui_case_press(explains, "?");
    ui_case_play(ui);
    static const char *const keys[] = {"", "g]", "jj", "-------", "0e", "\t", "b", "b\033h z"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ui_case_press(ui, keys[i]);
        gs_ui_draw(ui);
        expect_explained(&ui->canvas, explains);
    }
    ui_case_close(&c);
    ui_case_close(&help);
}

/* One free line below the lanes is enough for it: before that the total stands there. */
static void the_legend_is_there_where_there_is_room(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    for (int height = 14; height <= 24; height++) {
        gs_ui_resize(ui, 80, height);
        if (ui_case_shows(ui, "total 60") && !ui_case_shows(ui, "█ running   ░ wants-gil")) {
            char row[4096];
            for (int y = 0; y + 1 < height; y++)
                if (strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), "total 60"))
                    assert_string_not_equal(gs_canvas_row(&ui->canvas, y + 1, row, sizeof row), "");
        }
    }
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_the_end),
        cmocka_unit_test(the_help_explains_every_sign),
        cmocka_unit_test(the_legend_is_there_where_there_is_room),
        cmocka_unit_test(search_goes_through_hits_of_one_instant),
        cmocka_unit_test(search_finds_what_is_waited_for),
        cmocka_unit_test(the_first_hit_of_all_is_not_skipped),
        cmocka_unit_test(a_folded_group_tells_of_its_own_gil),
        cmocka_unit_test(who_is_long_gone_is_no_news_at_the_end),
        cmocka_unit_test(many_tasks_are_folded_until_they_are_opened),
        cmocka_unit_test(tasks_are_found_by_what_they_do),
        cmocka_unit_test(a_lane_is_about_the_gil_of_the_instant),
        cmocka_unit_test(keys_never_go_to_a_pane_that_is_not_shown),
        cmocka_unit_test(each_event_is_told_once),
        cmocka_unit_test(the_dead_are_on_no_line),
        cmocka_unit_test(statistics_tell_what_is_waited_for),
        cmocka_unit_test(statistics_count_each_state_for_itself),
        cmocka_unit_test(panes_and_search_tell_namesakes_apart),
        cmocka_unit_test(the_program_stands_still_while_paused),
        cmocka_unit_test(what_is_filtered_out_hands_over_to_its_neighbour),
        cmocka_unit_test(no_event_is_told_before_the_playhead_comes_to_it),
        cmocka_unit_test(the_chooser_shows_the_chapter_of_its_first_scene),
        cmocka_unit_test(a_pane_under_the_lanes_hides_none),
        cmocka_unit_test(a_pane_takes_the_place_of_the_results),
        cmocka_unit_test(zooming_keeps_the_cursor_in_its_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
