#include "support/inside.h"

#include "base/vec.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/watch/watch.h"
#include "trace/collector.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* front.c's, which is left out. */
struct gs_front gs_real, gs_below;

static struct gs_collector *collector;
static GS_VEC(struct gs_event) told;
static size_t next;

static void open_front(void)
{
#define GS_FRONT(result, name, parameters, arguments) gs_real.name = name;
#include "python/front/front.def"
#undef GS_FRONT
    gs_real.open64 = open64;
    gs_below = gs_real;
}

void inside_open(void)
{
    open_front();
    if (!gs_watch.segment)
        gs_watch.segment = gs_segment_create(&gs_segment_default, NULL);
    gs_family_open(gs_watch.segment, NULL);
    gs_watch.pid = getpid();
    gs_watch.control = gs_segment_control(gs_watch.segment);
    gs_watch.control->guest_pid = getpid();
    atomic_store(&gs_watch.begun, true);
    gs_watched_enter(gs_watched_new(gs_watch_string("MainThread", 10), 0, 0, 0));
    collector = gs_collector_new(gs_watch.segment);
}

void inside_close(void)
{
    gs_watched_leave(gs_watched_self);
    gs_collector_free(collector);
    gs_segment_close(gs_watch.segment);
    gs_watch.segment = NULL;
    gs_vec_free(&told);
    next = 0;
}

const struct gs_tables *inside_tables(void)
{
    return gs_segment_tables(gs_watch.segment);
}

static void keep(void *context, const struct gs_event *event)
{
    (void)context;
    gs_vec_push(&told, *event);
}

const struct gs_event *inside_next(enum gs_event_kind kind)
{
    gs_collector_drain(collector, 0, keep, NULL);
    while (next < told.count && told.items[next].kind != kind)
        next++;
    return next < told.count ? &told.items[next++] : NULL;
}

static bool drive(bool (*play)(const struct gs_front *front), uint64_t seed)
{
    struct gs_error err;
    struct gs_runtime_conf conf = {.segment = gs_segment_create(&gs_segment_default, &err),
                                   .clock = GS_CLOCK_VIRTUAL,
                                   .seed = seed};
    gs_costs_init(&conf.costs);
    open_front();
    gs_control_set_horizon(gs_segment_control(conf.segment), UINT64_MAX);
    if (!gs_runtime_init(&conf, &err) || !gs_drive_open(&gs_below, 0, &err))
        return false;
    return play(&gs_below);
}

bool inside_driven(bool (*play)(const struct gs_front *front), uint64_t seed)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        alarm(20); /* who waits for ever comes to an end */
        bool good = drive(play, seed);
        fflush(NULL);
        _exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}
