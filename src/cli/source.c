#include "cli/source.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PIPE_WIDTH 100 /* columns where no terminal says how many it has, and of files */

bool gs_cli_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool gs_on_a_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return PIPE_WIDTH;
    return size.ws_col < GS_WIDTH_MAX ? size.ws_col : GS_WIDTH_MAX;
}

static bool in_colour(enum gs_colours colours)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (colours == GS_COLOURS_ALWAYS || colours == GS_COLOURS_NEVER)
        return colours == GS_COLOURS_ALWAYS;
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && *term &&
           strcmp(term, "dumb") != 0;
}

static struct gs_film film_of(const struct gs_options *options)
{
    return (struct gs_film){.width = options->width,
                            .height = options->height,
                            .plain = options->colours == GS_COLOURS_NEVER,
                            .speed = options->speed,
                            .idle_limit = options->idle_limit,
                            .version = options->cast_version};
}

struct gs_export_source gs_cli_source(const struct gs_timeline *timeline, const char *name,
                                      const char *title, const struct gs_options *options)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_facts *facts = tables->facts(tables);
    return (struct gs_export_source){.timeline = timeline,
                                     .name = name,
                                     .title = title,
                                     .clock = facts->clock,
                                     .gil = facts->gil,
                                     .python = facts->python,
                                     .cores = facts->cores,
                                     .interval_ns = facts->interval_ns,
                                     .seed = facts->seed,
                                     .width = options->width ? options->width : columns(),
                                     .theme = options->theme,
                                     .animate = options->animate,
                                     .helpers = options->helpers,
                                     .compat = options->compat,
                                     .colour = in_colour(options->colours),
                                     .ascii = options->ascii || !gs_cli_utf8(),
                                     .ascii_json = options->ascii,
                                     .at = options->at,
                                     .film = film_of(options)};
}

struct gs_export_source gs_cli_file_source(const struct gs_export_source *source,
                                           const struct gs_options *options)
{
    struct gs_export_source file = *source;
    file.width = options->width ? options->width : PIPE_WIDTH;
    file.colour = options->colours == GS_COLOURS_ALWAYS;
    return file;
}
