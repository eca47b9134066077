/* What a scene says of itself: fields, their lines in messages, and text that means harm. */
#include "lua/scene/meta.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static void write_scene(const char *text, size_t length)
{
    snprintf(path, sizeof path, "/tmp/gs_meta_XXXXXX.lua");
    int fd = mkstemps(path, 4);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, length), (ssize_t)length);
    close(fd);
}

static bool read_scene(const char *text, struct gs_scene_meta *meta, struct gs_error *err)
{
    write_scene(text, strlen(text));
    bool ok = gs_scene_meta_read(path, meta, err);
    unlink(path);
    return ok;
}

static void reads_every_field(void **state)
{
    (void)state;
    struct gs_scene_meta meta;
    struct gs_error err;
    assert_true(read_scene("#!/usr/bin/env gilscope\n"
                           "-- a comment with scene { in it\n"
                           "--[[ and a long } one ]]\n"
                           "scene { title = 'Two \\'threads\\'', chapter = \"gil\",\n"
                           "  from = { '001', '002' }, cores = 2, gil = '3.9', interval = 0.5,\n"
                           "  clock = 'real', speed = 0.01, expect = 'deadlock', -- }\n"
                           "  costs = { spawn = 90000, instruction = 20.5 },\n"
                           "  summary = [==[ }} ]] ]==] } error('not run')",
                           &meta, &err));
    assert_string_equal(meta.title, "Two 'threads'");
    assert_string_equal(meta.chapter, "gil");
    assert_string_equal(meta.from, "001, 002");
    assert_string_equal(meta.summary, " }} ]] ");
    assert_string_equal(meta.costs, "instruction=20.5,spawn=90000");
    assert_int_equal(meta.cores, 2);
    assert_int_equal(meta.gil, GS_GIL_39);
    assert_int_equal(meta.interval_ns, 500000);
    assert_int_equal(meta.clock, GS_CLOCK_REAL);
    assert_true(meta.speed == 0.01);
    assert_int_equal(meta.expects, GS_EXPECT_DEADLOCK);
    assert_string_equal(meta.name, path);
}

static void leaves_out_what_is_not_said(void **state)
{
    (void)state;
    struct gs_scene_meta meta;
    assert_true(read_scene("scene{title='t'}", &meta, NULL));
    assert_int_equal(meta.gil, GS_GIL_UNSET);
    assert_int_equal(meta.cores, 0);
    assert_int_equal(meta.interval_ns, 0);
    assert_int_equal(meta.clock, 0);
    assert_int_equal(meta.expects, GS_EXPECT_END);
}

static void a_chapters_scene_is_called_by_folder_and_file(void **state)
{
    (void)state;
    char folder[] = "/tmp/gs_meta_XXXXXX", file[64], chapter[64];
    struct gs_scene_meta meta;
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/two-locks.lua", folder);
    snprintf(chapter, sizeof chapter, "scene { title = 't', chapter = '%s' }", folder + 5);
    FILE *f = fopen(file, "w");
    fputs(chapter, f);
    fclose(f);
    assert_true(gs_scene_meta_read(file, &meta, NULL));
    unlink(file);
    rmdir(folder);
    snprintf(chapter, sizeof chapter, "%s/two-locks", folder + 5);
    assert_string_equal(meta.name, chapter);
}

static const struct {
    const char *text;
    const char *where; /* behind the path */
    const char *what;
} faults[] = {
    {"local x = 1", ":1:", "scene {"},
    {"", ":1:", "scene {"},
    {"-- only\n-- comments", ":2:", "scene {"},
    {"\n\nscene { title = 'x',", ":3:", "never closed"},
    {"scene { title = 'x' --[[ }", ":1:", "never closed"},
    {"scene {\n title = 'x',\n cores = 'two' }", ":3:", "cores must be a number from 1 to 256"},
    {"scene {\n title = 'x',\n\n gil = '3.10' }", ":4:", "gil must be \"3.12\""},
    {"scene {\n title = 'x',\n clock = 5 }", ":3:", "clock must be \"real\""},
    {"scene { title = 'x',\n cors = 2 }", ":2:", "unknown field cors"},
    {"scene { 'x' }", ":1:", "unknown field"},
    {"scene { chapter = 'gil' }", ":1:", "title must be given"},
    {"scene { title = {} }", ":1:", "title must be a string"},
    {"scene { title = 'a\\0b' }", ":1:", "title must be a string"},
    {"scene { title = 'x',\n costs = { 5 } }", ":2:", "costs must be"},
    {"scene { title = 'x',\n\n costs = { instr = 5 } }",
     ":3:", "there is no cost named 'instr'; there are: instruction, line, call"},
    {"scene { title = 'x',\n costs = { call = 1e13 } }", ":2:", "the value must be nanoseconds"},
    {"scene { title = 'x',\n expect = 'peace' }", ":2:", "expect must be \"deadlock\""},
    {"scene {\n title = = 'x' }", ":2:", "unexpected symbol"},
    {"scene {\n title = x.y }", ":2:", "attempt to index"},
    {"scene {\n title = os.execute('true') }", ":2:", "attempt to index"},
    {"scene { title = (function()\n while true do end end)() }", ":2:", "takes too long"},
    {"scene { title = (function() local s = 'x' while true do s = s .. s end end)() }",
     ":1:", "not enough memory"},
};

static void names_what_is_wrong_and_where(void **state)
{
    (void)state;
    struct gs_scene_meta meta;
    struct gs_error err;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char where[80];
        assert_false(read_scene(faults[i].text, &meta, &err));
        snprintf(where, sizeof where, "%s%s", path, faults[i].where);
        if (strncmp(err.text, where, strlen(where)) != 0 || !strstr(err.text, faults[i].what))
            fail_msg("'%s' gives '%s'", faults[i].text, err.text);
    }
}

static void what_is_no_scene_file_is_said(void **state)
{
    (void)state;
    struct gs_scene_meta meta;
    struct gs_error err;
    assert_false(gs_scene_meta_read("/nowhere/x.lua", &meta, &err));
    assert_non_null(strstr(err.text, "No such file"));
    assert_false(gs_scene_meta_read("/tmp", &meta, &err));
    assert_non_null(strstr(err.text, ".lua file"));
    assert_false(gs_scene_meta_read("/dev/zero", &meta, &err));
    write_scene("\x1bLua\0\0scene {}", 14);
    assert_false(gs_scene_meta_read(path, &meta, &err));
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_field),
        cmocka_unit_test(leaves_out_what_is_not_said),
        cmocka_unit_test(a_chapters_scene_is_called_by_folder_and_file),
        cmocka_unit_test(names_what_is_wrong_and_where),
        cmocka_unit_test(what_is_no_scene_file_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
