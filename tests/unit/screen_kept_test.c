/* Whatever keys were pressed and whatever came in between, the screen is the one that is drawn by
 * somebody who has kept nothing of the frames before. */
#include "support/fake_trace.h"
#include "support/ui_case.h"
#include "tui/run/feed.h"
#include "tui/views/lanes/draw.h"
#include "tui/views/views.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { THREADS = 9, WIDTH = 100, HEIGHT = 30, FRAMES = 150 };

/* A run that is made up as it goes on. */
static struct {
    struct fake_trace *f;
    uint32_t gil, threads[THREADS], owner;
    uint64_t chance, told, now; /* up to where the feed has told, and the run has come, ns */
    gs_collector_sink *sink;
    void *context;
} it;

static uint64_t draw_lot(uint64_t of)
{
    it.chance = it.chance * 6364136223846793005u + 1442695040888963407u;
    return (it.chance >> 33) % of;
}

static void tell(uint32_t actor, unsigned kind, unsigned flags, uint64_t a)
{
    const struct gs_event e = {
        .time = it.told, .actor = actor, .kind = (uint8_t)kind, .flags = (uint8_t)flags, .a = a};
    it.sink(it.context, &e);
}

/* Now and then one hands the GIL to another; some are busy, the others hardly do anything. */
static void tell_something(void)
{
    uint32_t thread = it.threads[draw_lot(3) ? draw_lot(3) : draw_lot(THREADS)];
    if (draw_lot(3) == 0 && it.owner) {
        tell(it.owner, GS_EVENT_GIL_DROP, GS_DROP_ASKED, it.gil);
        it.owner = 0;
    } else if (!it.owner) {
        tell(thread, GS_EVENT_GIL_TAKE, 0, it.gil);
        it.owner = thread;
    }
    tell(thread, GS_EVENT_STATE, (unsigned)(GS_STATE_RUNNING + draw_lot(5)), 0);
}

static enum gs_feed_state drain(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context)
{
    (void)feed;
    (void)budget_ns;
    it.sink = sink;
    it.context = context;
    for (int i = 0; it.told == 0 && i < THREADS; i++)
        tell(it.threads[i], GS_EVENT_BORN, 0, 0);
    while ((it.told += 1 + draw_lot(400000)) < it.now)
        tell_something();
    it.told = it.now;
    return GS_FEED_QUIET;
}

static const struct gs_tables *tables(struct gs_feed *feed)
{
    (void)feed;
    return it.f->tables;
}

static struct gs_feed_facts facts(struct gs_feed *feed)
{
    (void)feed;
    return (struct gs_feed_facts){.name = "made up", .clock = GS_CLOCK_REAL, .gil = GS_GIL_312};
}

static uint64_t live(struct gs_feed *feed)
{
    (void)feed;
    return it.now;
}

static void allow(struct gs_feed *feed, uint64_t ns)
{
    (void)feed;
    (void)ns;
}

static bool ended(struct gs_feed *feed, struct gs_feed_end *end)
{
    (void)feed;
    *end = (struct gs_feed_end){0};
    return false;
}

static struct gs_recorder_state recording(struct gs_feed *feed)
{
    (void)feed;
    return (struct gs_recorder_state){.over = true};
}

static void close_feed(struct gs_feed *feed)
{
    (void)feed;
}

static const struct gs_feed_ops ops = {.tables = tables,
                                       .facts = facts,
                                       .drain = drain,
                                       .live = live,
                                       .allow = allow,
                                       .ended = ended,
                                       .recording = recording,
                                       .close = close_feed};

static void begin(struct gs_ui *ui, struct gs_feed *feed, uint64_t seed)
{
    static const struct gs_tui_conf conf = {.colours = true};
    memset(&it, 0, sizeof it);
    it.f = fake_open();
    it.chance = seed;
    it.gil = fake_interpreter(it.f, fake_process(it.f, "process 1"), "main", true);
    for (int i = 0; i < THREADS; i++) {
        char name[32];
        snprintf(name, sizeof name, "Thread %d", i);
        it.threads[i] = fake_thread(it.f, it.gil, name);
    }
    gs_ui_init(ui, &conf, gs_views, WIDTH, HEIGHT);
    feed->ops = &ops;
    ui->view = GS_VIEW_LANES;
    gs_look_start(&ui->look, feed, (struct gs_pace){0});
    gs_views[GS_VIEW_LANES]->begin(ui, ui->states[GS_VIEW_LANES]);
}

/* The same once more, with nothing to go by. What a first frame finds out, as how many rows have
 * room, the next one goes by. */
static void screens_are_alike(struct gs_ui *ui)
{
    static struct gs_cell first[WIDTH * HEIGHT];
    struct gs_lanes_state *lanes = ui->states[GS_VIEW_LANES];
    gs_ui_draw(ui);
    gs_ui_draw(ui);
    memcpy(first, ui->canvas.cells, sizeof first);
    struct gs_kept kept = lanes->kept;
    lanes->kept = (struct gs_kept){0};
    gs_ui_draw(ui);
    gs_kept_free(&lanes->kept);
    lanes->kept = kept;
    assert_memory_equal(first, ui->canvas.cells, sizeof first);
}

/* No key that opens the statistics: they are counted again after some wall clock, which may pass
 * between two draws. */
static void press_something(struct gs_ui *ui)
{
    static const char *const keys[] = {"h", "l", "k", "j", "+", "-", "0", ".",    ",", ">",
                                       "<", " ", " ", "G", "g", "T", "T", "\033", "b", "b"};
    ui_case_press(ui, keys[draw_lot(sizeof keys / sizeof *keys)]);
}

static void any_screen_is_the_one_drawn_anew(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct gs_ui ui;
        struct gs_feed feed;
        begin(&ui, &feed, seed);
        for (int i = 0; i < FRAMES; i++) {
            it.now += draw_lot(30) * 1000000;
            gs_ui_drain(&ui, 1000000);
            gs_ui_advance(&ui, 16000000);
            for (uint64_t presses = draw_lot(4) ? 0 : draw_lot(4); presses > 0; presses--)
                press_something(&ui);
            screens_are_alike(&ui);
        }
        gs_ui_destroy(&ui);
        fake_close(it.f);
    }
}

/* A paused picture is drawn again for what comes in behind the playhead, a few times a second. */
static bool is_drawn_again(struct gs_ui *ui)
{
    nanosleep(&(struct timespec){.tv_nsec = 260000000}, NULL);
    it.now += 10000000;
    gs_ui_drain(ui, 1000000);
    return gs_ui_advance(ui, 16000000);
}

/* A key's answer, and right behind it no news, though the last was long ago. A busy machine may be
 * late for that. */
static bool answers_alone(struct gs_ui *ui)
{
    bool again = true;
    for (int turn = 0; turn < 20 && again; turn++) {
        nanosleep(&(struct timespec){.tv_nsec = 260000000}, NULL);
        it.now += 10000000;
        gs_ui_drain(ui, 1000000);
        ui_case_press(ui, "h");
        gs_ui_draw(ui);
        it.now += 10000000;
        gs_ui_drain(ui, 1000000);
        again = gs_ui_advance(ui, 16000000);
    }
    return !again;
}

static void what_the_answer_to_a_key_shows_is_no_news(void **state)
{
    struct gs_ui ui;
    struct gs_feed feed;
    (void)state;
    begin(&ui, &feed, 1);
    it.now = 50000000;
    gs_ui_drain(&ui, 1000000);
    gs_ui_advance(&ui, 16000000);
    ui_case_press(&ui, " ");
    gs_ui_draw(&ui);
    assert_true(is_drawn_again(&ui));
    gs_ui_draw(&ui);
    assert_true(answers_alone(&ui));
    assert_true(is_drawn_again(&ui));
    gs_ui_draw(&ui);
    it.now += 10000000;
    gs_ui_drain(&ui, 1000000);
    ui_case_press(&ui, "h");
    gs_ui_advance(&ui, 0);
    gs_ui_draw(&ui);
    nanosleep(&(struct timespec){.tv_nsec = 260000000}, NULL);
    assert_false(gs_ui_advance(&ui, 16000000));
    gs_ui_destroy(&ui);
    fake_close(it.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_screen_is_the_one_drawn_anew),
        cmocka_unit_test(what_the_answer_to_a_key_shows_is_no_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
