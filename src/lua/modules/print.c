/* print. What is printed becomes an event: a stage has no screen of its own. */
#include "lua/library/addresses.h"
#include "lua/library/keys.h"
#include "lua/library/tables.h"
#include "lua/modules/arguments.h"
#include "lua/modules/modules.h"
#include "lua/vm/interp.h"
#include "lua/vm/words.h"
#include "sched/actor.h"

#include <lauxlib.h>

/* Of one table; of tables within tables; and of all that stands in the tables of one print, where
 * the same one may be referred to at every turn. */
enum { MOST_ITEMS = 100, DEEPEST = 4, MOST_BYTES = 1 << 16 };

struct showing {
    size_t bytes; /* of the items so far */
    bool cut;     /* there was more than MOST_BYTES */
};

static void show(lua_State *L, int index, int depth, struct showing *s);

/* Replaces the two texts on top by both, one behind the other. */
static void append(lua_State *L)
{
    lua_concat(L, 2);
}

static void show_key(lua_State *L, int depth, struct showing *s)
{
    if (lua_type(L, -1) == LUA_TSTRING) {
        lua_pushvalue(L, -1);
        s->bytes += lua_rawlen(L, -1);
    } else {
        show(L, -1, depth, s);
    }
    lua_pushliteral(L, ": ");
    append(L);
}

/* Appends one item to the text on top, with its key where the table is no list. */
static void show_item(lua_State *L, int table, int depth, bool list, struct showing *s)
{
    int key = lua_gettop(L);
    if (list)
        lua_pushliteral(L, "");
    else
        show_key(L, depth, s);
    lua_pushvalue(L, key);
    lua_rawget(L, table);
    show(L, -1, depth + 1, s);
    lua_remove(L, -2);
    append(L);
    lua_remove(L, key);
    append(L);
}

/* Pushes "[1, 2]" or "{a: 1}", as Python shows lists and dictionaries. */
static void show_table(lua_State *L, int table, int depth, struct showing *s)
{
    gs_keys_push(L, table);
    int keys = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys), i;
    bool list = (lua_Integer)lua_rawlen(L, table) == count;
    lua_pushstring(L, list ? "[" : "{");
    for (i = 1; i <= count && i <= MOST_ITEMS && s->bytes <= MOST_BYTES; i++, s->bytes += 2) {
        lua_pushstring(L, i > 1 ? ", " : "");
        append(L);
        lua_rawgeti(L, keys, i);
        show_item(L, table, depth, list, s);
    }
    s->cut |= i <= count && i <= MOST_ITEMS;
    lua_pushstring(L, i <= count ? (list ? ", …]" : ", …}") : list ? "]" : "}");
    append(L);
    lua_remove(L, keys);
}

static void quote(lua_State *L, int text)
{
    lua_pushliteral(L, "'");
    lua_pushvalue(L, text);
    lua_pushliteral(L, "'");
    lua_concat(L, 3);
}

static bool shown_by_parts(lua_State *L, int index, int depth)
{
    return depth < DEEPEST && lua_istable(L, index) && !luaL_getmetafield(L, index, "__tostring") &&
           !luaL_getmetafield(L, index, "__name");
}

static void show(lua_State *L, int index, int depth, struct showing *s)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 16, "nested too deeply to print");
    int top = lua_gettop(L);
    bool parts = shown_by_parts(L, index, depth);
    lua_settop(L, top);
    if (parts) {
        show_table(L, index, depth, s);
        return;
    }
    if (depth > 0 && lua_type(L, index) == LUA_TSTRING)
        quote(L, index);
    else
        gs_push_text(L, index);
    if (depth > 0)
        s->bytes += lua_rawlen(L, -1);
}

static int print(lua_State *L)
{
    struct showing showing = {0};
    int count = lua_gettop(L);
    lua_pushliteral(L, "");
    for (int i = 1; i <= count; i++) {
        lua_pushstring(L, i > 1 ? " " : "");
        show(L, i, 0, &showing);
        lua_concat(L, 3);
    }
    if (showing.cut) {
        lua_pushfstring(L, " (cut: print shows %d bytes of what is in tables)", MOST_BYTES);
        append(L);
    }
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    uint32_t id;
    struct gs_error err;
    if (!gs_words_add(text, length, &id, &err))
        return gs_raise(L, &err);
    gs_words_say(GS_EVENT_OUTPUT, 0, id, (uint32_t)gs_interp_line(L));
    return 0;
}

void gs_print_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"print", print}, {"tostring", gs_to_string}, {"pairs", gs_tables_pairs}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
