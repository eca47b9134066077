/* The command line: one subcommand a file. Results go to stdout, messages to stderr. */
#ifndef GS_CLI_CLI_H
#define GS_CLI_CLI_H

#include "cli/options/options.h"

/* Dispatches to the subcommand and returns the exit status. */
int gs_cli_main(int argc, char **argv);

/* The subcommands, once their options are read; they return the exit status. */
int gs_cli_run(struct gs_options *options);
int gs_cli_trace(struct gs_options *options);
int gs_cli_list(struct gs_options *options);
int gs_cli_check(struct gs_options *options);
int gs_cli_compare(struct gs_options *options);
int gs_cli_play(struct gs_options *options);
int gs_cli_stats(struct gs_options *options);
int gs_cli_verify(struct gs_options *options);
int gs_cli_export(struct gs_options *options);
/* `gilscope` without a subcommand: the chooser. */
int gs_cli_choose(struct gs_options *options);

#endif
