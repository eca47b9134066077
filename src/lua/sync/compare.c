#include "lua/sync/compare.h"

#include <lauxlib.h>

enum { DEEPEST = 32 };

struct comparison {
    lua_State *L;
    int raised; /* see gs_compare */
    struct gs_error *err;
};

static enum gs_compare_result order(const struct comparison *c, int a, int b, int depth);

static enum gs_compare_result refuse(const struct comparison *c, int a, int b, const char *why)
{
    gs_error_set(c->err, "TypeError: '<' not supported between instances of '%s' and '%s'%s",
                 lua_typename(c->L, lua_type(c->L, a)), lua_typename(c->L, lua_type(c->L, b)), why);
    return GS_UNORDERED;
}

/* Asks the metamethod, a's or b's as Lua chooses. False: neither has it. */
static bool ask(const struct comparison *c, int a, int b, const char *event,
                enum gs_compare_result yes, enum gs_compare_result *result)
{
    lua_State *L = c->L;
    if (luaL_getmetafield(L, a, event) == LUA_TNIL && luaL_getmetafield(L, b, event) == LUA_TNIL)
        return false;
    if (!c->raised) {
        gs_error_set(c->err,
                     "TypeError: without a GIL, on the real clock, no thread can call %s: a queue "
                     "holds copies, in a state of its own",
                     event);
        *result = GS_UNORDERED;
        lua_pop(L, 1);
        return true;
    }
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    if (lua_pcall(L, 2, 1, 0) == LUA_OK) {
        *result = lua_toboolean(L, -1) ? yes : GS_AFTER;
        lua_pop(L, 1);
    } else {
        *result = GS_RAISED;
        lua_replace(L, c->raised);
    }
    return true;
}

static lua_Integer length_of(lua_State *L, int list)
{
    lua_Integer length = 0;
    while (lua_rawgeti(L, list, length + 1) != LUA_TNIL) {
        lua_pop(L, 1);
        length++;
    }
    lua_pop(L, 1);
    return length;
}

/* How many keys the table has beside those of its list; alike becomes false when one of them is
 * something else in the other table. Raw, for lua_next must not see a change. */
static int other_keys(lua_State *L, int table, int other, bool *alike)
{
    lua_Integer length = length_of(L, table);
    int count = 0;
    lua_pushnil(L);
    for (; lua_next(L, table); lua_pop(L, 1)) {
        int is_place;
        lua_Integer place = lua_tointegerx(L, -2, &is_place);
        if (is_place && lua_type(L, -2) == LUA_TNUMBER && place >= 1 && place <= length)
            continue;
        count++;
        lua_pushvalue(L, -2);
        lua_rawget(L, other);
        *alike = *alike && lua_rawequal(L, -1, -2);
        lua_pop(L, 1);
    }
    return count;
}

/* Two lists, alike as far as both go. What has keys besides is no list: of two of these one can
 * only say whether they are the same. */
static enum gs_compare_result order_ends(const struct comparison *c, int a, int b, bool more_a,
                                         bool more_b)
{
    bool alike = !more_a && !more_b;
    int keys_a = other_keys(c->L, a, b, &alike), keys_b = other_keys(c->L, b, a, &alike);
    if (!alike && keys_a + keys_b > 0)
        return refuse(c, a, b, ": only lists and tables with __lt have an order");
    return more_b ? GS_BEFORE : more_a ? GS_AFTER : GS_EQUAL;
}

static enum gs_compare_result order_lists(const struct comparison *c, int a, int b, int depth)
{
    lua_State *L = c->L;
    enum gs_compare_result result = GS_EQUAL;
    if (depth == DEEPEST) {
        gs_error_set(c->err, "RecursionError: the priorities are nested too deeply");
        return GS_UNORDERED;
    }
    for (lua_Integer i = 1; result == GS_EQUAL; i++) {
        bool more_a = lua_rawgeti(L, a, i) != LUA_TNIL;
        bool more_b = lua_rawgeti(L, b, i) != LUA_TNIL;
        if (more_a && more_b)
            result = order(c, lua_absindex(L, -2), lua_absindex(L, -1), depth + 1);
        lua_pop(L, 2);
        if (!more_a || !more_b)
            return order_ends(c, a, b, more_a, more_b);
    }
    return result;
}

static enum gs_compare_result order_alike(const struct comparison *c, int a, int b, int depth)
{
    switch (lua_type(c->L, a)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
        return lua_compare(c->L, a, b, LUA_OPLT) ? GS_BEFORE : GS_AFTER;
    case LUA_TBOOLEAN: /* not equal: false comes first */
        return lua_toboolean(c->L, b) ? GS_BEFORE : GS_AFTER;
    case LUA_TTABLE:
        return order_lists(c, a, b, depth);
    default:
        return refuse(c, a, b, "");
    }
}

static bool may_have_metamethods(lua_State *L, int index)
{
    return lua_istable(L, index) || lua_isuserdata(L, index);
}

/* As Python, which asks the members of tuples whether they are equal, and then which is less. */
static bool ask_metamethods(const struct comparison *c, int a, int b, int depth,
                            enum gs_compare_result *result)
{
    bool same_type = lua_type(c->L, a) == lua_type(c->L, b);
    if (depth > 0 && same_type && ask(c, a, b, "__eq", GS_EQUAL, result) && *result != GS_AFTER)
        return true;
    return ask(c, a, b, "__lt", GS_BEFORE, result);
}

static enum gs_compare_result order(const struct comparison *c, int a, int b, int depth)
{
    enum gs_compare_result result;
    lua_State *L = c->L;
    if (!lua_checkstack(L, 8)) {
        gs_error_set(c->err, "MemoryError: no memory to compare priorities");
        return GS_UNORDERED;
    }
    if (lua_rawequal(L, a, b))
        return GS_EQUAL;
    if ((may_have_metamethods(L, a) || may_have_metamethods(L, b)) &&
        ask_metamethods(c, a, b, depth, &result))
        return result;
    return lua_type(L, a) == lua_type(L, b) ? order_alike(c, a, b, depth) : refuse(c, a, b, "");
}

enum gs_compare_result gs_compare(lua_State *L, int a, int b, int raised, struct gs_error *err)
{
    struct comparison c = {.L = L, .raised = raised, .err = err};
    return order(&c, a, b, 0);
}
