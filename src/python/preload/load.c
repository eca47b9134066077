/* Loaded by every program on the way to Python (a shell, `timeout`), and inert in all of them but
 * the first process of the run that has a Python in it. */
#include "python/drive/drive.h"
#include "python/drive/numbers.h"
#include "python/family/environment.h"
#include "python/family/leash.h"
#include "python/family/processes.h"
#include "python/family/starts.h"
#include "python/front/front.h"
#include "python/preload/bind.h"
#include "python/sync/blocked.h"
#include "python/sync/standstill.h"
#include "python/watch/gils.h"
#include "python/watch/output.h"
#include "python/watch/places.h"
#include "python/watch/ticks.h"
#include "python/watch/watch.h"

#include "base/clock.h"
#include "base/own.h"
#include "base/sanitizers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One process has the lanes; another may have been quicker. */
static bool claim(struct gs_control *control)
{
    uint32_t nobody = 0;
    return atomic_compare_exchange_strong(&control->guest_pid, &nobody, (uint32_t)gs_own_pid());
}

/* seat: NULL, or the place of a program that was started. */
static bool drive(const struct gs_seat *seat)
{
    const struct gs_order *order = &gs_watch.control->order;
    struct gs_error err;
    struct gs_runtime_conf conf = {.segment = gs_watch.segment,
                                   .clock = GS_CLOCK_VIRTUAL,
                                   .gil = gs_cpython.minor < 10 ? GS_GIL_39 : GS_GIL_312,
                                   .cores = order->cores,
                                   .interval_ns = order->interval_ns,
                                   .seed = order->seed,
                                   .python = gs_cpython.number_of_version};
    const struct gs_family_place place = {seat ? seat->family : 0, seat ? seat->slot : 0};
    gs_costs_init(&conf.costs);
    if (!gs_costs_apply(&conf.costs, order->costs, &err) ||
        !(seat ? gs_runtime_join(&conf, &place, seat->process, &err)
               : gs_runtime_init(&conf, &err)))
        return false;
    gs_watch.process = gs_runtime.process;
    gs_watch.driven = true;
    gs_runtime.stalled = gs_standstill_end;
    gs_runtime.over = gs_standstill_over;
    gs_runtime.describe = gs_standstill_describe;
    if (seat)
        gs_watch_join_ring();
    if (!gs_drive_open(&gs_below, place.slot, &err))
        return false;
    gs_blocked_listen();
    return true;
}

static uint32_t add_process(const char *name)
{
    struct gs_actor_row row = {.kind = GS_ACTOR_PROCESS,
                               .name = gs_watch_string(name, strlen(name))};
    return gs_segment_add_actor(gs_watch.segment, &row);
}

/* The run's first process. */
static bool begin_run(void)
{
    gs_watch.first = true;
    if (gs_watch.control->order.clock == GS_CLOCK_VIRTUAL)
        return drive(NULL);
    gs_watch.process = add_process("process 1");
    gs_watch.start_ns = gs_clock_now();
    return true;
}

/* A Python that somebody has started who is no Python comes without a seat. */
static bool make_seat(struct gs_seat *seat)
{
    struct gs_family_place place = {0};
    char name[32];
    if (gs_watch.control->order.clock == GS_CLOCK_VIRTUAL && !gs_drive_knock(&place))
        return false;
    snprintf(name, sizeof name, "process %u", atomic_fetch_add(&gs_watch.control->forked, 1) + 2);
    *seat =
        (struct gs_seat){.process = add_process(name), .family = place.process, .slot = place.slot};
    return true;
}

static bool join_run(const struct gs_seat *seat)
{
    gs_watch.started = true;
    gs_watch.mute = !gs_output_is_the_runs();
    gs_watch.process = seat->process;
    gs_watch.forked_by = seat->by;
    gs_watch.first = seat->first;
    gs_watch.started_ns = seat->started;
    gs_watch.has_process = seat->again;
    gs_watch.start_ns = atomic_load(&gs_watch.control->start_ns);
    return gs_watch.control->order.clock != GS_CLOCK_VIRTUAL || drive(seat);
}

static bool attach(int fd)
{
    struct gs_error err;
    struct gs_seat seat;
    gs_watch.segment = gs_segment_attach(fd, &err);
    if (!gs_watch.segment)
        return false;
    /* The program's own files have the numbers that they have without us. */
    gs_segment_close_fd(gs_watch.segment);
    gs_watch.control = gs_segment_control(gs_watch.segment);
    gs_watch.pid = gs_own_pid();
    bool seated = gs_environment_seat(&seat);
    if (!gs_family_open(gs_watch.segment, &err))
        return false;
    if (!seated && claim(gs_watch.control))
        return begin_run();
    return atomic_load(&gs_watch.control->phase) == GS_STAGE_RUNNING &&
           (seated || make_seat(&seat)) && join_run(&seat);
}

static void end_run(struct gs_watched *self, int status)
{
    gs_output_settle();
    uint64_t now = gs_watch_now();
    gs_watch_put(self, now, GS_EVENT_END, (uint8_t)status, 0, 0);
    atomic_store(&gs_watch.control->ended_ns, now);
    atomic_store(&gs_watch.control->status, (uint32_t)(uint8_t)status);
    atomic_store(&gs_watch.control->phase, GS_STAGE_ENDED);
    atomic_store(&gs_watch.begun, false);
}

/* Before its program began, which nobody has told of. */
static void end_early(void)
{
    bool waits = gs_watch.driven && gs_watch.started && !gs_watch.first;
    if (waits && gs_watch.pid == gs_own_pid() && !atomic_load(&gs_watch.begun))
        gs_drive_leave(0, 0);
    gs_process_end_child();
}

static void end(int status)
{
    struct gs_watched *self = gs_watched_self;
    if (!gs_watch_has_lanes()) {
        end_early();
        return;
    }
    gs_gil_tell_all();
    gs_watched_end(self, 0, 0);
    if (gs_watch.first)
        end_run(self, status);
    else
        gs_process_end(0, 0);
}

static void end_in_order(int status, void *unused)
{
    (void)unused;
    end(status);
}

static void watch(void)
{
    static struct gs_front table;
    gs_clock_open(&gs_watch.control->clock_lines);
    table = gs_below;
    gs_watch_gils(&table);
    gs_watch_threads(&table);
    gs_watch_semaphores(&table);
    gs_watch_sleeps(&table);
    gs_watch_files(&table);
    gs_watch_polls(&table);
    gs_watch_descriptors(&table);
    gs_watch_exec(&table);
    gs_leash_watch(&table);
    gs_watch_processes(&table);
    if (!gs_watch.driven)
        gs_ticks_watch(&table);
    gs_watch_audit();
    gs_places_open(&gs_watch.control->order);
    table.leaving = end;
    if (gs_watch.driven)
        gs_numbers_over(&table);
    on_exit(end_in_order, NULL);
    if (!gs_watch.driven)
        gs_standstill_listen();
    gs_front_use(&table);
}

#if GS_ADDRESS_SANITIZER
const char *__asan_default_options(void);

/* Python is built without it: we stand in front of the sanitizer as well, and what an interpreter
 * keeps for good is no leak. */
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "verify_asan_link_order=0:detect_leaks=0";
}
#endif

/* A Python that the user named, or that was found for him, and not one on the way, nor one that the
 * program starts. */
static void refuse(int fd)
{
    enum { UNREADABLE = 2 };
    struct gs_error err;
    unsigned minor;
    const char *version = gs_cpython_version(&minor);
    struct gs_segment *segment = version ? gs_segment_attach(fd, &err) : NULL;
    const struct gs_control *control = segment ? gs_segment_control(segment) : NULL;
    const struct gs_order *order = control ? &control->order : NULL;
    if (!order || order->guest == GS_GUEST_COMMAND || atomic_load(&control->guest_pid))
        return;
    fprintf(stderr, "%s is Python %.*s", order->python, (int)strcspn(version, " "), version);
    if (minor < 9)
        fprintf(stderr, "; programs are watched from 3.9 on: name a newer one with --python or "
                        "$GILSCOPE_PYTHON\n");
    else
        fprintf(stderr,
                ", but without %s, which watching it needs: name another one with --python or "
                "$GILSCOPE_PYTHON\n",
                gs_cpython_lacks());
    _Exit(UNREADABLE);
}

/* It looked like a Python that can be watched, and is none: an older one, say. It is none of the
 * family, which may be waiting for it to come. */
static void give_up_seat(int fd)
{
    struct gs_error err;
    struct gs_seat seat;
    if (!gs_environment_seat(&seat))
        return;
    unsetenv(GS_ENVIRONMENT_SEAT);
    gs_watch.segment = gs_segment_attach(fd, &err);
    if (!gs_watch.segment || !gs_family_open(gs_watch.segment, &err))
        return;
    gs_segment_close_fd(gs_watch.segment);
    gs_watch.control = gs_segment_control(gs_watch.segment);
    gs_watch.pid = gs_own_pid();
    gs_family_set_child(gs_own_pid(), (struct gs_child){.end = gs_family_child(gs_own_pid()).end});
    if (gs_watch.control->order.clock != GS_CLOCK_VIRTUAL || !drive(&seat))
        return;
    gs_drive_leave(GS_DEATH_REPLACED, 0);
    gs_real.sigaction(GS_SIGNAL_BLOCKED, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
}

__attribute__((constructor)) static void load(void)
{
    gs_front_open();
    gs_below = gs_real;
    int fd = gs_environment_open();
    if (fd < 0)
        return;
    if (!gs_cpython_open()) {
        if (getenv(GS_ENVIRONMENT_SEAT))
            give_up_seat(fd);
        else
            refuse(fd);
        return;
    }
    if (!attach(fd))
        return;
    int leash = gs_environment_leash();
    gs_leash_take(leash);
    gs_real.close(leash);
    gs_environment_restore();
    gs_bind_interpreter();
    watch();
}
