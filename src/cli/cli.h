/* The command line: one subcommand a file, what they share here. Results go to stdout, messages to
 * stderr; nothing that came from outside reaches a terminal with its control characters intact. */
#ifndef GS_CLI_CLI_H
#define GS_CLI_CLI_H

#include "cli/options.h"

/* A run that a signal ended gives 128 + the signal instead. */
enum gs_exit {
    GS_EXIT_GOOD = 0,
    GS_EXIT_FAILED = 1, /* a check failed, an uncaught error, a deadlock */
    GS_EXIT_USAGE = 2   /* a wrong command line, or input that cannot be read */
};

/* Dispatches to the subcommand and returns the exit status. */
int gs_cli_main(int argc, char **argv);

/* A subcommand: how it is called and all that help says of it. */
struct gs_command {
    const char *name;
    const char *usage; /* behind the name */
    const char *brief; /* a few words for the list of commands, where it is called by … */
    const char *call;
    const char *about;
    enum gs_option_set options;
    int (*run)(int argc, char **argv); /* argv[0] is the name */
};

/* All of them, ended by one without a name. */
extern const struct gs_command gs_commands[];
const struct gs_command *gs_command_find(const char *name);

int gs_cli_run(int argc, char **argv);
int gs_cli_trace(int argc, char **argv);
int gs_cli_list(int argc, char **argv);
int gs_cli_check(int argc, char **argv);
int gs_cli_help(int argc, char **argv);
/* `gilscope` without a subcommand: the chooser. argv[0] is the program's name. */
int gs_cli_choose(int argc, char **argv);

/* What `help NAME` and `NAME --help` print; NULL: the overview. */
void gs_cli_print_help(const char *command);

/* "gilscope: …" as a line on stderr, made safe to print. */
void gs_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same, and " (see: gilscope COMMAND --help)"; returns GS_EXIT_USAGE. */
int gs_cli_misuse(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Of the words, the one that is nearest to what was typed; NULL if none is near enough to be
 * meant. words ends in NULL. */
const char *gs_cli_nearest(const char *typed, const char *const *words);

#endif
