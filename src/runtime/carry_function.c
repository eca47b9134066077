#include "runtime/carry_parts.h"
#include "runtime/keys.h"

#include <ctype.h>
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

static bool dump(struct gs_carrier *c, bool strip)
{
    c->dump.length = 0;
    return lua_dump(c->from, write_dump, &c->dump, strip) == 0 ||
           gs_error_set(c->err, "MemoryError: no memory to carry a function");
}

/* Pushes the function without what it captured. With its lines and names: errors are to say where
 * they are. */
static bool push_bare(struct gs_carrier *c)
{
    if (!dump(c, false))
        return false;
    c->bytes += c->dump.length;
    if (luaL_loadbufferx(c->to, c->dump.bytes, c->dump.length, "=carried", "b") == LUA_OK)
        return true;
    return gs_error_set(c->err, "MemoryError: no memory to carry a function");
}

static bool in_name(char letter)
{
    return isalnum((unsigned char)letter) || letter == '_';
}

/* Does the stripped dump hold this word as a whole? Whatever global a function uses is in there as
 * a constant; a field or text of the same name is taken for a use too, which costs a copy and
 * breaks nothing. Reading the constants properly would tie this to one version of Lua's dump. */
static bool mentions(const struct gs_dump *d, const char *name)
{
    size_t length = strlen(name);
    const char *end = d->bytes + d->length;
    for (const char *at = d->bytes; (at = memmem(at, (size_t)(end - at), name, length)); at++)
        if ((at == d->bytes || !in_name(at[-1])) && (at + length == end || !in_name(at[length])))
            return true;
    return false;
}

/* Pushes onto `to` a list of the scene's globals that the function on top of `from` may use. */
static bool push_names_used(struct gs_carrier *c)
{
    lua_State *from = c->from, *to = c->to;
    if (!dump(c, true))
        return false;
    lua_newtable(to);
    lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (lua_type(from, -2) == LUA_TSTRING && !gs_carry_is_library(from, -2) &&
            mentions(&c->dump, lua_tostring(from, -2))) {
            lua_pushboolean(to, true);
            lua_setfield(to, -2, lua_tostring(from, -2));
        }
        lua_pop(from, 1);
    }
    lua_pop(from, 1);
    gs_keys_push(to, -1);
    lua_remove(to, -2);
    return true;
}

/* Finds the global without making a string in `from`, and leaves key and value there. */
static bool find_global(lua_State *from, const char *name)
{
    lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (lua_type(from, -2) == LUA_TSTRING && strcmp(lua_tostring(from, -2), name) == 0)
            return true;
        lua_pop(from, 1);
    }
    lua_pop(from, 1);
    return false;
}

/* What is there already stays: a state keeps its own value once it has one. */
static bool carry_global(struct gs_carrier *c, const char *name, const struct gs_carry_path *path)
{
    lua_State *to = c->to;
    lua_rawgeti(to, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushstring(to, name);
    bool there = lua_rawget(to, -2) != LUA_TNIL;
    lua_pop(to, 1);
    bool done = there || !find_global(c->from, name);
    if (!done) {
        struct gs_carry_path step = {
            .up = path, .step = GS_CARRY_GLOBAL, .name = lua_tostring(c->from, -2)};
        if (!gs_carry_value(c, &step))
            return false;
        lua_pop(c->from, 3);
        /* Raw: the scene may have given its globals a metatable. */
        lua_pushstring(to, name);
        lua_insert(to, -2);
        lua_rawset(to, -3);
    }
    lua_pop(to, 1);
    return true;
}

static bool carry_globals(struct gs_carrier *c, const struct gs_carry_path *path)
{
    lua_State *to = c->to;
    if (!push_names_used(c))
        return false;
    for (lua_Integer i = 1; lua_rawgeti(to, -1, i) != LUA_TNIL; i++) {
        if (!carry_global(c, lua_tostring(to, -1), path))
            return false;
        lua_pop(to, 1);
    }
    lua_pop(to, 2);
    return true;
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
    return !uses_globals || carry_globals(c, path);
}
