#include "cli/results.h"

#include "base/error.h"
#include "cli/output.h"
#include "cli/say/say.h"

#include <stdlib.h>

static bool print_run(FILE *out, const struct gs_export_source *source, enum gs_print print,
                      struct gs_error *err)
{
    static const char *const names[] = {[GS_PRINT_UNSET] = "lanes",
                                        [GS_PRINT_LANES] = "lanes",
                                        [GS_PRINT_BOXES] = "boxes",
                                        [GS_PRINT_TEXT] = "text",
                                        [GS_PRINT_JSON] = "json"};
    return print == GS_PRINT_NONE || gs_exporter_find(names[print])->write(out, source, err);
}

/* Statistics follow the format of the run, so that JSON stays one object a line. */
static bool print_stats(FILE *out, const struct gs_export_source *source, enum gs_print print,
                        struct gs_error *err)
{
    if (print == GS_PRINT_JSON)
        return gs_export_stats_json(out, source, err);
    if (print != GS_PRINT_NONE)
        putc('\n', out);
    return (print == GS_PRINT_LANES || gs_export_phases(out, source, err)) &&
           gs_export_stats(out, source, err);
}

static bool print_verify(FILE *out, const struct gs_export_source *source, enum gs_print print,
                         bool *holds, struct gs_error *err)
{
    struct gs_violations violations = {0};
    *holds = gs_verify(source->timeline, &violations);
    bool ok = gs_export_violations(print == GS_PRINT_JSON ? stderr : out, source, &violations, err);
    gs_vec_free(&violations.list);
    return ok;
}

bool gs_results_print(const struct gs_export_source *source, const struct gs_options *options,
                      int signal)
{
    struct gs_error err;
    bool holds = true;
    FILE *out = gs_output_open();
    if (signal)
        gs_output_hurry(signal);
    bool ok = print_run(out, source, options->print, &err) &&
              (!options->stats || print_stats(out, source, options->print, &err)) &&
              (!options->verify || print_verify(out, source, options->print, &holds, &err));
    fclose(out);
    if (!ok)
        gs_cli_say("%s", err.text);
    return ok && holds;
}
