#include "cli/options/options.h"

#include "cli/options/option_list.h"
#include "cli/say/nearest.h"
#include "cli/say/say.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 64 /* options */ };

/* What getopt_long returns for a row of the list: the row's number behind every character. */
enum { FIRST_ROW = 256 };

static const char *const commands[] = {
    [GS_OPTIONS_RUN] = "run",         [GS_OPTIONS_TRACE] = "trace", [GS_OPTIONS_CHECK] = "check",
    [GS_OPTIONS_COMPARE] = "compare", [GS_OPTIONS_LIST] = "list",   [GS_OPTIONS_HELP] = "help",
    [GS_OPTIONS_PLAY] = "play",       [GS_OPTIONS_STATS] = "stats", [GS_OPTIONS_VERIFY] = "verify",
    [GS_OPTIONS_EXPORT] = "export",   [GS_OPTIONS_CHOOSE] = ""};

struct parsing {
    const char *command; /* whose help is pointed to */
    struct option list[MOST];
    char letters[2 * MOST + 2];
    const char *names[MOST];
    struct gs_options *options;
};

/* The set's rows as getopt_long wants them. */
static void prepare(struct parsing *p, enum gs_option_set set)
{
    size_t count = 0, letters = 0;
    p->command = commands[set];
    p->letters[letters++] = ':';
    for (int row = 0; gs_option_list[row].name; row++) {
        const struct gs_option *o = &gs_option_list[row];
        if (!(o->sets & 1u << set))
            continue;
        if (o->letter)
            p->letters[letters++] = o->letter;
        if (o->letter && o->value)
            p->letters[letters++] = ':';
        p->names[count] = o->name;
        p->list[count++] = (struct option){.name = o->name,
                                           .has_arg = o->value ? required_argument : no_argument,
                                           .val = FIRST_ROW + row};
    }
}

/* NULL: getopt's result is no option. */
static const struct gs_option *found(int result)
{
    for (int row = 0; gs_option_list[row].name; row++)
        if (result == FIRST_ROW + row || (result && result == gs_option_list[row].letter))
            return &gs_option_list[row];
    return NULL;
}

static bool take(const struct parsing *p, const struct gs_option *option)
{
    const struct gs_value value = {.option = option->name, .text = optarg};
    struct gs_error err;
    if (option->take(p->options, &value, &err))
        return true;
    gs_cli_misuse(p->command, "%s", err.text);
    return false;
}

/* getopt's "?" and ":" : an option that is unknown, ambiguous, or lacks its value. */
static bool complain(const struct parsing *p, char **argv, int result)
{
    const char *typed = argv[optind - 1];
    const struct gs_option *known = optopt >= FIRST_ROW ? found(optopt) : NULL;
    char word[64];
    if (optopt && !known)
        snprintf(word, sizeof word, "-%c", optopt);
    else
        snprintf(word, sizeof word, "%.*s", (int)strcspn(typed, "="), typed);
    const char *near = word[1] == '-' ? gs_cli_nearest(word + 2, p->names) : NULL;
    if (result == ':')
        gs_cli_misuse(p->command, "%s needs a value", word);
    else if (known)
        gs_cli_misuse(p->command, "--%s takes no value", known->name);
    else if (near)
        gs_cli_misuse(p->command, "there is no option %s; did you mean --%s?", word, near);
    else
        gs_cli_misuse(p->command, "there is no option %s", word);
    return false;
}

static bool take_arguments(const struct parsing *p, char **arguments)
{
    struct gs_order *order = &p->options->order;
    size_t used = 0;
    for (; *arguments; arguments++, order->argument_count++) {
        size_t length = strlen(*arguments) + 1;
        if (used + length > sizeof order->arguments) {
            gs_cli_misuse(p->command, "the scene's arguments are longer than %zu bytes",
                          sizeof order->arguments);
            return false;
        }
        memcpy(order->arguments + used, *arguments, length);
        used += length;
    }
    return true;
}

static int find_dashes(int argc, char **argv)
{
    int i = 1;
    while (i < argc && strcmp(argv[i], "--") != 0)
        i++;
    return i;
}

bool gs_options_parse(int argc, char **argv, enum gs_option_set set, struct gs_options *options)
{
    struct parsing p = {.options = options};
    prepare(&p, set);
    *options = (struct gs_options){.order = {.traced = true}};

    int words = find_dashes(argc, argv), result;
    opterr = 0;
    optind = 0; /* 0, not 1: the C library then starts afresh */
    while ((result = getopt_long(words, argv, p.letters, p.list, NULL)) != -1) {
        const struct gs_option *option = found(result);
        if (!(option ? take(&p, option) : complain(&p, argv, result)))
            return false;
    }
    options->words = argv + optind;
    options->word_count = words - optind;
    bool ok = words == argc || take_arguments(&p, argv + words + 1);
    options->asked = options->order;
    return ok;
}

bool gs_options_vary(struct gs_options *options, const char *name, const char *value,
                     struct gs_error *err)
{
    const struct gs_value text = {.option = name, .text = value};
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (strcmp(o->name, name) == 0 && o->group == GS_GROUP_RUN && o->value &&
            o->sets & 1u << GS_OPTIONS_COMPARE)
            return o->take(options, &text, err);
    return gs_error_set(
        err, "clock, gil, interval, cores, seed, cost and python can vary, '%s' cannot", name);
}
