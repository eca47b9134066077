#include "lua/carry/parts.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static int write_dump(lua_State *L, const void *bytes, size_t size, void *data)
{
    (void)L;
    struct gs_dump *dump = data;
    if (dump->length + size > dump->room) {
        size_t room = 2 * (dump->length + size);
        char *moved = realloc(dump->bytes, room);
        if (!moved)
            return 1;
        dump->bytes = moved;
        dump->room = room;
    }
    if (size > 0)
        memcpy(dump->bytes + dump->length, bytes, size);
    dump->length += size;
    return 0;
}

bool gs_carry_dump(struct gs_carrier *c, bool strip)
{
    c->dump.length = 0;
    return lua_dump(c->from, write_dump, &c->dump, strip) == 0 ||
           gs_error_set(c->err, "MemoryError: no memory to carry a function");
}

/* Pushes the function without what it captured. With its lines and names: errors are to say where
 * they are. */
static bool push_bare(struct gs_carrier *c)
{
    if (!gs_carry_dump(c, false))
        return false;
    c->bytes += c->dump.length;
    if (luaL_loadbufferx(c->to, c->dump.bytes, c->dump.length, "=carried", "b") == LUA_OK)
        return true;
    return gs_error_set(c->err, "MemoryError: no memory to carry a function");
}

/* Joins the copy's upvalue to the one that an earlier copy has for the same variable. */
static bool join(struct gs_carrier *c, const void *id, int n)
{
    lua_State *to = c->to;
    int copy = lua_gettop(to);
    if (lua_rawgetp(to, c->memo, id) != LUA_TTABLE) {
        lua_pop(to, 1);
        return false;
    }
    lua_rawgeti(to, -1, 1);
    lua_rawgeti(to, -2, 2);
    lua_upvaluejoin(to, copy, n, -2, (int)lua_tointeger(to, -1));
    lua_settop(to, copy);
    return true;
}

static void remember_variable(struct gs_carrier *c, const void *id, int n)
{
    lua_State *to = c->to;
    int copy = lua_gettop(to);
    lua_createtable(to, 2, 0);
    lua_pushvalue(to, copy);
    lua_rawseti(to, -2, 1);
    lua_pushinteger(to, n);
    lua_rawseti(to, -2, 2);
    lua_rawsetp(to, c->memo, id);
}

static bool is_globals(lua_State *L)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    return same;
}

/* The value of upvalue n, called name, is on top of `from`, the function below it. */
static bool carry_captured(struct gs_carrier *c, int n, const char *name,
                           const struct gs_carry_path *path, bool *uses_globals)
{
    const void *id = lua_upvalueid(c->from, -2, n);
    if (is_globals(c->from))
        *uses_globals = true;
    if (join(c, id, n))
        return true;
    remember_variable(c, id, n);
    struct gs_carry_path step = {.up = path, .step = GS_CARRY_CAPTURED, .name = name};
    if (!gs_carry_value(c, &step))
        return false;
    lua_setupvalue(c->to, -2, n);
    return true;
}

bool gs_carry_function(struct gs_carrier *c, const struct gs_carry_path *path)
{
    bool uses_globals = false;
    const char *name;
    if (!push_bare(c))
        return false;
    lua_pushvalue(c->to, -1);
    lua_rawsetp(c->to, c->memo, lua_topointer(c->from, -1));
    for (int n = 1; (name = lua_getupvalue(c->from, -1, n)); n++) {
        if (!carry_captured(c, n, name, path, &uses_globals))
            return false;
        lua_pop(c->from, 1);
    }
    return gs_carry_names(c, path, uses_globals);
}
