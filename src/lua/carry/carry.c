#include "lua/carry/carry.h"

#include "lua/carry/parts.h"

#include <lauxlib.h>
#include <stdlib.h>

enum { DEEPEST = 190 }; /* C calls nest as deep as the tables do, and Lua allows 200 */

/* Key of a metatable. */
static const char hook_key;

struct hook {
    gs_carry_hook *call;
};

void gs_carry_allow(lua_State *L, int metatable, gs_carry_hook *hook)
{
    metatable = lua_absindex(L, metatable);
    struct hook *box = lua_newuserdatauv(L, sizeof *box, 0);
    box->call = hook;
    lua_rawsetp(L, metatable, &hook_key);
}

static bool carry_userdata(struct gs_carrier *c, const struct gs_carry_path *path)
{
    struct hook *hook = NULL;
    if (lua_getmetatable(c->from, -1)) {
        lua_rawgetp(c->from, -1, &hook_key);
        hook = lua_touserdata(c->from, -1);
        lua_pop(c->from, 2);
    }
    if (!hook)
        return gs_carry_refuse(c, path, "an object of a library");
    struct gs_error why = {.text = ""};
    return hook->call(lua_touserdata(c->from, -1), c->to, &why) ||
           gs_carry_refuse(c, path, why.text);
}

/* Tables, functions and userdata: what has an identity. */
static bool carry_object(struct gs_carrier *c, const struct gs_carry_path *path)
{
    if (lua_rawgetp(c->to, c->memo, lua_topointer(c->from, -1)) != LUA_TNIL)
        return true;
    lua_pop(c->to, 1);
    if (gs_carry_by_name(c))
        return true;
    if (lua_iscfunction(c->from, -1))
        return gs_carry_refuse(c, path, "a library's function with a state of its own");
    if (lua_isuserdata(c->from, -1))
        return carry_userdata(c, path);
    return lua_istable(c->from, -1) ? gs_carry_table(c, path) : gs_carry_function(c, path);
}

static bool carry_deeper(struct gs_carrier *c, const struct gs_carry_path *path)
{
    if (c->depth == DEEPEST || !lua_checkstack(c->from, 16))
        return gs_error_set(c->err, "RecursionError: cannot carry what is nested more than %d deep",
                            DEEPEST);
    luaL_checkstack(c->to, 16, "nested too deeply");
    c->depth++;
    bool done = carry_object(c, path);
    c->depth--;
    return done;
}

bool gs_carry_value(struct gs_carrier *c, const struct gs_carry_path *path)
{
    lua_State *from = c->from, *to = c->to;
    size_t length;
    const char *text;
    c->bytes += 16;
    switch (lua_type(from, -1)) {
    case LUA_TNIL:
        lua_pushnil(to);
        return true;
    case LUA_TBOOLEAN:
        lua_pushboolean(to, lua_toboolean(from, -1));
        return true;
    case LUA_TNUMBER:
        if (lua_isinteger(from, -1))
            lua_pushinteger(to, lua_tointeger(from, -1));
        else
            lua_pushnumber(to, lua_tonumber(from, -1));
        return true;
    case LUA_TSTRING:
        text = lua_tolstring(from, -1, &length);
        lua_pushlstring(to, text, length);
        c->bytes += length;
        return true;
    case LUA_TLIGHTUSERDATA:
        lua_pushlightuserdata(to, lua_touserdata(from, -1));
        return true;
    case LUA_TTHREAD:
        return gs_carry_refuse(c, path, "a coroutine");
    default:
        return carry_deeper(c, path);
    }
}

static const char *name_of(const struct gs_carrier *c, int i)
{
    return c->names ? c->names[i] : c->count == 1 ? "the value" : "a value";
}

/* In `to`: (carrier) -> the copies, or none if one cannot be carried. */
static int carry_all(lua_State *to)
{
    struct gs_carrier *c = lua_touserdata(to, 1);
    int first = lua_gettop(c->from) - c->count + 1;
    lua_newtable(to);
    c->memo = lua_gettop(to);
    luaL_checkstack(to, c->count + 8, "too many values");
    for (int i = 0; i < c->count; i++) {
        struct gs_carry_path root = {.step = GS_CARRY_ROOT, .name = name_of(c, i)};
        lua_pushvalue(c->from, first + i);
        if (!gs_carry_value(c, &root))
            return 0;
        lua_pop(c->from, 1);
    }
    return c->count;
}

bool gs_carry(lua_State *from, lua_State *to, int count, const char *const *names, uint64_t *bytes,
              struct gs_error *err)
{
    struct gs_error why = {.text = ""};
    struct gs_carrier c = {.from = from, .to = to, .count = count, .names = names, .err = &why};
    int from_top = lua_gettop(from), to_top = lua_gettop(to);
    if (!lua_checkstack(from, 8) || !lua_checkstack(to, count + 8))
        return gs_error_set(err, "MemoryError: no room on a stack to carry values");
    lua_pushcfunction(to, carry_all);
    lua_pushlightuserdata(to, &c);
    int status = lua_pcall(to, 1, LUA_MULTRET, 0);
    lua_settop(from, from_top);
    free(c.dump.bytes);
    if (status == LUA_OK && why.text[0] == '\0') {
        if (bytes)
            *bytes = c.bytes;
        return true;
    }
    lua_settop(to, to_top);
    return gs_error_set(err, "%s",
                        why.text[0] ? why.text : "MemoryError: not enough memory to carry this");
}
