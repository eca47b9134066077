/* What the program says on stderr, and the status that it then ends with. Nothing that came from
 * outside reaches a terminal with its control characters intact. */
#ifndef GS_CLI_SAY_SAY_H
#define GS_CLI_SAY_SAY_H

/* A run that a signal ended gives 128 + the signal instead. */
enum gs_exit {
    GS_EXIT_GOOD = 0,
    GS_EXIT_FAILED = 1, /* a check failed, an uncaught error, a deadlock */
    GS_EXIT_USAGE = 2   /* a wrong command line, or input that cannot be read */
};

/* "gilscope: …" as a line on stderr, made safe to print. */
void gs_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same, and " (see: gilscope COMMAND --help)"; returns GS_EXIT_USAGE. */
int gs_cli_misuse(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
