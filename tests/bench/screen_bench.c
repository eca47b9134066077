/* What the screen costs: a core's share while it draws 32 busy lanes at 120×40, the time from a key
 * to the last byte of its answer while a million events a second arrive, and the time from the
 * start to the first picture. The stage is a process that writes events without a scene; the
 * terminal is a pseudo-terminal that nobody draws. */
#include "base/clock.h"
#include "support/raw_terminal.h"
#include "tui/tui.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { LANES = 32, KEYS = 400, SECONDS = 5 };

static struct {
    struct gs_segment *segment;
    pid_t writer;
    struct gs_tui_stage seen;
    uint64_t between_ns; /* events of the whole stage are so far apart */
    uint32_t gil, lanes[LANES];
} bench;

static uint32_t add_actor(enum gs_actor_kind kind, const char *name, uint32_t parent,
                          uint32_t interpreter)
{
    struct gs_actor_row row = {.kind = kind,
                               .parent = parent,
                               .interpreter = interpreter,
                               .name = gs_segment_add_string(bench.segment, name, strlen(name)),
                               .gil = kind == GS_ACTOR_INTERPRETER ? GS_GIL_312 : 0};
    return gs_segment_add_actor(bench.segment, &row);
}

static void put(struct gs_ring *rings, uint64_t ns, uint32_t actor, uint8_t kind, uint8_t flags,
                uint64_t a)
{
    gs_ring_put(&rings[actor % 8], ns, actor, kind, flags, a, 0);
}

/* Hands the GIL from lane to lane, four events a time, as fast as it is told. */
static void write_events(void)
{
    struct gs_ring rings[8];
    struct gs_control *control = gs_segment_control(bench.segment);
    uint64_t start = gs_clock_system(), now = 0;
    for (uint32_t i = 0; i < 8; i++)
        gs_segment_open_ring(bench.segment, 0, false, &rings[i]);
    atomic_store(&control->start_ns, start);
    atomic_store(&control->phase, GS_STAGE_RUNNING);
    for (int i = 0; i < LANES; i++) {
        put(rings, 0, bench.lanes[i], GS_EVENT_BORN, 0, 0);
        put(rings, 0, bench.lanes[i], GS_EVENT_STATE, GS_STATE_WANTS_GIL, 0);
    }
    for (unsigned turn = 0;; turn++) {
        uint32_t from = bench.lanes[turn % LANES], to = bench.lanes[(turn + 1) % LANES];
        uint64_t due = (uint64_t)turn * 4 * bench.between_ns;
        /* A thousand events at a time: the clock is not what is measured. */
        while (due > (now = gs_clock_system() - start))
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        put(rings, due, from, GS_EVENT_STATE, GS_STATE_WANTS_GIL, 0);
        put(rings, due, from, GS_EVENT_GIL_DROP, GS_DROP_ASKED, bench.gil);
        put(rings, due, to, GS_EVENT_GIL_TAKE, 0, bench.gil);
        put(rings, due, to, GS_EVENT_STATE, GS_STATE_RUNNING, 0);
    }
}

static struct gs_tui_stage *start(void *context, const struct gs_order *order, struct gs_error *err)
{
    (void)context;
    (void)order;
    bench.segment = bench.seen.segment = gs_segment_create(&gs_segment_default, err);
    uint32_t process = add_actor(GS_ACTOR_PROCESS, "process 1", 0, 0);
    bench.gil = add_actor(GS_ACTOR_INTERPRETER, "main", process, 0);
    for (int i = 0; i < LANES; i++) {
        char name[32];
        snprintf(name, sizeof name, "Thread %d", i + 1);
        bench.lanes[i] = add_actor(GS_ACTOR_THREAD, name, bench.gil, bench.gil);
    }
    const struct gs_facts facts = {
        .clock = GS_CLOCK_REAL, .gil = GS_GIL_312, .interval_ns = 5000000};
    gs_segment_tell_facts(bench.segment, &facts);
    bench.writer = fork();
    if (bench.writer == 0) {
        write_events();
        _exit(0);
    }
    return &bench.seen;
}

static void stop(void *context, struct gs_tui_stage *stage)
{
    (void)context;
    (void)stage;
    if (bench.writer) {
        kill(bench.writer, SIGKILL);
        waitpid(bench.writer, NULL, 0);
    }
    bench.writer = 0;
}

static bool gone(void *context, struct gs_tui_stage *stage, int *status, char *message, size_t size)
{
    (void)context;
    (void)stage;
    (void)status;
    (void)message;
    (void)size;
    return false;
}

static const struct gs_tui_scene *scenes(void *context, size_t *count)
{
    (void)context;
    *count = 0;
    return NULL;
}

static void run_screen(void *context)
{
    (void)context;
    const struct gs_tui_host host = {.scenes = scenes, .start = start, .stop = stop, .gone = gone};
    static const struct gs_order order = {.name = "bench"};
    struct gs_tui_conf conf = {.host = &host, .order = &order};
    bool ok;
    gs_tui_run(&conf, &ok, NULL);
    _exit(0);
}

static void run_program(void *context)
{
    (void)context;
    execl(GS_PROGRAM, GS_PROGRAM, "run", "gil/cpu-threads", (char *)NULL);
    _exit(1);
}

/* events_a_second 0: the whole program with a shipped scene, not the bench's stage. */
static struct raw_terminal open_terminal(uint64_t events_a_second)
{
    bench.between_ns = events_a_second ? 1000000000u / events_a_second : 0;
    return raw_terminal_open(events_a_second ? run_screen : run_program, NULL);
}

static void read_for(struct raw_terminal *t, double seconds)
{
    uint64_t until = gs_clock_system() + (uint64_t)(seconds * 1e9);
    while (gs_clock_system() < until)
        raw_terminal_read(t, 10, 0);
}

/* What the screen has had of a core, in s: all its threads, and not the stage, which is a process.
 */
static double processor_time(const struct raw_terminal *t)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(t->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
        exit(1);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void first_picture(const char *name, uint64_t events_a_second)
{
    double ms[15];
    for (int i = 0; i < 15; i++) {
        struct raw_terminal t = open_terminal(events_a_second);
        /* The last word of the last line. */
        ms[i] = (double)(raw_terminal_await(&t, "quit") - t.started) / 1e6;
        raw_terminal_close(&t);
    }
    qsort(ms, 15, sizeof *ms, by_size);
    printf("%-40s median %6.1f ms  worst %6.1f ms  (<= 100)\n", name, ms[7], ms[14]);
}

static void drawing(const char *name, uint64_t events_a_second)
{
    struct raw_terminal t = open_terminal(events_a_second);
    read_for(&t, 1); /* until it has begun */
    uint64_t bytes = t.bytes;
    double seconds = processor_time(&t);
    read_for(&t, SECONDS);
    seconds = processor_time(&t) - seconds;
    bytes = t.bytes - bytes;
    raw_terminal_close(&t);
    printf("%-40s %6.1f %% of a core, %.1f KB/s\n", name, seconds / SECONDS * 100,
           (double)bytes / SECONDS / 1000);
}

/* What a screen without any work would take here: the machine's own share of the figures below. */
static void echo(void *context)
{
    struct termios raw;
    char byte;
    (void)context;
    tcgetattr(STDIN_FILENO, &raw);
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != 'q')
        if (write(STDOUT_FILENO, "answer", 6) < 0)
            _exit(1);
    _exit(0);
}

static void press_keys(const char *name, struct raw_terminal *t)
{
    static double ms[KEYS];
    int answered = 0;
    for (int i = 0; i < KEYS; i++) {
        static const char script[] = "hhhhkllllj";
        uint64_t pressed = gs_clock_system();
        raw_terminal_keys(t, (char[]){script[i % 10], '\0'});
        uint64_t last = raw_terminal_read(t, 50, 3);
        if (last)
            ms[answered++] = (double)(last - pressed) / 1e6;
    }
    raw_terminal_close(t);
    qsort(ms, (size_t)answered, sizeof *ms, by_size);
    if (answered)
        printf("%-40s median %6.2f ms  p99 %6.2f ms  (<= 3; %d of %d answered)\n", name,
               ms[answered / 2], ms[answered * 99 / 100], answered, KEYS);
}

static void keys(const char *name, uint64_t events_a_second)
{
    struct raw_terminal t = open_terminal(events_a_second);
    read_for(&t, 1);
    /* Paused the picture stands still: what is sent answers a key. */
    raw_terminal_keys(&t, " ");
    raw_terminal_read(&t, 100, 100);
    press_keys(name, &t);
}

static void echoed(const char *name, uint64_t events_a_second)
{
    struct raw_terminal idle = raw_terminal_open(echo, NULL);
    (void)events_a_second;
    press_keys(name, &idle);
}

static const struct {
    void (*measure)(const char *name, uint64_t events_a_second);
    const char *name;
    uint64_t events_a_second;
} figures[] = {
    {first_picture, "first picture, the screen alone", 1000},
    {first_picture, "first picture, the whole program", 0},
    {drawing, "32 lanes, 120x40, 4,000 events/s", 4000},
    {drawing, "32 lanes, 120x40, 100,000 events/s", 100000},
    {echoed, "key to echo, a program that only echoes", 0},
    {keys, "key to last byte, 1,000 events/s", 1000},
    {keys, "key to last byte, 1,000,000 events/s", 1000000},
};

/* All figures, or those whose names have the word: two builds are compared by turns. */
int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (argc < 2 || strstr(figures[i].name, argv[1]))
            figures[i].measure(figures[i].name, figures[i].events_a_second);
    return 0;
}
