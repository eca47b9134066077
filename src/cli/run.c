/* `gilscope run` and `gilscope` alone: a scene on the screen, or run to its end and printed. */
#include "cli/cli.h"

#include "cli/say/say.h"

#include "base/text.h"
#include "cli/exports.h"
#include "cli/options/options.h"
#include "cli/results.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "cli/source.h"
#include "cli/stage/headless.h"
#include "cli/stage/recorded.h"
#include "cli/stage/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print_results(const struct gs_headless *run, const struct gs_scene_meta *meta,
                         const struct gs_options *options)
{
    struct gs_export_source source = gs_cli_source(run->timeline, meta->name, meta->title, options);
    bool file =
        options->order.guest == GS_GUEST_LUA || options->order.guest == GS_GUEST_PYTHON_FILE;
    source.scene = file ? options->order.scene : NULL;
    /* In the millionths that a recording keeps. */
    source.film.scene_speed = (double)(uint64_t)(meta->speed * 1e6) / 1e6;
    bool good = gs_results_print(&source, options, run->signal);
    good &= gs_exports_write(&source, options, run->signal);
    return run->status == GS_EXIT_GOOD && !good ? GS_EXIT_FAILED : run->status;
}

/* The program ran, as it does without us; but there is nothing to show. */
static void say_unwatched(const struct gs_options *options)
{
    const struct gs_order *order = &options->order;
    if (order->guest == GS_GUEST_COMMAND)
        gs_cli_say("no Python from 3.9 on has run a program in %s: there are no lanes",
                   order->scene);
    else if (order->guest != GS_GUEST_LUA)
        gs_cli_say("%s is no Python from 3.9 on, or none that can be watched: there are no lanes. "
                   "Name another one with --python",
                   order->python);
    if (options->export_count)
        gs_cli_say("so nothing is exported");
}

/* Before the program has done anything. */
static struct gs_recorder *begin_recording(const struct gs_scene_meta *meta,
                                           const struct gs_options *options, struct gs_error *err)
{
    struct gs_about about = gs_recorder_about(&options->order, meta->title, meta->speed);
    gs_text_copy(about.name, sizeof about.name, meta->name);
    return gs_recorder_new(options->record, &about, err);
}

static int run_headless(const struct gs_scene_meta *meta, const struct gs_options *options)
{
    struct gs_headless run;
    struct gs_recorder *recorder = NULL;
    struct gs_error err;
    if (options->record && !(recorder = begin_recording(meta, options, &err))) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    if (!gs_headless_run(&run, &options->order, options->until, recorder, &err)) {
        gs_recorder_free(recorder);
        gs_cli_say("%s", err.text);
        return GS_EXIT_FAILED;
    }
    int status = run.status;
    if (gs_timeline_events(run.timeline) > 0)
        status = print_results(&run, meta, options);
    else if (status != GS_EXIT_USAGE && !WIFSIGNALED(run.stage.wait_status))
        say_unwatched(options);
    gs_recorder_free(recorder);
    gs_headless_free(&run);
    return status;
}

/* Without a scene: the chooser. */
static int run_on_screen(const struct gs_options *options, const struct gs_scene_meta *scene)
{
    const struct gs_screen_conf conf = {.order = options->order,
                                        .asked = options->asked,
                                        .choose = !scene,
                                        .ascii = options->ascii || !gs_cli_utf8(),
                                        .no_mouse = options->no_mouse,
                                        .presents = options->present,
                                        .pauses_at_marks = options->pause_on_marks,
                                        .speed = options->speed,
                                        .title = scene ? scene->title : NULL,
                                        .record = options->record,
                                        .scene_speed = scene ? scene->speed : 0};
    return gs_screen_run(&conf);
}

static bool is_to_print(const struct gs_options *options)
{
    return options->print != GS_PRINT_UNSET || options->stats || options->verify ||
           options->until || options->export_count > 0 || !gs_on_a_terminal();
}

static int run_scene(struct gs_options *options, const struct gs_scene_meta *meta)
{
    struct gs_error err;
    const char *command = options->order.guest == GS_GUEST_COMMAND ? "trace" : "run";
    const char *own = *meta->path ? meta->path : NULL;
    if (!gs_exports_fit(options, command) || !gs_exports_can(options, command, own))
        return GS_EXIT_USAGE;
    bool to_print = is_to_print(options);
    if (!(to_print ? gs_cli_python : gs_cli_python_later)(&options->order, &err)) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    if (gs_exports_take_output(options))
        options->print = GS_PRINT_NONE;
    return to_print ? run_headless(meta, options) : run_on_screen(options, meta);
}

/* `run -m MODULE`: Python finds it, so nothing is read before. */
static int run_module(struct gs_options *options)
{
    struct gs_scene_meta meta = {.guest = GS_GUEST_PYTHON_MODULE};
    if (options->word_count > 0)
        return gs_cli_misuse("run", "run takes one scene, and '%s' is a second beside -m %s",
                             options->words[0], options->order.scene);
    gs_text_copy(meta.name, sizeof meta.name, options->order.name);
    gs_text_copy(meta.path, sizeof meta.path, options->order.scene);
    return run_scene(options, &meta);
}

int gs_cli_trace(struct gs_options *options)
{
    struct gs_scene_meta meta = {.guest = GS_GUEST_COMMAND};
    if (options->word_count > 0 || options->order.argument_count == 0)
        return gs_cli_misuse("trace", "trace needs a command behind --");
    struct gs_order *order = &options->order;
    order->guest = GS_GUEST_COMMAND;
    gs_text_copy(order->scene, sizeof order->scene, order->arguments);
    gs_text_copy(order->name, sizeof order->name, order->arguments);
    gs_text_copy(meta.name, sizeof meta.name, order->name);
    return run_scene(options, &meta);
}

int gs_cli_run(struct gs_options *options)
{
    struct gs_scene_meta meta;
    struct gs_error err;
    if (options->order.guest == GS_GUEST_PYTHON_MODULE)
        return run_module(options);
    if (options->word_count == 0)
        return gs_cli_misuse("run", "run needs a scene; 'gilscope list' shows them");
    if (options->word_count > 1)
        return gs_cli_misuse("run",
                             "run takes one scene, and '%s' is a second; the scene's own "
                             "arguments stand behind --",
                             options->words[1]);
    if (gs_recorded_is_one(options->words[0]))
        return gs_cli_misuse("run", "%s is a recording: gilscope play %s", options->words[0],
                             options->words[0]);
    if (!gs_scenes_find(options->words[0], &options->order, &meta, &err)) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    gs_scenes_order(&meta, &options->order);
    return run_scene(options, &meta);
}

int gs_cli_choose(struct gs_options *options)
{
    if (options->word_count > 0)
        return gs_cli_misuse("",
                             "the chooser takes no '%s'; a scene is run by: gilscope run "
                             "[OPTIONS] %s",
                             options->words[0], options->words[0]);
    if (!gs_on_a_terminal())
        return gs_cli_misuse("", "the chooser needs a terminal; 'gilscope list' shows the scenes");
    return run_on_screen(options, NULL);
}
