#include "support/fake_stage.h"

#include "base/clock.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct playing {
    struct gs_tui_stage seen;
    const struct fake_stage *conf;
    struct fake_trace *trace;
    pthread_t thread;
    bool plays;
    _Atomic bool done;
};

static void wait_for(const struct fake_stage *s, struct gs_control *control, uint64_t ns)
{
    if (s->clock != GS_CLOCK_REAL) {
        atomic_store(&control->now_ns, ns);
        gs_control_await_horizon(control, ns);
        while (atomic_load(&s->stalls))
            nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
        return;
    }
    uint64_t now = gs_clock_system() - atomic_load(&control->start_ns);
    if (now < ns)
        nanosleep(&(struct timespec){.tv_sec = (time_t)((ns - now) / 1000000000u),
                                     .tv_nsec = (long)((ns - now) % 1000000000u)},
                  NULL);
}

static void *play(void *context)
{
    struct playing *playing = context;
    const struct fake_stage *s = playing->conf;
    const struct fake_trace *trace = playing->trace;
    struct gs_control *control = gs_segment_control(trace->segment);
    struct gs_ring ring;
    gs_segment_open_ring(trace->segment, 0, true, &ring);
    size_t count = trace->events.count;
    if (s->dies_after && s->dies_after < count)
        count = s->dies_after;
    for (size_t i = 0; i < count; i++) {
        wait_for(s, control, trace->events.items[i].time);
        gs_ring_put_event(&ring, trace->events.items[i]);
    }
    gs_ring_close(&ring);
    if (!s->dies_after)
        atomic_store(&control->phase, GS_STAGE_ENDED);
    atomic_store(&playing->done, true);
    return NULL;
}

static void stop(void *context, struct gs_tui_stage *stage)
{
    struct playing *playing = (struct playing *)stage;
    struct fake_stage *s = context;
    if (s->playing == playing)
        s->playing = NULL;
    gs_control_set_horizon(gs_segment_control(stage->segment), UINT64_MAX);
    if (playing->plays)
        pthread_join(playing->thread, NULL);
    fake_close(playing->trace);
    free(playing);
}

static struct fake_trace *fight(void)
{
    return fake_gil_fight().trace;
}

static int by_time(const void *a, const void *b)
{
    const struct gs_event *x = a, *y = b;
    return x->time < y->time ? -1 : x->time > y->time;
}

static struct gs_tui_stage *start(void *context, const struct gs_order *order, struct gs_error *err)
{
    struct fake_stage *s = context;
    s->starts++;
    if (s->refuses) {
        gs_error_set(err, "the stage cannot be started: no room");
        return NULL;
    }
    s->trace = s->make ? s->make() : fight();
    /* One ring for all actors: its times must not go back. */
    if (s->trace->events.count)
        qsort(s->trace->events.items, s->trace->events.count, sizeof *s->trace->events.items,
              by_time);
    struct gs_control *control = gs_segment_control(s->trace->segment);
    control->order = *order;
    atomic_store(&control->horizon, 0);
    const struct gs_facts facts = {.clock = s->clock ? s->clock : GS_CLOCK_VIRTUAL,
                                   .gil = s->gil ? s->gil : GS_GIL_312,
                                   .cores = 2,
                                   .interval_ns = 5000000};
    gs_segment_tell_facts(s->trace->segment, &facts);
    atomic_store(&control->start_ns, facts.clock == GS_CLOCK_REAL ? gs_clock_system() : 0);
    if (s->trace->events.count)
        atomic_store(&control->phase, GS_STAGE_RUNNING);
    struct playing *playing = calloc(1, sizeof *playing);
    if (!playing)
        abort();
    playing->seen.segment = s->trace->segment;
    playing->conf = s;
    playing->trace = s->trace;
    s->playing = playing;
    playing->plays = pthread_create(&playing->thread, NULL, play, playing) == 0;
    return &playing->seen;
}

static bool gone(void *context, struct gs_tui_stage *stage, int *status, char *message, size_t size)
{
    const struct fake_stage *s = context;
    if (!atomic_load(&((struct playing *)stage)->done))
        return false;
    *status = s->dies_after ? s->death : 0;
    snprintf(message, size, "%s", s->message ? s->message : "");
    return true;
}

static const struct gs_tui_scene *scenes(void *context, size_t *count)
{
    struct fake_stage *s = context;
    *count = s->scene_count;
    return s->scenes;
}

static const struct gs_decision *decision(void *context)
{
    return &((struct fake_stage *)context)->decision;
}

/* "a,b" are two runs, what has "wrong" in it is none. */
static size_t variants(void *context, const struct gs_order *shown, const char *text,
                       struct gs_tui_variant *list, size_t room, struct gs_error *err)
{
    char copy[256];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", text);
    snprintf(((struct fake_stage *)context)->asked, sizeof copy, "%s", text);
    if (strstr(text, "wrong")) {
        gs_error_set(err, "there is no scene 'wrong'; 'gilscope list' shows them all, and a path "
                          "to a .py or .lua file is good too");
        return 0;
    }
    for (char *rest, *word = strtok_r(copy, ",", &rest); word && count < room;
         word = strtok_r(NULL, ",", &rest)) {
        list[count].order = *shown;
        snprintf(list[count++].called, sizeof list->called, "%s, %s", shown->name, word);
    }
    return count;
}

static const char *formats(void *context, char *buffer, size_t size)
{
    (void)context;
    snprintf(buffer, size, "lanes, boxes, json");
    return buffer;
}

static const char *ending(void *context, const char *format, struct gs_error *err)
{
    (void)context;
    if (strcmp(format, "json") == 0)
        return "json";
    if (strcmp(format, "lanes") == 0 || strcmp(format, "boxes") == 0)
        return "txt";
    gs_error_set(err, "there is no format '%s'; there are lanes, boxes, json", format);
    return NULL;
}

static bool write_shown(void *context, const struct gs_tui_export *what, struct gs_error *err)
{
    struct fake_stage *s = context;
    FILE *file = fopen(what->path, "w");
    if (!file)
        return gs_error_set(err, "cannot write %s: No such file or directory", what->path);
    fclose(file);
    s->exported = *what;
    s->exported_rows = what->rows->list.count;
    snprintf(s->exported_as, sizeof s->exported_as, "%s", what->format);
    snprintf(s->exported_into, sizeof s->exported_into, "%s", what->path);
    return true;
}

static enum gs_tui_writing written(void *context, uint64_t *bytes, struct gs_error *err)
{
    struct fake_stage *s = context;
    *bytes = 1500000;
    if (s->export_looks && s->export_looks != UINT_MAX)
        s->export_looks--;
    if (s->export_looks)
        return GS_TUI_WRITING;
    if (!s->export_fails)
        return GS_TUI_WRITTEN;
    gs_error_set(err, "%s", s->export_fails);
    return GS_TUI_NOT_WRITTEN;
}

static void unwrite(void *context)
{
    ((struct fake_stage *)context)->exports_ended++;
}

const struct gs_tui_host *fake_stage_host(struct fake_stage *stage)
{
    stage->host = (struct gs_tui_host){.context = stage,
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
    return &stage->host;
}

/* Before it waits for the horizon it says up to when it has written. */
static bool has_come(const struct fake_stage *s)
{
    const struct playing *playing = s->playing;
    if (!playing || !playing->plays || s->clock == GS_CLOCK_REAL)
        return true;
    const struct gs_control *control = gs_segment_control(playing->seen.segment);
    return atomic_load(&playing->done) || atomic_load(&s->stalls) ||
           atomic_load(&control->now_ns) >= atomic_load(&control->horizon);
}

void fake_stage_await(const struct fake_stage *s)
{
    enum { TURNS = 200000 }; /* 20 s, and that is no test's to wait */
    for (int turn = 0; turn < TURNS && !has_come(s); turn++)
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
}
