/* How long a holder under profile 3.12 takes from the drop request to its check point. In turn with
 * the least that could be: two threads that do nothing but look at a flag and set one after a
 * sleep. What that takes at p99 is the machine's own share. */
#include "support/bare_stage.h"
#include "support/sample.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { ROUNDS = 25, SECONDS = 2, INTERVAL_NS = 1000000 };
static const double LATE_US = 2;

struct watch {
    uint64_t asked_at;
    uint32_t holder;
    struct gs_sample times;
};

/* The first thing a holder does at its check point is to change its state. */
static void watch(void *context, const struct gs_event *e)
{
    struct watch *w = context;
    if (e->kind == GS_EVENT_GIL_REQUEST) {
        w->asked_at = e->time;
        w->holder = (uint32_t)e->b;
    }
    if (e->kind == GS_EVENT_STATE && e->flags == GS_STATE_WANTS_GIL && e->actor == w->holder &&
        w->asked_at) {
        gs_sample_add(&w->times, (double)(e->time - w->asked_at) / 1e3);
        w->asked_at = 0;
    }
}

static void run_ours(struct gs_sample *times)
{
    char scene[512];
    snprintf(scene, sizeof scene,
             "local function w() local stop = now() + %d local x = 0\n"
             "while now() < stop do for i = 1, 1000 do x = x + i end end end\n"
             "local a, b = start(w), start(w) join(a) join(b)\n",
             SECONDS);
    struct watch w = {0};
    struct gs_bare_stage stage = {.clock = GS_CLOCK_REAL,
                                  .gil = GS_GIL_312,
                                  .interval_ns = INTERVAL_NS,
                                  .sink = watch,
                                  .context = &w,
                                  .scene = scene};
    gs_bare_stage_run(&stage, NULL);
    *times = w.times;
}

/* Two threads that take turns as the holders of a GIL do: one spins and looks at its flag, the
 * other sleeps for an interval, sets it and spins in its place. */
struct turns {
    _Atomic uint64_t set_at[2];
    _Atomic bool stop;
    struct gs_sample times[2];
};

struct side {
    struct turns *turns;
    int self;
};

static void *take_turns(void *argument)
{
    struct side *side = argument;
    struct turns *t = side->turns;
    _Atomic uint64_t *mine = &t->set_at[side->self], *others = &t->set_at[!side->self];
    while (!t->stop) {
        uint64_t set_at = atomic_load(mine), now = gs_clock_now();
        if (set_at == 0)
            continue;
        /* The counters of two cores may differ by a few ns. */
        gs_sample_add(&t->times[side->self], now > set_at ? (double)(now - set_at) / 1e3 : 0);
        atomic_store(mine, 0);
        nanosleep(&(struct timespec){.tv_nsec = INTERVAL_NS}, NULL);
        atomic_store(others, gs_clock_now());
    }
    return NULL;
}

static void run_floor(struct gs_sample *times)
{
    struct turns turns = {.set_at = {1}};
    struct side sides[2] = {{&turns, 0}, {&turns, 1}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, take_turns, &sides[i]);
    nanosleep(&(struct timespec){.tv_sec = SECONDS}, NULL);
    turns.stop = true;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < turns.times[1].values.count; i++)
        gs_sample_add(&turns.times[0], turns.times[1].values.items[i]);
    gs_sample_free(&turns.times[1]);
    *times = turns.times[0];
}

static double share_late(const struct gs_sample *times)
{
    size_t late = 0;
    for (size_t i = 0; i < times->values.count; i++)
        late += times->values.items[i] > LATE_US;
    return (double)late / (double)times->values.count;
}

/* What is known after all rounds: each one's p99, and all times together. */
struct total {
    struct gs_sample p99, times;
};

static void print_times(const char *what, struct gs_sample *times)
{
    printf("  %s median %5.2f, p90 %5.2f, p99 %6.2f, late %5.2f %%", what, gs_sample_median(times),
           gs_sample_at(times, 0.9), gs_sample_at(times, 0.99), 100 * share_late(times));
}

static void end_round(const char *what, struct gs_sample *times, struct total *total)
{
    print_times(what, times);
    gs_sample_add(&total->p99, gs_sample_at(times, 0.99));
    for (size_t i = 0; i < times->values.count; i++)
        gs_sample_add(&total->times, times->values.items[i]);
    gs_sample_free(times);
}

int main(void)
{
    struct total ours_total = {0}, floor_total = {0};
    gs_clock_open(NULL);
    printf("drop request to check point, in us (p99 <= 2); late: share beyond %.0f us\n", LATE_US);
    for (int r = 0; r < ROUNDS; r++) {
        struct gs_sample ours, floor;
        run_ours(&ours);
        run_floor(&floor);
        end_round("ours", &ours, &ours_total);
        end_round("  the machine's own", &floor, &floor_total);
        printf("\n");
        fflush(stdout);
    }
    printf("all rounds\n");
    print_times("ours", &ours_total.times);
    print_times("  the machine's own", &floor_total.times);
    printf(
        "\np99, median of %d rounds: ours %.2f, the machine's own %.2f; late, to its own: %.2f\n",
        ROUNDS, gs_sample_median(&ours_total.p99), gs_sample_median(&floor_total.p99),
        share_late(&ours_total.times) / share_late(&floor_total.times));
    return 0;
}
