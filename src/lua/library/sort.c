/* table.sort. Lua's own takes pivots from the clock where a table is large: how often it compares,
 * and where equals go, would be others in each run. This one merges: equals keep their order, as
 * in Python, and an order function that contradicts itself cannot lead it out of the table.
 *
 * Places move, the values stay in a copy of the table until all is done: an error on the way leaves
 * the table as it was. */
#include "lua/library/tables.h"

#include <lauxlib.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

/* What is where on the stack. LEFT and RIGHT are the two values that are compared. */
enum { TABLE = 1, LESS, PLACES, VALUES, LEFT, RIGHT };

/* Runs from this length on are asked first whether they are in order already. */
enum { WORTH_ASKING = 8 };

static void hold(lua_State *L, int slot, int place)
{
    lua_rawgeti(L, VALUES, place);
    lua_replace(L, slot);
}

static bool right_goes_first(lua_State *L)
{
    if (lua_isnil(L, LESS))
        return lua_compare(L, RIGHT, LEFT, LUA_OPLT);
    lua_pushvalue(L, LESS);
    lua_pushvalue(L, RIGHT);
    lua_pushvalue(L, LEFT);
    lua_call(L, 2, 1);
    bool first = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return first;
}

static bool in_order(lua_State *L, int last, int next)
{
    hold(L, LEFT, last);
    hold(L, RIGHT, next);
    return !right_goes_first(L);
}

/* Moves places as long as both runs have some; where each run has come to is left in *left, *right.
 */
static int *take_turns(lua_State *L, const int **left, const int *middle, const int **right,
                       const int *end, int *to)
{
    hold(L, LEFT, **left);
    hold(L, RIGHT, **right);
    for (;;)
        if (right_goes_first(L)) {
            *to++ = *(*right)++;
            if (*right == end)
                return to;
            hold(L, RIGHT, **right);
        } else {
            *to++ = *(*left)++;
            if (*left == middle)
                return to;
            hold(L, LEFT, **left);
        }
}

/* Merges the runs from `left` and from `middle` on. */
static void merge(lua_State *L, const int *left, const int *middle, const int *end, int *to)
{
    const int *right = middle;
    bool done = middle - left >= WORTH_ASKING && in_order(L, middle[-1], middle[0]);
    if (!done)
        to = take_turns(L, &left, middle, &right, end, to);
    memcpy(to, left, (size_t)(middle - left) * sizeof *to);
    memcpy(to + (middle - left), right, (size_t)(end - right) * sizeof *to);
}

/* One round: runs of `width` become runs of twice that. */
static void merge_runs(lua_State *L, const int *from, int *to, size_t count, size_t width)
{
    for (size_t low = 0; low < count; low += 2 * width) {
        size_t middle = low + width, end = middle + width < count ? middle + width : count;
        if (middle < count)
            merge(L, from + low, from + middle, from + end, to + low);
        else
            memcpy(to + low, from + low, (count - low) * sizeof *to);
    }
}

/* The places in order, in the one or the other half of `places`. */
static const int *sort_places(lua_State *L, int *places, size_t count)
{
    int *from = places, *to = places + count;
    for (size_t width = 1; width < count; width *= 2) {
        merge_runs(L, from, to, count, width);
        int *other = from;
        from = to;
        to = other;
    }
    return from;
}

static void push_values(lua_State *L, int *places, int count)
{
    lua_createtable(L, count, 0);
    for (int i = 1; i <= count; i++) {
        lua_geti(L, TABLE, i);
        lua_rawseti(L, VALUES, i);
        places[i - 1] = i;
    }
}

int gs_tables_sort(lua_State *L)
{
    luaL_checktype(L, TABLE, LUA_TTABLE);
    lua_Integer length = luaL_len(L, TABLE);
    if (length < 2)
        return 0;
    luaL_argcheck(L, length < INT_MAX, TABLE, "array too big");
    if (!lua_isnoneornil(L, LESS))
        luaL_checktype(L, LESS, LUA_TFUNCTION);
    lua_settop(L, LESS);
    int count = (int)length, *places = lua_newuserdatauv(L, 2 * (size_t)count * sizeof *places, 0);
    push_values(L, places, count);
    lua_settop(L, RIGHT);
    const int *sorted = sort_places(L, places, (size_t)count);
    for (int i = 1; i <= count; i++)
        if (sorted[i - 1] != i) {
            lua_rawgeti(L, VALUES, sorted[i - 1]);
            lua_seti(L, TABLE, i);
        }
    return 0;
}
