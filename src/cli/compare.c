/* `gilscope compare`: several scenes, or one with several values of an option, below each other: on
 * the screen, or run to their ends and printed. */
#include "cli/cli.h"

#include "cli/output.h"
#include "cli/say/say.h"
#include "cli/scenes/variants.h"
#include "cli/source.h"
#include "cli/stage/headless.h"
#include "cli/stage/recorded.h"
#include "cli/stage/screen.h"
#include "draw/differences.h"
#include "export/compare.h"

#include <stdio.h>
#include <stdlib.h>

/* A run, or a recording of one. */
struct result {
    struct gs_headless run;
    struct gs_recorded recorded;
    const struct gs_timeline *timeline;
};

struct results {
    struct result list[GS_DIFFERENCES_MOST];
    size_t count;
    int status;
};

static bool print(const struct gs_variants *variants, const struct results *results, bool json)
{
    struct gs_compared runs[GS_DIFFERENCES_MOST];
    struct gs_error err;
    for (size_t i = 0; i < results->count; i++) {
        const struct gs_variant *v = variants->list.items[i];
        runs[i] =
            (struct gs_compared){v->called, gs_cli_source(results->list[i].timeline, v->meta.name,
                                                          v->meta.title, &v->options)};
    }
    FILE *out = gs_output_open();
    bool ok = (json ? gs_export_compare_json : gs_export_compare)(out, runs, results->count, &err);
    fclose(out);
    if (!ok)
        gs_cli_say("%s", err.text);
    return ok;
}

/* Fills in the result. False with err: it does not run. */
static bool take(struct result *result, const struct gs_variant *variant, struct gs_error *err)
{
    const struct gs_options *options = &variant->options;
    bool recorded = options->order.guest == GS_GUEST_RECORDING;
    if (recorded ? !gs_recorded_read(&result->recorded, options->order.scene, err)
                 : !gs_headless_run(&result->run, &options->order, options->until, NULL, err))
        return false;
    result->timeline = recorded ? result->recorded.timeline : result->run.timeline;
    return true;
}

/* False after a message: it does not run. */
static bool run(struct results *results, const struct gs_variant *variant)
{
    struct gs_error err;
    struct result *result = &results->list[results->count];
    if (!take(result, variant, &err)) {
        gs_cli_say("%s", err.text);
        return false;
    }
    results->count++;
    int status = result->recorded.damaged ? GS_EXIT_FAILED : result->run.status;
    results->status = results->status ? results->status : status;
    if (gs_timeline_events(result->timeline) > 0)
        return result->run.signal == 0;
    gs_cli_say("%s: there is nothing of it to show", variant->called);
    return false;
}

/* Runs each, and stops where one cannot be, or was told to end. */
static bool run_all(const struct gs_variants *variants, struct results *results)
{
    for (size_t i = 0; i < variants->list.count; i++)
        if (!run(results, variants->list.items[i])) {
            results->status = results->status ? results->status : GS_EXIT_USAGE;
            return false;
        }
    return true;
}

static void free_result(struct result *result)
{
    gs_headless_free(&result->run);
    gs_recorded_free(&result->recorded);
}

static int compare_printed(const struct gs_variants *variants, bool json)
{
    struct results *results = calloc(1, sizeof *results);
    if (!results)
        abort();
    if (run_all(variants, results) && !print(variants, results, json))
        results->status = GS_EXIT_FAILED;
    for (size_t i = 0; i < results->count; i++)
        free_result(&results->list[i]);
    int status = results->status;
    free(results);
    return status;
}

static int compare_on_screen(const struct gs_variants *variants, const struct gs_options *options)
{
    const struct gs_screen_conf conf = {.order = options->order,
                                        .asked = options->asked,
                                        .compared = variants,
                                        .ascii = options->ascii || !gs_cli_utf8(),
                                        .no_mouse = options->no_mouse};
    return gs_screen_run(&conf);
}

static bool to_print(const struct gs_options *options)
{
    return options->json || options->print != GS_PRINT_UNSET || options->until ||
           !gs_on_a_terminal();
}

static int compare(const struct gs_options *options)
{
    struct gs_variants variants = {0};
    struct gs_error err;
    bool json = options->json || options->print == GS_PRINT_JSON;
    int status = GS_EXIT_USAGE;
    if (!gs_variants_take(&variants, options, &err))
        gs_cli_misuse("compare", "%s", err.text);
    else
        status = to_print(options) ? compare_printed(&variants, json)
                                   : compare_on_screen(&variants, options);
    gs_variants_free(&variants);
    return status;
}

int gs_cli_compare(struct gs_options *options)
{
    enum gs_print print = options->print;
    if (options->word_count == 0)
        return gs_cli_misuse("compare", "compare needs scenes; 'gilscope list' shows them");
    if (options->word_count == 1 && options->vary_count == 0)
        return gs_cli_misuse("compare",
                             "'%s' alone has nothing to be compared with: name another "
                             "scene, or say what varies: --vary cores=1,4",
                             options->words[0]);
    if (print == GS_PRINT_BOXES || print == GS_PRINT_TEXT || print == GS_PRINT_NONE)
        return gs_cli_misuse("compare", "compare prints lanes or json, and no other format");
    return compare(options);
}
