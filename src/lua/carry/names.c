/* What a function reaches by name: the scene's globals, and what the scene changed in libraries. */
#include "lua/carry/parts.h"
#include "lua/library/keys.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

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

static bool uses(const struct gs_carrier *c, lua_State *from, int key)
{
    return lua_type(from, key) == LUA_TSTRING && mentions(&c->dump, lua_tostring(from, key));
}

/* Adds to the set on top of `to` the scene's globals that the dumped function may use. */
static void add_globals(struct gs_carrier *c)
{
    lua_State *from = c->from, *to = c->to;
    lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (!gs_carry_is_library(from, -2) && uses(c, from, -2)) {
            lua_pushboolean(to, true);
            lua_setfield(to, -2, lua_tostring(from, -2));
        }
        lua_pop(from, 1);
    }
    lua_pop(from, 1);
}

/* Adds "string.trim" of the library on top of `from`, whose name is below it. */
static void add_changed(struct gs_carrier *c)
{
    lua_State *from = c->from, *to = c->to;
    const char *library = lua_tostring(from, -2);
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (uses(c, from, -2)) {
            const char *name = lua_pushfstring(to, "%s.%s", library, lua_tostring(from, -2));
            if (gs_carry_is_changed(from, to, name)) {
                lua_pushboolean(to, true);
                lua_rawset(to, -3);
            } else {
                lua_pop(to, 1);
            }
        }
        lua_pop(from, 1);
    }
}

static void add_fields(struct gs_carrier *c)
{
    lua_State *from = c->from;
    lua_rawgeti(from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (lua_istable(from, -1) && gs_carry_is_library(from, -2) &&
            !lua_rawequal(from, -1, -3)) /* _G itself is no library */
            add_changed(c);
        lua_pop(from, 1);
    }
    lua_pop(from, 1);
}

/* Replaces the set on top by a list of what is in it, in a fixed order. */
static void sort_set(lua_State *to)
{
    gs_keys_push(to, -1);
    lua_remove(to, -2);
}

/* Finds the field of the table on top without making a string in `from`, and leaves key and value
 * there. */
static bool find(lua_State *from, const char *field)
{
    lua_pushnil(from);
    while (lua_next(from, -2)) {
        if (lua_type(from, -2) == LUA_TSTRING && strcmp(lua_tostring(from, -2), field) == 0)
            return true;
        lua_pop(from, 1);
    }
    return false;
}

/* Has the table on top this field, and not from the library that called it `name`? */
static bool has_own(lua_State *to, const char *field, const char *name)
{
    lua_pushstring(to, name);
    lua_pushstring(to, field);
    bool own = lua_rawget(to, -3) != LUA_TNIL && !gs_carry_is_library(to, -2);
    lua_pop(to, 2);
    return own;
}

/* From the table on top of `from` to the one on top of `to`. */
static bool carry_field(struct gs_carrier *c, const char *field, const char *name,
                        const struct gs_carry_path *path)
{
    lua_State *from = c->from, *to = c->to;
    struct gs_carry_path step = {.up = path, .step = GS_CARRY_GLOBAL, .name = name};
    if (has_own(to, field, name) || !find(from, field))
        return true;
    if (!gs_carry_value(c, &step))
        return false;
    lua_pop(from, 2);
    /* Raw: the scene may have given its globals a metatable. */
    lua_pushstring(to, field);
    lua_insert(to, -2);
    lua_rawset(to, -3);
    return true;
}

static bool carry_global(struct gs_carrier *c, const char *name, const struct gs_carry_path *path)
{
    lua_rawgeti(c->from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_rawgeti(c->to, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool done = carry_field(c, name, name, path);
    lua_pop(c->to, 1);
    lua_pop(c->from, 1);
    return done;
}

/* The name is that of a library's field. */
static bool carry_changed(struct gs_carrier *c, const char *name, const struct gs_carry_path *path)
{
    const char *dot = strchr(name, '.');
    int top = lua_gettop(c->from);
    char library[64];
    snprintf(library, sizeof library, "%.*s", (int)(dot - name), name);
    gs_carry_push_library(c->to, library);
    lua_rawgeti(c->from, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool done = !find(c->from, library) || carry_field(c, dot + 1, name, path);
    lua_pop(c->to, 1);
    lua_settop(c->from, top);
    return done;
}

/* Takes the list of names off `to`. */
static bool carry_each(struct gs_carrier *c, const struct gs_carry_path *path,
                       bool (*carry)(struct gs_carrier *, const char *,
                                     const struct gs_carry_path *))
{
    lua_State *to = c->to;
    for (lua_Integer i = 1; lua_rawgeti(to, -1, i) != LUA_TNIL; i++) {
        if (!carry(c, lua_tostring(to, -1), path))
            return false;
        lua_pop(to, 1);
    }
    lua_pop(to, 2);
    return true;
}

/* What is carried for a name may overwrite the dump, so all names are looked for first. */
bool gs_carry_names(struct gs_carrier *c, const struct gs_carry_path *path, bool uses_globals)
{
    if (!gs_carry_dump(c, true))
        return false;
    lua_newtable(c->to);
    add_fields(c);
    sort_set(c->to);
    lua_newtable(c->to);
    if (uses_globals)
        add_globals(c);
    sort_set(c->to);
    return carry_each(c, path, carry_global) && carry_each(c, path, carry_changed);
}
