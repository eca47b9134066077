/* What a scene says of itself while it runs: check, note, mark, ask, label, phase; what it
 * measures: measure, memory; and none. */
#include "lua/library/registry.h"
#include "lua/modules/arguments.h"
#include "lua/modules/modules.h"
#include "lua/modules/with.h"
#include "lua/vm/interp.h"
#include "lua/vm/memory.h"
#include "lua/vm/overflow.h"
#include "lua/vm/words.h"
#include "sched/actor.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Key of the registry: text -> its id in the trace. A label in a loop costs one string then. */
static const char strings_key;

/* … and coroutine -> its number. */
static const char coroutines_key;

static uint32_t line_of(lua_State *L)
{
    return (uint32_t)gs_interp_line(L);
}

static void push_strings(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &strings_key) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &strings_key);
}

static uint32_t add_text(lua_State *L, const char *text, size_t length)
{
    uint32_t id;
    struct gs_error err;
    if (!gs_words_add(text, length, &id, &err))
        gs_raise(L, &err);
    return id;
}

/* The text of argument `index` in the trace. */
static uint32_t string_of(lua_State *L, int index)
{
    size_t length;
    const char *text = luaL_checklstring(L, index, &length);
    push_strings(L);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushvalue(L, index);
        lua_pushinteger(L, add_text(L, text, length));
        lua_rawset(L, -3);
        lua_pushvalue(L, index);
        lua_rawget(L, -2);
    }
    uint32_t id = (uint32_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return id;
}

/* The same of one that has to say something: an empty claim would be told as if it were one. */
static uint32_t words_of(lua_State *L, int index, const char *wanted)
{
    size_t length = 0, blanks = 0;
    const char *text = lua_isnoneornil(L, index) ? "" : luaL_checklstring(L, index, &length);
    while (blanks < length && isspace((unsigned char)text[blanks]))
        blanks++;
    if (blanks == length)
        luaL_argerror(L, index, wanted);
    return string_of(L, index);
}

static int check(lua_State *L)
{
    luaL_checkany(L, 1);
    bool holds = lua_toboolean(L, 1);
    /* Counted first: with no room left for its text it has failed all the same. */
    if (!holds)
        atomic_fetch_add(&gs_runtime.failures, 1);
    uint32_t claim = words_of(L, 2, "a check needs a sentence that says what is claimed");
    gs_words_say(GS_EVENT_CHECK, holds, claim, line_of(L));
    lua_pushboolean(L, holds);
    return 1;
}

static int note(lua_State *L)
{
    gs_words_say(GS_EVENT_NOTE, 0, words_of(L, 1, "a note needs its text"), line_of(L));
    return 0;
}

static int mark(lua_State *L)
{
    gs_words_say(GS_EVENT_MARK, 0, words_of(L, 1, "a mark needs its text"), line_of(L));
    return 0;
}

/* The answers as a list, into buffer, a line each behind the question; which of them the third
 * argument is, from 1. */
static lua_Integer add_answers(lua_State *L, luaL_Buffer *buffer)
{
    lua_Integer count = luaL_len(L, 2), right = 0;
    luaL_argcheck(L, count >= GS_ANSWERS_LEAST && count <= GS_ANSWERS_MOST, 2,
                  "2 to 9 answers are needed");
    for (lua_Integer i = 1; i <= count; i++) {
        luaL_addchar(buffer, '\n');
        lua_geti(L, 2, i);
        if (lua_compare(L, -1, 3, LUA_OPEQ) && !right)
            right = i;
        const char *text = lua_tostring(L, -1);
        luaL_argcheck(L, text && *text && !strchr(text, '\n'), 2,
                      "each answer must be a text of one line");
        luaL_addvalue(buffer);
    }
    luaL_argcheck(L, right, 3, "the right answer must be one of them");
    return right;
}

static int ask(lua_State *L)
{
    luaL_Buffer buffer;
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checkany(L, 3);
    words_of(L, 1, "a question needs its text");
    luaL_argcheck(L, !strchr(lua_tostring(L, 1), '\n'), 1, "a question is one line");
    lua_settop(L, 3);
    luaL_buffinit(L, &buffer);
    lua_pushvalue(L, 1);
    luaL_addvalue(&buffer);
    lua_Integer right = add_answers(L, &buffer);
    luaL_pushresult(&buffer);
    gs_words_say(GS_EVENT_ASK, (uint8_t)right, string_of(L, -1), line_of(L));
    return 0;
}

/* The number of the coroutine that runs, which the run gives it at its first label; 0: none that
 * could be left in the middle of one. */
static uint32_t coroutine_of(lua_State *L)
{
    static _Atomic uint32_t last;
    if (!lua_isyieldable(L))
        return 0;
    gs_registry_push(L, &coroutines_key, "k");
    lua_pushthread(L);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushthread(L);
        lua_pushinteger(L, atomic_fetch_add(&last, 1) + 1);
        lua_rawset(L, -3);
        lua_pushthread(L);
        lua_rawget(L, -2);
    }
    uint32_t number = (uint32_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
    return number;
}

/* The coroutine is remembered: who closes one runs what is left of it as if it could not yield. */
static bool end_label(lua_State *L, void *coroutine, struct gs_error *err)
{
    (void)err;
    gs_emit(GS_EVENT_LABEL_END, 0, 0, gs_event_pack(line_of(L), (uint32_t)(uintptr_t)coroutine));
    return true;
}

static int label(lua_State *L)
{
    luaL_checkany(L, 2);
    uint32_t text = words_of(L, 1, "a label needs its text");
    uint32_t coroutine = coroutine_of(L);
    gs_with_prepare(L, 2);
    gs_emit(GS_EVENT_LABEL_BEGIN, 0, text, gs_event_pack(line_of(L), coroutine));
    return gs_with_call(L, 2, end_label, (void *)(uintptr_t)coroutine);
}

static bool end_phase(lua_State *L, void *thing, struct gs_error *err)
{
    (void)thing;
    (void)err;
    gs_emit(GS_EVENT_PHASE, 0, 0, line_of(L));
    return true;
}

/* phase(title, {speed = 0.1}, fn): the table is taken away. In millionths; 0: there is none. */
static uint32_t speed_of(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TTABLE || lua_gettop(L) < 3)
        return 0;
    lua_getfield(L, 2, "speed");
    double speed = lua_tonumber(L, -1);
    if (!(speed >= 0.000001 && speed <= 1000))
        luaL_error(L, "a phase's speed must be a number from 0.000001 to 1000");
    lua_pop(L, 1);
    lua_remove(L, 2);
    return (uint32_t)lround(speed * 1000000);
}

static int phase(lua_State *L)
{
    luaL_checkany(L, 2);
    uint32_t title = words_of(L, 1, "a phase needs its title");
    uint32_t speed = speed_of(L);
    gs_with_prepare(L, 2);
    gs_emit(GS_EVENT_PHASE, 0, title, gs_event_pack(line_of(L), speed));
    return gs_with_call(L, 2, end_phase, NULL);
}

/* The start is on the stack below the function. */
static int end_measure(lua_State *L, int status, lua_KContext first)
{
    uint64_t end = gs_now();
    if (status != LUA_OK && status != LUA_YIELD) {
        gs_overflow_place(L);
        return lua_error(L);
    }
    lua_pushnumber(L, (double)(end - (uint64_t)lua_tointeger(L, (int)first - 1)) / 1e9);
    lua_insert(L, (int)first);
    return lua_gettop(L) - (int)first + 1;
}

static int measure(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushinteger(L, (lua_Integer)gs_now());
    lua_insert(L, 1);
    return gs_call_then(L, 2, end_measure);
}

static int memory(lua_State *L)
{
    void *data;
    lua_getallocf(L, &data);
    lua_pushinteger(L, (lua_Integer)((const struct gs_memory *)data)->used);
    return 1;
}

/* The opening table was read before anything ran. */
static int scene(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    return 0;
}

static int none_to_string(lua_State *L)
{
    lua_pushliteral(L, "None");
    return 1;
}

/* Python's None where Lua's nil will not do: in queues and lists. The only light userdata that a
 * scene can come by, so that what holds for all of them holds for it. */
static void push_none(lua_State *L)
{
    /* No address of ours, which would be another one, and hashed by, in each run. */
    lua_pushlightuserdata(L, (void *)(uintptr_t)1);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, none_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "none");
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

void gs_globals_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"check", check},     {"note", note},     {"mark", mark},
                                         {"ask", ask},         {"label", label},   {"phase", phase},
                                         {"measure", measure}, {"memory", memory}, {"scene", scene},
                                         {NULL, NULL}};
    gs_with_open(L);
    luaL_setfuncs(L, functions, 0);
    push_none(L);
    lua_setfield(L, -2, "none");
}
