#include "sched/runtime.h"

#include "sched/actor.h"

#include <string.h>
#include <unistd.h>

struct gs_runtime gs_runtime;

static void tell_screen(struct gs_control *control, uint32_t python)
{
    const struct gs_facts facts = {.clock =
                                       gs_runtime.virtual_clock ? GS_CLOCK_VIRTUAL : GS_CLOCK_REAL,
                                   .gil = gs_runtime.gil,
                                   .cores = gs_runtime.cores,
                                   .python = python,
                                   .interval_ns = gs_runtime.interval_ns,
                                   .seed = gs_runtime.seed};
    gs_segment_tell_facts(gs_runtime.segment, &facts);
    atomic_store(&control->start_ns, gs_runtime.virtual_clock ? 0 : gs_runtime.start_ns);
    atomic_store(&control->phase, GS_STAGE_RUNNING);
}

static uint32_t add_process(struct gs_segment *segment)
{
    static const char name[] = "process 1";
    struct gs_actor_row row = {.kind = GS_ACTOR_PROCESS,
                               .name = gs_segment_add_string(segment, name, strlen(name))};
    return gs_segment_add_actor(segment, &row);
}

static void fill_in(const struct gs_runtime_conf *conf, uint32_t process)
{
    enum { DEFAULT_CORES = 4, DEFAULT_INTERVAL_NS = 5000000 };
    struct gs_control *control = gs_segment_control(conf->segment);
    bool virtual_clock = conf->clock == GS_CLOCK_VIRTUAL;
    gs_runtime = (struct gs_runtime){
        .segment = conf->segment,
        .control = control,
        .ops = virtual_clock ? &gs_sched_virtual : &gs_sched_real,
        .virtual_clock = virtual_clock,
        .traced = control->order.traced,
        .start_ns = gs_clock_now(),
        .gil = conf->gil == GS_GIL_UNSET ? GS_GIL_312 : conf->gil,
        .cores = virtual_clock ? (conf->cores ? conf->cores : DEFAULT_CORES)
                               : (uint32_t)sysconf(_SC_NPROCESSORS_ONLN),
        .interval_ns = conf->interval_ns ? conf->interval_ns : DEFAULT_INTERVAL_NS,
        .seed = conf->seed,
        .costs = conf->costs,
        .process = process,
        .scene_file = conf->scene_file,
        .expects = conf->expects,
        .actors_mutex = PTHREAD_MUTEX_INITIALIZER,
    };
}

bool gs_runtime_init(const struct gs_runtime_conf *conf, struct gs_error *err)
{
    enum { WARM_RINGS = 8 };
    struct gs_control *control = gs_segment_control(conf->segment);
    if (!gs_family_join(conf->segment, err))
        return false;
    if (conf->clock != GS_CLOCK_VIRTUAL) {
        gs_clock_open(&control->clock_lines);
        if (control->order.traced)
            (void)gs_segment_warm(conf->segment, WARM_RINGS);
    }
    fill_in(conf, add_process(conf->segment));
    gs_family->shortest_interval_ns = gs_runtime.interval_ns;
    atomic_fetch_add(&gs_family->able, 1); /* the main actor */
    tell_screen(control, conf->python);
    return true;
}

bool gs_runtime_join(const struct gs_runtime_conf *conf, const struct gs_family_place *place,
                     uint32_t process, struct gs_error *err)
{
    if (!gs_family_open(conf->segment, err))
        return false;
    gs_family_enter(place);
    fill_in(conf, process);
    return true;
}

void gs_runtime_end(void)
{
    int status = atomic_load(&gs_runtime.failures) ? 1 : 0;
    gs_emit_surely(GS_EVENT_END, (uint8_t)status, 0, 0);
    atomic_store(&gs_runtime.control->status, (uint32_t)status);
    atomic_store(&gs_runtime.control->phase, GS_STAGE_ENDED);
    /* Daemon threads may be anywhere, in Lua or in malloc: nothing is cleaned up behind their
     * backs, the kernel takes it all. */
    _exit(status);
}
