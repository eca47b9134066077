/* Our GIL on the real clock beside CPython's, in one run and in turn, since neither machine nor
 * minute is like another: hand-offs, slices and latency of two computing threads; the round trip of
 * an echo beside 0, 1 and 2 computing threads. `gil_bench [PYTHON]`: which Python, if not python3.
 */
#include "support/bare_stage.h"
#include "support/fight.h"
#include "support/sample.h"

#include "base/clock.h"
#include "lua/vm/allow_threads.h"
#include "sched/actor.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 7, SECONDS = 2, FIGURES = 4 };

static const char *python = "python3";

/* Ours and CPython's, round by round, and what each pair's ratio was. */
struct comparison {
    struct gs_sample ours[FIGURES], theirs[FIGURES], ratio[FIGURES];
};

static void compare(struct comparison *c, const double *ours, const double *theirs, int figures)
{
    for (int i = 0; i < figures; i++) {
        gs_sample_add(&c->ours[i], ours[i]);
        gs_sample_add(&c->theirs[i], theirs[i]);
        if (theirs[i] > 0)
            gs_sample_add(&c->ratio[i], ours[i] / theirs[i]);
    }
}

static void print_row(const char *what, struct comparison *c, int figure, const char *limit)
{
    struct gs_sample *ours = &c->ours[figure], *theirs = &c->theirs[figure];
    printf("  %-22s %9.3f [%.3f-%.3f]  %9.3f [%.3f-%.3f]  %.3f  (%s)\n", what,
           gs_sample_median(ours), gs_sample_at(ours, 0), gs_sample_at(ours, 1),
           gs_sample_median(theirs), gs_sample_at(theirs, 0), gs_sample_at(theirs, 1),
           gs_sample_median(&c->ratio[figure]), limit);
}

static void free_comparison(struct comparison *c)
{
    for (int i = 0; i < FIGURES; i++) {
        gs_sample_free(&c->ours[i]);
        gs_sample_free(&c->theirs[i]);
        gs_sample_free(&c->ratio[i]);
    }
}

/* Zeros if there is no such Python. */
static void ask_python(const char *arguments, double *figures, int count)
{
    char command[512];
    snprintf(command, sizeof command, "'%s' '%s/gil_peer.py' %s", python, GS_BENCH_DIRECTORY,
             arguments);
    FILE *out = popen(command, "r");
    for (int i = 0; i < count; i++)
        if (!out || fscanf(out, "%lf", &figures[i]) != 1)
            figures[i] = 0;
    if (out)
        pclose(out);
}

static void bench_fight(double interval_ms)
{
    struct comparison c = {0};
    char arguments[64];
    snprintf(arguments, sizeof arguments, "fight %g %d", interval_ms, SECONDS);
    for (int r = 0; r < ROUNDS; r++) {
        struct gs_fight f = gs_fight_run(GS_FIGHT_TRACED, (uint64_t)(interval_ms * 1e6), SECONDS);
        double ours[] = {f.hand_offs, f.slice_ms, f.latency_us, f.late_us}, theirs[FIGURES];
        ask_python(arguments, theirs, FIGURES);
        compare(&c, ours, theirs, FIGURES);
    }
    printf("interval %g ms, %d rounds of %d s\n", interval_ms, ROUNDS, SECONDS);
    print_row("hand-offs/s", &c, 0, "0.95 to 1.05");
    print_row("slice, ms", &c, 1, "0.95 to 1.05");
    print_row("hand-off, us", &c, 2, "<= 1");
    print_row("hand-off, us, p99", &c, 3, "no limit");
    fflush(stdout);
    free_comparison(&c);
}

static int echo_end, results[2];

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

static void open_echo(lua_State *L)
{
    lua_register(L, "receive", receive_one);
    lua_register(L, "send", send_one);
}

/* In a process of its own: no GIL of ours is near it. */
static _Noreturn void be_client(int fd)
{
    struct gs_sample times = {0};
    gs_clock_open(NULL);
    /* Busy while the stage starts, so that the kernel puts the two on two cores: a Python client's
     * start does the same. Asleep from the first, both end up on one and answer in a quarter of the
     * time, without anybody else's core having to wake. */
    for (uint64_t busy = gs_clock_now() + 50000000; gs_clock_now() < busy;)
        ;
    uint64_t end = gs_clock_now() + SECONDS * 1000000000ull;
    char data[8];
    while (gs_clock_now() < end) {
        uint64_t t = gs_clock_now();
        if (write(fd, "12345678", 8) != 8 || read(fd, data, 8) != 8)
            break;
        gs_sample_add(&times, (double)(gs_clock_now() - t) / 1e3);
    }
    close(fd);
    double figures[] = {gs_sample_median(&times), gs_sample_at(&times, 0.99)};
    _exit(write(results[1], figures, sizeof figures) != sizeof figures);
}

static void run_echo(int computing, double *figures)
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
    struct gs_bare_stage stage = {
        .clock = GS_CLOCK_REAL, .gil = GS_GIL_312, .scene = scene, .open = open_echo};
    gs_bare_stage_run(&stage, NULL);
    close(pair[0]);
    waitpid(client, NULL, 0);
    if (read(results[0], figures, 2 * sizeof *figures) != 2 * sizeof *figures)
        abort();
}

static void bench_echo(int computing)
{
    struct comparison c = {0};
    char arguments[64], what[64];
    snprintf(arguments, sizeof arguments, "echo %d %d", computing, SECONDS);
    for (int r = 0; r < ROUNDS; r++) {
        double ours[2], theirs[2];
        run_echo(computing, ours);
        ask_python(arguments, theirs, 2);
        compare(&c, ours, theirs, 2);
    }
    snprintf(what, sizeof what, "round trip beside %d", computing);
    print_row(what, &c, 0, computing == 1 ? "0.90 to 1.10" : "no limit");
    fflush(stdout);
    free_comparison(&c);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        python = argv[1];
    if (pipe(results) < 0)
        return 1;
    printf("ours and %s's, median [least-most], and the median of the pairs' ratios\n", python);
    bench_fight(5);
    bench_fight(1);
    bench_fight(0.1);
    printf("echo beside computing threads, interval 5 ms, in us, %d rounds of %d s\n", ROUNDS,
           SECONDS);
    for (int computing = 0; computing <= 2; computing++)
        bench_echo(computing);
    return 0;
}
