#include "trace/recording/recorder.h"

#include "trace/recording/scribe.h"
#include "trace/recording/tails.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Handed on at a time, in the middle of a drain. */
enum { BATCH = 4096 };

/* A program that has more files than that is not read from its recording. */
enum { MOST_FILES = 1000 };

/* A file that nobody has asked for has at most so much, and half of what is free. */
#define MOST_UNNAMED ((uint64_t)4 << 30)

struct gs_recorder {
    struct gs_scribe *scribe;
    struct gs_tails rows;
    struct gs_about about;
    struct gs_work work;
    GS_VEC(const char *) paths; /* of files that were handed on */
    uint64_t told;              /* how far the run's clock was then */
    bool finished;
};

static void say_begin(char *buffer, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(buffer, size, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* NUL-terminated, one behind the other. */
static void join(char *to, size_t size, const char *words, uint32_t count)
{
    size_t used = 0;
    for (uint32_t i = 0; i < count && used + 1 < size; i++, words += strlen(words) + 1) {
        int n = snprintf(to + used, size - used, "%s%s", i ? " " : "", words);
        used += n > 0 ? (size_t)n : 0;
    }
}

struct gs_about gs_recorder_about(const struct gs_order *order, const char *title, double speed)
{
    struct gs_about about = {.guest = order->guest, .speed = (uint64_t)(speed * 1e6)};
    bool file = order->guest == GS_GUEST_LUA || order->guest == GS_GUEST_PYTHON_FILE;
    snprintf(about.program, sizeof about.program, "gilscope %s", GS_VERSION);
    say_begin(about.begun, sizeof about.begun);
    snprintf(about.name, sizeof about.name, "%s", order->name);
    snprintf(about.title, sizeof about.title, "%s", title);
    snprintf(about.scene, sizeof about.scene, "%s", file ? order->scene : "");
    snprintf(about.python, sizeof about.python, "%s", order->python);
    snprintf(about.costs, sizeof about.costs, "%s", order->costs);
    join(about.arguments, sizeof about.arguments, order->arguments, order->argument_count);
    return about;
}

static uint64_t unnamed_most(const struct gs_writer *writer)
{
    uint64_t half = gs_writer_room(writer) / 2;
    return half < MOST_UNNAMED ? half : MOST_UNNAMED;
}

struct gs_recorder *gs_recorder_new(const char *path, const struct gs_about *about,
                                    struct gs_error *err)
{
    struct gs_writer *writer = gs_writer_open(path, err);
    if (!writer)
        return NULL;
    struct gs_recorder *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->scribe = gs_scribe_start(writer, path != NULL, path ? UINT64_MAX : unnamed_most(writer));
    r->about = *about;
    gs_about_write(&r->work.about, &r->about);
    if (about->scene[0])
        gs_vec_push(&r->work.files, strdup(about->scene));
    return r;
}

void gs_recorder_follow(struct gs_recorder *r, const struct gs_tables *tables)
{
    r->rows.tables = tables;
    gs_scribe_give(r->scribe, &r->work);
}

/* Known before the first event, once and for all. */
static void add_facts(struct gs_recorder *r)
{
    const struct gs_facts *facts = r->rows.tables->facts(r->rows.tables);
    if (r->about.clock || !facts->clock)
        return;
    gs_about_set_facts(&r->about, facts);
    gs_about_write(&r->work.about, &r->about);
}

static bool is_new(const struct gs_recorder *r, const char *path)
{
    for (size_t i = 0; i < r->paths.count; i++)
        if (strcmp(r->paths.items[i], path) == 0)
            return false;
    return strcmp(path, r->about.scene) != 0 && r->paths.count < MOST_FILES;
}

static void add_files(struct gs_recorder *r)
{
    for (size_t i = 0; i < r->rows.files.count; i++) {
        const char *path = r->rows.files.items[i];
        if (!is_new(r, path))
            continue;
        gs_vec_push(&r->paths, path);
        gs_vec_push(&r->work.files, strdup(path));
    }
    r->rows.files.count = 0;
}

/* Whom an event speaks of has its row by now. */
static void give_rows(struct gs_recorder *r)
{
    bool more;
    do {
        more = gs_tails_collect(&r->rows);
        struct gs_work part = {.rows = r->rows.bytes};
        if (part.rows.list.count)
            gs_scribe_give(r->scribe, &part);
        r->rows.bytes = part.rows;
    } while (more);
}

static void hand_on(struct gs_recorder *r, uint64_t live)
{
    add_facts(r);
    give_rows(r);
    add_files(r);
    r->work.live = live;
    r->told = live > r->told ? live : r->told;
    gs_scribe_give(r->scribe, &r->work);
}

void gs_recorder_put(void *recorder, const struct gs_event *event)
{
    struct gs_recorder *r = recorder;
    if (r->finished)
        return;
    gs_tails_mention(&r->rows, event);
    gs_vec_push(&r->work.events, *event);
    if (r->work.events.count >= BATCH)
        hand_on(r, 0);
}

void gs_recorder_flush(struct gs_recorder *r, uint64_t live)
{
    if (!r->finished && (r->work.events.count || live >= r->told + GS_RECORDER_PULSE_NS))
        hand_on(r, live);
}

void gs_recorder_name(struct gs_recorder *r, const char *path)
{
    r->work.name = strdup(path);
    gs_scribe_give(r->scribe, &r->work);
}

struct gs_recorder_state gs_recorder_state(struct gs_recorder *r)
{
    return gs_scribe_state(r->scribe);
}

bool gs_recorder_finish(struct gs_recorder *r, const struct gs_recorded_end *end,
                        struct gs_error *err)
{
    if (!r->finished) {
        r->work.end = malloc(sizeof *end);
        if (!r->work.end)
            abort();
        *r->work.end = *end;
        hand_on(r, end->now);
        r->finished = true;
        gs_scribe_await(r->scribe);
    }
    struct gs_recorder_state state = gs_scribe_state(r->scribe);
    return !state.failed || gs_error_set(err, "%s", state.err.text);
}

void gs_recorder_free(struct gs_recorder *r)
{
    if (!r)
        return;
    gs_scribe_end(r->scribe);
    gs_tails_free(&r->rows);
    gs_vec_free(&r->paths);
    gs_vec_free(&r->work.about.list);
    gs_vec_free(&r->work.rows.list);
    gs_vec_free(&r->work.files);
    gs_vec_free(&r->work.events);
    free(r);
}
