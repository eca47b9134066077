/* A line that is written as it goes is, to the byte, what the tree of it would be. */
#include "export/json_line.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {
    "",
    "plain",
    "\"quoted\" \\ and / so on",
    "\a\b\t\n\v\f\r\033[2J\037\177",
    "grün, 漢字, 😀 and \xc2\xa0",
    "\xc2\x85 \xe2\x80\xae turned \xe2\x80\xac \xef\xbb\xbf",
    "no UTF-8: \xff \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x82",
    "some of both: \xe2\x82\xac\xe2\x82",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const uint64_t numbers[] = {0,         7, 10, 4294967296, INT64_MAX, (uint64_t)INT64_MAX + 1,
                                   UINT64_MAX};
static const double reals[] = {0, 0.25, 1, 12.5, 1e-6, 3e-5, 4294.967295};

struct both {
    struct fake_trace *trace;
    struct gs_json json;
    char *text;
    size_t size;
};

static struct both begin(bool ascii)
{
    struct both b = {.trace = fake_open()};
    const struct gs_export_source source = {.timeline = b.trace->timeline, .ascii_json = ascii};
    b.json = gs_json_open(NULL, &source);
    return b;
}

/* What came out until now. */
static char *take(struct both *b)
{
    fclose(b->json.out);
    return b->text;
}

static void assert_line(struct both *b, const char *line, json_t *record)
{
    b->json.out = open_memstream(&b->text, &b->size);
    gs_json_put(&b->json, record);
    char *tree = take(b);
    assert_string_equal(line, tree);
    free(tree);
}

static void every_text_is_that_of_the_tree(void **state)
{
    bool ascii = *state;
    struct both b = begin(ascii);
    struct gs_line line = {.json = &b.json};
    for (size_t i = 0; i < TEXTS; i++) {
        b.json.out = open_memstream(&b.text, &b.size);
        gs_line_begin(&line, "x");
        gs_line_text(&line, "text", texts[i]);
        gs_line_open_list(&line, "list");
        gs_line_add_text(&line, texts[i]);
        gs_line_add_text(&line, texts[TEXTS - 1 - i]);
        gs_line_close_list(&line);
        gs_line_end(&line);
        char *written = take(&b);
        assert_line(&b, written,
                    json_pack("{s:s, s:o, s:[o, o]}", "type", "x", "text", gs_json_text(texts[i]),
                              "list", gs_json_text(texts[i]), gs_json_text(texts[TEXTS - 1 - i])));
        free(written);
    }
    gs_line_free(&line);
    fake_close(b.trace);
}

static void every_value_is_that_of_the_tree(void **state)
{
    (void)state;
    struct both b = begin(false);
    struct gs_line line = {.json = &b.json};
    json_t *record = json_pack("{s:s, s:n, s:b, s:b, s:[], s:o, s:o}", "type", "x", "null", "yes",
                               1, "no", 0, "list", "actor", gs_json_actor(&b.json, 0), "string",
                               gs_json_string(&b.json, (uint64_t)1 << 32));
    b.json.out = open_memstream(&b.text, &b.size);
    gs_line_begin(&line, "x");
    gs_line_text(&line, "null", NULL);
    gs_line_bool(&line, "yes", true);
    gs_line_bool(&line, "no", false);
    gs_line_open_list(&line, "list");
    gs_line_close_list(&line);
    gs_line_actor(&line, "actor", 0);
    gs_line_string(&line, "string", (uint64_t)1 << 32);
    char key[16];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        snprintf(key, sizeof key, "number %zu", i);
        gs_line_number(&line, key, numbers[i]);
        json_object_set_new(record, key, gs_json_number(numbers[i]));
    }
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        snprintf(key, sizeof key, "real %zu", i);
        gs_line_real(&line, key, reals[i]);
        json_object_set_new(record, key, json_real(reals[i]));
    }
    gs_line_end(&line);
    char *written = take(&b);
    assert_line(&b, written, record);
    free(written);
    gs_line_free(&line);
    fake_close(b.trace);
}

static void objects_and_lines_are_those_of_the_tree(void **state)
{
    (void)state;
    struct both b = begin(false);
    struct gs_line line = {.json = &b.json};
    uint32_t lock = fake_object(b.trace, GS_OBJECT_LOCK, "journal \xff");
    const uint64_t objects[] = {0, lock, lock + 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        uint32_t number = i == 3 ? 0 : 12;
        uint16_t place = i % 2 ? fake_place(b.trace, "lib.py", "Queue.get") : 0;
        b.json.out = open_memstream(&b.text, &b.size);
        gs_line_begin(&line, "x");
        gs_line_object(&line, objects[i]);
        gs_line_place(&line, number, place);
        gs_line_end(&line);
        char *written = take(&b);
        json_t *record = json_pack("{s:s}", "type", "x");
        gs_json_add_object(&b.json, record, objects[i]);
        gs_json_add_line(&b.json, record, number, place);
        assert_line(&b, written, record);
        free(written);
    }
    gs_line_free(&line);
    fake_close(b.trace);
}

int main(void)
{
    static bool ascii = true;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_that_of_the_tree),
        cmocka_unit_test_prestate(every_text_is_that_of_the_tree, &ascii),
        cmocka_unit_test(every_value_is_that_of_the_tree),
        cmocka_unit_test(objects_and_lines_are_those_of_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
