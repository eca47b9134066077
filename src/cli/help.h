/* Help: of one subcommand, and of all of them. */
#ifndef GS_CLI_HELP_H
#define GS_CLI_HELP_H

#include "cli/options/options.h"

/* A subcommand: how it is called and all that help says of it. */
struct gs_command {
    const char *name;
    const char *usage; /* behind the name */
    const char *brief; /* a few words for the list of commands, where it is called by … */
    const char *call;
    const char *about;
    enum gs_option_set options;
    int (*run)(struct gs_options *options);
};

/* All of them, ended by one without a name (commands.c). */
extern const struct gs_command gs_commands[];

/* What the program is, what a scene is, how it ends, what it hears of: a paragraph each. */
extern const char gs_help_what[], gs_help_scene[], gs_help_status[], gs_help_environment[];

void gs_help_command(const struct gs_command *command);

/* What the program is and can do. */
void gs_help_overview(void);

#endif
