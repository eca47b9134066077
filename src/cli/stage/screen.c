#include "cli/stage/screen.h"

#include "base/give_way.h"
#include "cli/exports.h"
#include "cli/guard/guard.h"
#include "cli/say/lines.h"
#include "cli/say/say.h"
#include "cli/scenes/decision.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "cli/scenes/variants.h"
#include "cli/source.h"
#include "cli/stage/aside.h"
#include "cli/stage/recorded.h"
#include "cli/stage/stage_process.h"
#include "tui/tui.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct stage {
    struct gs_tui_stage seen; /* by the screen */
    struct gs_stage_process process;
};

/* What a stage wrote to stderr. */
struct words {
    char text[sizeof((struct gs_stage_process *)0)->text];
};

struct host {
    struct gs_scenes scenes;
    GS_VEC(struct gs_tui_scene) shown;
    struct gs_decision decision;
    const struct gs_order *asked;
    bool ascii;
    struct gs_aside aside;
    size_t running;
    GS_VEC(struct words) said; /* by those that were stopped, since nothing ran last */
};

static void copy_variant(struct gs_tui_variant *to, const struct gs_variant *from)
{
    memcpy(to->called, from->called, sizeof to->called);
    to->order = from->options.order;
}

static const struct gs_tui_scene *scenes(void *context, size_t *count)
{
    struct host *host = context;
    *count = host->shown.count;
    return host->shown.items;
}

static const struct gs_decision *decision(void *context)
{
    return &((struct host *)context)->decision;
}

static const struct gs_scene_meta *listed_at(const struct host *host, const char *path)
{
    for (size_t i = 0; i < host->scenes.list.count; i++)
        if (strcmp(host->scenes.list.items[i].path, path) == 0)
            return &host->scenes.list.items[i];
    return NULL;
}

/* What the chooser starts is known by its path; the rest of the order follows from its page. */
static struct gs_order settled_of(const struct host *host, const struct gs_order *order)
{
    struct gs_order settled = *order;
    const struct gs_scene_meta *listed = listed_at(host, order->scene);
    if (listed)
        gs_scenes_order(listed, &settled);
    return settled;
}

static size_t variants(void *context, const struct gs_order *shown, const char *text,
                       struct gs_tui_variant *list, size_t room, struct gs_error *err)
{
    const struct host *host = context;
    struct gs_order settled = settled_of(host, shown);
    struct gs_variants found = {0};
    size_t count = 0;
    if (gs_variants_read(&found, host->asked, &settled, text, err)) {
        count = found.list.count;
        if (count > room)
            gs_error_set(err, "that makes %zu runs more than can be compared", count - room);
        count = count > room ? 0 : count;
    }
    for (size_t i = 0; i < count; i++)
        copy_variant(&list[i], found.list.items[i]);
    gs_variants_free(&found);
    return count;
}

static struct gs_tui_stage *start(void *context, const struct gs_order *order, struct gs_error *err)
{
    struct host *host = context;
    struct gs_order settled = settled_of(host, order);
    if (host->running == 0)
        host->said.count = 0;
    if (!gs_cli_python_later(&settled, err))
        return NULL;
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        abort();
    if (!gs_stage_process_start(&stage->process, &settled, 0, err)) {
        free(stage);
        return NULL;
    }
    stage->seen.segment = stage->process.segment;
    host->running++;
    return &stage->seen;
}

static void stop(void *context, struct gs_tui_stage *seen)
{
    struct host *host = context;
    struct stage *stage = (struct stage *)seen;
    gs_stage_process_kill(&stage->process);
    memcpy(gs_vec_add(&host->said)->text, stage->process.text, sizeof stage->process.text);
    gs_stage_process_end(&stage->process);
    free(stage);
    host->running--;
}

static bool gone(void *context, struct gs_tui_stage *seen, int *status, char *message, size_t size)
{
    struct gs_stage_process *process = &((struct stage *)seen)->process;
    (void)context;
    /* In this order: what was written before the end is then all there. */
    bool is_gone = gs_stage_process_gone(process);
    gs_stage_process_read(process, NULL, NULL);
    if (is_gone)
        *status = process->wait_status;
    snprintf(message, size, "%s", process->text);
    return is_gone;
}

static const char *formats(void *context, char *buffer, size_t size)
{
    (void)context;
    return gs_exports_formats(buffer, size);
}

static const char *ending(void *context, const char *format, struct gs_error *err)
{
    const struct gs_exporter *exporter = gs_exports_find(format, err);
    (void)context;
    return !exporter ? NULL : exporter->ending ? exporter->ending : exporter->name;
}

/* Only a device is opened to be asked: whoever reads a pipe would notice. */
static bool is_terminal(const char *path)
{
    struct stat there;
    if (stat(path, &there) != 0 || !S_ISCHR(there.st_mode))
        return false;
    int fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    bool is = fd >= 0 && isatty(fd);
    if (fd >= 0)
        close(fd);
    return is;
}

static bool write_shown(void *context, const struct gs_tui_export *what, struct gs_error *err)
{
    struct host *host = context;
    const struct gs_options options = {.width = what->width, .at = what->at};
    const struct gs_exporter *exporter = gs_exports_find(what->format, err);
    struct gs_export_source source =
        gs_cli_source(what->timeline, what->name, what->title, &options);
    source = gs_cli_file_source(&source, &options);
    source.ascii = host->ascii;
    source.rows = what->rows;
    source.from = what->from;
    source.until = what->until;
    if (!exporter)
        return false;
    if (gs_recorded_is_one(what->path))
        return gs_error_set(err, "not overwritten: %s is a recording", what->path);
    if (is_terminal(what->path))
        return gs_error_set(err, "%s is a terminal, and the screen is on one: name a file",
                            what->path);
    return gs_aside_begin(&host->aside, &source, exporter, what->path, err);
}

static enum gs_tui_writing written(void *context, uint64_t *bytes, struct gs_error *err)
{
    static const enum gs_tui_writing as[] = {[GS_ASIDE_WRITES] = GS_TUI_WRITING,
                                             [GS_ASIDE_DONE] = GS_TUI_WRITTEN,
                                             [GS_ASIDE_FAILED] = GS_TUI_NOT_WRITTEN};
    return as[gs_aside_look(&((struct host *)context)->aside, bytes, err)];
}

static void unwrite(void *context)
{
    gs_aside_stop(&((struct host *)context)->aside);
}

/* What the screen would have said of it, it says no more. */
static void leave_export(struct host *host)
{
    struct gs_error err;
    if (!gs_aside_leave(&host->aside, &err))
        gs_cli_say("%s", err.text);
}

/* Behind the others of its chapter: whoever wrote it looks for it there. */
static void show_unreadable(struct host *host, const struct gs_unreadable *file)
{
    struct gs_tui_scene scene = {
        .name = file->name, .chapter = file->chapter, .trouble = file->err.text};
    size_t all = host->shown.count, at = all;
    while (at > 0 && strcmp(host->shown.items[at - 1].chapter, file->chapter) != 0)
        at--;
    at = at > 0 ? at : all;
    gs_vec_push(&host->shown, scene);
    memmove(&host->shown.items[at + 1], &host->shown.items[at], (all - at) * sizeof scene);
    host->shown.items[at] = scene;
}

static void read_scenes(struct host *host, const struct gs_order *order)
{
    gs_scenes_read(&host->scenes, order);
    gs_decision_read(&host->decision, &host->scenes);
    for (size_t i = 0; i < host->scenes.list.count; i++) {
        const struct gs_scene_meta *meta = &host->scenes.list.items[i];
        if (gs_scenes_is_second(&host->scenes, i))
            continue;
        struct gs_tui_scene scene = {.name = meta->name,
                                     .chapter = meta->chapter,
                                     .title = meta->title,
                                     .summary = meta->summary,
                                     .path = meta->path,
                                     .speed = meta->speed,
                                     .clock = meta->clock};
        gs_vec_push(&host->shown, scene);
    }
    for (size_t i = 0; i < host->scenes.unreadable.count; i++)
        show_unreadable(host, &host->scenes.unreadable.items[i]);
}

/* What the stages wrote to stderr stood on a screen that is gone now: whoever asked for this scene
 * finds it there as without a screen. */
static void pass_messages_on(const struct host *host)
{
    for (size_t i = 0; i < host->said.count; i++) {
        const char *text = host->said.items[i].text;
        struct gs_by_line lines = {0};
        gs_lines_pass(&lines, text, strlen(text));
        gs_lines_finish(&lines);
    }
}

static struct gs_tui_variant *variants_of(const struct gs_variants *from, size_t *count)
{
    *count = from ? from->list.count : 0;
    struct gs_tui_variant *variants = calloc(*count + 1, sizeof *variants);
    if (!variants)
        abort();
    for (size_t i = 0; i < *count; i++)
        copy_variant(&variants[i], from->list.items[i]);
    return variants;
}

/* Before the terminal is taken, and before the program has done anything. */
static struct gs_recorder *begin_recording(const struct gs_screen_conf *conf, struct gs_error *err)
{
    struct gs_about about =
        gs_recorder_about(&conf->order, conf->title ? conf->title : "", conf->scene_speed);
    return gs_recorder_new(conf->record, &about, err);
}

static int show(void *context)
{
    const struct gs_screen_conf *conf = context;
    struct host host = {.asked = &conf->asked, .ascii = conf->ascii};
    struct gs_error err;
    bool ok;
    struct gs_recorder *recorder = NULL;
    if (conf->record && !(recorder = begin_recording(conf, &err))) {
        gs_cli_say("%s", err.text);
        return GS_EXIT_USAGE;
    }
    gs_give_way();
    read_scenes(&host, &conf->order);
    const struct gs_tui_host calls = {.context = &host,
                                      .scenes = scenes,
                                      .decision = decision,
                                      .variants = variants,
                                      .formats = formats,
                                      .ending = ending,
                                      .write = write_shown,
                                      .written = written,
                                      .unwrite = unwrite,
                                      .start = start,
                                      .stop = stop,
                                      .gone = gone};
    size_t compared_count;
    struct gs_tui_variant *compared = variants_of(conf->compared, &compared_count);
    const struct gs_tui_conf tui = {.host = &calls,
                                    .compared = compared,
                                    .compared_count = compared_count,
                                    .order = &conf->order,
                                    .choose = conf->choose,
                                    .ascii = conf->ascii,
                                    .pauses_at_marks = conf->pauses_at_marks,
                                    .no_mouse = conf->no_mouse,
                                    .presents = conf->presents,
                                    .speed = conf->speed,
                                    .title = conf->title,
                                    .recorder = recorder,
                                    .scene_speed = conf->scene_speed};
    int status = gs_tui_run(&tui, &ok, &err);
    if (!conf->choose)
        pass_messages_on(&host);
    leave_export(&host);
    if (!ok) {
        gs_cli_say("%s", err.text);
        gs_recorder_free(recorder);
        status = GS_EXIT_USAGE;
    }
    free(compared);
    gs_vec_free(&host.said);
    gs_vec_free(&host.shown);
    gs_decision_free(&host.decision);
    gs_scenes_free(&host.scenes);
    return status;
}

int gs_screen_run(const struct gs_screen_conf *conf)
{
    struct gs_screen_conf copy = *conf;
    return gs_guard_run(show, &copy);
}
