/* What the GIL costs the scene's own code: the same piece of Lua in a bare state without hooks, and
 * in a thread of the runtime under profile 3.12, alone and while another thread asks for the GIL
 * every 5 ms. In turn and in short runs: the machine's own speed wanders by more than what is
 * looked for. Each round has its heap at another place, too: in some places the arithmetic is a
 * third slower, again and again, with the runtime and without. */
#include "support/bare_stage.h"
#include "support/sample.h"

#include "base/clock.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 61 };

static const struct {
    const char *name, *code;
} workloads[] = {
    {"arithmetic", "for i = 1, 8000000 do x = x + (i & 3) end"},
    {"calls", "local function f(a) return a + 1 end for i = 1, 1500000 do x = f(x) end"},
    {"tables and strings", "for i = 1, 120000 do local t = {i, tostring(i)} x = x + #t[2] end"},
};

static int results[2];

/* Processor time: whoever waits for the GIL meanwhile does not count. */
static int clock_now(lua_State *L)
{
    struct timespec ts;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
    lua_pushnumber(L, (double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
    return 1;
}

static int report(lua_State *L)
{
    double value = lua_tonumber(L, 1);
    if (write(results[1], &value, sizeof value) != sizeof value)
        abort();
    return 0;
}

static void open_functions(lua_State *L)
{
    lua_register(L, "clock", clock_now);
    lua_register(L, "report", report);
}

static double result(void)
{
    double value = 0;
    if (read(results[0], &value, sizeof value) != sizeof value)
        abort();
    return value;
}

/* In a process of its own, as the other is. */
static double run_bare(const char *scene)
{
    pid_t child = fork();
    if (child == 0) {
        lua_State *L = luaL_newstate();
        luaL_openlibs(L);
        open_functions(L);
        _exit(luaL_dostring(L, scene) != LUA_OK);
    }
    waitpid(child, NULL, 0);
    return result();
}

static double run_under_gil(const char *scene)
{
    struct gs_bare_stage stage = {
        .clock = GS_CLOCK_REAL, .gil = GS_GIL_312, .scene = scene, .open = open_functions};
    gs_bare_stage_run(&stage, NULL);
    return result();
}

static void print_speed(const char *what, struct gs_sample *speed)
{
    printf("  %s %.3f +- %.3f", what, gs_sample_median(speed), gs_sample_error(speed));
    gs_sample_free(speed);
}

static void bench(const char *name, const char *code)
{
    char alone[512], asked[1024];
    snprintf(alone, sizeof alone, "local t0 = clock() local x = 0 %s report((clock() - t0))\n",
             code);
    snprintf(asked, sizeof asked,
             "local go = true\n"
             "local other = start(function() while go do end end)\n"
             "local t0 = clock() local x = 0 %s local t1 = clock()\n"
             "go = false join(other) report((t1 - t0))\n",
             code);
    struct gs_sample bare = {0}, same = {0}, under = {0}, contended = {0};
    for (int r = 0; r < ROUNDS; r++) {
        /* volatile: or the compiler drops it. */
        void *volatile displaced = malloc((size_t)(r * 37 % 256) * 16);
        double before = run_bare(alone);
        double ours = run_under_gil(alone), beside = run_under_gil(asked);
        double after = run_bare(alone);
        double stock = (before + after) / 2;
        gs_sample_add(&bare, stock * 1e3);
        gs_sample_add(&same, before / after);
        gs_sample_add(&under, stock / ours);
        gs_sample_add(&contended, stock / beside);
        free(displaced);
    }
    printf("%-20s stock %6.1f ms", name, gs_sample_median(&bare));
    print_speed("to itself", &same);
    print_speed("under 3.12, alone", &under);
    print_speed("while asked", &contended);
    printf("\n");
    fflush(stdout);
    gs_sample_free(&bare);
}

int main(void)
{
    if (pipe(results) < 0)
        return 1;
    printf("speed of Lua, to stock Lua's without hooks (>= 0.98), medians of %d rounds\n", ROUNDS);
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        bench(workloads[i].name, workloads[i].code);
    return 0;
}
