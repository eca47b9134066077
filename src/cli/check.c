/* `gilscope check`: runs scenes and reports each claim that they make. */
#include "cli/cli.h"

#include "cli/say/say.h"

#include "base/text.h"
#include "cli/options/options.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "cli/stage/headless.h"
#include "trace/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t scenes, claims, failed;
    int status;
};

/* where: of a claim that fails, "" if the text has it. */
static void claim(struct tally *tally, bool holds, const char *where, const char *text)
{
    char visible[4096];
    gs_text_visible(visible, sizeof visible, text, strlen(text));
    printf("  %s %s", holds ? "holds" : "FAILS", visible);
    if (!holds && *where)
        printf(" (%s)", where);
    printf("\n");
    tally->claims++;
    tally->failed += !holds;
}

/* Errors and deadlocks are claims that fail: that the run would end well. */
static size_t claims_of(struct tally *tally, const struct gs_timeline *timeline,
                        enum gs_event_kind kind)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_points points = gs_timeline_points(timeline, kind);
    size_t count = points.list.count;
    for (size_t i = 0; i < count; i++) {
        const struct gs_event *e = &points.list.items[i];
        char where[GS_WHERE_SIZE] = "";
        if (kind == GS_EVENT_CHECK)
            gs_where_text(where, sizeof where, tables, gs_event_line(e), e->place);
        claim(tally, kind == GS_EVENT_CHECK && (e->flags & 1), where,
              tables->string(tables, (uint32_t)e->a));
    }
    gs_vec_free(&points.list);
    return count;
}

static bool has_deadlock(const struct gs_timeline *timeline)
{
    struct gs_points points = gs_timeline_points(timeline, GS_EVENT_DEADLOCK);
    bool has = points.list.count > 0;
    gs_vec_free(&points.list);
    return has;
}

/* A deadlock that the scene expects is a claim of the run itself. */
static void report(struct tally *tally, const struct gs_scene_meta *meta,
                   const struct gs_headless *run)
{
    size_t claims = tally->claims, failed = tally->failed;
    claims_of(tally, run->timeline, GS_EVENT_CHECK);
    claims_of(tally, run->timeline, GS_EVENT_ERROR);
    bool expects = meta->expects != GS_EXPECT_END;
    if (!expects)
        claims_of(tally, run->timeline, GS_EVENT_DEADLOCK);
    else if (!has_deadlock(run->timeline))
        claim(tally, false, "",
              meta->expects == GS_EXPECT_STALL ? "a stall is found and named"
                                               : "a deadlock is found and named");
    bool as_expected = expects && has_deadlock(run->timeline);
    if (run->status != GS_EXIT_GOOD && !as_expected && tally->failed == failed)
        claim(tally, false, "", "the run ends without an error");
    if (tally->claims == claims)
        puts("  makes no claims");
}

/* False: the command was told to end. */
static bool check_scene(struct tally *tally, const struct gs_scene_meta *meta, const char *ending,
                        const struct gs_options *options)
{
    struct gs_headless run;
    struct gs_error err;
    struct gs_order order = options->order;
    if (order.clock == 0)
        order.clock = GS_CLOCK_VIRTUAL;
    gs_scenes_order(meta, &order);
    printf("%s%s\n", order.name, ending);
    fflush(stdout);
    tally->scenes++;
    if (!gs_cli_python(&order, &err) ||
        !gs_headless_run(&run, &order, options->until, NULL, &err)) {
        gs_cli_say("%s", err.text);
        tally->status = GS_EXIT_FAILED;
        return false;
    }
    if (run.signal != 0 || run.status == GS_EXIT_USAGE)
        tally->status = run.status;
    else
        report(tally, meta, &run);
    gs_headless_free(&run);
    fflush(stdout);
    return run.signal == 0;
}

static bool in_chapter(const char *name, const char *chapter)
{
    size_t length = strlen(chapter);
    return strncmp(name, chapter, length) == 0 && name[length] == '/';
}

/* A scene that cannot be read holds no claim: it must not look as if all did. */
static bool tell_unreadable(struct tally *tally, const char *word, const struct gs_scenes *scenes)
{
    bool any = false;
    for (size_t i = 0; i < scenes->unreadable.count; i++) {
        const struct gs_unreadable *file = &scenes->unreadable.items[i];
        if (strcmp(word, "all") != 0 && !in_chapter(file->name, word))
            continue;
        any = true;
        gs_cli_say("%s", file->err.text);
        tally->status = GS_EXIT_USAGE;
    }
    return any;
}

/* What tells the two files of a name apart. */
static const char *ending_of(const struct gs_scenes *scenes, size_t i)
{
    bool first = i + 1 < scenes->list.count && gs_scenes_is_second(scenes, i + 1);
    bool one_of_two = first || gs_scenes_is_second(scenes, i);
    return one_of_two ? strrchr(scenes->list.items[i].path, '.') : "";
}

/* A word of the command line: all, a chapter, or a scene. */
static bool check_word(struct tally *tally, const char *word, const struct gs_scenes *scenes,
                       const struct gs_options *options)
{
    struct gs_scene_meta meta;
    struct gs_error err;
    bool any = tell_unreadable(tally, word, scenes), go_on = true;
    for (size_t i = 0; i < scenes->list.count && go_on; i++) {
        const struct gs_scene_meta *listed = &scenes->list.items[i];
        if (strcmp(word, "all") != 0 && strcmp(word, listed->chapter) != 0)
            continue;
        any = true;
        if (gs_scenes_can_run(listed->guest, &options->order))
            go_on = check_scene(tally, listed, ending_of(scenes, i), options);
    }
    if (any)
        return go_on;
    if (gs_scenes_find(word, &options->order, &meta, &err))
        return check_scene(tally, &meta, "", options);
    gs_cli_say("%s", err.text);
    tally->status = GS_EXIT_USAGE;
    return true;
}

static void sum_up(const struct tally *tally)
{
    char failed[48] = "all hold";
    if (tally->failed > 0)
        snprintf(failed, sizeof failed, "%zu %s", tally->failed,
                 tally->failed == 1 ? "fails" : "fail");
    printf("%zu %s, %zu %s: %s\n", tally->scenes, tally->scenes == 1 ? "scene" : "scenes",
           tally->claims, tally->claims == 1 ? "claim" : "claims", failed);
}

int gs_cli_check(struct gs_options *options)
{
    struct gs_scenes scenes;
    struct tally tally = {0};
    if (options->word_count == 0)
        return gs_cli_misuse("check", "check needs a scene, a chapter, or all");
    gs_scenes_read(&scenes, &options->order);
    bool go_on = true;
    for (int i = 0; i < options->word_count && go_on; i++)
        go_on = check_word(&tally, options->words[i], &scenes, options);
    gs_scenes_free(&scenes);
    if (go_on && tally.scenes > 0)
        sum_up(&tally);
    if (tally.failed > 0 && tally.status == GS_EXIT_GOOD)
        tally.status = GS_EXIT_FAILED;
    return tally.status;
}
