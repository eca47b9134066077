/* What the screen shows of a run, and what the keys make of it. */
#include "support/screen_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct vscreen *open_ended(struct screen_case *c, int width, int height)
{
    struct vscreen *screen = screen_case_open(c, width, height);
    vscreen_expect(screen, "ended");
    return screen;
}

static void close_by_key(struct vscreen *screen, int status)
{
    assert_int_equal(screen_case_quit(screen), status);
    vscreen_close(screen);
}

static void the_whole_picture_at_80x24(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    char row[4096];
    vscreen_expect(
        screen, "gilscope  gil/fight   virtual · GIL 3.12 · 2 cores             ■ ended   0.060 s");
    vscreen_expect(screen, "▾ process 1");
    vscreen_expect(screen, "█ running");
    vscreen_expect(screen, "└────────────────────────────────────────────────────────────────┘");
    vscreen_expect(screen, "total 60");
    vscreen_expect(screen, "The run ended after 60");
    vscreen_row(screen, 23, row, sizeof row);
    assert_int_equal(strncmp(row, "space play  . , step", 20), 0);
    close_by_key(screen, 0);
}

static void boxes_show_the_instant_at_the_cursor(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "bg");
    vscreen_expect(screen, "┌─ process 1 ──");
    vscreen_expect(screen, "┌─ GIL: main for 0 ns ──");
    vscreen_keys(screen, ">>");
    vscreen_expect(screen, "┌─ GIL: Thread 2 for 0 ns, 1 wants it ──");
    vscreen_expect(screen, "█ Thread 2  runs");
    vscreen_expect(screen, "░ Thread 1  wants the GIL");
    vscreen_expect(screen, "? help");
    vscreen_keys(screen, "b");
    vscreen_expect_gone(screen, "┌─");
    vscreen_expect(screen, "total 60");
    close_by_key(screen, 0);
}

static void an_export_is_asked_for_in_the_footers_line(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    char row[4096];
    vscreen_keys(screen, "x");
    vscreen_expect(screen, "export the window as:    nothing: as it looks");
    vscreen_expect(screen, "Formats: lanes, boxes, json.");
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "window, 0 ns to 60.0 ms, into: gil-fight.txt   enter  go   esc  leave");
    vscreen_keys(screen, "\033");
    vscreen_expect_gone(screen, "into: ");
    vscreen_row(screen, 23, row, sizeof row);
    assert_int_equal(strncmp(row, "space play", 10), 0);
    close_by_key(screen, 0);
}

static void what_matters_at_40x10(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 40, 10);
    vscreen_expect(screen, "gil/fight");
    vscreen_expect(screen, "0.060");
    vscreen_expect(screen, "GIL ");
    vscreen_expect(screen, "The run ended after 60");
    vscreen_expect(screen, "? help");
    close_by_key(screen, 0);
}

static void the_source_stands_beside_the_lanes_at_120x40(void **state)
{
    (void)state;
    struct screen_case c = {0};
    char path[] = "/tmp/screen_source_XXXXXX.lua";
    int fd = mkstemps(path, 4);
    for (int i = 1; i <= 30; i++)
        dprintf(fd, "line_%d()\t-- \033[31m\n", i);
    close(fd);
    snprintf(c.order.scene, sizeof c.order.scene, "%s", path);
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_expect(screen, strrchr(path, '/') + 1);
    vscreen_expect(screen, "12 line_12()   -- ^[[31m");
    vscreen_keys(screen, "g>");
    vscreen_expect(screen, "Thread 1, Thread 2");
    vscreen_keys(screen, "s");
    vscreen_expect_gone(screen, "line_12()");
    /* With little room: a lane that is on no line leaves the pane to who runs. */
    vscreen_resize(screen, 80, 24);
    vscreen_keys(screen, "s/thread 1\r");
    vscreen_expect(screen, "line_12()");
    vscreen_keys(screen, "g");
    vscreen_expect(screen, "line_20()");
    close_by_key(screen, 0);
    unlink(path);
}

/* A program of two files and a pipe, in a folder of its own. */
static char folder[32], program[64], module[64], pipe_path[64];

static void write_file(const char *path, const char *word)
{
    FILE *file = fopen(path, "w");
    for (int i = 1; i <= 30; i++)
        fprintf(file, "%s_%d()\n", word, i);
    fclose(file);
}

static void make_files(void)
{
    strcpy(folder, "/tmp/screen_files_XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(program, sizeof program, "%s/program.py", folder);
    snprintf(module, sizeof module, "%s/jobs.py", folder);
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe.py", folder);
    write_file(program, "mine");
    write_file(module, "theirs");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
}

static void remove_files(void)
{
    unlink(program);
    unlink(module);
    unlink(pipe_path);
    rmdir(folder);
}

/* main on line 3 of the program, worker on line 25 of its module, piper on a line of the pipe. */
static struct fake_trace *three_files(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "interpreter 1", true);
    static const char *const names[] = {"main", "worker", "piper"};
    uint32_t lines[] = {3, 25, 1}, jobs = fake_object(f, GS_OBJECT_QUEUE, "jobs");
    uint16_t places[] = {0, fake_place(f, module, "Queue.get"), fake_place(f, pipe_path, NULL)};
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    for (int i = 0; i < 3; i++) {
        uint32_t thread = fake_thread(f, gil, names[i]);
        fake_born(f, thread, 0, 0);
        fake_event(f, (struct gs_event){.actor = thread,
                                        .kind = GS_EVENT_STATE,
                                        .flags = i ? GS_STATE_WAITING : GS_STATE_SLEEPING,
                                        .place = places[i],
                                        .a = i ? jobs : 0,
                                        .b = lines[i]});
    }
    fake_end(f, FAKE_MS(60), 0);
    return f;
}

static void the_source_is_that_of_the_selected_lane(void **state)
{
    (void)state;
    struct screen_case c = {.stage.make = three_files};
    make_files();
    snprintf(c.order.scene, sizeof c.order.scene, "%s", program);
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_keys(screen, "g/worker\r");
    vscreen_expect(screen, " jobs.py ");
    vscreen_expect(screen, "25 theirs_25()");
    vscreen_expect(screen, "╌ worker in Queue.get");
    vscreen_expect(screen, "(jobs.py:25, in Queue.get)");
    vscreen_keys(screen, "/main\r");
    vscreen_expect(screen, " program.py ");
    vscreen_expect(screen, "· main");
    vscreen_expect_gone(screen, "theirs_25()");
    /* A pipe is not waited for. */
    vscreen_keys(screen, "/piper\r");
    vscreen_expect(screen, " pipe.py ");
    vscreen_expect(screen, "This file cannot be read.");
    /* The terminal is small at once, the program when it has heard of it. */
    vscreen_resize(screen, 80, 24);
    vscreen_expect(screen, "? help  q quit");
    vscreen_expect_gone(screen, " pipe.py ");
    vscreen_keys(screen, "s/worker\r");
    vscreen_expect(screen, "25 theirs_25()");
    vscreen_expect(screen, "(jobs.py:25, in Queue.get)");
    close_by_key(screen, 0);
    remove_files();
}

/* Of a module no file is known before a line of it is. */
static void without_a_file_of_its_own_a_run_shows_any_line(void **state)
{
    (void)state;
    struct screen_case c = {.stage.make = three_files};
    make_files();
    c.order.guest = GS_GUEST_PYTHON_MODULE;
    snprintf(c.order.scene, sizeof c.order.scene, "jobs");
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_keys(screen, "g/worker\r");
    vscreen_expect(screen, "25 theirs_25()");
    close_by_key(screen, 0);
    remove_files();
}

static void pausing_stops_the_program_on_the_virtual_clock(void **state)
{
    (void)state;
    struct screen_case c = {.speed = 0.05};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    char before[4096], now[4096];
    vscreen_expect(screen, "Thread 2");
    vscreen_keys(screen, " ");
    vscreen_expect(screen, "paused");
    vscreen_row(screen, 0, before, sizeof before);
    vscreen_settle(screen, 300);
    assert_string_equal(vscreen_row(screen, 0, now, sizeof now), before);
    vscreen_keys(screen, " ");
    vscreen_expect_gone(screen, "paused");
    vscreen_keys(screen, "G");
    vscreen_expect(screen, "ended");
    close_by_key(screen, 0);
}

/* The trace hands the GIL over at 5 ms, 10 ms, …: steps stop there, however slow it plays. */
static void a_step_runs_the_program_up_to_the_next_hand_off(void **state)
{
    (void)state;
    struct screen_case c = {.speed = 0.001};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "Thread 2");
    vscreen_keys(screen, " ");
    vscreen_expect(screen, "paused");
    vscreen_keys(screen, "g");
    /* Each waits for the one before: a key while a step is under way takes its place. */
    const char *const times[] = {"0.0003", "0.005", "0.010", "0.015"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        vscreen_keys(screen, ">");
        vscreen_expect(screen, times[i]);
        vscreen_expect(screen, "paused");
    }
    vscreen_keys(screen, "<");
    vscreen_expect(screen, "▲ 0.010");
    close_by_key(screen, 0);
}

static void pausing_stops_only_the_view_on_the_real_clock(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.clock = GS_CLOCK_REAL}, .speed = 0.1};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "Thread 2");
    vscreen_keys(screen, " ");
    vscreen_expect(screen, "paused");
    vscreen_expect(screen, "real");
    vscreen_settle(screen, 200);
    vscreen_keys(screen, "G");
    vscreen_expect(screen, "0.060 s");
    close_by_key(screen, 0);
}

static void a_stage_that_dies_is_told_in_words(void **state)
{
    (void)state;
    struct screen_case c = {
        .stage = {.dies_after = 12, .death = 137, .message = "scene.lua:3: \033[2Jboom\n"}};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "its process killed by signal 9 (SIGKILL).");
    vscreen_expect(screen, "scene.lua:3: ^[[2Jboom");
    vscreen_expect(screen, "died");
    vscreen_expect(screen, "Thread 2");
    close_by_key(screen, 137);
}

static struct fake_trace *nothing(void)
{
    return fake_open();
}

static void a_scene_that_cannot_be_run_is_told_in_words(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = nothing,
                                      .dies_after = 1,
                                      .death = 2 << 8,
                                      .message = "x.lua:2: unexpected symbol near '='\n"}};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "The scene cannot be run. x.lua:2: unexpected symbol near '='");
    vscreen_expect(screen, "not run");
    assert_false(vscreen_has(screen, "Waiting for"));
    close_by_key(screen, 2);
}

static struct fake_trace *brief(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    uint32_t t = fake_thread(f, gil, "main");
    fake_born(f, gil, 0, 0);
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_end(f, FAKE_US(40), 0);
    return f;
}

static void a_brief_run_is_shown_from_near(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = brief}};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_expect(screen, "█████████████████████████");
    close_by_key(screen, 0);
}

static struct fake_trace *troubled(void)
{
    struct fake_fight x = fake_gil_fight();
    struct fake_trace *f = x.trace;
    f->events.count--; /* the end, which comes again below */
    fake_lost(f, x.t1, FAKE_MS(30), 1234);
    fake_text(f, x.t1, FAKE_MS(31), GS_EVENT_OUTPUT, "hello \033]0;evil\007 world", 3);
    fake_check(f, x.t1, FAKE_MS(32), false, "the sum is 400000", 9);
    fake_check(f, x.t1, FAKE_MS(33), true, "nobody starved", 9);
    fake_end(f, FAKE_MS(60), 1);
    return f;
}

static void failed_checks_and_lost_events_are_prominent(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = troubled}};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_expect(screen, "check failed: the sum is 400000");
    vscreen_expect(screen, "1 of 2 checks failed");
    vscreen_expect(screen, "1234 events lost");
    vscreen_keys(screen, "/hello\r");
    vscreen_expect(screen, "1 of 1: output hello ^[]0;evil^G world");
    vscreen_keys(screen, "k");
    vscreen_expect(screen, "prints: hello ^[]0;evil^G world");
    close_by_key(screen, 1);
}

static struct fake_trace *crowded(void)
{
    struct fake_fight x = fake_gil_fight();
    while (fake_object(x.trace, GS_OBJECT_LOCK, NULL))
        ;
    return x.trace;
}

static void names_without_room_are_too(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = crowded}};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_expect(screen, "no room for 1 name or text");
    close_by_key(screen, 0);
}

static struct fake_trace *deadlocked(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--;
    fake_text(x.trace, x.main, FAKE_MS(59), GS_EVENT_DEADLOCK, "deadlock: a waits for b, b for a",
              0);
    fake_end(x.trace, FAKE_MS(60), 1);
    return x.trace;
}

static void a_deadlock_is_prominent(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = deadlocked}};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_expect(screen, "deadlock: a waits for b, b for a");
    close_by_key(screen, 1);
}

static struct fake_trace *evil_names(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    uint32_t t = fake_thread(f, gil, "\033[31mred\033]2;title\007");
    fake_born(f, gil, 0, 0);
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

static void names_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = evil_names}};
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_expect(screen, "^[[31");
    vscreen_expect(screen, "title^G");
    vscreen_keys(screen, "tej.");
    vscreen_expect(screen, "^[[31mred");
    close_by_key(screen, 0);
}

static void search_goes_from_hit_to_hit(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "g/THREAD\r");
    vscreen_expect(screen, "1 of 2: lane Thread 1");
    vscreen_keys(screen, "n");
    vscreen_expect(screen, "2 of 2: lane Thread 2");
    vscreen_keys(screen, "n");
    vscreen_expect(screen, "1 of 2");
    vscreen_keys(screen, "N");
    vscreen_expect(screen, "2 of 2");
    vscreen_keys(screen, "/nowhere\r");
    vscreen_expect(screen, "\"nowhere\" is in no name");
    close_by_key(screen, 0);
}

static void filter_shows_some_lanes_only(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_expect(screen, "  Thread 1");
    vscreen_keys(screen, "f2");
    vscreen_expect_gone(screen, "  Thread 1");
    vscreen_expect(screen, "  Thread 2");
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "filter: 2  esc all  space play");
    vscreen_keys(screen, "\033");
    vscreen_expect(screen, "  Thread 1");
    vscreen_expect_gone(screen, "filter: 2");
    vscreen_keys(screen, "gfxyz");
    vscreen_expect(screen, "No lane has this in its name or does it. Esc shows all again.");
    char row[4096];
    for (int y = 0; y < 24; y++)
        if (strstr(vscreen_row(screen, y, row, sizeof row), "No lane"))
            assert_null(strstr(row, "▲"));
    vscreen_keys(screen, "\033");
    vscreen_expect(screen, "  Thread 1");
    close_by_key(screen, 0);
}

/* Though the lane of who found it is not shown. */
static void a_deadlock_is_an_event_of_every_lane(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.make = deadlocked}};
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_keys(screen, "fthread 1\re");
    vscreen_expect(screen, "events around the cursor");
    vscreen_expect(screen, "Deadlock: a waits for b, b for a");
    vscreen_expect(screen, "The run ended with exit status 1.");
    close_by_key(screen, 1);
}

static void groups_fold(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "z");
    vscreen_expect(screen, "4 lanes folded");
    vscreen_keys(screen, "\033[C");
    vscreen_expect(screen, "  Thread 1");
    vscreen_keys(screen, "h");
    vscreen_expect(screen, "4 lanes folded");
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "  Thread 1");
    close_by_key(screen, 0);
}

static void enter_goes_to_who_caused_it(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    /* Thread 2 wants the GIL at first; Thread 1 let go of it. */
    vscreen_keys(screen, "g/thread 2\r.");
    vscreen_expect(screen, "Thread 2 ");
    vscreen_settle(screen, 50);
    vscreen_keys(screen, "\r");
    vscreen_settle(screen, 100);
    vscreen_keys(screen, "e");
    vscreen_expect(screen, "Thread 1 let go");
    close_by_key(screen, 0);
}

static void panes_tell_statistics_and_events(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "t");
    vscreen_expect(screen, "hand-offs");
    vscreen_expect(screen, "hold  p50");
    vscreen_keys(screen, "e");
    vscreen_expect(screen, "events around the cursor");
    vscreen_expect_gone(screen, "hold  p50");
    vscreen_keys(screen, "\t");
    vscreen_expect(screen, "▸ events around the cursor");
    vscreen_keys(screen, "kkkkkkkk");
    vscreen_expect(screen, "took the GIL");
    vscreen_keys(screen, "\033");
    vscreen_settle(screen, 50);
    vscreen_keys(screen, "\033");
    vscreen_expect_gone(screen, "events around the cursor");
    close_by_key(screen, 0);
}

/* The longest wait has its state beside its time, in the columns' own words. */
static void statistics_tell_the_longest_wait_beside_its_columns(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_keys(screen, "t");
    vscreen_expect(screen, "% of life runs wants waits  longest wait");
    vscreen_expect(screen, "ms wants");
    close_by_key(screen, 0);
}

/* Whole sentences, however narrow the pane is; and times that tell one event from the next. */
static void events_are_told_to_their_end(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 120, 40);
    vscreen_keys(screen, "ge");
    vscreen_expect(screen, "had asked");
    vscreen_keys(screen, ">>");
    vscreen_expect(screen, "▲ 0.005300 s");
    vscreen_resize(screen, 80, 24);
    vscreen_expect(screen, "had asked");
    vscreen_expect(screen, "▶ 0.005300");
    close_by_key(screen, 0);
}

static void zoom_and_fit(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "+++++");
    vscreen_expect_gone(screen, " 0ms ");
    vscreen_keys(screen, "0");
    vscreen_expect(screen, " 0ms ");
    close_by_key(screen, 0);
}

static const struct gs_tui_scene scenes[] = {
    {.name = "gil/one", .chapter = "gil", .title = "First", .summary = "About one.", .path = "a"},
    {.name = "sync/two", .chapter = "sync", .title = "Second", .summary = "On two.", .path = "b"},
};

static void the_chooser_runs_a_scene_and_comes_back(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.scenes = scenes, .scene_count = 2}, .choose = true};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "> one");
    vscreen_expect(screen, "About one.");
    vscreen_keys(screen, "j");
    vscreen_expect(screen, "> two");
    vscreen_expect(screen, "On two.");
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "sync/two");
    vscreen_expect(screen, "ended");
    vscreen_keys(screen, "\033");
    vscreen_expect(screen, "> two");
    vscreen_keys(screen, "/first\r");
    vscreen_expect(screen, "> one");
    close_by_key(screen, 0);
}

static void the_chooser_shows_all_it_has_room_for(void **state)
{
    (void)state;
    static struct gs_tui_scene many[20];
    static char names[20][16];
    for (int i = 0; i < 20; i++) {
        snprintf(names[i], sizeof names[i], "gil/number%d", i + 1);
        many[i] = (struct gs_tui_scene){.name = names[i],
                                        .chapter = "gil",
                                        .title = "A title",
                                        .summary = "A summary.",
                                        .path = "p"};
    }
    struct screen_case c = {.stage = {.scenes = many, .scene_count = 20}, .choose = true};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "more below");
    vscreen_keys(screen, "G");
    vscreen_expect(screen, "> number20");
    vscreen_expect(screen, "more above");
    vscreen_resize(screen, 120, 40);
    vscreen_expect(screen, "number1 ");
    vscreen_expect_gone(screen, "more above");
    close_by_key(screen, 0);
}

static void a_scene_that_cannot_be_read_is_chosen_with_its_reason(void **state)
{
    (void)state;
    static const struct gs_tui_scene some[] = {
        {.name = "gil/one", .chapter = "gil", .title = "First", .path = "a"},
        {.name = "gil/bad", .chapter = "gil", .trouble = "bad.lua:2: cores\033[2J is no number"},
    };
    struct screen_case c = {.stage = {.scenes = some, .scene_count = 2}, .choose = true};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "  bad  cannot be read");
    vscreen_keys(screen, "/is no number\r");
    vscreen_expect(screen, "> bad");
    vscreen_expect(screen, "bad.lua:2: cores^[[2J is no number");
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "It cannot be run before it can be read");
    close_by_key(screen, 0);
}

static void the_chooser_cuts_names_in_the_middle(void **state)
{
    (void)state;
    static struct gs_tui_scene scene = {.name = "mine/what-began-the-same-ends-otherwise",
                                        .chapter = "mine",
                                        .title = "A title that is long, for one thread",
                                        .summary = "A summary.",
                                        .path = "p"};
    struct screen_case c = {.stage = {.scenes = &scene, .scene_count = 1}, .choose = true};
    struct vscreen *screen = screen_case_open(&c, 60, 24);
    vscreen_expect(screen, "> what-began-t…s-otherwise  A title that is…for one thread");
    close_by_key(screen, 0);
}

static void a_chooser_without_scenes_says_so(void **state)
{
    (void)state;
    struct screen_case c = {.choose = true};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "There are no scenes here.");
    vscreen_keys(screen, "\rjkgG/x\rn");
    vscreen_settle(screen, 50);
    close_by_key(screen, 0);
}

static void a_stage_that_cannot_start_is_told(void **state)
{
    (void)state;
    struct screen_case c = {.stage = {.scenes = scenes, .scene_count = 2, .refuses = true},
                            .choose = true};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_keys(screen, "\r");
    vscreen_expect(screen, "the stage cannot be started: no room");
    close_by_key(screen, 2);
}

static void running_again_starts_from_the_beginning(void **state)
{
    (void)state;
    struct screen_case c = {.speed = 0.2};
    struct vscreen *screen = open_ended(&c, 80, 24);
    vscreen_keys(screen, "r");
    vscreen_expect_gone(screen, "ended");
    vscreen_expect(screen, "ended");
    close_by_key(screen, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_picture_at_80x24),
        cmocka_unit_test(boxes_show_the_instant_at_the_cursor),
        cmocka_unit_test(an_export_is_asked_for_in_the_footers_line),
        cmocka_unit_test(what_matters_at_40x10),
        cmocka_unit_test(the_source_stands_beside_the_lanes_at_120x40),
        cmocka_unit_test(the_source_is_that_of_the_selected_lane),
        cmocka_unit_test(without_a_file_of_its_own_a_run_shows_any_line),
        cmocka_unit_test(pausing_stops_the_program_on_the_virtual_clock),
        cmocka_unit_test(a_step_runs_the_program_up_to_the_next_hand_off),
        cmocka_unit_test(pausing_stops_only_the_view_on_the_real_clock),
        cmocka_unit_test(a_stage_that_dies_is_told_in_words),
        cmocka_unit_test(a_scene_that_cannot_be_run_is_told_in_words),
        cmocka_unit_test(a_brief_run_is_shown_from_near),
        cmocka_unit_test(failed_checks_and_lost_events_are_prominent),
        cmocka_unit_test(names_without_room_are_too),
        cmocka_unit_test(a_deadlock_is_prominent),
        cmocka_unit_test(names_cannot_steer_the_terminal),
        cmocka_unit_test(search_goes_from_hit_to_hit),
        cmocka_unit_test(filter_shows_some_lanes_only),
        cmocka_unit_test(a_deadlock_is_an_event_of_every_lane),
        cmocka_unit_test(groups_fold),
        cmocka_unit_test(enter_goes_to_who_caused_it),
        cmocka_unit_test(panes_tell_statistics_and_events),
        cmocka_unit_test(statistics_tell_the_longest_wait_beside_its_columns),
        cmocka_unit_test(events_are_told_to_their_end),
        cmocka_unit_test(zoom_and_fit),
        cmocka_unit_test(the_chooser_runs_a_scene_and_comes_back),
        cmocka_unit_test(the_chooser_shows_all_it_has_room_for),
        cmocka_unit_test(a_scene_that_cannot_be_read_is_chosen_with_its_reason),
        cmocka_unit_test(the_chooser_cuts_names_in_the_middle),
        cmocka_unit_test(a_chooser_without_scenes_says_so),
        cmocka_unit_test(a_stage_that_cannot_start_is_told),
        cmocka_unit_test(running_again_starts_from_the_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
