/* What the libraries of a state made, and so is carried by name. */
#include "lua/carry/parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Keys of the registry: value -> name and name -> value of what the libraries made. */
static const char names_of_values, values_of_names;

/* Names the value on top of the stack, with the string below it, and pops the value. */
static void know(lua_State *L, int names, int values)
{
    if (lua_istable(L, -1) || lua_isfunction(L, -1)) {
        lua_pushvalue(L, -1);
        lua_pushvalue(L, -3);
        lua_rawset(L, names);
    }
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, values);
    lua_pop(L, 1);
}

static void know_fields(lua_State *L, int names, int values)
{
    const char *module = lua_tostring(L, -2);
    int table = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            lua_pushfstring(L, "%s.%s", module, lua_tostring(L, -2));
            lua_insert(L, -2);
            know(L, names, values);
        }
        lua_pop(L, 1);
    }
}

void gs_carry_know_libraries(lua_State *L)
{
    int top = lua_gettop(L), names = top + 1, values = top + 2, globals = top + 3;
    lua_newtable(L);
    lua_newtable(L);
    lua_pushglobaltable(L);
    lua_pushnil(L);
    while (lua_next(L, globals)) {
        assert(lua_type(L, -2) == LUA_TSTRING);
        if (lua_istable(L, -1) && !lua_rawequal(L, -1, globals))
            know_fields(L, names, values);
        know(L, names, values);
    }
    lua_pushvalue(L, values);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &values_of_names);
    lua_pushvalue(L, names);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &names_of_values);
    lua_settop(L, top);
}

/* It may have several: the first in order, so that it is the same in every run. */
bool gs_carry_library_name(lua_State *L, char *name, size_t size)
{
    int function = lua_gettop(L);
    const char *first = NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &values_of_names);
    for (lua_pushnil(L); lua_next(L, function + 1); lua_pop(L, 1)) {
        const char *full = lua_tostring(L, -2);
        if (lua_rawequal(L, -1, function) && (!first || strcmp(full, first) < 0))
            first = full;
    }
    lua_settop(L, function);
    const char *dot = first ? strrchr(first, '.') : NULL;
    snprintf(name, size, "%s", dot ? dot + 1 : first ? first : "");
    return first != NULL;
}

bool gs_carry_is_library(lua_State *L, int key)
{
    key = lua_absindex(L, key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &values_of_names);
    lua_pushvalue(L, key);
    lua_rawget(L, -2);
    bool same = lua_rawequal(L, -1, -3);
    lua_pop(L, 2);
    return same;
}

void gs_carry_push_library(lua_State *to, const char *name)
{
    lua_rawgetp(to, LUA_REGISTRYINDEX, &values_of_names);
    lua_getfield(to, -1, name);
    lua_remove(to, -2);
}

bool gs_carry_by_name(struct gs_carrier *c)
{
    lua_State *from = c->from;
    lua_rawgetp(from, LUA_REGISTRYINDEX, &names_of_values);
    lua_pushvalue(from, -2);
    bool known = lua_rawget(from, -2) == LUA_TSTRING;
    if (known)
        gs_carry_push_library(c->to, lua_tostring(from, -1));
    lua_pop(from, 2);
    return known;
}

/* Is the value on top of `from` what a library made under this name? It may have another name as
 * well, and go by that: so `to` tells whether both mean the same. */
static bool has_name(lua_State *from, lua_State *to, const char *name)
{
    lua_rawgetp(from, LUA_REGISTRYINDEX, &names_of_values);
    lua_pushvalue(from, -2);
    bool same = lua_rawget(from, -2) == LUA_TSTRING;
    if (same) {
        gs_carry_push_library(to, lua_tostring(from, -1));
        gs_carry_push_library(to, name);
        same = lua_rawequal(to, -1, -2);
        lua_pop(to, 2);
    }
    lua_pop(from, 2);
    return same;
}

/* Is the value on top of `from` the constant that the library has under this name? */
static bool is_constant(lua_State *from, lua_State *to, const char *name)
{
    gs_carry_push_library(to, name);
    bool same = lua_type(from, -1) == lua_type(to, -1);
    if (same && lua_type(to, -1) == LUA_TNUMBER)
        same = lua_tonumber(from, -1) == lua_tonumber(to, -1);
    if (same && lua_type(to, -1) == LUA_TSTRING)
        same = strcmp(lua_tostring(from, -1), lua_tostring(to, -1)) == 0;
    lua_pop(to, 1);
    return same;
}

bool gs_carry_is_changed(lua_State *from, lua_State *to, const char *name)
{
    if (lua_istable(from, -1) || lua_isfunction(from, -1))
        return !has_name(from, to, name);
    return !is_constant(from, to, name);
}
