/* JSON lines: they parse, are in order, are the same twice, and hold what the trace held, whatever
 * bytes the names are made of. */
#include "export/export.h"
#include "support/fake_trace.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *written(const struct gs_export_source *source)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    assert_true(gs_exporter_find("json")->write(out, source, &err));
    fclose(out);
    return text;
}

/* Every line parsed, as an array. */
static json_t *parsed(const struct gs_export_source *source)
{
    char *text = written(source);
    json_t *records = json_array();
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        json_error_t why;
        json_t *record = json_loads(line, 0, &why);
        if (!record)
            fail_msg("%s: %s", why.text, line);
        json_array_append_new(records, record);
    }
    free(text);
    return records;
}

static const char *word(const json_t *record, const char *key)
{
    return json_string_value(json_object_get(record, key));
}

static json_int_t value(const json_t *record, const char *key)
{
    return json_integer_value(json_object_get(record, key));
}

static size_t count_of(const json_t *records, const char *type)
{
    size_t count = 0, i;
    json_t *record;
    json_array_foreach(records, i, record) count += strcmp(word(record, "type"), type) == 0;
    return count;
}

static json_t *nth(const json_t *records, const char *type, size_t n)
{
    size_t i;
    json_t *record;
    json_array_foreach(records, i, record)
    {
        if (strcmp(word(record, "type"), type) == 0 && n-- == 0)
            return record;
    }
    fail_msg("no such %s", type);
    return NULL;
}

static void a_fight_has_all_its_records_in_order(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_export_source source = {.timeline = x.trace->timeline};
    json_t *records = parsed(&source), *record;
    assert_int_equal(count_of(records, "actor"), 5);
    assert_int_equal(count_of(records, "gil"), 16);
    assert_int_equal(count_of(records, "wake"), 2);
    assert_string_equal(word(nth(records, "actor", 2), "name"), "main");
    assert_int_equal(value(nth(records, "actor", 2), "parent"), x.gil);
    assert_string_equal(word(nth(records, "gil", 1), "why"), "asked");
    assert_int_equal(value(nth(records, "wake", 0), "woken"), x.main);
    assert_string_equal(word(nth(records, "wake", 0), "on"), "Thread 1");
    size_t i;
    json_int_t before = 0;
    json_array_foreach(records, i, record)
    {
        const char *key = json_object_get(record, "start") ? "start" : "time";
        json_int_t time = value(record, key);
        assert_true(time >= before);
        before = time;
    }
    const json_t *last = json_array_get(records, json_array_size(records) - 1);
    assert_string_equal(word(last, "type"), "end");
    assert_int_equal(value(last, "status"), 0);
    json_decref(records);
    fake_close(x.trace);
}

static void the_same_run_gives_the_same_bytes(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight(), y = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(60), GS_EVENT_NOTE, "日本", 1);
    fake_text(y.trace, y.main, FAKE_MS(60), GS_EVENT_NOTE, "日本", 1);
    char *a = written(&(struct gs_export_source){.timeline = x.trace->timeline, .ascii = true});
    char *b = written(&(struct gs_export_source){.timeline = y.trace->timeline});
    assert_string_equal(a, b);
    free(a);
    free(b);
    fake_close(x.trace);
    fake_close(y.trace);
}

static void a_span_is_as_the_design_says(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t t = fake_thread(f, gil, "t");
    fake_interpreter(f, 1, "free", false);
    uint32_t lock = fake_object(f, GS_OBJECT_LOCK, "a");
    fake_born(f, t, 0, 0);
    fake_label(f, t, 5, "outer", 3);
    fake_state(f, t, 10, GS_STATE_WAITING, lock, 4, 0);
    fake_label_end(f, t, 20);
    fake_state(f, t, 30, GS_STATE_RUNNING, 0, 5, GS_CAUSE_CLOCK);
    fake_interval(f, t, 35, gil, 500000);
    fake_end(f, 40, 3);
    char *text = written(&(struct gs_export_source){.timeline = f->timeline});
    assert_string_equal(
        text,
        "{\"type\":\"actor\",\"id\":1,\"kind\":\"process\",\"name\":\"p\",\"parent\":null}\n"
        "{\"type\":\"actor\",\"id\":2,\"kind\":\"interpreter\",\"name\":\"i\",\"parent\":1,"
        "\"gil\":\"3.12\",\"interval\":5000000}\n"
        "{\"type\":\"actor\",\"id\":3,\"kind\":\"thread\",\"name\":\"t\",\"parent\":2}\n"
        "{\"type\":\"actor\",\"id\":4,\"kind\":\"interpreter\",\"name\":\"free\",\"parent\":1,"
        "\"gil\":\"off\",\"interval\":null}\n"
        "{\"type\":\"label\",\"actor\":3,\"label\":\"outer\",\"depth\":0,\"start\":5,\"end\":20,"
        "\"line\":3}\n"
        "{\"type\":\"span\",\"actor\":3,\"state\":\"waiting\",\"on\":\"a\",\"on_id\":1,\"on_kind\":"
        "\"lock\",\"label\":\"outer\","
        "\"start\":10,\"end\":30,\"line\":4,\"cause\":null}\n"
        "{\"type\":\"span\",\"actor\":3,\"state\":\"running\",\"on\":null,\"on_id\":null,\"on_"
        "kind\":null,\"label\":null,"
        "\"start\":30,\"end\":40,\"line\":5,\"cause\":null}\n"
        "{\"type\":\"gil-interval\",\"time\":35,\"actor\":3,\"interpreter\":2,"
        "\"interval\":500000}\n"
        "{\"type\":\"end\",\"time\":40,\"status\":3}\n");
    free(text);
    fake_close(f);
}

static void what_was_said_and_sent(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), "t");
    uint32_t queue = fake_object(f, GS_OBJECT_QUEUE, "jobs");
    fake_born(f, t, 0, 0);
    fake_text(f, t, 1, GS_EVENT_NOTE, "look", 7);
    fake_text(f, t, 2, GS_EVENT_MARK, "stop here", 8);
    fake_text(f, t, 3, GS_EVENT_PHASE, "first", 9);
    fake_text(f, t, 4, GS_EVENT_PHASE, NULL, 9);
    fake_check(f, t, 5, true, "it holds", 10);
    fake_check(f, t, 6, false, "it does not", 11);
    fake_text(f, t, 7, GS_EVENT_OUTPUT, "printed", 12);
    fake_event(f, (struct gs_event){.time = 8,
                                    .actor = t,
                                    .kind = GS_EVENT_MESSAGE,
                                    .flags = 1,
                                    .a = (uint64_t)3 << 32 | queue,
                                    .b = 99});
    fake_message(f, t, 9, false, queue, 99);
    fake_lost(f, t, 10, 17);
    fake_enter(f, t, 11, fake_interpreter(f, 1, "sub", true));
    json_t *records = parsed(&(struct gs_export_source){.timeline = f->timeline});
    assert_string_equal(word(nth(records, "note", 0), "text"), "look");
    assert_int_equal(value(nth(records, "mark", 0), "line"), 8);
    assert_true(json_is_null(json_object_get(nth(records, "phase", 1), "text")));
    assert_true(json_is_true(json_object_get(nth(records, "check", 0), "ok")));
    assert_true(json_is_false(json_object_get(nth(records, "check", 1), "ok")));
    assert_string_equal(word(nth(records, "output", 0), "text"), "printed");
    assert_int_equal(value(nth(records, "message", 0), "from"), t);
    assert_true(json_is_null(json_object_get(nth(records, "message", 0), "to")));
    assert_int_equal(value(nth(records, "message", 1), "to"), t);
    assert_int_equal(value(nth(records, "message", 1), "bytes"), 99);
    assert_int_equal(value(nth(records, "message", 0), "number"), 3);
    assert_true(json_is_null(json_object_get(nth(records, "message", 1), "number")));
    assert_string_equal(word(nth(records, "message", 0), "on"),
                        word(nth(records, "message", 1), "on"));
    assert_int_equal(value(nth(records, "lost", 0), "count"), 17);
    assert_int_equal(value(nth(records, "enter", 0), "time"), 11);
    assert_int_equal(value(nth(records, "enter", 0), "actor"), t);
    assert_int_equal(value(nth(records, "enter", 0), "interpreter"), t + 1);
    assert_true(json_is_null(json_object_get(nth(records, "end", 0), "status")));
    json_decref(records);
    fake_close(f);
}

static void any_bytes_make_valid_json(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true),
                             "\x1b[31m\"\\ \xff\xc3 \xed\xa0\x80 é \t");
    fake_born(f, t, 0, 0);
    fake_text(f, t, 1, GS_EVENT_OUTPUT, "a\nb\x7f", 1);
    json_t *records = parsed(&(struct gs_export_source){.timeline = f->timeline});
    assert_string_equal(word(nth(records, "actor", 2), "name"),
                        "\x1b[31m\"\\ \\xff\\xc3 \\xed\\xa0\\x80 é \t");
    assert_string_equal(word(nth(records, "output", 0), "text"), "a\nb\x7f");
    json_decref(records);
    fake_close(f);
}

/* On a terminal U+009B is as good as an escape, and U+202E turns the rest of the line around. */
static void json_steers_no_terminal(void **state)
{
    (void)state;
    static const char *const steer[] = {
        "\x7f",         "\xc2\x80",     "\xc2\x9b",     "\xc2\x9d",     "\xc2\x9f",
        "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa",
        "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa9", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof steer / sizeof *steer; i++) {
        struct fake_trace *f = fake_open();
        uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), steer[i]);
        char said[32];
        snprintf(said, sizeof said, "é%s\u00a0%s", steer[i], steer[i]);
        fake_born(f, t, 0, 0);
        fake_text(f, t, 1, GS_EVENT_OUTPUT, said, 1);
        const struct gs_export_source source = {.timeline = f->timeline};
        char *text = written(&source);
        assert_null(strstr(text, steer[i]));
        assert_non_null(strstr(text, "é\\u"));
        assert_non_null(strstr(text, "\u00a0\\u"));
        free(text);
        json_t *records = parsed(&source);
        assert_string_equal(word(nth(records, "actor", 2), "name"), steer[i]);
        assert_string_equal(word(nth(records, "output", 0), "text"), said);
        json_decref(records);
        fake_close(f);
    }
}

/* Whatever order the rings were read in: by time, then by actor, stretches before points, and what
 * is alike in all that as it stands on its lane. */
static void what_is_simultaneous_has_one_order(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    for (uint32_t t = b; t >= a; t--) {
        fake_born(f, t, 0, 0);
        fake_text(f, t, 5, GS_EVENT_NOTE, "1", 1);
        fake_text(f, t, 5, GS_EVENT_MARK, "2", 1);
        fake_label(f, t, 5, "outer", 1);
        fake_label(f, t, 5, "inner", 1);
        fake_state(f, t, 5, GS_STATE_SLEEPING, 0, 1, 0);
        fake_text(f, t, 5, GS_EVENT_NOTE, "3", 1);
    }
    fake_take(f, a, 5, gil, 1);
    fake_text(f, a, 4, GS_EVENT_NOTE, "late", 1);
    fake_end(f, 9, 0);
    static const struct {
        const char *type, *key, *value;
        bool b;
    } order[] = {
        {"gil", NULL, NULL, false},         {"span", NULL, NULL, false},
        {"label", "label", "outer", false}, {"label", "label", "inner", false},
        {"note", "text", "1", false},       {"mark", "text", "2", false},
        {"note", "text", "3", false},       {"note", "text", "late", false},
        {"span", NULL, NULL, true},         {"label", "label", "outer", true},
        {"label", "label", "inner", true},  {"note", "text", "1", true},
        {"mark", "text", "2", true},        {"note", "text", "3", true},
        {"end", NULL, NULL, false},
    };
    json_t *records = parsed(&(struct gs_export_source){.timeline = f->timeline});
    size_t count = sizeof order / sizeof *order;
    assert_int_equal(json_array_size(records), 4 + count);
    for (size_t i = 0; i < count; i++) {
        const json_t *record = json_array_get(records, 4 + i);
        assert_string_equal(word(record, "type"), order[i].type);
        if (order[i].key) {
            assert_string_equal(word(record, order[i].key), order[i].value);
            assert_int_equal(value(record, "actor"), order[i].b ? b : a);
        }
    }
    json_decref(records);
    fake_close(f);
}

/* ascii alone is for what people read: a run's JSON is the same in every locale. */
static void json_is_ascii_only_where_asked(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    fake_born(f, fake_thread(f, gil, "grün"), 0, 0);
    struct gs_export_source source = {.timeline = f->timeline, .ascii = true};
    char *text = written(&source);
    assert_non_null(strstr(text, "\"grün\""));
    free(text);
    source.ascii_json = true;
    text = written(&source);
    assert_non_null(strstr(text, "\"gr\\u00FCn\""));
    free(text);
    fake_close(f);
}

static void a_window_leaves_out_the_rest(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    json_t *records = parsed(&(struct gs_export_source){
        .timeline = x.trace->timeline, .from = FAKE_MS(21), .until = FAKE_MS(22)});
    assert_int_equal(count_of(records, "gil"), 1);
    assert_int_equal(count_of(records, "span"), 3);
    assert_int_equal(count_of(records, "end"), 1);
    json_decref(records);
    fake_close(x.trace);
}

static void names_without_room_are_counted(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    while (fake_object(x.trace, GS_OBJECT_LOCK, NULL))
        ;
    json_t *records = parsed(&(struct gs_export_source){.timeline = x.trace->timeline});
    assert_int_equal(value(nth(records, "left-out", 0), "count"), 1);
    assert_int_equal(value(nth(records, "left-out", 0), "time"), FAKE_MS(60));
    json_decref(records);
    fake_close(x.trace);
}

static void statistics_parse_too(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {.timeline = x.trace->timeline};
    assert_true(gs_export_stats_json(out, &source, &err));
    fclose(out);
    size_t lanes = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *record = json_loads(line, 0, NULL);
        assert_non_null(record);
        if (strcmp(word(record, "type"), "gil") == 0) {
            assert_int_equal(value(record, "hand_offs"), 15);
            assert_int_equal(value(json_object_get(record, "drops"), "asked"), 11);
        }
        lanes += strcmp(word(record, "type"), "lane") == 0;
        json_decref(record);
    }
    assert_int_equal(lanes, 3);
    free(text);
    fake_close(x.trace);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_export_source source = {.timeline = x.trace->timeline};
    for (size_t i = 0; gs_exporters[i]; i++) {
        FILE *full = fopen("/dev/full", "w");
        struct gs_error err = {0};
        assert_non_null(full);
        assert_false(gs_exporters[i]->write(full, &source, &err));
        assert_non_null(strstr(err.text, "No space left on device"));
        fclose(full);
    }
    fake_close(x.trace);
}

/* Two locks of one name have two ids, in spans and in wakes. */
static void objects_have_ids(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), "t");
    uint32_t one = fake_object(f, GS_OBJECT_LOCK, "a"), two = fake_object(f, GS_OBJECT_RLOCK, "a");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 1, GS_STATE_WAITING, one, 4, 0);
    fake_state(f, t, 2, GS_STATE_WAITING, two, 4, t);
    fake_wake(f, t, 3, t, two);
    fake_end(f, 4, 0);
    char *text = written(&(struct gs_export_source){.timeline = f->timeline});
    assert_non_null(strstr(text, "\"on\":\"a\",\"on_id\":1,\"on_kind\":\"lock\""));
    assert_non_null(strstr(text, "\"on\":\"a\",\"on_id\":2,\"on_kind\":\"rlock\""));
    assert_non_null(strstr(text, "\"woken\":3,\"on\":\"a\",\"on_id\":2"));
    free(text);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fight_has_all_its_records_in_order),
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(a_span_is_as_the_design_says),
        cmocka_unit_test(what_was_said_and_sent),
        cmocka_unit_test(any_bytes_make_valid_json),
        cmocka_unit_test(json_steers_no_terminal),
        cmocka_unit_test(what_is_simultaneous_has_one_order),
        cmocka_unit_test(json_is_ascii_only_where_asked),
        cmocka_unit_test(a_window_leaves_out_the_rest),
        cmocka_unit_test(names_without_room_are_counted),
        cmocka_unit_test(statistics_parse_too),
        cmocka_unit_test(objects_have_ids),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
