/* Every option and all there is to know of it. A new one is a line of the list, a function that
 * takes its value, and a field of struct gs_options. Private to the parser and the help. */
#ifndef GS_CLI_OPTIONS_OPTION_LIST_H
#define GS_CLI_OPTIONS_OPTION_LIST_H

#include "cli/options/options.h"

#include "cli/options/values.h"

/* Headings of the help, in its order. */
enum gs_option_group { GS_GROUP_RUN, GS_GROUP_SHOW, GS_GROUP_OTHER };

struct gs_option {
    const char *name;
    char letter;       /* its short form; 0: none */
    const char *value; /* what help calls its value; NULL: it takes none */
    const char *help;
    enum gs_option_group group;
    unsigned sets; /* bits 1 << enum gs_option_set: who takes it */
    /* Fills in what the option says; without a value the text is NULL. False with err. */
    bool (*take)(struct gs_options *options, const struct gs_value *value, struct gs_error *err);
};

/* Ended by one without a name. */
extern const struct gs_option gs_option_list[];

#endif
