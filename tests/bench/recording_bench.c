/* What a recording of ten million events costs: bytes on disk, writing, reading, reading into a
 * timeline, and on a screen of 120x40 opening it, zooming and panning. With an argument the
 * recording stays there, to be looked at: gilscope play FILE; with a second one it has so many
 * million events. Prints a table; times of reading are the process's own (CPU time, of all its
 * threads), since the machine may have other things to do, and those of the clock beside them. */
#include "base/clock.h"
#include "support/fake_trace.h"
#include "support/raw_terminal.h"
#include "support/recorded.h"
#include "trace/recording/player.h"
#include "trace/recording/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 16, LOCKS = 5, LINES = 40 };

struct run {
    struct fake_trace *f;
    uint32_t gil, queue, threads[THREADS], locks[LOCKS];
    uint64_t now, seed;
    uint32_t sent;
    size_t put;
    struct gs_recorder *recorder;
};

static uint32_t chance(struct run *r, uint32_t of)
{
    r->seed = r->seed * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(r->seed >> 33) % of;
}

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* A real clock's times: no two steps take the same. */
static void put(struct run *r, uint32_t actor, enum gs_event_kind kind, uint8_t flags, uint64_t a,
                uint64_t b)
{
    r->now += 40 + chance(r, 900);
    const struct gs_event e = {
        .time = r->now, .actor = actor, .kind = (uint8_t)kind, .flags = flags, .a = a, .b = b};
    gs_recorder_put(r->recorder, &e);
    r->put++;
}

static uint64_t at_line(struct run *r, uint32_t cause)
{
    return gs_event_pack(10 + chance(r, LINES), cause);
}

static void state(struct run *r, uint32_t actor, enum gs_state to, uint32_t on, uint32_t cause)
{
    put(r, actor, GS_EVENT_STATE, (uint8_t)to, on, at_line(r, cause));
}

/* One hands the GIL to another, who was woken for a lock, or for what came through a queue. */
static void step(struct run *r, uint32_t *owner)
{
    uint32_t from = *owner, to = r->threads[chance(r, THREADS)];
    uint32_t lock = r->locks[chance(r, LOCKS)];
    if (to == from)
        to = r->threads[0] == from ? r->threads[1] : r->threads[0];
    put(r, from, GS_EVENT_RELEASE, 0, lock, at_line(r, 0));
    put(r, from, GS_EVENT_WAKE, 0, to, lock);
    state(r, to, GS_STATE_WANTS_GIL, 0, from);
    if (chance(r, 4) == 0) {
        put(r, from, GS_EVENT_MESSAGE, 1, r->queue | (uint64_t)++r->sent << 32,
            100 + chance(r, 60));
        put(r, from, GS_EVENT_COUNTER, 0, r->queue, chance(r, 12));
    }
    put(r, to, GS_EVENT_GIL_REQUEST, 0, r->gil, from);
    state(r, from, GS_STATE_WAITING, lock, GS_CAUSE_NONE);
    put(r, from, GS_EVENT_GIL_DROP, GS_DROP_BLOCKING, r->gil, at_line(r, 0));
    put(r, to, GS_EVENT_GIL_TAKE, 0, r->gil, at_line(r, 0));
    state(r, to, GS_STATE_RUNNING, 0, from);
    put(r, to, GS_EVENT_ACQUIRE, 0, lock, at_line(r, 0) | 1ull << 32);
    *owner = to;
}

static struct run begin(void)
{
    struct run r = {.f = fake_open(), .seed = 1};
    uint32_t process = fake_process(r.f, "process 1");
    r.gil = fake_interpreter(r.f, process, "main", true);
    for (int i = 0; i < THREADS; i++)
        r.threads[i] = fake_thread(r.f, r.gil, "worker");
    for (int i = 0; i < LOCKS; i++)
        r.locks[i] = fake_object(r.f, GS_OBJECT_LOCK, "lock");
    r.queue = fake_object(r.f, GS_OBJECT_QUEUE, "jobs");
    return r;
}

static void record(const char *path, size_t events)
{
    struct run r = begin();
    struct gs_error err;
    struct gs_about about = {.name = "many events", .clock = GS_CLOCK_REAL};
    uint32_t owner = r.threads[0];
    double start = now();
    r.recorder = gs_recorder_new(path, &about, &err);
    if (!r.recorder) {
        fprintf(stderr, "%s\n", err.text);
        exit(EXIT_FAILURE);
    }
    gs_recorder_follow(r.recorder, r.f->tables);
    for (int i = 0; i < THREADS; i++)
        put(&r, r.threads[i], GS_EVENT_BORN, 0, 0, 0);
    for (size_t i = 0; r.put < events; i++) {
        step(&r, &owner);
        if (i % 100 == 0)
            gs_recorder_flush(r.recorder, r.now);
    }
    put(&r, r.threads[0], GS_EVENT_END, 0, 0, 0);
    const struct gs_recorded_end end = {.now = r.now};
    bool ok = gs_recorder_finish(r.recorder, &end, &err);
    struct gs_recorder_state state = gs_recorder_state(r.recorder);
    double took = now() - start;
    printf("%-52s %8.2f bytes\n", "an event on disk", (double)state.bytes / (double)state.events);
    printf("%-52s %8.1f M events/s%s\n", "made, recorded, written", (double)r.put / took / 1e6,
           ok ? "" : err.text);
    gs_recorder_free(r.recorder);
    fake_close(r.f);
}

static void drop(void *context, const struct gs_event *event)
{
    *(uint64_t *)context += event->a;
}

static void read_all(const char *path, bool into_timeline)
{
    struct gs_error err;
    double start = now();
    uint64_t begun = gs_clock_system();
    struct gs_player *p = gs_player_open(path, &err);
    if (!p) {
        fprintf(stderr, "%s\n", err.text);
        exit(EXIT_FAILURE);
    }
    double opened = now() - start;
    struct gs_timeline *t = gs_timeline_new(gs_player_tables(p));
    uint64_t sum = 0;
    uint64_t taken = into_timeline ? gs_player_drain(p, 0, gs_timeline_add, t)
                                   : gs_player_drain(p, 0, drop, &sum);
    double took = now() - start, wall = (double)(gs_clock_system() - begun) / 1e9;
    if (!into_timeline)
        printf("%-52s %8.2f ms\n", "opening it", opened * 1e3);
    printf("%-52s %8.1f M events/s; by the clock %.1f\n",
           into_timeline ? "reading it into a timeline" : "reading it", (double)taken / took / 1e6,
           (double)taken / wall / 1e6);
    gs_timeline_free(t);
    gs_player_close(p);
}

static void play(void *path)
{
    execl(GS_PROGRAM, GS_PROGRAM, "play", path, (char *)NULL);
    _exit(1);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Each key is one picture, which the next one waits for. */
static void press(struct raw_terminal *t, const char *name, const char *keys)
{
    enum { ROUNDS = 10, MOST = 200 };
    double ms[MOST];
    size_t answered = 0, count = strlen(keys);
    for (size_t i = 0; i < count * ROUNDS && answered < MOST; i++) {
        const char key[] = {keys[i % count], '\0'};
        uint64_t pressed = gs_clock_system();
        raw_terminal_keys(t, key);
        uint64_t last = raw_terminal_read(t, 200, 20);
        if (last)
            ms[answered++] = (double)(last - pressed) / 1e6;
    }
    qsort(ms, answered, sizeof *ms, by_size);
    if (answered)
        printf("%-52s %8.1f ms, p90 %.1f, worst %.1f (<= 16)\n", name, ms[answered / 2],
               ms[answered * 9 / 10], ms[answered - 1]);
}

/* The first picture is whole when the footer's last word is there. It is of the run's beginning,
 * and the rest is read while that is played: keys are pressed once it has come to its end. */
static void on_a_screen(char *path)
{
    struct raw_terminal t = raw_terminal_open(play, path);
    uint64_t first = raw_terminal_await(&t, "quit");
    printf("%-52s %8.0f ms (<= 1000)\n", "opened and first drawn",
           (double)(first - t.started) / 1e6);
    while (raw_terminal_read(&t, 1000, 1000))
        ;
    press(&t, "zoom in and out", "++++----");
    press(&t, "pan, zoomed in", "+llllhhhh-");
    raw_terminal_close(&t);
}

int main(int argc, char **argv)
{
    char *path = argc > 1 ? strdup(argv[1]) : recorded_path();
    record(path, (argc > 2 ? strtoul(argv[2], NULL, 10) : 10) * 1000000);
    for (int into = 0; into < 2; into++)
        read_all(path, into);
    fflush(stdout);
    on_a_screen(path);
    if (argc < 2)
        unlink(path);
    free(path);
    return 0;
}
