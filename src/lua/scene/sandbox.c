#include "lua/scene/sandbox.h"

#include "lua/carry/carry.h"
#include "lua/library/addresses.h"
#include "lua/library/format.h"
#include "lua/library/functions.h"
#include "lua/library/protected.h"
#include "lua/library/tables.h"
#include "lua/modules/arguments.h"
#include "lua/modules/gilscope.h"
#include "lua/modules/modules.h"
#include "lua/modules/sys.h"
#include "sched/runtime.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

static const luaL_Reg lua_libraries[] = {
    {LUA_GNAME, luaopen_base},
    {LUA_STRLIBNAME, luaopen_string},
    {LUA_TABLIBNAME, luaopen_table},
    {LUA_MATHLIBNAME, luaopen_math},
    {LUA_UTF8LIBNAME, luaopen_utf8},
    {LUA_COLIBNAME, gs_coroutine_open},
    {NULL, NULL},
};

static const luaL_Reg modules[] = {
    {"threading", gs_threading_module_open},
    {"queue", gs_queue_module_open},
    {"time", gs_time_module_open},
    {"native", gs_native_module_open},
    {"interpreters", gs_interpreters_module_open},
    {"multiprocessing", gs_multiprocessing_module_open},
    {"sys", gs_sys_module_open},
    {"gilscope", gs_gilscope_module_open},
    {NULL, NULL},
};

struct absence {
    const char *name, *instead;
};

static const struct absence absent_tables[] = {
    {"io", "a scene reads and writes no files; print(...) shows text"},
    {"os", "a scene starts no programs; time.time() is the time"},
    {"debug", "a scene cannot look into the interpreter that runs it"},
    {"package", "a scene loads no libraries; require knows the program's modules"},
    {NULL, NULL},
};

static const struct absence absent_functions[] = {
    {"dofile", "a scene is one file"},
    {"loadfile", "a scene is one file"},
    {NULL, NULL},
};

/* Upvalues: the name, what to do instead. */
static int refuse(lua_State *L)
{
    return luaL_error(L, "%s is not available in a scene: %s", lua_tostring(L, lua_upvalueindex(1)),
                      lua_tostring(L, lua_upvalueindex(2)));
}

static void push_refusal(lua_State *L, const struct absence *absence)
{
    lua_pushstring(L, absence->name);
    lua_pushstring(L, absence->instead);
    lua_pushcclosure(L, refuse, 2);
}

static void set_absent(lua_State *L)
{
    for (const struct absence *a = absent_tables; a->name; a++) {
        lua_newtable(L);
        lua_createtable(L, 0, 3);
        push_refusal(L, a);
        lua_setfield(L, -2, "__index");
        push_refusal(L, a);
        lua_setfield(L, -2, "__newindex");
        lua_pushliteral(L, "absent");
        lua_setfield(L, -2, "__metatable");
        lua_setmetatable(L, -2);
        lua_setglobal(L, a->name);
    }
    for (const struct absence *a = absent_functions; a->name; a++) {
        push_refusal(L, a);
        lua_setglobal(L, a->name);
    }
}

/* The name that a chunk is told by, cut as Lua cuts it for messages, and somewhat earlier: one of
 * more than 40 bytes (a nameless chunk's is its text) Lua keeps as a string of its own, and looks
 * for it first in a cache that goes by addresses. Whether it finds it would differ from run to run,
 * and the memory used with it. */
static void shorten_name(lua_State *L, int index, const char *name)
{
    enum { LONGEST = 40, FIRST_WORDS = 25 };
    char cut[LONGEST + 1];
    size_t length = strlen(name), line = strcspn(name, "\n");
    if (length <= LONGEST)
        return;
    if (*name == '=')
        snprintf(cut, sizeof cut, "%s", name);
    else if (*name == '@')
        snprintf(cut, sizeof cut, "=...%s", name + length - (LONGEST - 4));
    else
        snprintf(cut, sizeof cut, "=[string \"%.*s...\"]",
                 (int)(line < FIRST_WORDS ? line : FIRST_WORDS), name);
    lua_pushstring(L, cut);
    lua_replace(L, index);
}

/* Upvalue: Lua's load. Binary chunks can crash the interpreter: only text. */
static int load_text(lua_State *L)
{
    int count = lua_gettop(L) < 4 ? 3 : 4;
    lua_settop(L, count);
    if (lua_isnil(L, 2) && lua_type(L, 1) == LUA_TSTRING)
        lua_copy(L, 1, 2);
    if (lua_type(L, 2) == LUA_TSTRING)
        shorten_name(L, 2, lua_tostring(L, 2));
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, LUA_MULTRET);
    return lua_gettop(L);
}

/* Upvalue: Lua's collectgarbage. A stopped collector would only eat the scene's own memory, but
 * make its figures somebody else's. */
static int collect_garbage(lua_State *L)
{
    const char *option = luaL_optstring(L, 1, "collect");
    if (strcmp(option, "count") != 0 && strcmp(option, "collect") != 0)
        return luaL_error(L, "collectgarbage: a scene can only \"count\" and \"collect\"");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushstring(L, option);
    lua_call(L, 1, 1);
    return 1;
}

/* Upvalue: Lua's setmetatable. A finalizer would run in whatever thread the collector happens to
 * come to it, where check points cannot reach it. */
static int set_metatable(lua_State *L)
{
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "__gc is not available in a scene: "
                                 "a table's end runs no code; use __close");
        lua_pop(L, 1);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

/* Puts `function` in front of the global, which becomes its upvalue. */
static void wrap(lua_State *L, const char *name, lua_CFunction function)
{
    lua_getglobal(L, name);
    lua_pushcclosure(L, function, 1);
    lua_setglobal(L, name);
}

static int require(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    if (lua_getfield(L, -1, name) != LUA_TNIL)
        return 1;
    lua_pushliteral(L, "");
    for (const luaL_Reg *m = modules; m->name; m++) {
        lua_pushfstring(L, m == modules ? "%s" : ", %s", m->name);
        lua_concat(L, 2);
    }
    return luaL_error(L, "ModuleNotFoundError: no module named '%s'; a scene has %s", name,
                      lua_tostring(L, -1));
}

static void restrict_lua(lua_State *L)
{
    static const struct absence dump = {"string.dump", "a scene is text"};
    wrap(L, "load", load_text);
    wrap(L, "collectgarbage", collect_garbage);
    wrap(L, "setmetatable", set_metatable);
    lua_pushnil(L);
    lua_setglobal(L, "warn");
    lua_getglobal(L, LUA_STRLIBNAME);
    push_refusal(L, &dump);
    lua_setfield(L, -2, "dump");
    gs_format_open(L);
    lua_pop(L, 1);
    gs_protected_open(L);
}

/* Each takes more time than Lua's own, which on the real clock would count. */
static void make_repeatable(lua_State *L)
{
    lua_register(L, "next", gs_tables_next);
    lua_getglobal(L, LUA_TABLIBNAME);
    lua_pushcfunction(L, gs_tables_sort);
    lua_setfield(L, -2, "sort");
    lua_pop(L, 1);
}

/* Upvalue: the module's name. */
static int no_attribute(lua_State *L)
{
    return gs_raise_no_attribute(L, lua_tostring(L, lua_upvalueindex(1)));
}

/* What the module on top lacks is said by name: "attempt to call a nil value" helps nobody. */
static void guard_module(lua_State *L, const char *name)
{
    if (lua_getmetatable(L, -1)) { /* it sees to that itself */
        lua_pop(L, 1);
        return;
    }
    lua_createtable(L, 0, 2);
    lua_pushstring(L, name);
    lua_pushcclosure(L, no_attribute, 1);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "module");
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

static int open(lua_State *L)
{
    for (const luaL_Reg *library = lua_libraries; library->name; library++)
        luaL_requiref(L, library->name, library->func, 1);
    restrict_lua(L);
    if (gs_runtime.virtual_clock)
        make_repeatable(L);
    set_absent(L);
    for (const luaL_Reg *module = modules; module->name; module++) {
        luaL_requiref(L, module->name, module->func, 1);
        guard_module(L, module->name);
    }
    lua_register(L, "require", require);
    lua_pushglobaltable(L);
    gs_globals_open(L);
    gs_print_open(L);
    gs_random_open(L);
    if (gs_runtime.virtual_clock)
        gs_functions_enclose(L);
    gs_carry_know_libraries(L);
    return 0;
}

bool gs_sandbox_open(lua_State *L, struct gs_error *err)
{
    lua_pushcfunction(L, open);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK)
        return true;
    gs_error_set(err, "MemoryError: no memory for an interpreter: %s", lua_tostring(L, -1));
    lua_pop(L, 1);
    return false;
}
