/* Where lines are: the trace's table of places, and how the sentences and the exports tell of a
 * line in another file than the program's own, and of one in a call of the library's. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"
#include "trace/where.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_table_says_when_it_is_full(void **state)
{
    (void)state;
    static const struct gs_segment_conf small = {
        .ring_events = 8, .rings = 1, .actors = 1, .objects = 1, .places = 2, .string_bytes = 64};
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    struct gs_place_row row = {.file = gs_segment_add_string(segment, "a.py", 4), .call = 7};
    assert_int_equal(gs_segment_add_place(segment, &row), 1);
    assert_int_equal(gs_segment_add_place(segment, &row), 2);
    assert_int_equal(gs_segment_add_place(segment, &row), 0);
    assert_int_equal(tables->left_out(tables), 1);
    assert_memory_equal(tables->place(tables, 2), &row, sizeof row);
    /* What nobody has told of is the program's own file. */
    static const uint16_t none[] = {0, 3, UINT16_MAX};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(tables->place(tables, none[i])->file, 0);
    gs_segment_close(segment);
}

/* Sixteen bits are all that an event has for it. */
static void a_run_has_as_many_places_as_an_event_can_name(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&gs_segment_default, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    for (uint32_t i = 1; i <= UINT16_MAX; i++)
        assert_int_equal(gs_segment_add_place(segment, &(struct gs_place_row){.file = i}), i);
    assert_int_equal(gs_segment_add_place(segment, &(struct gs_place_row){.file = 1}), 0);
    assert_int_equal(tables->place(tables, UINT16_MAX)->file, UINT16_MAX);
    gs_segment_close(segment);
}

static void a_line_in_words(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    static const struct {
        const char *file, *call, *text, *line;
    } cases[] = {
        {NULL, NULL, "line 12", "line 12"},
        {NULL, "Queue.get", "line 12, in Queue.get", "line 12"},
        {"/home/me/napping.py", NULL, "napping.py:12", "napping.py:12"},
        {"napping.py", "Queue.get", "napping.py:12, in Queue.get", "napping.py:12"},
        {"/home/me/pkg/__init__.py", NULL, "pkg/__init__.py:12", "pkg/__init__.py:12"},
        {"__main__.py", NULL, "__main__.py:12", "__main__.py:12"},
        {"/tmp/\033[2J.py", "\033c", "^[[2J.py:12, in ^[c", "^[[2J.py:12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[GS_WHERE_SIZE];
        uint16_t place = fake_place(f, cases[i].file, cases[i].call);
        assert_string_equal(gs_where_text(text, sizeof text, f->tables, 12, place), cases[i].text);
        assert_string_equal(gs_where_line(text, sizeof text, f->tables, 12, place), cases[i].line);
        assert_string_equal(gs_where_text(text, sizeof text, f->tables, 0, place), "");
    }
    fake_close(f);
}

/* worker waits for jobs in another file, was asked there for the GIL, and main prints and claims
 * something there. */
struct scene {
    struct fake_trace *f;
    uint32_t gil, main, worker, jobs;
    uint16_t napping, in_get;
};

static void put(struct scene *s, uint32_t who, uint64_t ns, enum gs_event_kind kind, uint8_t flags,
                uint64_t a, uint64_t b, uint16_t place)
{
    fake_event(s->f, (struct gs_event){.time = ns,
                                       .actor = who,
                                       .kind = (uint8_t)kind,
                                       .flags = flags,
                                       .place = place,
                                       .a = a,
                                       .b = b});
}

static uint32_t string(struct scene *s, const char *text)
{
    return gs_segment_add_string(s->f->segment, text, strlen(text));
}

static struct scene scene_open(void)
{
    struct scene s = {.f = fake_open()};
    struct fake_trace *f = s.f;
    uint32_t process = fake_process(f, "process 1");
    s.gil = fake_interpreter(f, process, "interpreter 1", true);
    s.main = fake_thread(f, s.gil, "main");
    s.worker = fake_thread(f, s.gil, "worker");
    s.jobs = fake_object(f, GS_OBJECT_QUEUE, "jobs");
    s.napping = fake_place(f, "/home/me/napping.py", NULL);
    s.in_get = fake_place(f, "/home/me/napping.py", "Queue.get");
    fake_born(f, process, 0, 0);
    fake_born(f, s.main, 0, 0);
    fake_born(f, s.worker, 0, s.main);
    fake_take(f, s.worker, 0, s.gil, 0);
    fake_state(f, s.worker, 0, GS_STATE_RUNNING, 0, 0, 0);
    fake_state(f, s.main, 0, GS_STATE_WANTS_GIL, 0, 3, 0);
    put(&s, s.worker, 10, GS_EVENT_GIL_DROP, GS_DROP_BLOCKING, s.gil, 11, s.in_get);
    put(&s, s.worker, 10, GS_EVENT_STATE, GS_STATE_WAITING, s.jobs, gs_event_pack(11, 0), s.in_get);
    fake_take(f, s.main, 10, s.gil, 3);
    fake_state(f, s.main, 10, GS_STATE_RUNNING, 0, 3, s.worker);
    put(&s, s.main, 20, GS_EVENT_LABEL_BEGIN, 0, string(&s, "part"), 4, s.napping);
    put(&s, s.main, 30, GS_EVENT_LABEL_END, 0, 0, 0, 0);
    put(&s, s.main, 40, GS_EVENT_OUTPUT, 0, string(&s, "hello"), 5, s.napping);
    put(&s, s.main, 50, GS_EVENT_CHECK, 0, string(&s, "so it is"), 6, s.napping);
    put(&s, s.main, 60, GS_EVENT_STATE, GS_STATE_SLEEPING, 0, gs_event_pack(7, 0), s.napping);
    fake_end(f, 100, 0);
    return s;
}

static void sentences_say_where(void **state)
{
    (void)state;
    struct scene s = scene_open();
    char text[600];
    assert_string_equal(gs_explain(text, sizeof text, s.f->timeline, s.worker, 20),
                        "worker has waited for jobs for 10 ns (napping.py:11, in Queue.get).");
    assert_string_equal(gs_explain(text, sizeof text, s.f->timeline, s.main, 60),
                        "main goes to sleep (napping.py:7).");
    assert_string_equal(gs_explain(text, sizeof text, s.f->timeline, s.main, 10),
                        "main took the GIL: worker let go of it at napping.py:11, because it waits "
                        "for jobs. Nobody else wants it.");
    assert_string_equal(
        gs_explain(text, sizeof text, s.f->timeline, s.main, 5),
        "main has wanted the GIL for 5 ns. worker holds it; worker lets go in 5 "
        "ns, when it waits for jobs (napping.py:11, in Queue.get). The wait ends in "
        "5 ns.");
    const struct gs_event *last = &s.f->events.items[s.f->events.count - 2];
    assert_string_equal(gs_explain_event(text, sizeof text, s.f->timeline, last),
                        "main goes to sleep (napping.py:7).");
    fake_close(s.f);
}

static void a_claim_says_where_it_was_taken(void **state)
{
    (void)state;
    struct scene s = scene_open();
    char text[600];
    put(&s, s.main, 100, GS_EVENT_ACQUIRE, 0, fake_object(s.f, GS_OBJECT_LOCK, "lock"),
        gs_event_pack(8, 1), s.napping);
    fake_state(s.f, s.worker, 110, GS_STATE_WAITING, s.jobs + 1, 2, 0);
    assert_string_equal(gs_explain(text, sizeof text, s.f->timeline, s.worker, 110),
                        "worker begins to wait for lock (line 2). main has held it for 10 ns "
                        "(napping.py:8) and sleeps.");
    fake_close(s.f);
}

static char *exported(struct scene *s, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {.timeline = s->f->timeline, .name = "x"};
    assert_true(gs_exporter_find(format)->write(out, &source, &err));
    fclose(out);
    return text;
}

static void assert_has(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("'%s' is not in\n%s", words, text);
}

static void exports_say_where(void **state)
{
    (void)state;
    struct scene s = scene_open();
    char *json = exported(&s, "json"), *text = exported(&s, "text"), *lanes = exported(&s, "lanes");
    assert_has(json,
               "\"line\":11,\"file\":\"/home/me/napping.py\",\"call\":\"Queue.get\",\"cause\"");
    assert_has(json, "\"label\":\"part\",\"depth\":0,\"start\":20,\"end\":30,\"line\":4,"
                     "\"file\":\"/home/me/napping.py\"}");
    assert_has(json, "\"text\":\"hello\",\"line\":5,\"file\":\"/home/me/napping.py\"}");
    assert_has(json, "\"line\":3,\"cause\"");
    assert_has(text, "worker waits for jobs (napping.py:11, in Queue.get) and never gets on.");
    assert_has(text, "Check fails: so it is (napping.py:6)\n");
    assert_has(lanes, "✗ so it is (napping.py:6)\n");
    free(json);
    free(text);
    free(lanes);
    fake_close(s.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_when_it_is_full),
        cmocka_unit_test(a_run_has_as_many_places_as_an_event_can_name),
        cmocka_unit_test(a_line_in_words),
        cmocka_unit_test(sentences_say_where),
        cmocka_unit_test(a_claim_says_where_it_was_taken),
        cmocka_unit_test(exports_say_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
