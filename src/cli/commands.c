#include "cli/cli.h"

#include "base/long.h"
#include "cli/help.h"
#include "cli/say/nearest.h"
#include "cli/say/say.h"
#include "cli/scenes/scenes.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int help(struct gs_options *options);

const struct gs_command gs_commands[] = {
    {.name = "run",
     .usage = "[OPTIONS] SCENE [-- ARGS]",
     .call = "SCENE",
     .brief = "watch it on a terminal; else its lanes as text",
     .about = "Runs a scene, or any Python program as python3 runs it. On a terminal it is watched "
              "live; on a pipe, or with --print, --export, --stats, --verify or --until, it runs "
              "to its end and the results are printed. ARGS are the scene's own.",
     .options = GS_OPTIONS_RUN,
     .run = gs_cli_run},
    {.name = "trace",
     .usage = "[OPTIONS] -- COMMAND",
     .call = "-- COMMAND",
     .brief = "the same of any command that starts a Python",
     .about = "Runs a command, and watches the first Python in its process tree on the real clock. "
              "COMMAND is what a shell would be given, with its own options.",
     .options = GS_OPTIONS_TRACE,
     .run = gs_cli_trace},
    {.name = "list",
     .usage = "[OPTIONS]",
     .call = "[--json]",
     .brief = "every scene: name, title, document",
     .about = "Every scene by chapter: name, title, and the documents that it comes from.",
     .options = GS_OPTIONS_LIST,
     .run = gs_cli_list},
    {.name = "check",
     .usage = "[OPTIONS] SCENE...",
     .call = "SCENE...",
     .brief = "does every claim hold? exit 1 if one fails",
     .about = "Runs scenes on the virtual clock and reports each claim that they make. SCENE may "
              "also be a chapter (gil), or all: then a scene that both guests have is checked in "
              "both, Python's where there is one. Exit 1 if a claim fails.",
     .options = GS_OPTIONS_CHECK,
     .run = gs_cli_check},
    {.name = "compare",
     .usage = "[OPTIONS] SCENE... [-- ARGS]",
     .call = "SCENE...",
     .brief = "several runs on one time scale, and a table",
     .about =
         "Runs scenes one after the other and shows their lanes one below the other, on one "
         "time scale with one cursor, and a table of what differs. On a terminal they stand "
         "on the screen; on a pipe, or with --print, --json or --until, they are printed. With "
         "--vary one scene is enough: it is run once with each of the values. ARGS are given "
         "to each of them.",
     .options = GS_OPTIONS_COMPARE,
     .run = gs_cli_compare},
    {.name = "play",
     .usage = "[OPTIONS] FILE",
     .call = "FILE",
     .brief = "a recording: watch it again, or print it",
     .about =
         "Plays what run --record has recorded: on a terminal as a run is watched, on a pipe, or "
         "with --print, --export, --stats or --verify, as text. Nothing is run, and nothing but "
         "the file "
         "is needed. Exit 1 if it is damaged.",
     .options = GS_OPTIONS_PLAY,
     .run = gs_cli_play},
    {.name = "stats",
     .usage = "[OPTIONS] FILE",
     .call = "FILE",
     .brief = "the statistics of a recording",
     .about = "The statistics of a recording, as run --stats prints them.",
     .options = GS_OPTIONS_STATS,
     .run = gs_cli_stats},
    {.name = "verify",
     .usage = "FILE",
     .call = "FILE",
     .brief = "the rules that hold in every trace; exit 1 if one is broken",
     .about =
         "Tests a recording: whether it is whole, and the rules that hold in every trace. Exit 1 "
         "if it is damaged or a rule is broken. One that was only cut, whoever recorded it "
         "being killed, is good as far as it goes.",
     .options = GS_OPTIONS_VERIFY,
     .run = gs_cli_verify},
    {.name = "export",
     .usage = "--to FORMAT [OPTIONS] FILE",
     .call = "--to FORMAT FILE",
     .brief = "a recording in another format",
     .about = "Writes a recording, or a stretch of it, in one of the formats that a run is printed "
              "in: the same bytes as run --print.",
     .options = GS_OPTIONS_EXPORT,
     .run = gs_cli_export},
    {.name = "help",
     .usage = "[COMMAND]",
     .call = "[COMMAND]",
     .brief = "this, or all about one command",
     .about = "What the program can do, or all about one command.",
     .options = GS_OPTIONS_HELP,
     .run = help},
    {0},
};
enum { COMMANDS = sizeof gs_commands / sizeof gs_commands[0] };

static const struct gs_command *find_command(const char *name)
{
    for (const struct gs_command *c = gs_commands; c->name; c++)
        if (strcmp(name, c->name) == 0)
            return c;
    return NULL;
}

static const char *nearest_command(const char *word)
{
    const char *names[COMMANDS] = {0};
    for (size_t i = 0; gs_commands[i].name; i++)
        names[i] = gs_commands[i].name;
    return gs_cli_nearest(word, names);
}

static int unknown(const char *word)
{
    static const struct gs_order any;
    struct gs_scene_meta meta;
    struct gs_error err;
    const char *near = nearest_command(word);
    if (gs_scenes_find(word, &any, &meta, NULL))
        return gs_cli_misuse("", "'%s' is a scene: gilscope run %s", word, word);
    if (gs_scenes_is_broken(word, &err)) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    if (near)
        return gs_cli_misuse("", "there is no command '%s'; did you mean '%s'?", word, near);
    return gs_cli_misuse("", "there is no command '%s'", word);
}

static int print_version(void)
{
    puts("gilscope " GS_VERSION);
    return GS_EXIT_GOOD;
}

static int help(struct gs_options *options)
{
    if (options->word_count > 1)
        return gs_cli_misuse("help", "help takes one command, not %d", options->word_count);
    const char *word = options->words[0];
    const struct gs_command *command = word ? find_command(word) : NULL;
    if (word && !command)
        return unknown(word);
    if (command)
        gs_help_command(command);
    else
        gs_help_overview();
    return GS_EXIT_GOOD;
}

/* In front of `--`: what stands behind it is the scene's. */
static bool asks_version(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--version") == 0)
            return true;
    }
    return false;
}

static void allow_memory(const struct gs_options *options)
{
    if (options->memory)
        gs_long_allow(options->memory);
}

static int choose(int argc, char **argv)
{
    struct gs_options options;
    if (!gs_options_parse(argc, argv, GS_OPTIONS_CHOOSE, &options))
        return GS_EXIT_USAGE;
    allow_memory(&options);
    if (!options.help)
        return gs_cli_choose(&options);
    gs_help_overview();
    return GS_EXIT_GOOD;
}

static int start(const struct gs_command *command, int argc, char **argv)
{
    struct gs_options options;
    if (!gs_options_parse(argc, argv, command->options, &options))
        return GS_EXIT_USAGE;
    allow_memory(&options);
    if (!options.help)
        return command->run(&options);
    gs_help_command(command);
    return GS_EXIT_GOOD;
}

static int dispatch(int argc, char **argv)
{
    if (asks_version(argc, argv))
        return print_version();
    if (argc < 2 || argv[1][0] == '-')
        return choose(argc, argv);
    const struct gs_command *command = find_command(argv[1]);
    return command ? start(command, argc - 1, argv + 1) : unknown(argv[1]);
}

int gs_cli_main(int argc, char **argv)
{
    /* Characters only: LC_NUMERIC would put commas into numbers. */
    setlocale(LC_CTYPE, "");
    int status = dispatch(argc, argv);
    /* A full disk or a closed pipe must not look like a result. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        gs_cli_say("the output could not be written completely");
        return status == GS_EXIT_GOOD ? GS_EXIT_FAILED : status;
    }
    return status;
}
