#include "runtime/order.h"

enum { DEEPEST = 32 };

static enum gs_order_result order(lua_State *L, int a, int b, int depth, struct gs_error *err);

static enum gs_order_result refuse(lua_State *L, int a, int b, struct gs_error *err)
{
    gs_error_set(err, "TypeError: '<' not supported between instances of '%s' and '%s'",
                 lua_typename(L, lua_type(L, a)), lua_typename(L, lua_type(L, b)));
    return GS_UNORDERED;
}

static enum gs_order_result order_lists(lua_State *L, int a, int b, int depth, struct gs_error *err)
{
    enum gs_order_result result = GS_EQUAL;
    if (depth == DEEPEST || !lua_checkstack(L, 4)) {
        gs_error_set(err, "RecursionError: the priorities are nested too deeply");
        return GS_UNORDERED;
    }
    for (lua_Integer i = 1; result == GS_EQUAL; i++) {
        bool more_a = lua_rawgeti(L, a, i) != LUA_TNIL;
        bool more_b = lua_rawgeti(L, b, i) != LUA_TNIL;
        if (more_a && more_b)
            result = order(L, lua_absindex(L, -2), lua_absindex(L, -1), depth + 1, err);
        lua_pop(L, 2);
        if (!more_a || !more_b)
            return more_b ? GS_BEFORE : more_a ? GS_AFTER : GS_EQUAL;
    }
    return result;
}

static enum gs_order_result order(lua_State *L, int a, int b, int depth, struct gs_error *err)
{
    int type = lua_type(L, a);
    if (lua_rawequal(L, a, b))
        return GS_EQUAL;
    if (type != lua_type(L, b))
        return refuse(L, a, b, err);
    if (type == LUA_TTABLE)
        return order_lists(L, a, b, depth, err);
    if (type != LUA_TNUMBER && type != LUA_TSTRING)
        return refuse(L, a, b, err);
    return lua_compare(L, a, b, LUA_OPLT) ? GS_BEFORE : GS_AFTER;
}

enum gs_order_result gs_order(lua_State *L, int a, int b, struct gs_error *err)
{
    return order(L, a, b, 0, err);
}
