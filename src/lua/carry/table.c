#include "lua/carry/parts.h"
#include "lua/library/keys.h"

#include <limits.h>
#include <stdlib.h>

static struct gs_carry_path key_step(lua_State *from, const struct gs_carry_path *path)
{
    switch (lua_type(from, -2)) {
    case LUA_TSTRING:
        return (struct gs_carry_path){
            .up = path, .step = GS_CARRY_FIELD, .name = lua_tostring(from, -2)};
    case LUA_TNUMBER:
        return (struct gs_carry_path){
            .up = path, .step = GS_CARRY_INDEX, .index = lua_tointeger(from, -2)};
    default:
        return (struct gs_carry_path){.up = path, .step = GS_CARRY_FIELD, .name = "[…]"};
    }
}

/* Key and value are on top of `from`, the copied table on top of `to`. */
static bool carry_pair(struct gs_carrier *c, const struct gs_carry_path *path)
{
    struct gs_carry_path of_key = {.up = path, .step = GS_CARRY_KEY};
    struct gs_carry_path of_value = key_step(c->from, path);
    lua_pushvalue(c->from, -2);
    if (!gs_carry_value(c, &of_key))
        return false;
    lua_pop(c->from, 1);
    if (!gs_carry_value(c, &of_value))
        return false;
    lua_rawset(c->to, -3);
    c->bytes += 32;
    return true;
}

static bool carry_metatable(struct gs_carrier *c, const struct gs_carry_path *path)
{
    struct gs_carry_path step = {.up = path, .step = GS_CARRY_META};
    if (!lua_getmetatable(c->from, -1))
        return true;
    if (!gs_carry_value(c, &step))
        return false;
    lua_pop(c->from, 1);
    lua_pushliteral(c->to, "__gc");
    /* The sandbox refuses finalizers when a metatable is set; it may have got one since. */
    if (lua_rawget(c->to, -2) != LUA_TNIL)
        return gs_carry_refuse(c, path, "a table with a finalizer");
    lua_pop(c->to, 1);
    lua_setmetatable(c->to, -2);
    return true;
}

/* Carries the pairs as Lua has them. */
static bool carry_pairs(struct gs_carrier *c, const struct gs_carry_path *path)
{
    lua_pushnil(c->from);
    while (lua_next(c->from, -2)) {
        if (!carry_pair(c, path))
            return false;
        lua_pop(c->from, 1);
    }
    return true;
}

/* Is the table on top of `from` in order as Lua has it? Lists are. How many keys it has. */
static bool is_sorted(lua_State *from, lua_Integer *count)
{
    struct gs_key last, key;
    bool sorted = true;
    *count = 0;
    lua_pushnil(from);
    for (; lua_next(from, -2); last = key, ++*count) {
        key = gs_key_describe(from, -2);
        sorted = sorted && (*count == 0 || gs_key_compare(&last, &key) <= 0);
        lua_pop(from, 1);
    }
    return sorted;
}

/* Pushes the keys as Lua has them, and describes them. */
static void push_keys(lua_State *from, int table, struct gs_key *keys)
{
    lua_Integer place = 0;
    lua_pushnil(from);
    while (lua_next(from, table)) {
        lua_pop(from, 1);
        keys[place] = gs_key_describe(from, -1);
        keys[place].place = place + 1;
        place++;
        lua_pushvalue(from, -1);
    }
}

/* The keys are put on from's stack, since nothing else of `from` may grow here; what sorts them is
 * a block of `to`, which an error there frees. */
static bool carry_sorted(struct gs_carrier *c, const struct gs_carry_path *path, lua_Integer count)
{
    lua_State *from = c->from, *to = c->to;
    int table = lua_gettop(from);
    struct gs_key *keys = lua_newuserdatauv(to, (size_t)count * sizeof *keys, 0);
    lua_insert(to, -2);
    push_keys(from, table, keys);
    qsort(keys, (size_t)count, sizeof *keys, gs_key_compare_places);
    for (lua_Integer i = 0; i < count; i++) {
        lua_pushvalue(from, table + (int)keys[i].place);
        lua_pushvalue(from, -1);
        lua_rawget(from, table);
        if (!carry_pair(c, path))
            return false;
        lua_pop(from, 2);
    }
    lua_settop(from, table);
    lua_remove(to, -2);
    return true;
}

/* In a fixed order: which value an error names depends on it, and how Lua lays out the copy. A
 * table of more keys than there is stack is carried as Lua has it. */
bool gs_carry_table(struct gs_carrier *c, const struct gs_carry_path *path)
{
    lua_Integer count;
    lua_newtable(c->to);
    lua_pushvalue(c->to, -1);
    lua_rawsetp(c->to, c->memo, lua_topointer(c->from, -1));
    c->bytes += 56;
    bool as_it_is = is_sorted(c->from, &count) || count > INT_MAX / 2 ||
                    !lua_checkstack(c->from, (int)count + 8);
    return (as_it_is ? carry_pairs(c, path) : carry_sorted(c, path, count)) &&
           carry_metatable(c, path);
}
