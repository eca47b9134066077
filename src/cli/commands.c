#include "cli/cli.h"

#include "cli/scenes.h"

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
    {"run", gs_cli_run}, {"list", gs_cli_list}, {"check", gs_cli_check}, {"help", gs_cli_help}};
#define COMMANDS (sizeof commands / sizeof commands[0])

static const struct command *find_command(const char *word)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(word, commands[i].name) == 0)
            return &commands[i];
    }
    return NULL;
}

static const char *nearest_command(const char *word)
{
    const char *names[COMMANDS + 1] = {0};
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    return gs_cli_nearest(word, names);
}

static int unknown(const char *word)
{
    struct gs_scene_meta meta;
    struct gs_error err;
    const char *near = nearest_command(word);
    if (gs_scenes_find(word, &meta, NULL))
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

int gs_cli_help(int argc, char **argv)
{
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        argv[1] = argv[0];
    if (argc > 2)
        return gs_cli_misuse("help", "help takes one command, not %d", argc - 1);
    if (argc == 2 && !find_command(argv[1]))
        return unknown(argv[1]);
    gs_cli_print_help(argc == 2 ? argv[1] : NULL);
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

static int dispatch(int argc, char **argv)
{
    if (asks_version(argc, argv))
        return print_version();
    if (argc < 2 || argv[1][0] == '-')
        return gs_cli_choose(argc, argv);
    const struct command *command = find_command(argv[1]);
    return command ? command->run(argc - 1, argv + 1) : unknown(argv[1]);
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
