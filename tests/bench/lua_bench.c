/* What the GIL costs the scene's own code: a computing loop in a bare Lua state without hooks, and
 * the same in a thread of the runtime under profile 3.12, in turn. */
#include "support/bare_stage.h"

#include "base/clock.h"
#include "base/vec.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 9

static const char loop[] = "local t0 = clock() local x = 0\n"
                           "for i = 1, 60000000 do x = x + (i & 3) end report((clock() - t0))\n";

static int results[2];

static int clock_now(lua_State *L)
{
    lua_pushnumber(L, (double)gs_clock_system() / 1e9);
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

static double run_bare(void)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    open_functions(L);
    if (luaL_dostring(L, loop) != LUA_OK)
        abort();
    lua_close(L);
    return result();
}

static double run_under_gil(void)
{
    struct gs_bare_stage stage = {
        .clock = GS_CLOCK_REAL, .gil = GS_GIL_312, .scene = loop, .open = open_functions};
    gs_bare_stage_run(&stage, NULL);
    return result();
}

static int by_number(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

int main(void)
{
    if (pipe(results) < 0)
        return 1;
    double bare[ROUNDS], ratio[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        bare[r] = run_bare();
        ratio[r] = bare[r] / run_under_gil();
    }
    qsort(bare, ROUNDS, sizeof *bare, by_number);
    qsort(ratio, ROUNDS, sizeof *ratio, by_number);
    printf("a loop in stock Lua                       %.3f s (median of %d)\n", bare[ROUNDS / 2],
           ROUNDS);
    printf("its speed under profile 3.12, to stock    %.3f (pair by pair: %.3f to %.3f)\n",
           ratio[ROUNDS / 2], ratio[0], ratio[ROUNDS - 1]);
    return 0;
}
