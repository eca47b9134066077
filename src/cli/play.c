/* `gilscope play`, `stats`, `verify` and `export`: what a recording is looked at by. */
#include "cli/cli.h"

#include "base/text.h"
#include "cli/exports.h"
#include "cli/results.h"
#include "cli/say/say.h"
#include "cli/source.h"
#include "cli/stage/recorded.h"
#include "cli/stage/screen.h"

#include <stdio.h>
#include <string.h>

/* The one word that it takes; NULL after a message. */
static const char *file_of(const struct gs_options *options, const char *command)
{
    if (options->word_count == 1)
        return options->words[0];
    if (options->word_count == 0)
        gs_cli_misuse(command, "%s needs a recording; 'gilscope run --record FILE SCENE' makes one",
                      command);
    else
        gs_cli_misuse(command, "%s takes one recording, and '%s' is a second", command,
                      options->words[1]);
    return NULL;
}

static bool open_recording(struct gs_recorded *recorded, const char *path)
{
    struct gs_error err;
    if (gs_recorded_read(recorded, path, &err))
        return true;
    gs_cli_say("%s", err.text);
    return false;
}

static char *text_of(void *player, const char *path, size_t *size)
{
    return gs_player_file(player, path, size);
}

static struct gs_export_source source_of(const struct gs_recorded *recorded,
                                         const struct gs_options *options)
{
    const struct gs_about *about = gs_player_about(recorded->player);
    struct gs_export_source source =
        gs_cli_source(recorded->timeline, about->name, about->title, options);
    source.film.scene_speed = (double)about->speed / 1e6;
    source.scene = *about->scene ? about->scene : NULL;
    source.text_of = text_of;
    source.files = recorded->player;
    return source;
}

static int print(const struct gs_options *options, const char *path)
{
    struct gs_recorded recorded;
    if (!open_recording(&recorded, path))
        return GS_EXIT_USAGE;
    const struct gs_export_source source = source_of(&recorded, options);
    bool good = gs_results_print(&source, options, 0);
    good &= gs_exports_write(&source, options, 0);
    int status = good && !recorded.damaged ? GS_EXIT_GOOD : GS_EXIT_FAILED;
    gs_recorded_free(&recorded);
    return status;
}

static int play_on_screen(const struct gs_options *options, const char *path)
{
    struct gs_screen_conf conf = {.order = {.guest = GS_GUEST_RECORDING},
                                  .ascii = options->ascii || !gs_cli_utf8(),
                                  .pauses_at_marks = options->pause_on_marks,
                                  .no_mouse = options->no_mouse,
                                  .presents = options->present,
                                  .speed = options->speed};
    struct gs_error err;
    struct gs_player *player = gs_player_open(path, &err);
    if (!player) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    const struct gs_about *about = gs_player_about(player);
    gs_text_copy(conf.order.scene, sizeof conf.order.scene, path);
    gs_text_copy(conf.order.name, sizeof conf.order.name, about->name);
    conf.scene_speed = (double)about->speed / 1e6;
    gs_player_close(player);
    return gs_screen_run(&conf);
}

int gs_cli_play(struct gs_options *options)
{
    const char *path = file_of(options, "play");
    if (!path)
        return GS_EXIT_USAGE;
    if (!gs_exports_fit(options, "play") || !gs_exports_can(options, "play", path))
        return GS_EXIT_USAGE;
    if (gs_exports_take_output(options))
        options->print = GS_PRINT_NONE;
    bool to_print = options->print != GS_PRINT_UNSET || options->stats || options->verify ||
                    options->export_count > 0;
    return to_print || !gs_on_a_terminal() ? print(options, path) : play_on_screen(options, path);
}

int gs_cli_stats(struct gs_options *options)
{
    const char *path = file_of(options, "stats");
    struct gs_recorded recorded;
    struct gs_error err;
    if (!path || !open_recording(&recorded, path))
        return GS_EXIT_USAGE;
    const struct gs_export_source source = source_of(&recorded, options);
    bool ok = options->json ? gs_export_stats_json(stdout, &source, &err)
                            : gs_export_phases(stdout, &source, &err) &&
                                  gs_export_stats(stdout, &source, &err);
    if (!ok)
        gs_cli_say("%s", err.text);
    ok = ok && !recorded.damaged;
    gs_recorded_free(&recorded);
    return ok ? GS_EXIT_GOOD : GS_EXIT_FAILED;
}

int gs_cli_verify(struct gs_options *options)
{
    const char *path = file_of(options, "verify");
    options->print = GS_PRINT_NONE;
    options->verify = true;
    return path ? print(options, path) : GS_EXIT_USAGE;
}

/* Behind its end there is nothing to export. */
static bool begins_in_run(const struct gs_export_source *source)
{
    char from[32], end[32];
    uint64_t ends = gs_timeline_end(source->timeline);
    if (source->from == 0 || source->from < ends)
        return true;
    gs_cli_misuse("export", "--from is %s, and the run ends at %s",
                  gs_text_duration(from, sizeof from, source->from),
                  gs_text_duration(end, sizeof end, ends));
    return false;
}

static int export_recording(const struct gs_options *options, const char *path)
{
    struct gs_recorded recorded;
    if (!open_recording(&recorded, path))
        return GS_EXIT_USAGE;
    struct gs_export_source source = source_of(&recorded, options);
    source.from = options->from;
    source.until = options->until;
    int status = GS_EXIT_USAGE;
    if (begins_in_run(&source))
        status = gs_exports_write(&source, options, 0) && !recorded.damaged ? GS_EXIT_GOOD
                                                                            : GS_EXIT_FAILED;
    gs_recorded_free(&recorded);
    return status;
}

int gs_cli_export(struct gs_options *options)
{
    const char *path = file_of(options, "export");
    char formats[256];
    if (!path)
        return GS_EXIT_USAGE;
    if (!options->to)
        return gs_cli_misuse("export", "export needs a format: --to %s",
                             gs_exports_formats(formats, sizeof formats));
    struct gs_error err;
    const struct gs_exporter *exporter = gs_exports_find(options->to, &err);
    if (!exporter)
        return gs_cli_misuse("export", "%s", err.text);
    if (options->until && options->until <= options->from)
        return gs_cli_misuse("export", "--until has to be later than --from");
    options->exports[options->export_count++] = (struct gs_asked_export){
        .exporter = exporter, .path = options->output ? options->output : "-"};
    if (!gs_exports_fit(options, "export") || !gs_exports_can(options, "export", path))
        return GS_EXIT_USAGE;
    return export_recording(options, path);
}
