/* A table's keys in an order that tells something: numbers, texts, booleans, handles by when their
 * things were made. Lua's own order goes by hashes: on the virtual clock it is the same in each run
 * (vm/newstate.h and vm/memory_arena.h see to that), but another one under each version of Lua.
 *
 * Tables, functions and coroutines as keys come last and stay in Lua's order. They have nothing
 * but an address: Lua tells nobody when it makes one, and to number them when they are first seen
 * as keys would be to number them in that order. */
#ifndef GS_LUA_LIBRARY_KEYS_H
#define GS_LUA_LIBRARY_KEYS_H

#include <lua.h>
#include <stdbool.h>

/* A userdata's user value that has its number among all handles, as an integer. */
#define GS_KEY_NUMBER 2

struct gs_key {
    enum gs_key_rank {
        GS_KEY_IS_NUMBER,
        GS_KEY_IS_TEXT,
        GS_KEY_IS_BOOLEAN,
        GS_KEY_IS_HANDLE,
        GS_KEY_IS_OTHER
    } rank;
    bool integral;
    lua_Integer integer; /* a number's, a handle's; true comes first */
    lua_Number number;
    const char *text; /* owned by the key's string */
    size_t length;
    lua_Integer place; /* in Lua's order; for whoever sorts */
};

/* Neither raises nor allocates, and needs one slot of the stack. */
struct gs_key gs_key_describe(lua_State *L, int index);

/* Less than, equal to or greater than 0; two others are equal. */
int gs_key_compare(const struct gs_key *a, const struct gs_key *b);

/* For qsort: equal ones by their places. */
int gs_key_compare_places(const void *left, const void *right);

/* Pushes a list of the keys of the table at `index`, in order. May raise. */
void gs_keys_push(lua_State *L, int index);

#endif
