/* What the phases of a run come to, counted by hand, and the table and the JSON of them. */
#include "draw/phases.h"
#include "export/export.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A process with a thread that runs all the time, in phases of 100 ms. */
struct run {
    struct fake_trace *f;
    uint32_t process, gil, main;
};

static struct run open_run(enum gs_clock_kind clock)
{
    struct run x = {.f = fake_open()};
    gs_segment_tell_facts(x.f->segment, &(struct gs_facts){.clock = clock});
    x.process = fake_process(x.f, "process 1");
    x.gil = fake_interpreter(x.f, x.process, "main interpreter", true);
    x.main = fake_thread(x.f, x.gil, "MainThread");
    fake_born(x.f, x.process, 0, 0);
    fake_born(x.f, x.main, 0, 0);
    fake_take(x.f, x.main, 0, x.gil, 1);
    fake_state(x.f, x.main, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    return x;
}

static void begin(const struct run *x, uint64_t ns, const char *title)
{
    fake_text(x->f, x->main, ns, GS_EVENT_PHASE, title, 1);
}

/* Another thread, which sleeps, and is not there any more afterwards. */
static void live(const struct run *x, uint32_t thread, uint64_t from, uint64_t until)
{
    fake_born(x->f, thread, from, x->main);
    fake_state(x->f, thread, from, GS_STATE_SLEEPING, 0, 2, GS_CAUSE_NONE);
    fake_died(x->f, thread, until, false);
}

static void a_phase_ends_where_the_next_begins(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_VIRTUAL);
    struct gs_phases phases;
    begin(&x, FAKE_MS(100), "one");
    begin(&x, FAKE_MS(150), NULL);
    begin(&x, FAKE_MS(200), "two");
    begin(&x, FAKE_MS(300), "three");
    fake_state(x.f, x.main, FAKE_MS(325), GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(400));
    gs_phases_take(&phases, x.f->timeline, 0, UINT64_MAX);
    assert_int_equal(phases.list.count, 3);
    assert_int_equal(phases.list.items[0].start, FAKE_MS(100));
    assert_int_equal(phases.list.items[0].sums.ns, FAKE_MS(50));
    assert_int_equal(phases.list.items[1].sums.ns, FAKE_MS(100));
    assert_false(phases.list.items[1].open);
    assert_true(phases.list.items[2].open);
    assert_true(phases.list.items[1].sums.cores > 0.999 && phases.list.items[1].sums.cores < 1.001);
    assert_true(phases.list.items[2].sums.cores > 0.249 && phases.list.items[2].sums.cores < 0.251);
    gs_phases_free(&phases);
    gs_phases_take(&phases, x.f->timeline, FAKE_MS(101), UINT64_MAX);
    assert_int_equal(phases.list.count, 2);
    gs_phases_free(&phases);
    /* What a screen shows of it is played so far. */
    gs_phases_take(&phases, x.f->timeline, 0, FAKE_MS(250));
    assert_int_equal(phases.list.count, 2);
    assert_true(phases.list.items[1].open);
    assert_int_equal(phases.list.items[1].sums.ns, FAKE_MS(50));
    gs_phases_free(&phases);
    fake_close(x.f);
}

static void who_began_in_it_is_counted_at_a_time(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_VIRTUAL);
    struct gs_phases phases;
    uint32_t before = fake_thread(x.f, x.gil, "before");
    live(&x, before, FAKE_MS(50), FAKE_MS(190));
    begin(&x, FAKE_MS(100), "threads");
    live(&x, fake_thread(x.f, x.gil, "a"), FAKE_MS(110), FAKE_MS(140));
    live(&x, fake_thread(x.f, x.gil, "b"), FAKE_MS(120), FAKE_MS(140));
    live(&x, fake_thread(x.f, x.gil, "c"), FAKE_MS(140), FAKE_MS(160));
    live(&x, fake_helper(x.f, GS_ACTOR_THREAD, x.gil, "feeder"), FAKE_MS(120), FAKE_MS(160));
    begin(&x, FAKE_MS(200), "processes");
    for (unsigned i = 0; i < 3; i++) {
        uint32_t process = fake_process(x.f, "worker");
        uint32_t gil = fake_interpreter(x.f, process, "main interpreter", true);
        live(&x, process, FAKE_MS(210), FAKE_MS(290));
        live(&x, fake_thread(x.f, gil, "MainThread"), FAKE_MS(210), FAKE_MS(290));
    }
    gs_timeline_extend(x.f->timeline, FAKE_MS(300));
    gs_phases_take(&phases, x.f->timeline, 0, UINT64_MAX);
    assert_int_equal(phases.list.items[0].threads, 2);
    assert_int_equal(phases.list.items[0].processes, 0);
    assert_int_equal(phases.list.items[1].threads, 0);
    assert_int_equal(phases.list.items[1].processes, 3);
    /* On the virtual clock so much each. */
    assert_true(gs_phases_are_modelled(x.f->timeline));
    assert_int_equal(phases.list.items[0].room % 2, 0);
    assert_true(phases.list.items[1].room / 3 > 50 * (phases.list.items[0].room / 2));
    gs_phases_free(&phases);
    fake_close(x.f);
}

static void on_the_real_clock_memory_is_what_grew(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_REAL);
    struct gs_phases phases;
    uint32_t memory = fake_memory(x.f, x.process);
    begin(&x, FAKE_MS(10), "not known before");
    fake_counter(x.f, x.process, FAKE_MS(50), memory, 9000000);
    begin(&x, FAKE_MS(100), "threads");
    live(&x, fake_thread(x.f, x.gil, "a"), FAKE_MS(110), FAKE_MS(190));
    fake_counter(x.f, x.process, FAKE_MS(150), memory, 9400000);
    fake_counter(x.f, x.process, FAKE_MS(180), memory, 9100000);
    begin(&x, FAKE_MS(200), "a process");
    uint32_t worker = fake_process(x.f, "worker");
    live(&x, worker, FAKE_MS(210), FAKE_MS(290));
    fake_counter(x.f, worker, FAKE_MS(250), fake_memory(x.f, worker), 5000000);
    gs_timeline_extend(x.f->timeline, FAKE_MS(300));
    gs_phases_take(&phases, x.f->timeline, 0, UINT64_MAX);
    assert_false(gs_phases_are_modelled(x.f->timeline));
    assert_int_equal(phases.list.items[0].room, 0);
    assert_int_equal(phases.list.items[1].room, 400000);
    assert_int_equal(phases.list.items[2].room, 5000000);
    gs_phases_free(&phases);
    fake_close(x.f);
}

/* The worker's share of what they have in common is its parent's when it is gone. */
static void what_others_leave_is_no_growth(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_REAL);
    struct gs_phases phases;
    uint32_t memory = fake_memory(x.f, x.process);
    begin(&x, FAKE_MS(10), "a process");
    live(&x, fake_process(x.f, "worker"), FAKE_MS(20), FAKE_MS(110));
    fake_counter(x.f, x.process, FAKE_MS(50), memory, 4000000);
    begin(&x, FAKE_MS(100), "threads");
    live(&x, fake_thread(x.f, x.gil, "a"), FAKE_MS(120), FAKE_MS(190));
    fake_counter(x.f, x.process, FAKE_MS(150), memory, 8000000);
    begin(&x, FAKE_MS(200), "threads again");
    live(&x, fake_thread(x.f, x.gil, "b"), FAKE_MS(210), FAKE_MS(290));
    fake_counter(x.f, x.process, FAKE_MS(250), memory, 8020000);
    gs_timeline_extend(x.f->timeline, FAKE_MS(300));
    gs_phases_take(&phases, x.f->timeline, 0, UINT64_MAX);
    assert_int_equal(phases.list.items[1].room, 0);
    assert_int_equal(phases.list.items[2].room, 20000);
    gs_phases_free(&phases);
    fake_close(x.f);
}

static const char *cell(const struct gs_table *table, size_t row, size_t column)
{
    return table->cells.items[row * table->columns + column].text;
}

static void the_table_tells_how_data_came_to_them(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_VIRTUAL);
    uint32_t queue = fake_object(x.f, GS_OBJECT_QUEUE, "results");
    struct gs_phases phases;
    struct gs_table table = {0};
    char says[GS_PHASES_SAY];
    begin(&x, FAKE_MS(100), "threads");
    live(&x, fake_thread(x.f, x.gil, "a"), FAKE_MS(110), FAKE_MS(130));
    begin(&x, FAKE_MS(200), "forked");
    live(&x, fake_process(x.f, "worker"), FAKE_MS(210), FAKE_MS(290));
    begin(&x, FAKE_MS(300), "sent");
    live(&x, fake_process(x.f, "worker"), FAKE_MS(310), FAKE_MS(390));
    fake_message(x.f, x.main, FAKE_MS(320), true, queue, 12345);
    gs_timeline_extend(x.f->timeline, FAKE_MS(400));
    gs_phases_take(&phases, x.f->timeline, 0, UINT64_MAX);
    gs_phase_table_take(&table, &phases, x.f->timeline);
    assert_int_equal(table.cells.count, 4 * table.columns);
    assert_string_equal(cell(&table, 0, GS_PHASE_DATA), "data");
    assert_string_equal(cell(&table, 1, GS_PHASE_TITLE), "threads");
    assert_string_equal(cell(&table, 1, GS_PHASE_TIME), "100 ms");
    assert_string_equal(cell(&table, 1, GS_PHASE_CORES), "1.00");
    assert_string_equal(cell(&table, 1, GS_PHASE_DATA), "in place");
    assert_string_equal(cell(&table, 2, GS_PHASE_DATA), "copied");
    assert_string_equal(cell(&table, 3, GS_PHASE_DATA), "12.3 kB");
    assert_string_equal(cell(&table, 1, GS_PHASE_UNITS), "1 thread of 16.5 kB");
    assert_string_equal(cell(&table, 3, GS_PHASE_UNITS), "1 process of 1.4 MB");
    assert_non_null(
        strstr(gs_phase_table_says(says, sizeof says, &phases, x.f->timeline), "modelled"));
    gs_table_free(&table);
    gs_phases_free(&phases);
    fake_close(x.f);
}

static char *written(const struct fake_trace *f,
                     bool (*write)(FILE *, const struct gs_export_source *, struct gs_error *))
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {.timeline = f->timeline};
    struct gs_error err;
    assert_true(write(out, &source, &err));
    fclose(out);
    return text;
}

static void one_phase_is_no_table(void **state)
{
    (void)state;
    struct run x = open_run(GS_CLOCK_VIRTUAL);
    begin(&x, FAKE_MS(100), "alone");
    gs_timeline_extend(x.f->timeline, FAKE_MS(200));
    char *text = written(x.f, gs_export_phases);
    assert_string_equal(text, "");
    free(text);
    begin(&x, FAKE_MS(200), "another");
    gs_timeline_extend(x.f->timeline, FAKE_MS(300));
    text = written(x.f, gs_export_phases);
    assert_non_null(strstr(text, "\nanother"));
    free(text);
    text = written(x.f, gs_exporter_find("text")->write);
    assert_non_null(strstr(text, "\nPhase another: 100 ms, on average 1.00 cores are busy, "
                                 "0 switches, and data is in place.\n"));
    free(text);
    text = written(x.f, gs_export_stats_json);
    assert_non_null(strstr(text, "\"type\":\"phase_stats\",\"phase\":\"alone\""));
    free(text);
    fake_close(x.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phase_ends_where_the_next_begins),
        cmocka_unit_test(who_began_in_it_is_counted_at_a_time),
        cmocka_unit_test(on_the_real_clock_memory_is_what_grew),
        cmocka_unit_test(what_others_leave_is_no_growth),
        cmocka_unit_test(the_table_tells_how_data_came_to_them),
        cmocka_unit_test(one_phase_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
