#include "lua/vm/guest.h"

#include "lua/vm/checkpoint.h"
#include "lua/vm/interp.h"

#include <stdlib.h>

struct gs_lua gs_lua;

static bool find_line(uint32_t *line)
{
    lua_State *L = gs_lua_self()->running;
    if (L)
        *line = (uint32_t)gs_interp_line(L);
    return L != NULL;
}

void gs_lua_init(uint64_t memory_limit, bool (*open_libraries)(lua_State *L, struct gs_error *err))
{
    static const uint64_t default_memory = 1ull << 30;
    gs_lua = (struct gs_lua){.memory_limit = memory_limit ? memory_limit : default_memory,
                             .open_libraries = open_libraries};
    gs_runtime.find_line = find_line;
    if (!gs_runtime.virtual_clock)
        gs_checkpoint_open();
}

struct gs_actor *gs_lua_actor_new(const char *name, uint32_t interpreter, uint32_t flags,
                                  struct gs_error *err)
{
    struct gs_lua_actor *lua = calloc(1, sizeof *lua);
    if (!lua) {
        gs_error_set(err, "MemoryError: no memory for another thread");
        return NULL;
    }
    if (gs_runner_init(&lua->runner, name, interpreter, flags, err))
        return &lua->runner.actor;
    free(lua);
    return NULL;
}
