#include "cli/options.h"

#include "cli/cli.h"
#include "lua/scene/meta.h"
#include "sched/costs.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLOCK = 1,
    CORES,
    GIL,
    INTERVAL,
    SEED,
    COST,
    PRINT,
    WIDTH,
    ASCII,
    SPEED,
    STATS,
    VERIFY,
    HELP
};

/* What every set takes comes first, then what the chooser takes too: a set is the list up to its
 * end. */
static const struct option run_options[] = {
    {"clock", required_argument, NULL, CLOCK}, {"cores", required_argument, NULL, CORES},
    {"gil", required_argument, NULL, GIL},     {"interval", required_argument, NULL, INTERVAL},
    {"seed", required_argument, NULL, SEED},   {"cost", required_argument, NULL, COST},
    {"help", no_argument, NULL, HELP},         {"ascii", no_argument, NULL, ASCII},
    {"speed", required_argument, NULL, SPEED}, {"print", required_argument, NULL, PRINT},
    {"width", required_argument, NULL, WIDTH}, {"stats", no_argument, NULL, STATS},
    {"verify", no_argument, NULL, VERIFY},     {0},
};

static const struct {
    size_t options;
    const char *command; /* whose help is pointed to */
} sets[] = {[GS_OPTIONS_CHECK] = {7, "check"},
            [GS_OPTIONS_CHOOSE] = {9, ""},
            [GS_OPTIONS_RUN] = {13, "run"}};

struct parsing {
    const char *command;
    struct option list[sizeof run_options / sizeof run_options[0]];
    struct gs_options *options;
};

static const char *option_name(int value)
{
    for (const struct option *o = run_options; o->name; o++) {
        if (o->val == value)
            return o->name;
    }
    return "?";
}

static bool wrong_value(const struct parsing *p, int option, const char *expected)
{
    gs_cli_misuse(p->command, "--%s is %s, not '%s'", option_name(option), expected, optarg);
    return false;
}

static bool parse_number(const struct parsing *p, int option, double least, double most,
                         double *value)
{
    char *end, expected[64];
    *value = strtod(optarg, &end);
    if (end != optarg && *end == '\0' && *value >= least && *value <= most)
        return true;
    snprintf(expected, sizeof expected, "a number from %.9g to %.9g", least, most);
    return wrong_value(p, option, expected);
}

static bool parse_count(const struct parsing *p, int option, unsigned long long least,
                        unsigned long long most, unsigned long long *value)
{
    char *end, expected[64];
    errno = 0;
    *value = strtoull(optarg, &end, 10);
    if (optarg[0] >= '0' && optarg[0] <= '9' && *end == '\0' && errno == 0 && *value >= least &&
        *value <= most)
        return true;
    snprintf(expected, sizeof expected, "a whole number from %llu to %llu", least, most);
    return wrong_value(p, option, expected);
}

/* words are in the order of an enum that starts at 1. */
static bool parse_word(const struct parsing *p, int option, const char *const *words,
                       const char *expected, unsigned *value)
{
    for (unsigned i = 0; words[i]; i++) {
        if (strcmp(optarg, words[i]) == 0) {
            *value = i + 1;
            return true;
        }
    }
    return wrong_value(p, option, expected);
}

static bool add_cost(const struct parsing *p)
{
    char *costs = p->options->order.costs;
    size_t used = strlen(costs), size = sizeof p->options->order.costs;
    struct gs_costs table;
    struct gs_error err;
    gs_costs_init(&table);
    if (!gs_costs_apply(&table, optarg, &err)) {
        gs_cli_misuse(p->command, "%s", err.text);
        return false;
    }
    int n = snprintf(costs + used, size - used, "%s%s", used ? "," : "", optarg);
    if ((size_t)n < size - used)
        return true;
    gs_cli_misuse(p->command, "there are too many --cost options");
    return false;
}

static bool parse_order(const struct parsing *p, int option)
{
    static const char *const clocks[] = {"real", "virtual", NULL};
    struct gs_order *order = &p->options->order;
    unsigned long long count = 0;
    double number = 0;
    unsigned word = 0;
    bool ok = false;
    switch (option) {
    case CLOCK:
        ok = parse_word(p, option, clocks, "real or virtual", &word);
        order->clock = word;
        break;
    case CORES:
        ok = parse_count(p, option, 1, GS_CORES_MAX, &count);
        order->cores = (uint32_t)count;
        break;
    case GIL:
        ok = gs_gil_profile_parse(optarg, &order->gil) ||
             wrong_value(p, option, "3.12, 3.9, 2.7 or off");
        break;
    case INTERVAL:
        ok = parse_number(p, option, 0.001, 1e6, &number);
        order->interval_ns = (uint64_t)llround(number * 1e6);
        break;
    case SEED:
        ok = parse_count(p, option, 0, ~0ull, &count);
        order->seed = count;
        break;
    default:
        ok = add_cost(p);
        break;
    }
    return ok;
}

static bool parse_output(const struct parsing *p, int option)
{
    static const char *const prints[] = {"lanes", "text", "json", "none", NULL};
    struct gs_options *o = p->options;
    unsigned long long count = 0;
    unsigned word = 0;
    bool ok = true;
    switch (option) {
    case PRINT:
        ok = parse_word(p, option, prints, "lanes, text, json or none", &word);
        o->print = (enum gs_print)word;
        break;
    case WIDTH:
        ok = parse_count(p, option, 20, 10000, &count);
        o->width = (int)count;
        break;
    case SPEED:
        ok = parse_number(p, option, 1e-6, 1e6, &o->speed);
        break;
    case ASCII:
        o->ascii = true;
        break;
    case STATS:
        o->stats = true;
        break;
    case VERIFY:
        o->verify = true;
        break;
    default:
        o->help = true;
        break;
    }
    return ok;
}

/* getopt's "?" and ":" : an option that is unknown, ambiguous, or lacks its value. */
static bool complain(const struct parsing *p, char **argv, int result)
{
    const char *typed = argv[optind - 1];
    const char *names[sizeof run_options / sizeof run_options[0]] = {0};
    for (int i = 0; p->list[i].name; i++)
        names[i] = p->list[i].name;
    char word[64];
    if (optopt > HELP)
        snprintf(word, sizeof word, "-%c", optopt);
    else
        snprintf(word, sizeof word, "%.*s", (int)strcspn(typed, "="), typed);
    const char *near = word[0] == '-' && word[1] == '-' ? gs_cli_nearest(word + 2, names) : NULL;
    if (result == ':')
        gs_cli_misuse(p->command, "%s needs a value", word);
    else if (optopt >= CLOCK && optopt <= HELP)
        gs_cli_misuse(p->command, "--%s takes no value", option_name(optopt));
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
    struct parsing p = {.command = sets[set].command, .options = options};
    memcpy(p.list, run_options, sets[set].options * sizeof run_options[0]);
    *options = (struct gs_options){.order = {.traced = true}};

    int words = find_dashes(argc, argv), result;
    opterr = 0;
    optind = 0; /* 0, not 1: glibc then starts afresh */
    while ((result = getopt_long(words, argv, ":h", p.list, NULL)) != -1) {
        bool ok = result == '?' || result == ':' ? complain(&p, argv, result)
                  : result == 'h'                ? parse_output(&p, HELP)
                  : result <= COST               ? parse_order(&p, result)
                                                 : parse_output(&p, result);
        if (!ok)
            return false;
    }
    options->scenes = argv + optind;
    options->scene_count = words - optind;
    return words == argc || take_arguments(&p, argv + words + 1);
}
