/* What people read: the run in sentences, the page of lanes, the tables. */
#include "base/sanitizers.h"
#include "draw/canvas.h"
#include "export/export.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

typedef bool writer(FILE *out, const struct gs_export_source *source, struct gs_error *err);

static char *written(writer *write, const struct gs_export_source *source)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    assert_true(write(out, source, &err));
    fclose(out);
    return text;
}

static void assert_says(const char *text, const char *line)
{
    if (!strstr(text, line))
        fail_msg("'%s' is not in:\n%s", line, text);
}

static struct gs_export_source known(const struct gs_timeline *timeline)
{
    return (struct gs_export_source){.timeline = timeline,
                                     .name = "gil/cpu-threads",
                                     .title = "Two threads, one GIL",
                                     .clock = GS_CLOCK_VIRTUAL,
                                     .gil = GS_GIL_312,
                                     .cores = 2,
                                     .interval_ns = 5000000,
                                     .seed = 7};
}

static void a_fight_in_sentences(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_export_source source = known(x.trace->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_string_equal(
        text,
        "Scene gil/cpu-threads: Two threads, one GIL.\n"
        "Rules: virtual clock, GIL 3.12, switch interval 5.0 ms, 2 cores, seed 7.\n"
        "0 ns: process 1 starts.\n"
        "0 ns: main starts.\n"
        "100 µs: main starts Thread 1 and Thread 2, the last at 200 µs.\n"
        "300 µs: main waits for the end of Thread 1 (line 22) until 55.0 ms, when Thread 1 ends "
        "the wait.\n"
        "300 µs: main has to wait and lets go of the GIL; it goes to Thread 1.\n"
        "5.3 ms: Thread 1 and Thread 2 hand the GIL to and fro 10 times until 50.3 ms, each time "
        "because the owner is asked for it.\n"
        "55.0 ms: Thread 1 ends.\n"
        "55.0 ms: Thread 1, Thread 2 and main hand the GIL round 3 times until 59.1 ms, once "
        "because the owner is asked for it.\n"
        "59.9 ms: Thread 2 ends.\n"
        "59.9 ms: Thread 2 is done and lets go of the GIL; it goes to main.\n"
        "60.0 ms: process 1 ends.\n"
        "60.0 ms: main ends.\n"
        "The run ends after 60.0 ms with exit status 0.\n"
        "Over all, the GIL is held 100 % of the time and changes hands 15 times, 250 a second; "
        "half of the turns are longer than 5.0 ms, half of the waits for it are longer than "
        "5.0 ms.\n"
        "main is there for 60.0 ms: under 1 % running, 7 % wants-gil, 92 % waiting; its longest "
        "wait is "
        "54.7 ms, for the end of Thread 1.\n"
        "Thread 1 is there for 54.9 ms: 54 % running, 46 % wants-gil; its longest wait is 5.0 ms, "
        "for the GIL.\n"
        "Thread 2 is there for 59.7 ms: 50 % running, 50 % wants-gil; its longest wait is 5.1 ms, "
        "for the GIL.\n");
    free(text);
    fake_close(x.trace);
}

/* main starts a thread, which takes its time to begin, and joins it. */
static struct fake_trace *late_start(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "interpreter 1", false);
    uint32_t main = fake_thread(f, gil, "main"), late = fake_thread(f, gil, "late");
    uint32_t of_late = fake_object(f, GS_OBJECT_THREAD, "late");
    fake_born(f, main, 0, 0);
    fake_state(f, main, 0, GS_STATE_WAITING, of_late, 1, GS_CAUSE_NONE);
    fake_born(f, late, FAKE_MS(1), main);
    fake_state(f, main, FAKE_MS(50), GS_STATE_RUNNING, 0, 1, late);
    fake_state(f, main, FAKE_MS(60), GS_STATE_WAITING, of_late, 2, GS_CAUSE_NONE);
    fake_died(f, late, FAKE_MS(100), false);
    fake_state(f, main, FAKE_MS(100), GS_STATE_RUNNING, 0, 2, late);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

/* A thread's start and its end are waited for by the same object. */
static void a_start_is_not_a_join(void **state)
{
    (void)state;
    struct fake_trace *f = late_start();
    struct gs_export_source source = {.timeline = f->timeline, .width = 100};
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "0 ns: main waits for the start of late (line 1) until 50.0 ms, when late "
                      "ends the wait.\n");
    assert_says(text, "60.0 ms: main waits for the end of late (line 2) until 100 ms, when late "
                      "ends the wait.\n");
    free(text);
    text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "╌start late╌");
    assert_says(text, "╌join late╌");
    free(text);
    text = written(gs_export_stats, &source);
    assert_says(text, "50.0 ms  waiting on the start of thread 'late'\n");
    free(text);
    fake_close(f);
}

/* Who takes a GIL that nobody held did not get it from its last owner at that moment. */
static void a_free_gil_in_sentences(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t main = fake_thread(f, gil, "main"), other = fake_thread(f, gil, "other");
    fake_born(f, main, 0, 0);
    fake_born(f, other, 0, main);
    fake_take(f, main, 0, gil, 1);
    fake_drop(f, main, FAKE_MS(1), gil, GS_DROP_BLOCKING, 2);
    fake_take(f, other, FAKE_MS(30), gil, 3);
    fake_drop(f, other, FAKE_MS(31), gil, GS_DROP_EXIT, 4);
    fake_take(f, main, FAKE_MS(31.01), gil, 2);
    fake_end(f, FAKE_MS(32), 0);
    const struct gs_export_source source = known(f->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "30.0 ms: other takes the GIL, which is free since 1.0 ms, when main had to "
                      "wait.\n");
    assert_says(text, "31.0 ms: other is done and lets go of the GIL; it goes to main.\n");
    free(text);
    fake_close(f);
}

/* The last sentences of a run: the totals. */
static void assert_totals(struct fake_trace *f, uint64_t until, const char *words)
{
    fake_end(f, until, 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, words);
    assert_null(strstr(text, " 0 ns,"));
    assert_null(strstr(text, " 0 ns."));
    free(text);
    fake_close(f);
}

static void totals_of_a_gil_that_nobody_waits_for(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", true);
    uint32_t a = fake_thread(f, gil, "a");
    fake_born(f, a, 0, 0);
    fake_take(f, a, 0, gil, 1);
    fake_state(f, a, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_state(f, a, FAKE_MS(9), GS_STATE_WANTS_GIL, 0, 1, 0); /* and has it at once */
    fake_state(f, a, FAKE_MS(9), GS_STATE_RUNNING, 0, 1, 0);
    assert_totals(f, FAKE_MS(200),
                  "\nOver all, the GIL is held 100 % of the time and never changes hands; its one "
                  "turn lasts 200 ms, nobody waits for it.\n");
    f = fake_open();
    gil = fake_interpreter(f, fake_process(f, "process 1"), "i", true);
    fake_born(f, gil, 0, 0);
    fake_born(f, fake_thread(f, gil, "a"), 0, 0);
    assert_totals(f, FAKE_MS(200), "\nOver all, the GIL is never held.\n");
}

static void totals_of_turns_that_are_over_at_once(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    for (unsigned i = 0; i < 3; i++) {
        fake_take(f, a, FAKE_MS(10 * i), gil, 1);
        fake_state(f, a, FAKE_MS(10 * i), GS_STATE_SLEEPING, 0, 1, 0);
        fake_drop(f, a, FAKE_MS(10 * i) + (i == 2) * 700, gil, GS_DROP_BLOCKING, 1);
        fake_state(f, b, FAKE_MS(10 * i), GS_STATE_WANTS_GIL, 0, 1, 0);
        fake_state(f, b, FAKE_MS(10 * i) + (i == 2) * 700, GS_STATE_RUNNING, 0, 1, a);
    }
    fake_take(f, b, FAKE_MS(50), gil, 1);
    fake_drop(f, b, FAKE_MS(50), gil, GS_DROP_BLOCKING, 1);
    assert_totals(f, FAKE_MS(200),
                  "\nOver all, the GIL is held under 1 % of the time and changes hands once; "
                  "half of the turns are over at once, the longest lasts 700 ns, half of "
                  "the waits for it are over at once, the longest lasts 700 ns.\n");
}

static void the_longest_wait_in_words(void **state)
{
    (void)state;
    static const struct {
        unsigned state;
        const char *words;
    } waits[] = {{GS_STATE_WANTS_GIL, "for the GIL"},   {GS_STATE_SLEEPING, "asleep"},
                 {GS_STATE_IO, "for a socket or pipe"}, {GS_STATE_READY, "for a core"},
                 {GS_STATE_WAITING, "for Queue 1"},     {GS_STATE_AWAITING, "for Queue 1"}};
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        struct fake_trace *f = fake_open();
        uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", false);
        uint32_t a = fake_thread(f, gil, "a"), queue = fake_object(f, GS_OBJECT_QUEUE, "Queue 1");
        char expected[100];
        fake_born(f, a, 0, 0);
        fake_state(f, a, 0, waits[i].state, waits[i].words[4] == 'Q' ? queue : 0, 1, 0);
        fake_state(f, a, FAKE_MS(150), GS_STATE_RUNNING, 0, 1, 0);
        snprintf(expected, sizeof expected, "; its longest wait is 150 ms, %s.\n", waits[i].words);
        assert_totals(f, FAKE_MS(200), expected);
    }
}

/* On the virtual clock much is of one instant: what somebody does with a GIL comes after he got it,
 * what somebody did before he let go of it comes before. */
static void at_one_instant_who_takes_the_gil_acts_after_that(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "i", true);
    uint32_t first = fake_thread(f, gil, "first"), second = fake_thread(f, gil, "second");
    uint32_t third = fake_thread(f, gil, "third");
    fake_born(f, third, 0, 0);
    fake_born(f, first, 0, 0);
    fake_take(f, third, 0, gil, 1);
    fake_text(f, third, FAKE_MS(5), GS_EVENT_NOTE, "before", 1);
    fake_died(f, third, FAKE_MS(5), false);
    fake_drop(f, third, FAKE_MS(5), gil, GS_DROP_EXIT, 1);
    fake_take(f, first, FAKE_MS(5), gil, 1);
    fake_text(f, first, FAKE_MS(5), GS_EVENT_NOTE, "between", 1);
    fake_born(f, second, FAKE_MS(5), first);
    fake_died(f, first, FAKE_MS(5), false);
    fake_drop(f, first, FAKE_MS(5), gil, GS_DROP_EXIT, 1);
    fake_take(f, second, FAKE_MS(5), gil, 1);
    fake_text(f, second, FAKE_MS(5), GS_EVENT_NOTE, "after", 1);
    fake_died(f, second, FAKE_MS(5), false);
    const struct gs_export_source source = known(f->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "5.0 ms: Note: before\n"
                      "5.0 ms: third ends.\n"
                      "5.0 ms: third is done and lets go of the GIL; it goes to first.\n"
                      "5.0 ms: first starts second.\n"
                      "5.0 ms: Note: between\n"
                      "5.0 ms: first ends.\n"
                      "5.0 ms: first is done and lets go of the GIL; it goes to second.\n"
                      "5.0 ms: Note: after\n"
                      "5.0 ms: second ends.\n");
    free(text);
    fake_close(f);
}

/* Under 2.7 nobody asks: the holder lets go by itself, and races the others for it. */
static void the_old_gil_in_sentences(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter_by(f, fake_process(f, "process 1"), "i", GS_GIL_27, FAKE_MS(5));
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    uint32_t c = fake_thread(f, gil, "c");
    const uint32_t owners[] = {a, b, a, b, a, b, c};
    for (unsigned i = 0; i < 7; i++) {
        fake_take(f, owners[i], FAKE_MS(i), gil, 1);
        fake_drop(f, owners[i], FAKE_MS(i + 1), gil, i == 2 ? GS_DROP_BLOCKING : GS_DROP_ASKED, 2);
    }
    fake_text(f, a, FAKE_MS(10), GS_EVENT_NOTE, "alone", 1);
    fake_take(f, a, FAKE_MS(20), gil, 1);
    fake_drop(f, a, FAKE_MS(21), gil, GS_DROP_ASKED, 1);
    fake_text(f, a, FAKE_MS(21), GS_EVENT_NOTE, "alone", 1);
    fake_take(f, b, FAKE_MS(21.1), gil, 1);
    const struct gs_export_source source = known(f->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "1.0 ms: a and b hand the GIL to and fro 5 times until 5.0 ms, 4 times "
                      "because the owner releases it and loses the race for it.\n");
    assert_says(text, "6.0 ms: b releases the GIL and loses the race for it to c.\n");
    assert_says(text,
                "20.0 ms: a takes the GIL, which is free since 7.0 ms, when c released it.\n");
    assert_says(text, "21.1 ms: a releases the GIL and loses the race for it to b.\n");
    free(text);
    fake_close(f);
}

/* A scene that says everything there is to say, in words that mean harm. */
static struct fake_trace *talkative(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", false);
    uint32_t main = fake_thread(f, gil, "main");
    uint32_t lock = fake_object(f, GS_OBJECT_LOCK, "Lock a");
    fake_born(f, main, 0, 0);
    fake_state(f, main, 0, GS_STATE_RUNNING, 0, 1, 0);
    for (unsigned i = 0; i < 6; i++) {
        char name[] = {'T', 'h', 'r', 'e', 'a', 'd', ' ', (char)('1' + i), '\0'};
        uint32_t t = fake_thread(f, gil, name);
        fake_born(f, t, FAKE_MS(1 + i), main);
        fake_state(f, t, FAKE_MS(1 + i), i < 3 ? GS_STATE_WAITING : GS_STATE_SLEEPING,
                   i < 3 ? lock : 0, 9, 0);
        if (i == 4)
            fake_died(f, t, FAKE_MS(90), true);
    }
    fake_text(f, main, FAKE_MS(20), GS_EVENT_PHASE, "one after the other", 3);
    fake_text(f, main, FAKE_MS(30), GS_EVENT_OUTPUT, "\x1b[2Jgone?", 4);
    fake_text(f, main, FAKE_MS(40), GS_EVENT_NOTE,
              "A note that is so long that on a page of eighty columns it has to be broken, and "
              "its second line stands under the first",
              5);
    fake_text(f, main, FAKE_MS(50), GS_EVENT_PHASE, NULL, 5);
    fake_text(f, main, FAKE_MS(60), GS_EVENT_MARK, "stop", 6);
    fake_check(f, main, FAKE_MS(70), true, "nothing was lost", 7);
    fake_check(f, main, FAKE_MS(71), false, "all came back", 8);
    fake_text(f, main, FAKE_MS(80), GS_EVENT_ERROR, "scene.lua:9: boom", 9);
    fake_lost(f, main, FAKE_MS(85), 17);
    fake_text(f, main, FAKE_MS(95), GS_EVENT_DEADLOCK, "deadlock: Thread 1 holds a and waits for b",
              0);
    fake_end(f, FAKE_MS(100), 1);
    return f;
}

static void what_is_said_becomes_a_sentence(void **state)
{
    (void)state;
    struct fake_trace *f = talkative();
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, "\n20.0 ms: Phase: one after the other\n");
    assert_says(text, "\n30.0 ms: main prints: ^[[2Jgone?\n");
    assert_says(text, "\n50.0 ms: The phase ends.\n");
    assert_says(text, "\n60.0 ms: Mark: stop\n");
    assert_says(text, "\n70.0 ms: Check holds: nothing was lost\n");
    assert_says(text, "\n71.0 ms: Check fails: all came back (line 8)\n");
    assert_says(text, "\n80.0 ms: main fails: scene.lua:9: boom\n");
    assert_says(text, "\n85.0 ms: 17 events did not fit and are missing here.\n");
    assert_says(text, "\n90.0 ms: Thread 5 ends with an uncaught error.\n");
    assert_says(text, "\n95.0 ms: Deadlock: Thread 1 holds a and waits for b\n");
    assert_says(text, "\nThe run ends after 100 ms with exit status 1.\n");
    assert_says(text, "\n17 of its events were lost.\n");
    assert_null(strstr(text, "\x1b"));
    free(text);
    fake_close(f);
}

/* A note that a task did not say itself, it is never retrieved say, tells of whom it is. */
static void a_note_names_whom_it_is_about(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", false);
    uint32_t loop = fake_loop(f, fake_thread(f, gil, "main"), "loop");
    uint32_t task = fake_task_of(f, loop, "Task-2", "nobody");
    const struct gs_export_source source = {.timeline = f->timeline, .width = 100};
    fake_born(f, task, 0, 0);
    fake_text(f, task, FAKE_MS(1), GS_EVENT_NOTE, "Look at this", 5);
    struct gs_event lost = f->events.items[f->events.count - 1];
    lost.flags = GS_NOTE_ABOUT_ACTOR;
    lost.time = FAKE_MS(2);
    fake_event(f, lost);
    fake_end(f, FAKE_MS(100), 0);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "\n1.0 ms: Note: Look at this\n");
    assert_says(text, "\n2.0 ms: Note: Task-2 (nobody): Look at this\n");
    free(text);
    text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "1.0 ms  note      Look at this\n");
    assert_says(text, "2.0 ms  note      Task-2 (nobody): Look at this\n");
    free(text);
    fake_close(f);
}

static void what_repeats_is_told_once(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t main = fake_thread(f, gil, "main");
    uint32_t lock = fake_object(f, GS_OBJECT_LOCK, "Lock a");
    uint32_t threads[6];
    for (unsigned i = 0; i < 6; i++) {
        char name[] = {'T', 'h', 'r', 'e', 'a', 'd', ' ', (char)('1' + i), '\0'};
        threads[i] = fake_thread(f, gil, name);
        fake_born(f, threads[i], FAKE_MS(1), main);
    }
    fake_interval(f, main, FAKE_MS(1), gil, FAKE_US(500));
    for (unsigned i = 0; i < 6; i++)
        fake_state(f, threads[i], FAKE_MS(2), GS_STATE_WAITING, lock, 1, 0);
    for (unsigned i = 0; i < 12; i++) {
        fake_take(f, threads[i % 6], FAKE_MS(10 + i), gil, 1);
        fake_drop(f, threads[i % 6], FAKE_MS(10.5 + i), gil, GS_DROP_BLOCKING, 1);
    }
    for (unsigned i = 0; i < 6; i++)
        fake_died(f, threads[i], FAKE_MS(30 + i), false);
    fake_end(f, FAKE_MS(40), 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(
        text,
        "1.0 ms: main starts 6 threads (Thread 1 first, Thread 6 last).\n"
        "1.0 ms: main sets the switch interval of the GIL to 500 µs.\n"
        "2.0 ms: 6 threads (Thread 1 first, Thread 6 last) wait for Lock a (line 1).\n"
        "11.0 ms: 6 threads (Thread 1 first, Thread 6 last) hand the GIL round 11 times until "
        "21.0 ms.\n"
        "30.0 ms: 6 threads (Thread 1 first, Thread 6 last) end, the last at 35.0 ms.\n");
    free(text);
    fake_close(f);
}

static void who_waits_for_another_lock_has_a_sentence_of_his_own(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    for (unsigned i = 0; i < 2; i++) {
        uint32_t thread = fake_thread(f, gil, i ? "Thread 2" : "Thread 1");
        uint32_t lock = fake_object(f, GS_OBJECT_LOCK, i ? "Lock b" : "Lock a");
        fake_born(f, thread, 0, 0);
        fake_state(f, thread, FAKE_MS(2), GS_STATE_WAITING, lock, 1, 0);
    }
    fake_end(f, FAKE_MS(40), 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, "2.0 ms: Thread 1 waits for Lock a (line 1) and never gets on.\n"
                      "2.0 ms: Thread 2 waits for Lock b (line 1) and never gets on.\n");
    free(text);
    fake_close(f);
}

static void hand_offs_of_two_gils_are_not_one_round(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    for (unsigned i = 0; i < 2; i++) {
        uint32_t gil = fake_interpreter(f, process, i ? "interpreter 2" : "interpreter 1", true);
        uint32_t one = fake_thread(f, gil, i ? "c" : "a");
        uint32_t two = fake_thread(f, gil, i ? "d" : "b");
        fake_born(f, one, 0, 0);
        fake_born(f, two, 0, 0);
        fake_take(f, one, 0, gil, 1);
        fake_drop(f, one, FAKE_MS(10 + i), gil, GS_DROP_BLOCKING, 1);
        fake_take(f, two, FAKE_MS(10 + i), gil, 1);
        fake_drop(f, two, FAKE_MS(20 + i), gil, GS_DROP_BLOCKING, 1);
        fake_take(f, one, FAKE_MS(20 + i), gil, 1);
    }
    fake_end(f, FAKE_MS(40), 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, "10.0 ms: a has to wait and lets go of the GIL of interpreter 1; it goes to "
                      "b.\n"
                      "11.0 ms: c has to wait and lets go of the GIL of interpreter 2; it goes to "
                      "d.\n"
                      "20.0 ms: b has to wait and lets go of the GIL of interpreter 1; it goes to "
                      "a.\n");
    free(text);
    fake_close(f);
}

/* A hundred threads, each with its hand-offs between its birth and the next one's. */
static void a_crowd_is_told_in_a_few_sentences(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t main = fake_thread(f, gil, "main");
    fake_born(f, main, 0, 0);
    fake_take(f, main, 0, gil, 1);
    for (unsigned i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "Thread %u", i + 1);
        uint32_t t = fake_thread(f, gil, name);
        uint64_t at = FAKE_MS(1 + i);
        fake_born(f, t, at, main);
        fake_drop(f, main, at, gil, GS_DROP_BLOCKING, 1);
        fake_take(f, t, at, gil, 1);
        fake_state(f, t, at + 10, GS_STATE_SLEEPING, 0, 1, 0);
        fake_drop(f, t, at + 10, gil, GS_DROP_BLOCKING, 1);
        fake_take(f, main, at + 20, gil, 1);
    }
    fake_end(f, FAKE_MS(300), 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    size_t lines = 0;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    assert_true(lines < 12);
    assert_says(
        text,
        "\n1.0 ms: main starts 100 threads (Thread 1 first, Thread 100 last), the last at 100 ms."
        "\n");
    assert_says(text, "\n1.0 ms: 99 threads (Thread 1 first, Thread 99 last) sleep (line 1).\n");
    assert_says(text, "The 101 lanes are there for ");
    free(text);
    fake_close(f);
}

/* One of a crowd that ends otherwise has a sentence of its own, and so has who goes on waiting:
 * each stands where it begins. */
static void a_crowd_does_not_go_back_in_time(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t main = fake_thread(f, gil, "main");
    fake_born(f, main, 0, 0);
    for (unsigned i = 0; i < 8; i++) {
        char name[] = {(char)('a' + i), '\0'};
        uint32_t t = fake_thread(f, gil, name);
        fake_died(f, t, FAKE_MS(10 * (i + 1)), i == 3);
        fake_state(f, main, FAKE_MS(10 * (i + 1) + 1), i % 2 ? GS_STATE_SLEEPING : GS_STATE_IO, 0,
                   1, 0);
    }
    fake_end(f, FAKE_MS(100), 0);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, "10.0 ms: a, b and c end, the last at 30.0 ms.\n");
    assert_says(text, "40.0 ms: d ends with an uncaught error.\n");
    assert_says(text, "50.0 ms: e, f, g and h end, the last at 80.0 ms.\n");
    double before = 0, time;
    for (const char *line = strstr(text, "\n10.0 ms"); line; line = strchr(line + 1, '\n')) {
        if (sscanf(line + 1, "%lf ms: ", &time) != 1)
            continue;
        assert_true(time >= before);
        before = time;
    }
    assert_true(before >= 80);
    free(text);
    fake_close(f);
}

static void the_page_ends_with_what_was_said(void **state)
{
    (void)state;
    struct fake_trace *f = talkative();
    char *text = written(gs_exporter_find("lanes")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    const char *below = strstr(text, "\n\n  20.0 ms");
    assert_non_null(below);
    assert_string_equal(
        below, "\n\n"
               "  20.0 ms  phase     one after the other\n"
               "  30.0 ms  prints    main: ^[[2Jgone?\n"
               "  40.0 ms  note      A note that is so long that on a page of eighty columns it\n"
               "                     has to be broken, and its second line stands under the\n"
               "                     first\n"
               "  60.0 ms  mark      stop\n"
               "  80.0 ms  error     main: scene.lua:9: boom\n"
               "  85.0 ms  lost      main: 17 events did not fit and are missing here\n"
               "  95.0 ms  deadlock  Thread 1 holds a and waits for b\n"
               "\n"
               "✓ nothing was lost\n"
               "✗ all came back (line 8)\n"
               "\n"
               "total 100 ms, ended with status 1, 17 events lost\n");
    free(text);
    fake_close(f);
}

/* worker has the GIL for the first 40 ms and from 80 ms on. */
static struct fake_trace *held_and_free(void)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t worker = fake_thread(f, gil, "worker");
    fake_born(f, worker, 0, 0);
    fake_take(f, worker, 0, gil, 1);
    fake_state(f, worker, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(f, worker, FAKE_MS(40), gil, GS_DROP_BLOCKING, 1);
    fake_state(f, worker, FAKE_MS(40), GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_take(f, worker, FAKE_MS(80), gil, 1);
    fake_state(f, worker, FAKE_MS(80), GS_STATE_RUNNING, 0, 1, GS_CAUSE_CLOCK);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

static void a_page_without_colour_tells_held_from_free(void **state)
{
    (void)state;
    struct fake_trace *f = held_and_free();
    struct gs_export_source source = {.timeline = f->timeline, .width = 60};
    char *text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "  GIL     ▏ worker ───────────▏                   ▏ worker ─\n");
    assert_says(text, "   ─ held   ▏ free from here\n");
    free(text);
    source.ascii = true;
    text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "  GIL     | worker -----------|                   | worker -\n");
    assert_says(text, "   - held   | free from here\n");
    free(text);
    fake_close(f);
}

/* Boxes are reversed to their ends, what is free has no look; letters are those of the plain page,
 * but for what stands for the colours there. */
static void a_page_in_colour(void **state)
{
    (void)state;
    struct fake_trace *f = held_and_free();
    struct gs_export_source source = {.timeline = f->timeline, .width = 60, .colour = true};
    char *text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "  GIL     \033[0;7;38;5;63m▏ worker            \033[0;38;5;244m▏"
                      "                   \033[0;7;38;5;63m▏ worker  \033[0m\n");
    assert_says(
        text,
        "  \033[0;38;5;63mworker  \033[0;38;5;29m████████████████████\033[0;38;5;244m·······sleep");
    assert_says(text, "\n\033[0;38;5;29m█ \033[0;38;5;244mrunning\033[0m   ");
    assert_null(strstr(text, "held"));
    free(text);
    text = written(gs_exporter_find("boxes")->write, &source);
    assert_says(text, "\033[0;1;38;5;244mGIL: free ");
    free(text);
    source.colour = false;
    for (size_t i = 0; gs_exporters[i]; i++) {
        text = written(gs_exporters[i]->write, &source);
        assert_null(strchr(text, '\033'));
        free(text);
    }
    fake_close(f);
}

static void names_without_room_are_told(void **state)
{
    (void)state;
    struct fake_trace *f = talkative();
    while (fake_object(f, GS_OBJECT_LOCK, NULL))
        ;
    char *page = written(gs_exporter_find("lanes")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(page, ", 17 events lost, no room for 1 name or text\n");
    fake_object(f, GS_OBJECT_LOCK, NULL);
    char *text = written(gs_exporter_find("text")->write,
                         &(struct gs_export_source){.timeline = f->timeline});
    assert_says(text, "\nThe trace had no room for 2 names of threads, locks and texts.\n");
    char *figures = written(gs_export_stats, &(struct gs_export_source){.timeline = f->timeline});
    assert_says(figures, ", 17 lost, no room for 2 names or texts\n");
    free(figures);
    free(page);
    free(text);
    fake_close(f);
}

static void an_ascii_page_is_ascii(void **state)
{
    (void)state;
    struct fake_trace *f = talkative();
    struct gs_export_source source = known(f->timeline);
    source.ascii = true;
    writer *const writers[] = {gs_exporter_find("lanes")->write, gs_exporter_find("text")->write,
                               gs_export_stats};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        char *text = written(writers[i], &source);
        for (const char *c = text; *c; c++)
            assert_true(*c == '\n' || (*c >= 0x20 && *c < 0x7f));
        free(text);
    }
    fake_close(f);
}

static void no_line_is_wider_than_asked(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) { /* for a legend that is long */
        uint32_t t = fake_thread(x.trace, x.gil, "t");
        fake_born(x.trace, t, 0, x.main);
        fake_state(x.trace, t, 0, s, 0, 1, 0);
    }
    struct gs_export_source source = known(x.trace->timeline);
    source.ascii = true;
    for (source.width = 70; source.width < 200; source.width += 13) {
        char *text = written(gs_exporter_find("lanes")->write, &source);
        size_t widest = 0;
        for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
            assert_says(text, gs_state_word(s));
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            widest = strlen(line) > widest ? strlen(line) : widest;
        assert_true(widest <= (size_t)source.width);
        free(text);
    }
    fake_close(x.trace);
}

static void a_title_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    const struct gs_export_source source = {
        .timeline = f->timeline, .name = "x\x1b[31m", .title = "\xff\x07"};
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "Scene x^[[31m: \\xff^G.\n");
    free(text);
    text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "x^[[31m · \\xff^G\n");
    free(text);
    fake_close(f);
}

static void the_rules_of_a_run(void **state)
{
    (void)state;
    char rules[256];
    struct gs_export_source source = known(NULL);
    assert_string_equal(gs_export_rules(rules, sizeof rules, " · ", &source),
                        "virtual clock · GIL 3.12 · switch interval 5.0 ms · 2 cores · seed 7");
    source.clock = GS_CLOCK_REAL;
    source.gil = GS_GIL_27;
    source.cores = 1;
    assert_string_equal(gs_export_rules(rules, sizeof rules, ", ", &source),
                        "real clock, GIL 2.7, every 100 instructions, 1 core");
    source.gil = GS_GIL_OFF;
    source.cores = 0;
    assert_string_equal(gs_export_rules(rules, sizeof rules, ", ", &source), "real clock, no GIL");
    source = (struct gs_export_source){0};
    assert_string_equal(gs_export_rules(rules, sizeof rules, ", ", &source), "");
}

static void the_tables_of_statistics(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_export_source source = known(x.trace->timeline);
    char *text = written(gs_export_stats, &source);
    assert_string_equal(
        text, "GIL of            held  hand-offs  a second  let go: asked  blocking  exit\n"
              "interpreter 1  100.0 %         15       250             11         2     3\n"
              "\n"
              "GIL of         turn: median     p99  longest  wait: median     p99  longest\n"
              "interpreter 1        5.0 ms  5.0 ms   5.0 ms        5.0 ms  5.1 ms   5.1 ms\n"
              "\n"
              "lane        alive  running  wants-gil  waiting  takes  longest wait  for\n"
              "main      60.0 ms    0.8 %      6.7 %   92.5 %      3       54.7 ms  waiting on the "
              "end of thread 'Thread 1'\n"
              "Thread 1  54.9 ms   54.1 %     45.9 %    0.0 %      6        5.0 ms  wants-gil\n"
              "Thread 2  59.7 ms   49.9 %     50.1 %    0.0 %      7        5.1 ms  wants-gil\n"
              "\n"
              "60.0 ms, 89 events, 0 lost\n");
    free(text);
    fake_close(x.trace);
}

/* Every number of the whole tables is in those that keep to a width, and no line is wider. */
static void figures_keep_to_a_width(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_export_source source = known(x.trace->timeline);
    for (source.width = 80; source.width >= 40; source.width -= 20) {
        char *text = written(gs_export_stats, &source), *rest = text;
        struct gs_export_source wide = known(x.trace->timeline);
        char *whole = written(gs_export_stats, &wide);
        for (char *word = strtok(whole, " \n"); word; word = strtok(NULL, " \n"))
            if (*word >= '0' && *word <= '9')
                assert_says(text, word);
        for (char *line; (line = strsep(&rest, "\n"));)
            assert_in_range(gs_text_width(line), 0, source.width);
        free(whole);
        free(text);
    }
    source.width = 60;
    char *text = written(gs_export_stats, &source);
    assert_says(text, "GIL of            held  hand-offs  a second\n"
                      "interpreter 1  100.0 %         15       250\n"
                      "\n"
                      "GIL of         let go: asked  blocking  exit\n"
                      "interpreter 1             11         2     3\n");
    assert_says(text, "lane        alive  running  wants-gil  waiting  takes\n"
                      "main      60.0 ms    0.8 %      6.7 %   92.5 %      3\n");
    assert_says(text, "lane      longest wait  for\n"
                      "main           54.7 ms  waiting on the end…thread 'Thread 1'\n");
    free(text);
    fake_close(x.trace);
}

static char *violations_of(const struct gs_timeline *timeline)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    struct gs_violations violations = {0};
    const struct gs_export_source source = {.timeline = timeline};
    gs_verify(timeline, &violations);
    FILE *out = open_memstream(&text, &size);
    assert_true(gs_export_violations(out, &source, &violations, &err));
    fclose(out);
    gs_vec_free(&violations.list);
    return text;
}

/* Every thread of thousands is a lane and a row, and its end a wait of its own. */
static void a_crowd_takes_time_in_proportion(void **state)
{
    (void)state;
    enum { SANITIZED = GS_THREAD_SANITIZER || GS_ADDRESS_SANITIZER };
    enum { THREADS = 80000, MOST_SECONDS = SANITIZED ? 150 : 32 };
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    uint32_t main = fake_thread(f, gil, "main");
    fake_born(f, main, 0, 0);
    for (uint64_t at = 0; at < THREADS * FAKE_US(10); at += FAKE_US(10)) {
        uint32_t thread = fake_thread(f, gil, "thread");
        uint32_t end = fake_object(f, GS_OBJECT_THREAD, "thread");
        fake_born(f, thread, at, main);
        fake_state(f, main, at, GS_STATE_WAITING, end, 1, GS_CAUSE_NONE);
        fake_take(f, thread, at, gil, 1);
        fake_state(f, thread, at, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
        fake_drop(f, thread, at + FAKE_US(5), gil, GS_DROP_EXIT, 1);
        fake_died(f, thread, at + FAKE_US(5), false);
        fake_wake(f, thread, at + FAKE_US(5), main, end);
        fake_take(f, main, at + FAKE_US(6), gil, 1);
        fake_state(f, main, at + FAKE_US(6), GS_STATE_RUNNING, 0, 1, thread);
        fake_drop(f, main, at + FAKE_US(10), gil, GS_DROP_BLOCKING, 1);
    }
    const struct gs_export_source source = known(f->timeline);
    clock_t before = clock();
    for (size_t i = 0; gs_exporters[i]; i++)
        free(written(gs_exporters[i]->write, &source));
    free(written(gs_export_stats, &source));
    free(written(gs_export_stats_json, &source));
    assert_true(clock() - before < MOST_SECONDS * CLOCKS_PER_SEC);
    fake_close(f);
}

static void violations_are_listed_and_counted(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    char *text = violations_of(x.trace->timeline);
    assert_string_equal(text, "✓ every invariant holds in 89 events\n");
    free(text);
    fake_close(x.trace);
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    fake_take(f, a, FAKE_MS(1), gil, 1);
    fake_take(f, b, FAKE_MS(2), gil, 1);
    fake_end(f, FAKE_MS(3), 0);
    text = violations_of(f->timeline);
    assert_says(text, "✗    2.0 ms  ");
    assert_says(text, " in 5 events\n");
    free(text);
    fake_close(f);
}

static void an_empty_run_is_no_trouble(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    const struct gs_export_source source = {.timeline = f->timeline};
    for (size_t i = 0; gs_exporters[i]; i++)
        free(written(gs_exporters[i]->write, &source));
    free(written(gs_export_stats, &source));
    free(written(gs_export_stats_json, &source));
    assert_null(gs_exporter_find("nothing"));
    fake_close(f);
}

/* Who holds a lock, what a limit ends, who waits again, what the end of the run cuts off. */
static void waits_in_sentences(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t a = fake_thread(f, gil, "worker"), b = fake_thread(f, gil, "worker");
    struct gs_actor_row daemon = {.kind = GS_ACTOR_THREAD,
                                  .parent = gil,
                                  .interpreter = gil,
                                  .name = gs_segment_add_string(f->segment, "ticker", 6),
                                  .flags = GS_ACTOR_DAEMON};
    uint32_t c = gs_segment_add_actor(f->segment, &daemon);
    uint32_t lock = fake_object(f, GS_OBJECT_LOCK, "accounts");
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    fake_born(f, c, 0, 0);
    fake_acquire(f, b, 1, lock, 3, 1);
    fake_state(f, a, 10, GS_STATE_WAITING, lock, 4, 0);
    fake_state(f, a, 30, GS_STATE_SLEEPING, 0, 5, GS_CAUSE_CLOCK);
    fake_state(f, a, 40, GS_STATE_SLEEPING, 0, 6, GS_CAUSE_CLOCK);
    fake_state(f, a, 50, GS_STATE_NONE, 0, 6, GS_CAUSE_CLOCK);
    fake_died(f, b, 60, false);
    fake_died(f, a, 100, false);
    fake_end(f, 100, 0);
    const struct gs_export_source source = known(f->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "10 ns: worker waits for accounts (line 4), which worker #2 holds, until 30 "
                      "ns, when its time limit ends the wait.\n"
                      "30 ns: worker sleeps (line 5) until 40 ns.\n"
                      "40 ns: worker sleeps (line 6) until 50 ns.\n");
    assert_says(text, "exit status 0.\nticker, a daemon, is cut off by that.\n");
    free(text);
    fake_close(f);
}

static void a_stall_is_not_called_a_deadlock(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), "t");
    fake_born(f, t, 0, 0);
    fake_stall(f, t, FAKE_MS(1), "stall: nobody is left.");
    fake_end(f, FAKE_MS(2), 1);
    const struct gs_export_source source = known(f->timeline);
    char *text = written(gs_exporter_find("text")->write, &source);
    assert_says(text, "1.0 ms: Stall: nobody is left.\n");
    free(text);
    text = written(gs_exporter_find("lanes")->write, &source);
    assert_says(text, "   1.0 ms  stall     nobody is left.\n");
    free(text);
    text = written(gs_exporter_find("json")->write, &source);
    assert_says(text, "\"type\":\"deadlock\",\"time\":1000000,\"actor\":3,\"circle\":false,");
    free(text);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fight_in_sentences),
        cmocka_unit_test(waits_in_sentences),
        cmocka_unit_test(a_stall_is_not_called_a_deadlock),
        cmocka_unit_test(a_start_is_not_a_join),
        cmocka_unit_test(a_free_gil_in_sentences),
        cmocka_unit_test(totals_of_a_gil_that_nobody_waits_for),
        cmocka_unit_test(totals_of_turns_that_are_over_at_once),
        cmocka_unit_test(the_longest_wait_in_words),
        cmocka_unit_test(at_one_instant_who_takes_the_gil_acts_after_that),
        cmocka_unit_test(the_old_gil_in_sentences),
        cmocka_unit_test(what_is_said_becomes_a_sentence),
        cmocka_unit_test(a_note_names_whom_it_is_about),
        cmocka_unit_test(what_repeats_is_told_once),
        cmocka_unit_test(who_waits_for_another_lock_has_a_sentence_of_his_own),
        cmocka_unit_test(hand_offs_of_two_gils_are_not_one_round),
        cmocka_unit_test(a_crowd_is_told_in_a_few_sentences),
        cmocka_unit_test(a_crowd_does_not_go_back_in_time),
        cmocka_unit_test(the_page_ends_with_what_was_said),
        cmocka_unit_test(a_page_without_colour_tells_held_from_free),
        cmocka_unit_test(a_page_in_colour),
        cmocka_unit_test(names_without_room_are_told),
        cmocka_unit_test(an_ascii_page_is_ascii),
        cmocka_unit_test(no_line_is_wider_than_asked),
        cmocka_unit_test(a_title_cannot_steer_the_terminal),
        cmocka_unit_test(the_rules_of_a_run),
        cmocka_unit_test(the_tables_of_statistics),
        cmocka_unit_test(figures_keep_to_a_width),
        cmocka_unit_test(a_crowd_takes_time_in_proportion),
        cmocka_unit_test(violations_are_listed_and_counted),
        cmocka_unit_test(an_empty_run_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
