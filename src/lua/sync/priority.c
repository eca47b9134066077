#include "lua/sync/priority.h"

#include "lua/sync/compare.h"

/* table[1 .. count] is a binary heap, the first in order at 1. To compare may run a scene's code,
 * in which other threads use this queue, or this one does. CPython holds the queue's mutex
 * meanwhile; here that would be a monitor held while a scene's code runs. So an item's place is
 * looked for first, again if the heap has become another one meanwhile (then somebody else got on),
 * and what is raised there leaves everything as it was; then all is moved at once. */
struct way {
    struct gs_items *items;
    lua_State *L;
    int table;
    int moving; /* stack index of the item whose place is looked for */
    int slot;   /* stack index for what a metamethod raises; 0 at home, where none may run */
    bool raised;
    struct gs_error *err;
    uint64_t changes;  /* how many there had been when the search began */
    lua_Integer place; /* where the item belongs */
};

enum { MOVING = 0 }; /* as a place in the heap: the moving item, wherever it is */

enum answer { NO, YES, CHANGED, FAILED };

static void push_item(const struct way *w, lua_Integer place)
{
    if (place == MOVING)
        lua_pushvalue(w->L, w->moving);
    else
        lua_rawgeti(w->L, w->table, place);
}

static enum answer is_before(struct way *w, lua_Integer x, lua_Integer y)
{
    lua_State *L = w->L;
    push_item(w, x);
    push_item(w, y);
    enum gs_compare_result result =
        gs_compare(L, lua_absindex(L, -2), lua_absindex(L, -1), w->slot, w->err);
    lua_pop(L, 2);
    w->raised = result == GS_RAISED;
    if (w->raised || result == GS_UNORDERED)
        return FAILED;
    if (w->changes != w->items->changes)
        return CHANGED;
    return result == GS_BEFORE ? YES : NO;
}

/* From behind the last item up. */
static enum answer look_up(struct way *w)
{
    enum answer answer = NO;
    w->place = w->items->count + 1;
    while (w->place > 1 && (answer = is_before(w, MOVING, w->place / 2)) == YES)
        w->place /= 2;
    return answer;
}

/* Down to a leaf, always by the lesser child, the second of two equals; places up to last. */
static enum answer descend(struct way *w, lua_Integer last)
{
    enum answer answer = NO;
    for (lua_Integer child = 2; child <= last; child = 2 * w->place) {
        if (child < last) {
            answer = is_before(w, child, child + 1);
            if (answer != YES && answer != NO)
                return answer;
            child += answer == NO;
        }
        w->place = child;
    }
    return NO;
}

/* The last item, from the first place down. As CPython's heapq, and with the same comparisons, so
 * that equal priorities come out in its order: first to a leaf, then up again as far as it may.
 * What is on the way moves up by one, so at each place stands what its parent will be. */
static enum answer look_down(struct way *w)
{
    lua_Integer last = w->items->count;
    lua_rawgeti(w->L, w->table, last);
    lua_replace(w->L, w->moving);
    w->place = 1;
    enum answer answer = descend(w, last - 1);
    if (answer != NO)
        return answer;
    while (w->place > 1 && (answer = is_before(w, MOVING, w->place)) == YES)
        w->place /= 2;
    return answer;
}

static bool find(struct way *w, enum answer (*look)(struct way *))
{
    enum answer answer;
    do {
        w->changes = w->items->changes;
        answer = look(w);
    } while (answer == CHANGED);
    return answer != FAILED;
}

static void move(lua_State *L, int table, lua_Integer from, lua_Integer to)
{
    lua_rawgeti(L, table, from);
    lua_rawseti(L, table, to);
}

/* The first step needs memory, if any: when that raises nothing has changed yet. */
static void rise(struct way *w)
{
    lua_Integer at = w->items->count + 1;
    for (; at != w->place; at /= 2)
        move(w->L, w->table, at / 2, at);
    lua_pushvalue(w->L, w->moving);
    lua_rawseti(w->L, w->table, at);
    w->items->count++;
    w->items->changes++;
}

void gs_priority_remove(struct gs_items *items, lua_State *L, int table, lua_Integer place)
{
    /* The last item takes the place found for it, those above it move up over the first. */
    lua_Integer at = 1;
    while (at != place) {
        lua_Integer child = place;
        while (child / 2 != at)
            child /= 2;
        move(L, table, child, at);
        at = child;
    }
    move(L, table, items->count, place);
    lua_pushnil(L);
    lua_rawseti(L, table, items->count);
    items->count--;
    items->changes++;
}

/* With the moving item on top: pushes the slot and looks; then the stack is as it was below the
 * moving item, and perhaps what was raised on it. */
static bool look_for_place(struct way *w, enum answer (*look)(struct way *))
{
    w->moving = lua_gettop(w->L);
    lua_pushnil(w->L);
    w->slot = w->items->home ? 0 : w->moving + 1;
    if (find(w, look))
        return true;
    lua_remove(w->L, w->moving);
    if (w->raised)
        gs_error_set(w->err, "%s", "");
    else
        lua_pop(w->L, 1);
    return false;
}

bool gs_priority_store(struct gs_items *items, lua_State *L, int table, struct gs_error *err)
{
    struct way w = {.items = items, .L = L, .table = table, .err = err};
    if (!look_for_place(&w, look_up))
        return false;
    rise(&w);
    lua_pop(L, 2);
    return true;
}

bool gs_priority_choose(struct gs_items *items, lua_State *L, int table, lua_Integer *place,
                        struct gs_error *err)
{
    struct way w = {.items = items, .L = L, .table = table, .err = err};
    lua_pushnil(L);
    if (!look_for_place(&w, look_down))
        return false;
    *place = w.place;
    lua_pop(L, 2);
    lua_rawgeti(L, table, 1);
    return true;
}
