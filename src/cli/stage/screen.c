#include "cli/stage/screen.h"

#include "cli/guard/guard.h"
#include "cli/say/lines.h"
#include "cli/say/say.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "cli/stage/give_way.h"
#include "cli/stage/stage_process.h"
#include "tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct host {
    struct gs_scenes scenes;
    GS_VEC(struct gs_tui_scene) shown;
    struct gs_stage_process stage;
};

static const struct gs_tui_scene *scenes(void *context, size_t *count)
{
    struct host *host = context;
    *count = host->shown.count;
    return host->shown.items;
}

static const struct gs_scene_meta *listed_at(const struct host *host, const char *path)
{
    for (size_t i = 0; i < host->scenes.list.count; i++)
        if (strcmp(host->scenes.list.items[i].path, path) == 0)
            return &host->scenes.list.items[i];
    return NULL;
}

/* What the chooser starts is known by its path; the rest of the order follows from its page. */
static struct gs_segment *start(void *context, const struct gs_order *order, struct gs_error *err)
{
    struct host *host = context;
    struct gs_order settled = *order;
    const struct gs_scene_meta *listed = listed_at(host, order->scene);
    gs_stage_process_end(&host->stage);
    if (listed)
        gs_scenes_order(listed, &settled);
    if (!gs_cli_python(&settled, err))
        return NULL;
    return gs_stage_process_start(&host->stage, &settled, 0, err) ? host->stage.segment : NULL;
}

static void stop(void *context)
{
    struct host *host = context;
    gs_stage_process_kill(&host->stage);
}

static bool gone(void *context, int *status, char *message, size_t size)
{
    struct host *host = context;
    /* In this order: what was written before the end is then all there. */
    bool is_gone = gs_stage_process_gone(&host->stage);
    gs_stage_process_read(&host->stage, NULL, NULL);
    if (is_gone)
        *status = host->stage.wait_status;
    snprintf(message, size, "%s", host->stage.text);
    return is_gone;
}

static void read_scenes(struct host *host, const struct gs_order *order)
{
    gs_scenes_read(&host->scenes, order);
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
}

/* What the stage wrote to stderr stood on a screen that is gone now: whoever asked for this scene
 * finds it there as without a screen. */
static void pass_messages_on(const struct gs_stage_process *stage)
{
    struct gs_lines lines = {0};
    gs_lines_pass(&lines, stage->text, strlen(stage->text));
    gs_lines_finish(&lines);
}

static int show(void *context)
{
    const struct gs_screen_conf *conf = context;
    struct host host = {0};
    struct gs_error err;
    bool ok;
    gs_give_way();
    read_scenes(&host, &conf->order);
    const struct gs_tui_host calls = {
        .context = &host, .scenes = scenes, .start = start, .stop = stop, .gone = gone};
    const struct gs_tui_conf tui = {.host = &calls,
                                    .order = &conf->order,
                                    .choose = conf->choose,
                                    .ascii = conf->ascii,
                                    .speed = conf->speed,
                                    .scene_speed = conf->scene_speed};
    int status = gs_tui_run(&tui, &ok, &err);
    if (!conf->choose)
        pass_messages_on(&host.stage);
    gs_stage_process_end(&host.stage);
    if (!ok) {
        gs_cli_say("%s", err.text);
        status = GS_EXIT_USAGE;
    }
    gs_vec_free(&host.shown);
    gs_scenes_free(&host.scenes);
    return status;
}

int gs_screen_run(const struct gs_screen_conf *conf)
{
    struct gs_screen_conf copy = *conf;
    return gs_guard_run(show, &copy);
}
