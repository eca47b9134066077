#include "cli/cli.h"

#include "cli/scenes.h"

#include <locale.h>
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
    const char *near = nearest_command(word);
    if (word[0] != '-' && gs_scenes_find(word, &meta, NULL))
        return gs_cli_misuse("", "'%s' is a scene: gilscope run %s", word, word);
    if (near)
        return gs_cli_misuse("", "there is no command '%s'; did you mean '%s'?", word, near);
    return gs_cli_misuse("", "there is no %s '%s'", word[0] == '-' ? "option" : "command", word);
}

static int print_version(void)
{
    puts("gilscope " GS_VERSION);
    return GS_EXIT_GOOD;
}

int gs_cli_help(int argc, char **argv)
{
    if (argc > 2)
        return gs_cli_misuse("help", "help takes one command, not %d", argc - 1);
    if (argc == 2 && !find_command(argv[1]))
        return unknown(argv[1]);
    gs_cli_print_help(argc == 2 ? argv[1] : NULL);
    return GS_EXIT_GOOD;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2)
        return gs_cli_choose();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        gs_cli_print_help(NULL);
        return GS_EXIT_GOOD;
    }
    if (strcmp(argv[1], "--version") == 0)
        return print_version();
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
