/* The command line of run and check: what it becomes, and what is said of a wrong one. */
#include "cli/options/options.h"
#include "cli/say/nearest.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char said[4096];

static bool parse(const char *line, enum gs_option_set set, struct gs_options *options)
{
    static char copy[1024];
    static char *argv[64];
    int argc = 0;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    char name[] = "/tmp/gs_options_XXXXXX";
    int file = mkstemp(name), kept = dup(STDERR_FILENO);
    unlink(name);
    dup2(file, STDERR_FILENO);
    bool ok = gs_options_parse(argc, argv, set, options);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t length = pread(file, said, sizeof said - 1, 0);
    close(file);
    said[length > 0 ? length : 0] = '\0';
    return ok;
}

static void every_option_arrives(void **state)
{
    (void)state;
    struct gs_options o;
    assert_true(parse("run --clock real --cores=2 gil/convoy --gil 3.9 --interval 0.5 --seed 7 "
                      "--cost spawn=1 --cost call=2 --print json --width 80 --ascii --speed 0.01 "
                      "--until 2.5s --stats --verify -- one --two",
                      GS_OPTIONS_RUN, &o));
    assert_int_equal(o.order.clock, GS_CLOCK_REAL);
    assert_int_equal(o.order.cores, 2);
    assert_int_equal(o.order.gil, GS_GIL_39);
    assert_int_equal(o.order.interval_ns, 500000);
    assert_int_equal(o.order.seed, 7);
    assert_string_equal(o.order.costs, "spawn=1,call=2");
    assert_int_equal(o.print, GS_PRINT_JSON);
    assert_int_equal(o.width, 80);
    assert_true(o.ascii && o.stats && o.verify && o.order.traced);
    assert_true(o.speed == 0.01);
    assert_int_equal(o.until, 2500000000);
    assert_int_equal(o.word_count, 1);
    assert_string_equal(o.words[0], "gil/convoy");
    assert_int_equal(o.order.argument_count, 2);
    assert_memory_equal(o.order.arguments, "one\0--two", 10);
}

static void what_is_not_said_is_unset(void **state)
{
    (void)state;
    struct gs_options o;
    assert_true(parse("check a b", GS_OPTIONS_CHECK, &o));
    assert_int_equal(o.order.clock + o.order.cores + o.order.gil + o.order.seed, 0);
    assert_int_equal(o.order.interval_ns, 0);
    assert_int_equal(o.print, GS_PRINT_UNSET);
    assert_int_equal(o.word_count, 2);
    assert_int_equal(o.order.argument_count, 0);
}

static const struct {
    const char *line, *message;
} wrong[] = {
    {"run --clock fast x", "--clock is real or virtual, not 'fast'"},
    {"run --cores 0 x", "--cores is a whole number from 1 to 256, not '0'"},
    {"run --cores -1 x", "--cores is a whole number"},
    {"run --cores 2x x", "--cores is a whole number"},
    {"run --gil 3.13 x", "--gil is 3.12, 3.9, 2.7 or off, not '3.13'"},
    {"run --interval 0 x", "--interval is a number from 0.001"},
    {"run --interval nan x", "--interval is a number"},
    {"run --seed 99999999999999999999 x", "--seed is a whole number"},
    {"run --memory 15M x", "--memory is a size such as 512M or 2G, 16M at least, not '15M'"},
    {"run --memory 18014398509481985K x", "not '18014398509481985K'"},
    {"run --memory 64MB x", "not '64MB'"},
    {"run --memory -1 x", "not '-1'"},
    {"run --cost spwan=1 x", "no cost named 'spwan'"},
    {"run --cost spawn x", "spawn"},
    {"run --cost quantum=7 x", "from 1000 to"},
    {"run --print svg x", "--print is lanes, boxes, text, json or none, not 'svg'"},
    {"run --width 19 x", "--width is a whole number from 20"},
    {"run --speed fast x", "--speed is a number"},
    {"run --until soon x", "--until is a time such as 2s"},
    {"run --until 2min x", "--until is a time"},
    {"run --until 0 x", "--until is a time"},
    {"run --until -1 x", "--until is a time"},
    {"run --until nan x", "--until is a time"},
    {"run --until 2e6 x", "--until is a time"},
    {"run --speed", "--speed needs a value"},
    {"run --ascii=yes x", "--ascii takes no value"},
    {"run --crores 2 x", "there is no option --crores; did you mean --cores?"},
    {"run --zzzzzzz x", "there is no option --zzzzzzz (see: gilscope run --help)"},
    {"run -x", "there is no option -x"},
    {"run -ax", "there is no option -a"},
    {"check --print json x", "there is no option --print"},
    {"check --stats x", "there is no option --stats"},
    {"run --json x", "there is no option --json"},
};

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    struct gs_options o;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        enum gs_option_set set = wrong[i].line[0] == 'r' ? GS_OPTIONS_RUN : GS_OPTIONS_CHECK;
        assert_false(parse(wrong[i].line, set, &o));
        if (!strstr(said, wrong[i].message))
            fail_msg("'%s' says '%s'", wrong[i].line, said);
    }
}

/* Whether a scene takes these arguments; nothing is said. */
static bool parse_long(char **arguments)
{
    char *argv[8] = {(char[]){"run"}, (char[]){"x"}, (char[]){"--"}};
    int argc = 3;
    struct gs_options o;
    for (; *arguments; arguments++)
        argv[argc++] = *arguments;
    int kept = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
    dup2(null, STDERR_FILENO);
    bool ok = gs_options_parse(argc, argv, GS_OPTIONS_RUN, &o);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(null);
    return ok;
}

static void times_have_units(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        uint64_t ns;
    } times[] = {{"run --until 2 x", 2000000000},
                 {"run --until 2s x", 2000000000},
                 {"run --until 0.5ms x", 500000},
                 {"run --until 300ms x", 300000000},
                 {"check --until 50us x", 50000},
                 {"run --until=50µs x", 50000},
                 {"run --until 7ns x", 7},
                 {"run --until 8.2ms x", 8200000},
                 {"run --until 1e6 x", 1000000000000000}};
    struct gs_options o;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        assert_true(parse(times[i].line, GS_OPTIONS_RUN, &o));
        assert_int_equal(o.until, times[i].ns);
    }
}

static void arguments_have_a_limit(void **state)
{
    (void)state;
    char longest[GS_ARGUMENT_MAX + 1], *fits = longest + 1;
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_true(parse_long((char *[]){fits, NULL}));
    assert_false(parse_long((char *[]){longest, NULL}));
    /* Each of them would fit. */
    char *half = longest + GS_ARGUMENT_MAX / 2;
    assert_true(parse_long((char *[]){half + 1, half + 1, NULL}));
    assert_false(parse_long((char *[]){half, half + 1, NULL}));
    assert_false(parse_long((char *[]){half + 1, half + 1, (char[]){""}, NULL}));
}

static void the_nearest_word_is_one_that_can_be_meant(void **state)
{
    (void)state;
    static const char *const words[] = {"list", "run", "check", "gil/cpu-threads", NULL};
    assert_string_equal(gs_cli_nearest("lsit", words), "list");
    assert_string_equal(gs_cli_nearest("chek", words), "check");
    assert_string_equal(gs_cli_nearest("gil/cputhreads", words), "gil/cpu-threads");
    assert_null(gs_cli_nearest("play", words));
    /* Two letters swapped are one slip, not two. */
    static const char *const close_words[] = {"last", "list", NULL};
    assert_string_equal(gs_cli_nearest("ilst", close_words), "list");
    static const char *const short_words[] = {"-m", "is", NULL};
    assert_string_equal(gs_cli_nearest("si", short_words), "is");
    assert_null(gs_cli_nearest("", words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_arrives),
        cmocka_unit_test(what_is_not_said_is_unset),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(times_have_units),
        cmocka_unit_test(arguments_have_a_limit),
        cmocka_unit_test(the_nearest_word_is_one_that_can_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
