/* What reading a trace costs: events in, the whole run in 120 columns, one sentence. Prints a
 * table; takes no arguments. Times are the process's own (CPU time), since the machine may have
 * other things to do. */
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/stats.h"
#include "timeline/judge/verify.h"
#include "timeline/owners.h"
#include "timeline/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MILLION = 1000000, LANES = 1000, COLUMNS = 120, ROUNDS = 5 };

struct stage {
    struct fake_trace *f;
    uint32_t gil, threads[LANES];
};

static struct stage stage_open(void)
{
    struct stage s = {.f = fake_open()};
    s.gil = fake_interpreter(s.f, fake_process(s.f, "process 1"), "interpreter 1", true);
    for (int i = 0; i < LANES; i++) {
        char name[32];
        snprintf(name, sizeof name, "Thread %d", i + 1);
        s.threads[i] = fake_thread(s.f, s.gil, name);
        fake_born(s.f, s.threads[i], 0, 0);
        fake_state(s.f, s.threads[i], 0, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    }
    fake_take(s.f, s.threads[0], 0, s.gil, 1);
    fake_state(s.f, s.threads[0], 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    return s;
}

static struct gs_event *state(struct gs_event *e, uint64_t time, uint32_t actor, unsigned to,
                              uint32_t cause)
{
    *e = (struct gs_event){.time = time,
                           .actor = actor,
                           .kind = GS_EVENT_STATE,
                           .flags = (uint8_t)to,
                           .b = gs_event_pack(12, cause)};
    return e + 1;
}

static struct gs_event *about_gil(struct gs_event *e, uint64_t time, uint32_t actor,
                                  enum gs_event_kind kind, uint32_t gil, uint64_t b)
{
    *e = (struct gs_event){.time = time, .actor = actor, .kind = (uint8_t)kind, .a = gil, .b = b};
    return e + 1;
}

/* Hand-overs round all threads: five events each, 1,000,000 events a second of trace time. */
static size_t hand_overs(const struct stage *s, struct gs_event *events, size_t count, size_t *turn)
{
    struct gs_event *e = events;
    while ((size_t)(e - events) + 5 <= count) {
        uint32_t from = s->threads[*turn % LANES], to = s->threads[(*turn + 1) % LANES];
        uint64_t now = (uint64_t)++ * turn * 5000;
        e = about_gil(e, now - 100, to, GS_EVENT_GIL_REQUEST, s->gil, from);
        e = state(e, now, from, GS_STATE_WANTS_GIL, GS_CAUSE_NONE);
        e = about_gil(e, now, from, GS_EVENT_GIL_DROP, s->gil, 12);
        e = about_gil(e, now, to, GS_EVENT_GIL_TAKE, s->gil, 12);
        e = state(e, now, to, GS_STATE_RUNNING, from);
    }
    return (size_t)(e - events);
}

static uint64_t cpu_time(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static double seconds_since(uint64_t start)
{
    return (double)(cpu_time() - start) / 1e9;
}

static struct stage ingest(struct gs_event *events)
{
    struct stage s = stage_open();
    size_t turn = 0, total = 0;
    double taken = 0;
    for (int i = 0; i < 10; i++) {
        size_t count = hand_overs(&s, events, MILLION, &turn);
        uint64_t start = cpu_time();
        for (size_t k = 0; k < count; k++)
            gs_timeline_add(s.f->timeline, &events[k]);
        taken += seconds_since(start);
        total += count;
    }
    printf("%-58s %8.1f M events/s\n", "events in, hand-overs among 1,000 lanes",
           (double)total / taken / 1e6);
    return s;
}

static double zoom_out(const struct gs_timeline *t, const struct gs_lane *lane)
{
    uint64_t end = gs_timeline_end(t), ns[GS_STATES], best = UINT64_MAX;
    for (int round = 0; round < ROUNDS * 4; round++) {
        uint64_t start = cpu_time();
        for (uint64_t c = 0; c < COLUMNS; c++)
            gs_lane_shares(t, lane, end * c / COLUMNS, end * (c + 1) / COLUMNS, ns);
        uint64_t took = cpu_time() - start;
        best = took < best ? took : best;
    }
    return (double)best / 1e3;
}

static double owners_out(const struct gs_timeline *t, const struct gs_lane *gil)
{
    uint64_t end = gs_timeline_end(t), best = UINT64_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = cpu_time();
        for (uint64_t c = 0; c < COLUMNS; c++)
            gs_owned_share(t, &(struct gs_owned){.lane = gil}, end * c / COLUMNS,
                           end * (c + 1) / COLUMNS);
        uint64_t took = cpu_time() - start;
        best = took < best ? took : best;
    }
    return (double)best / 1e3;
}

static void one_long_lane(void)
{
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    struct gs_event born = {.actor = a, .kind = GS_EVENT_BORN}, e;
    gs_timeline_add(f->timeline, &born);
    uint64_t start = cpu_time();
    for (uint64_t i = 0; i < 10 * MILLION; i++) {
        state(&e, i * 1000 + i % 7 * 50, a, 1 + i % 6, GS_CAUSE_WORK);
        gs_timeline_add(f->timeline, &e);
    }
    printf("%-58s %8.1f M events/s\n", "events in, one lane of 10 M spans",
           10 / seconds_since(start));
    printf("%-58s %8.1f µs\n", "10 M spans in 120 columns",
           zoom_out(f->timeline, gs_timeline_lane(f->timeline, a)));
    fake_close(f);
}

static void whole_screen(const struct stage *s)
{
    const struct gs_timeline *t = s->f->timeline;
    double sum = 0;
    for (int i = 0; i < 32; i++)
        sum += zoom_out(t, gs_timeline_lane(t, s->threads[i * 31]));
    printf("%-58s %8.1f µs\n", "32 of 1,000 lanes of 10 M events, 120 columns", sum);
    printf("%-58s %8.1f µs\n", "the GIL lane of 2 M holds, 120 columns",
           owners_out(t, gs_timeline_lane(t, s->gil)));
    struct gs_rows rows = {0};
    uint64_t start = cpu_time();
    gs_rows_build(&rows, t, NULL);
    printf("%-58s %8.1f µs\n", "rows of 1,000 threads", (double)(cpu_time() - start) / 1e3);
    gs_rows_free(&rows);
}

static void sentences(const struct stage *s)
{
    const struct gs_timeline *t = s->f->timeline;
    char text[512];
    uint64_t end = gs_timeline_end(t), start = cpu_time();
    for (uint64_t i = 0; i < 1000; i++)
        gs_explain(text, sizeof text, t, s->threads[i], end * i / 1000);
    printf("%-58s %8.2f µs\n", "explain an instant of a lane", (double)(cpu_time() - start) / 1e6);
}

static void whole_run(const struct stage *s)
{
    const struct gs_timeline *t = s->f->timeline;
    struct gs_stats stats = {0};
    struct gs_violations violations = {0};
    uint64_t start = cpu_time();
    gs_stats_take(&stats, t, 0, UINT64_MAX);
    printf("%-58s %8.1f ms\n", "statistics of 10 M events", seconds_since(start) * 1e3);
    start = cpu_time();
    gs_verify(t, &violations);
    printf("%-58s %8.1f ms (%llu violations)\n", "verify 10 M events", seconds_since(start) * 1e3,
           (unsigned long long)violations.count);
    gs_stats_free(&stats);
    gs_vec_free(&violations.list);
}

int main(void)
{
    struct gs_event *events = malloc(MILLION * sizeof *events);
    if (!events)
        return 1;
    struct stage s = ingest(events);
    free(events);
    whole_screen(&s);
    sentences(&s);
    whole_run(&s);
    fake_close(s.f);
    one_long_lane();
    return 0;
}
