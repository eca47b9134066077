/* The options of the command line: one list of them all (option_list.c), from which a command's are
 * parsed into the order that the stage gets and what the program itself does with the run, and from
 * which help is printed. */
#ifndef GS_CLI_OPTIONS_OPTIONS_H
#define GS_CLI_OPTIONS_OPTIONS_H

#include "base/error.h"
#include "export/export.h"
#include "trace/control.h"

#include <stdbool.h>

#define GS_WIDTH_MAX   10000 /* columns */
#define GS_HEIGHT_MAX  1000  /* lines */
#define GS_VARY_MOST   6     /* options that are varied at a time */
#define GS_EXPORT_MOST 16    /* files that one run is exported into */

enum gs_print {
    GS_PRINT_UNSET,
    GS_PRINT_LANES,
    GS_PRINT_BOXES,
    GS_PRINT_TEXT,
    GS_PRINT_JSON,
    GS_PRINT_NONE
};

enum gs_colours { GS_COLOURS_UNSET, GS_COLOURS_AUTO, GS_COLOURS_ALWAYS, GS_COLOURS_NEVER };

struct gs_exporter;

struct gs_asked_export {
    const struct gs_exporter *exporter;
    const char *path; /* "-": standard output */
};

struct gs_options {
    struct gs_order order; /* the scene is not filled in */
    struct gs_order asked; /* the same, and stays so when a scene has been */
    enum gs_print print;
    enum gs_colours colours; /* of what is printed; unset is auto */
    enum gs_theme theme;     /* of a picture for a page */
    int width;               /* columns of the picture; 0: the terminal's */
    int height;              /* … and lines; 0: as many as it needs */
    bool animate, ascii, helpers, compat, stats, verify, json, help, pause_on_marks, no_mouse;
    bool present;
    double speed;          /* of playback; 0: not said */
    uint64_t idle_limit;   /* ns that playback spends where nothing changes; 0: no limit */
    unsigned cast_version; /* of asciicast; 0: not said */
    uint64_t at;    /* the instant that is printed, in ns of the run's clock; 0: which tells most */
    uint64_t until; /* when the run is cut, in ns of its clock; 0: not at all; … */
    uint64_t from;  /* … or the stretch of it that is exported */
    uint64_t memory;    /* that the program may have, in bytes; 0: not said */
    const char *record; /* into this file; NULL: it is not */
    const char *to;     /* an export's format; NULL: not said */
    const char *output; /* … and its file; NULL: standard output */
    struct gs_asked_export exports[GS_EXPORT_MOST];
    int export_count;
    const char *vary[GS_VARY_MOST]; /* "cores=1,4" */
    int vary_count;
    char **words; /* what is no option, up to `--` */
    int word_count;
};

/* Who takes options: a command, or (CHOOSE) the program without one. */
enum gs_option_set {
    GS_OPTIONS_RUN,
    GS_OPTIONS_TRACE,
    GS_OPTIONS_CHECK,
    GS_OPTIONS_COMPARE,
    GS_OPTIONS_LIST,
    GS_OPTIONS_PLAY,
    GS_OPTIONS_STATS,
    GS_OPTIONS_VERIFY,
    GS_OPTIONS_EXPORT,
    GS_OPTIONS_HELP,
    GS_OPTIONS_CHOOSE
};

/* argv[0] is skipped and argv is reordered. False after a message on stderr: the
 * command line is wrong. */
bool gs_options_parse(int argc, char **argv, enum gs_option_set set, struct gs_options *options);

/* As if --name value stood there: one of the options of compare that say how a scene runs. False
 * with err: there is no such option, or the value is none. */
bool gs_options_vary(struct gs_options *options, const char *name, const char *value,
                     struct gs_error *err);

#endif
