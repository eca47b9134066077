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

void gs_help_command(const struct gs_command *command);

/* What the program is and can do; commands ends in one without a name. */
void gs_help_overview(const struct gs_command *commands);

#endif
