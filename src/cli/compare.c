/* `gilscope compare`: several scenes, or one with several values of an option, side by side. */
#include "cli/cli.h"

#include "base/text.h"
#include "base/vec.h"
#include "cli/options/options.h"
#include "cli/output.h"
#include "cli/say/say.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "cli/source.h"
#include "cli/stage/headless.h"
#include "draw/differences.h"
#include "export/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = GS_DIFFERENCES_MOST };

struct one {
    char called[256];
    struct gs_scene_meta meta;
    struct gs_options options; /* its own */
    struct gs_headless run;
    bool ran;
};

struct ones {
    GS_VEC(struct one *) list;
    int status;
};

/* The next of "A,B" behind text, which it moves on; NULL: there is none. */
static char *next_value(char **text)
{
    char *value = *text, *comma = value ? strchr(value, ',') : NULL;
    if (comma)
        *comma = '\0';
    *text = comma ? comma + 1 : NULL;
    return value;
}

static struct one *add(struct ones *ones, const char *called, const struct gs_options *options)
{
    struct one *one = calloc(1, sizeof *one);
    if (!one)
        abort();
    gs_text_copy(one->called, sizeof one->called, called);
    one->options = *options;
    gs_vec_push(&ones->list, one);
    return one;
}

/* The scene with each combination of the values from the i-th --vary on. */
static bool vary(struct ones *ones, const char *called, const struct gs_options *options, int i,
                 struct gs_error *err)
{
    if (i == options->vary_count) {
        add(ones, called, options);
        return true;
    }
    char text[256], more[256];
    gs_text_copy(text, sizeof text, options->vary[i]);
    char *values = strchr(text, '=');
    *values++ = '\0';
    for (char *value; (value = next_value(&values));) {
        struct gs_options varied = *options;
        snprintf(more, sizeof more, "%s, %s=%s", called, text, value);
        if (!gs_options_vary(&varied, text, value, err) || !vary(ones, more, &varied, i + 1, err))
            return false;
    }
    return true;
}

/* False after a message: there is no such scene, or it does not run. */
static bool run(struct one *one, const char *word)
{
    struct gs_error err;
    struct gs_order *order = &one->options.order;
    if (!gs_scenes_find(word, order, &one->meta, &err)) {
        gs_cli_say("%s", err.text);
        return false;
    }
    gs_scenes_order(&one->meta, order);
    one->ran =
        gs_cli_python(order, &err) && gs_headless_run(&one->run, order, one->options.until, &err);
    if (one->ran && gs_timeline_events(one->run.timeline) > 0)
        return true;
    gs_cli_say("%s", one->ran ? "there is nothing of it to show" : err.text);
    return false;
}

static bool print(const struct ones *ones, bool json)
{
    struct gs_compared runs[MOST];
    struct gs_error err;
    size_t count = ones->list.count;
    for (size_t i = 0; i < count; i++) {
        const struct one *one = ones->list.items[i];
        runs[i] =
            (struct gs_compared){one->called, gs_cli_source(&one->run, &one->meta, &one->options)};
    }
    FILE *out = gs_output_open();
    bool ok = (json ? gs_export_compare_json : gs_export_compare)(out, runs, count, &err);
    fclose(out);
    if (!ok)
        gs_cli_say("%s", err.text);
    return ok;
}

static void free_all(struct ones *ones)
{
    for (size_t i = 0; i < ones->list.count; i++) {
        if (ones->list.items[i]->ran)
            gs_headless_free(&ones->list.items[i]->run);
        free(ones->list.items[i]);
    }
    gs_vec_free(&ones->list);
}

/* Runs each, and stops where one cannot be, or was told to end. */
static bool run_all(struct ones *ones, char **words)
{
    for (size_t i = 0; i < ones->list.count; i++) {
        struct one *one = ones->list.items[i];
        size_t each = ones->list.count / (size_t)one->options.word_count;
        if (!run(one, words[i / each])) {
            ones->status = ones->status ? ones->status : GS_EXIT_USAGE;
            return false;
        }
        ones->status = ones->status ? ones->status : one->run.status;
        if (one->run.signal)
            return false;
    }
    return true;
}

int gs_cli_compare(struct gs_options *options)
{
    struct ones ones = {0};
    struct gs_error err;
    bool ok = true;
    if (options->word_count == 0)
        return gs_cli_misuse("compare", "compare needs scenes; 'gilscope list' shows them");
    if (options->word_count == 1 && options->vary_count == 0)
        return gs_cli_misuse("compare",
                             "'%s' alone has nothing to be compared with: name another "
                             "scene, or say what varies: --vary cores=1,4",
                             options->words[0]);
    for (int i = 0; ok && i < options->word_count; i++)
        ok = vary(&ones, options->words[i], options, 0, &err);
    if (!ok || ones.list.count > MOST) {
        free_all(&ones);
        return ok ? gs_cli_misuse("compare", "that makes more than %d runs", (int)MOST)
                  : gs_cli_misuse("compare", "%s", err.text);
    }
    if (run_all(&ones, options->words) && !print(&ones, options->json))
        ones.status = GS_EXIT_FAILED;
    free_all(&ones);
    return ones.status;
}
