/* The GIL on the real clock, measured from inside the scene as one measures CPython from inside
 * Python: two computing threads note every hole in their own time; a client in another process
 * times an echo beside 0, 1 and 2 computing threads. Prints a table; `untraced` as argument
 * leaves tracing off. tests/bench/gil_peer.py prints the same of the Python that runs it. */
#include "support/bare_stage.h"

#include "base/clock.h"
#include "base/vec.h"
#include "runtime/actor.h"
#include "runtime/resource.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 5

/* The scene's threads run in another process than the one that prints, so results go through a
 * pipe: one double a figure. */
static int results[2], echo_end = -1;

struct slice {
    uint64_t start, end;
    int thread;
};

static GS_VEC(struct slice) slices;

static int now_ns(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)gs_now());
    return 1;
}

/* slice(thread, start, end): a stretch without a hole; holes shorter than half an interval are the
 * kernel's, not the GIL's, and are closed. */
static int add_slice(lua_State *L)
{
    struct slice s = {.thread = (int)lua_tointeger(L, 1),
                      .start = (uint64_t)lua_tointeger(L, 2),
                      .end = (uint64_t)lua_tointeger(L, 3)};
    uint64_t hole = gs_runtime.interval_ns / 2;
    if (hole > 500000)
        hole = 500000;
    for (size_t i = slices.count; i-- > 0;) {
        struct slice *last = &slices.items[i];
        if (last->thread != s.thread)
            continue;
        if (s.start - last->end < hole) {
            last->end = s.end;
            return 0;
        }
        break;
    }
    gs_vec_push(&slices, s);
    return 0;
}

static int by_number(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static int by_start(const void *x, const void *y)
{
    const struct slice *a = x, *b = y;
    return (a->start > b->start) - (a->start < b->start);
}

static double at_share(double *values, size_t count, double share)
{
    if (count == 0)
        return 0;
    qsort(values, count, sizeof *values, by_number);
    size_t i = (size_t)(share * (double)count);
    return values[i < count ? i : count - 1];
}

static void send_figure(double value)
{
    if (write(results[1], &value, sizeof value) != sizeof value)
        abort();
}

/* report(seconds): hand-offs a second, slice median, hand-off latency median and p99. */
static int report(lua_State *L)
{
    qsort(slices.items, slices.count, sizeof *slices.items, by_start);
    double *lengths = calloc(slices.count + 1, sizeof *lengths);
    double *gaps = calloc(slices.count + 1, sizeof *gaps);
    size_t hand_offs = 0;
    for (size_t i = 0; i < slices.count; i++) {
        struct slice *s = &slices.items[i];
        lengths[i] = (double)(s->end - s->start) / 1e6;
        if (i + 1 < slices.count && s[1].thread != s->thread)
            gaps[hand_offs++] = ((double)s[1].start - (double)s->end) / 1e3;
    }
    send_figure((double)hand_offs / lua_tonumber(L, 1));
    send_figure(at_share(lengths, slices.count, 0.5));
    send_figure(at_share(gaps, hand_offs, 0.5));
    send_figure(at_share(gaps, hand_offs, 0.99));
    free(lengths);
    free(gaps);
    return 0;
}

/* receive(), send(): a socket, with the GIL released around it as CPython does. */
static int receive_one(lua_State *L)
{
    char data[8];
    gs_block_begin(GS_STATE_IO, NULL);
    ssize_t n = read(echo_end, data, sizeof data);
    gs_block_end();
    lua_pushboolean(L, n > 0);
    return 1;
}

static int send_one(lua_State *L)
{
    (void)L;
    gs_block_begin(GS_STATE_IO, NULL);
    ssize_t n = write(echo_end, "12345678", 8);
    gs_block_end();
    lua_pushboolean(L, n > 0);
    return 1;
}

static void open_functions(lua_State *L)
{
    lua_register(L, "now_ns", now_ns);
    lua_register(L, "slice", add_slice);
    lua_register(L, "report", report);
    lua_register(L, "receive", receive_one);
    lua_register(L, "send", send_one);
}

static const char fight[] = "local function work(k, stop)\n"
                            "  local clock, slice = now_ns, slice\n"
                            "  local last = clock() local start = last\n"
                            "  while last < stop do\n"
                            "    local t = clock()\n"
                            "    if t - last > 30000 then slice(k, start, last) start = t end\n"
                            "    last = t\n"
                            "  end\n"
                            "  slice(k, start, last)\n"
                            "end\n"
                            "local stop = now_ns() + 2000000000\n"
                            "local a, b = start(work, 1, stop), start(work, 2, stop)\n"
                            "join(a) join(b) report(2)\n";

static void read_figures(double *figures, int count)
{
    for (int i = 0; i < count; i++) {
        if (read(results[0], &figures[i], sizeof *figures) != sizeof *figures)
            figures[i] = 0;
    }
}

static void bench_fight(double interval_ms, bool untraced)
{
    double all[4][RUNS];
    for (int r = 0; r < RUNS; r++) {
        struct gs_bare_stage stage = {.clock = GS_CLOCK_REAL,
                                      .gil = GS_GIL_312,
                                      .interval_ns = (uint64_t)(interval_ms * 1e6),
                                      .untraced = untraced,
                                      .scene = fight,
                                      .open = open_functions};
        double figures[4];
        gs_bare_stage_run(&stage, NULL);
        read_figures(figures, 4);
        for (int f = 0; f < 4; f++)
            all[f][r] = figures[f];
    }
    printf("%9g ms  %10.0f  %12.3f  %14.1f  %11.1f\n", interval_ms, at_share(all[0], RUNS, 0.5),
           at_share(all[1], RUNS, 0.5), at_share(all[2], RUNS, 0.5), at_share(all[3], RUNS, 0.5));
    fflush(stdout);
}

/* In a process of its own: no GIL of ours is near it. */
static _Noreturn void be_client(int fd)
{
    static double times[2000000];
    size_t count = 0;
    gs_clock_open();
    /* Busy while the stage starts, so that the kernel puts the two on two cores: a Python client's
     * start does the same. Asleep from the first, both end up on one and answer in a quarter of the
     * time, without anybody else's core having to wake. */
    for (uint64_t busy = gs_clock_now() + 50000000; gs_clock_now() < busy;)
        ;
    uint64_t end = gs_clock_now() + 3000000000u;
    char data[8];
    while (gs_clock_now() < end && count < sizeof times / sizeof *times) {
        uint64_t t = gs_clock_now();
        if (write(fd, "12345678", 8) != 8 || read(fd, data, 8) != 8)
            break;
        times[count++] = (double)(gs_clock_now() - t) / 1e3;
    }
    close(fd);
    send_figure(at_share(times, count, 0.5));
    send_figure(at_share(times, count, 0.99));
    _exit(0);
}

static void bench_convoy(int computing, bool untraced)
{
    char scene[512];
    snprintf(scene, sizeof scene,
             "local go = true\n"
             "local function burn() local x = 0 while go do x = (x * 3 + 1) %% 1000003 end end\n"
             "local t = {} for i = 1, %d do t[i] = start(burn) end\n"
             "join(start(function() while receive() do send() end end))\n"
             "go = false for i = 1, %d do join(t[i]) end\n",
             computing, computing);
    int pair[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pid_t client = fork();
    if (client == 0) {
        close(pair[0]);
        be_client(pair[1]);
    }
    close(pair[1]);
    echo_end = pair[0];
    struct gs_bare_stage stage = {.clock = GS_CLOCK_REAL,
                                  .gil = GS_GIL_312,
                                  .untraced = untraced,
                                  .scene = scene,
                                  .open = open_functions};
    gs_bare_stage_run(&stage, NULL);
    close(pair[0]);
    waitpid(client, NULL, 0);
    double figures[2];
    read_figures(figures, 2);
    printf("%9d     %10.1f  %12.1f\n", computing, figures[0], figures[1]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    bool untraced = argc > 1 && strcmp(argv[1], "untraced") == 0;
    if (pipe(results) < 0)
        return 1;
    printf("two computing threads, %s, medians of %d runs of 2 s\n",
           untraced ? "untraced" : "traced", RUNS);
    printf("    interval  hand-offs/s  slice, ms  latency med, us  p99, us\n");
    static const double intervals[] = {5, 1, 0.1};
    for (int i = 0; i < 3; i++)
        bench_fight(intervals[i], untraced);
    printf("echo beside computing threads, interval 5 ms, one run of 3 s\n");
    printf("  threads    median, us    p99, us\n");
    for (int computing = 0; computing <= 2; computing++)
        bench_convoy(computing, untraced);
    return 0;
}
