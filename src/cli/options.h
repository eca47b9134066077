/* The options of `run`, `check` and the chooser, parsed into the order that the stage gets and into
 * what the program itself does with the run. */
#ifndef GS_CLI_OPTIONS_H
#define GS_CLI_OPTIONS_H

#include "trace/control.h"

#include <stdbool.h>

enum gs_print { GS_PRINT_UNSET, GS_PRINT_LANES, GS_PRINT_TEXT, GS_PRINT_JSON, GS_PRINT_NONE };

struct gs_options {
    struct gs_order order; /* the scene is not filled in */
    enum gs_print print;
    int width; /* columns of the lanes; 0: the terminal's */
    bool ascii, stats, verify, help;
    double speed;  /* of playback; 0: not said */
    char **scenes; /* the words that are no options, up to `--` */
    int scene_count;
};

/* Which options a command takes; CHOOSE is the program without one. */
enum gs_option_set { GS_OPTIONS_RUN, GS_OPTIONS_CHECK, GS_OPTIONS_CHOOSE };

/* argv[0] is skipped and argv is reordered. False after a message on stderr: the
 * command line is wrong. */
bool gs_options_parse(int argc, char **argv, enum gs_option_set set, struct gs_options *options);

#endif
