/* What shells are told of options and commands. */
#include "cli/pages/pages.h"
#include "cli/pages/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void words_of_a_value(void **state)
{
    (void)state;
    char words[512];
    const struct gs_option clock = {.value = "real|virtual", .help = "x"};
    const struct gs_option print = {.value = "FORMAT", .help = "lanes: as text\njson: lines\nthat"};
    const struct gs_option file = {.value = "FILE", .help = "json: no"};
    const struct gs_option seed = {.value = "N", .help = "x"};
    const struct gs_option none = {.help = "a: b"};
    assert_string_equal(gs_words_of(words, sizeof words, &clock), "real virtual");
    assert_string_equal(gs_words_of(words, sizeof words, &print), "lanes json");
    assert_string_equal(gs_words_of(words, sizeof words, &none), "");
    assert_int_equal(gs_words_of_value(&clock), GS_WORDS_LIST);
    assert_int_equal(gs_words_of_value(&file), GS_WORDS_FILE);
    assert_int_equal(gs_words_of_value(&seed), GS_WORDS_NONE);
    assert_int_equal(gs_words_of_value(&none), GS_WORDS_NONE);
}

static void every_format_is_a_word(void **state)
{
    (void)state;
    char words[512];
    for (const struct gs_option *o = gs_option_list; o->name; o++) {
        if (strcmp(o->name, "export") != 0)
            continue;
        gs_words_of(words, sizeof words, o);
        assert_non_null(strstr(words, "json="));
        assert_non_null(strstr(words, "cast="));
    }
}

static void a_help_in_a_few_words(void **state)
{
    (void)state;
    char brief[128];
    const struct {
        const char *help, *brief;
    } cases[] = {
        {"virtual cores (virtual clock)", "virtual cores"},
        {"whose rules the GIL follows; off: free-threaded", "whose rules the GIL follows"},
        {"playback: 1 is the run's clock", "playback"},
        {"switch interval, 5 unless the scene says", "switch interval, 5 unless the scene says"},
        {"a word and a word and a word and a word and a word and another one",
         "a word and a word and a word and a word and a word and"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(
            gs_words_brief(brief, sizeof brief, &(struct gs_option){.help = cases[i].help}),
            cases[i].brief);
}

static void what_commands_take(void **state)
{
    (void)state;
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        enum gs_word_kind kind = gs_words_of_command(c);
        if (strcmp(c->name, "run") == 0)
            assert_int_equal(kind, GS_WORDS_SCENE);
        if (strcmp(c->name, "trace") == 0)
            assert_int_equal(kind, GS_WORDS_PROGRAMS);
        if (strcmp(c->name, "play") == 0)
            assert_int_equal(kind, GS_WORDS_FILE);
        if (strcmp(c->name, "help") == 0)
            assert_int_equal(kind, GS_WORDS_COMMAND);
        if (strcmp(c->name, "list") == 0)
            assert_int_equal(kind, GS_WORDS_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_value),
        cmocka_unit_test(every_format_is_a_word),
        cmocka_unit_test(a_help_in_a_few_words),
        cmocka_unit_test(what_commands_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
