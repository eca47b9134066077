/* What tracing costs: an event alone and with a collector draining on the other core, against the
 * floor in the same run (the cheapest time stamp and a 32-byte store), tracing switched off, and
 * the books at ten times overload. */
#include "base/clock.h"
#include "sched/actor.h"
#include "trace/collector.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 15
#define EVENTS 400000

static struct gs_event floor_ring[1024];

static double measure_floor(void)
{
    uint64_t start = gs_clock_now();
    for (uint64_t i = 0; i < EVENTS; i++) {
        struct gs_event *e = &floor_ring[i & 1023];
        *e = (struct gs_event){
            .time = gs_clock_counter(), .actor = 1, .kind = GS_EVENT_NOTE, .a = i, .b = i};
        __asm__ volatile("" ::: "memory");
    }
    return (double)(gs_clock_now() - start) / EVENTS;
}

static double measure_emit(void)
{
    uint64_t start = gs_clock_now();
    for (uint64_t i = 0; i < EVENTS; i++) {
        gs_emit(GS_EVENT_NOTE, 0, i, i);
        __asm__ volatile("" ::: "memory");
    }
    return (double)(gs_clock_now() - start) / EVENTS;
}

static double measure_empty(void)
{
    uint64_t start = gs_clock_now();
    for (uint64_t i = 0; i < EVENTS; i++)
        __asm__ volatile("" ::: "memory");
    return (double)(gs_clock_now() - start) / EVENTS;
}

struct drain {
    struct gs_collector *collector;
    _Atomic bool stop;
    uint64_t stored, lost;
};

static void count(void *context, const struct gs_event *e)
{
    struct drain *d = context;
    if (e->kind == GS_EVENT_LOST)
        d->lost += e->a;
    else
        d->stored++;
}

static void *drain_thread(void *argument)
{
    struct drain *d = argument;
    while (!d->stop)
        gs_collector_drain(d->collector, 0, count, d);
    return NULL;
}

static int by_number(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_number);
    return values[ROUNDS / 2];
}

static struct gs_segment *open_stage(uint32_t ring_events, struct gs_runner *self)
{
    struct gs_segment_conf conf = gs_segment_default;
    conf.ring_events = ring_events;
    struct gs_segment *segment = gs_segment_create(&conf, NULL);
    gs_runtime.segment = segment;
    gs_runtime.traced = true;
    gs_runtime.start_ns = gs_clock_now();
    *self = (struct gs_runner){.actor.id = 1};
    gs_self = &self->actor;
    gs_runner_open_ring(self, NULL);
    return segment;
}

static void bench_cost(void)
{
    double lower[ROUNDS], alone[ROUNDS], drained[ROUNDS], off[ROUNDS], empty[ROUNDS];
    struct gs_runner self;
    struct drain d = {0};
    struct gs_segment *segment = open_stage(1 << 19, &self);
    d.collector = gs_collector_new(segment);
    measure_emit();
    for (int r = 0; r < ROUNDS; r++) {
        gs_collector_drain(d.collector, 0, count, &d);
        lower[r] = measure_floor();
        alone[r] = measure_emit();
        struct gs_ring *ring = self.ring;
        self.ring = NULL;
        off[r] = measure_emit();
        empty[r] = measure_empty();
        self.ring = ring;
        d.stop = false;
        pthread_t thread;
        pthread_create(&thread, NULL, drain_thread, &d);
        drained[r] = measure_emit();
        d.stop = true;
        pthread_join(thread, NULL);
    }
    double f = median(lower), a = median(alone), c = median(drained), o = median(off);
    printf("time stamp + 32-byte store      %6.2f ns\n", f);
    printf("event, alone                    %6.2f ns   %.2f x\n", a, a / f);
    printf("event, collector draining       %6.2f ns   %.2f x\n", c, c / f);
    printf("event, tracing off              %6.2f ns   (empty loop %.2f)\n", o, median(empty));
    gs_collector_free(d.collector);
    gs_segment_close(segment);
}

/* A ring a tenth of what is produced between two drains. */
static void bench_overload(void)
{
    struct gs_runner self;
    struct drain d = {0};
    struct gs_segment *segment = open_stage(4096, &self);
    d.collector = gs_collector_new(segment);
    enum { DRAINS = 100, BETWEEN = 40960 };
    for (int round = 0; round < DRAINS; round++) {
        for (uint64_t i = 0; i < BETWEEN; i++)
            gs_emit(GS_EVENT_NOTE, 0, i, i);
        gs_collector_drain(d.collector, 0, count, &d);
    }
    uint64_t produced = (uint64_t)DRAINS * BETWEEN;
    gs_runner_close_ring(&self);
    gs_collector_finish(d.collector, count, &d);
    printf("overload 10 x: produced %llu = stored %llu + lost %llu: %s\n",
           (unsigned long long)produced, (unsigned long long)d.stored, (unsigned long long)d.lost,
           produced == d.stored + d.lost ? "exact" : "WRONG");
    gs_collector_free(d.collector);
    gs_segment_close(segment);
}

int main(void)
{
    gs_clock_open(NULL);
    bench_cost();
    bench_overload();
    return 0;
}
