/* Values that go from one Lua global state into another: what arrives, what is refused and how. */
#include "lua/carry/carry.h"
#include "lua/vm/newstate.h"

#include <lauxlib.h>
#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static lua_State *from, *to;

static lua_State *new_state(void)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    gs_carry_know_libraries(L);
    return L;
}

static int open_states(void **state)
{
    (void)state;
    from = new_state();
    to = new_state();
    return 0;
}

static int close_states(void **state)
{
    (void)state;
    lua_close(from);
    lua_close(to);
    return 0;
}

static void run(lua_State *L, const char *code, int results)
{
    if (luaL_loadstring(L, code) != LUA_OK || lua_pcall(L, 0, results, 0) != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
}

/* Makes a value with `code`, carries it, leaves the copy as the global `it`. */
static bool carry(const char *code, struct gs_error *err)
{
    static const char *const names[] = {"target"};
    run(from, code, 1);
    int from_top = lua_gettop(from), to_top = lua_gettop(to);
    bool done = gs_carry(from, to, 1, names, NULL, err);
    assert_int_equal(lua_gettop(from), from_top);
    assert_int_equal(lua_gettop(to), to_top + done);
    if (done)
        lua_setglobal(to, "it");
    return done;
}

static void arrives(const char *code, const char *claim)
{
    struct gs_error err = {.text = ""};
    if (!carry(code, &err))
        fail_msg("%s: %s", code, err.text);
    run(to, claim, 1);
    if (!lua_toboolean(to, -1))
        fail_msg("%s: not so: %s", code, claim);
    lua_pop(to, 1);
}

static void is_refused(const char *code, const char *message)
{
    struct gs_error err = {.text = ""};
    assert_false(carry(code, &err));
    assert_string_equal(err.text, message);
}

static void plain_values_arrive(void **state)
{
    (void)state;
    arrives("return nil", "return it == nil");
    arrives("return 7", "return math.type(it) == 'integer' and it == 7");
    arrives("return 7.0", "return math.type(it) == 'float'");
    arrives("return 'a\\0b'", "return #it == 3 and it == 'a\\0b'");
    arrives("return true", "return it == true");
}

static void tables_keep_their_shape(void **state)
{
    (void)state;
    arrives("return {1, {2, a = 3}, [true] = 'yes'}",
            "return it[1] == 1 and it[2][1] == 2 and it[2].a == 3 and it[true] == 'yes'");
    arrives("local t = {}; t.self = t; return {t, t}",
            "return it[1] == it[2] and it[1].self == it[1]");
    arrives("local k = {5}; return {[k] = k}", "local k, v = next(it) return k == v and k[1] == 5");
    arrives("return setmetatable({}, {__index = function(_, k) return k .. '!' end})",
            "return it.hello == 'hello!'");
}

static void libraries_go_by_name(void **state)
{
    (void)state;
    arrives("return string.format", "return it == string.format");
    arrives("return {math, print, _G}", "return it[1] == math and it[2] == print and it[3] == _G");
}

static void functions_bring_what_they_captured(void **state)
{
    (void)state;
    arrives("local n, t = 3, {4} return function(x) return x + n + t[1] end", "return it(1) == 8");
    arrives("local function f(n) return n < 2 and 1 or n * f(n - 1) end return f",
            "return it(5) == 120");
    arrives("local n = 0 return {add = function() n = n + 1 end, get = function() return n end}",
            "it.add() it.add() return it.get() == 2");
    arrives("local a, b = function() end return function() return a, b end",
            "local f, n = it() return type(f) == 'function' and n == nil");
}

static void functions_bring_the_globals_they_use(void **state)
{
    (void)state;
    arrives("limit = 10 unused = coroutine.create(print)"
            " function half(x) return x / 2 end"
            " return function() return function() return half(limit) end end",
            "return it()() == 5 and unused == nil");
    run(from, "limit = 30", 0);
    arrives("return function() return half(limit) end", "return it() == 5");
    run(to, "limit = 40", 0);
    arrives("return function() return half(limit) end", "return it() == 20");
}

static void functions_bring_what_was_changed_in_libraries(void **state)
{
    (void)state;
    arrives("function string.trim(s) return (s:gsub('^ +', '')) end"
            " return function(s) return s:trim() end",
            "return it('  a') == 'a' and string.trim");
    arrives("math.floor = math.ceil return function(x) return math.floor(x) end",
            "return it(1.5) == 2");
    run(to, "function math.floor() return 'own' end", 0);
    arrives("return function(x) return math.floor(x) end", "return it(1.5) == 'own'");
    arrives("local old = print function print(...) return old, ... end"
            " return function() return print(1) end",
            "local old, one = it() return old ~= print and one == 1");
    is_refused("string.bad = coroutine.create(math.abs) return function(s) return s:bad() end",
               "TypeError: cannot carry the global string.bad, used by target: a coroutine");
}

/* In a fixed order: Lua's own is another one in each state. */
static void the_first_key_is_refused(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        close_states(NULL);
        open_states(NULL);
        is_refused("local co = coroutine.create(print)"
                   " return {x = {2, 3}, d = co, ab = co, [true] = co, a = {[-1] = co, co}}",
                   "TypeError: cannot carry target.a[-1]: a coroutine");
        is_refused("c1 = coroutine.create(print) d1, b1, a1 = c1, c1, c1"
                   " return function() return d1, c1, a1, b1 end",
                   "TypeError: cannot carry the global a1, used by target: a coroutine");
    }
}

static void refusals_name_the_path(void **state)
{
    (void)state;
    is_refused("return coroutine.create(print)", "TypeError: cannot carry target: a coroutine");
    is_refused("return {1, {worker = coroutine.create(print)}}",
               "TypeError: cannot carry target[2].worker: a coroutine");
    is_refused("local conn = {socket = coroutine.create(print)}"
               " local function work() return conn end return {run = work}",
               "TypeError: cannot carry conn.socket, captured by target.run: a coroutine");
    is_refused("helper = coroutine.create(print) return function() return helper end",
               "TypeError: cannot carry the global helper, used by target: a coroutine");
    is_refused("return {[coroutine.create(print)] = 1}",
               "TypeError: cannot carry target's key: a coroutine");
    is_refused("return string.gmatch('a', 'a')",
               "TypeError: cannot carry target: a library's function with a state of its own");
    is_refused("local mt = {} local t = setmetatable({}, mt) mt.__gc = print return t",
               "TypeError: cannot carry target: a table with a finalizer");
    is_refused("return io.stdout", "TypeError: cannot carry target: an object of a library");
    is_refused("local t = {} for _ = 1, 500 do t = {t} end return t",
               "RecursionError: cannot carry what is nested more than 190 deep");
}

struct box {
    int number;
};

static bool carry_box(void *userdata, lua_State *L, struct gs_error *err)
{
    const struct box *box = userdata;
    if (box->number == 13)
        return gs_error_set(err, "an unlucky box");
    *(struct box *)lua_newuserdatauv(L, sizeof *box, 0) = *box;
    return true;
}

static void push_box(int number)
{
    struct box *box = lua_newuserdatauv(from, sizeof *box, 0);
    box->number = number;
    lua_newtable(from);
    gs_carry_allow(from, -1, carry_box);
    lua_setmetatable(from, -2);
}

static void userdata_goes_through_its_hook(void **state)
{
    (void)state;
    struct gs_error err;
    push_box(4);
    assert_true(gs_carry(from, to, 1, NULL, NULL, &err));
    assert_int_equal(((struct box *)lua_touserdata(to, -1))->number, 4);
    push_box(13);
    assert_false(gs_carry(from, to, 1, NULL, NULL, &err));
    assert_string_equal(err.text, "TypeError: cannot carry the value: an unlucky box");
}

static void values_share_what_they_share(void **state)
{
    (void)state;
    struct gs_error err;
    uint64_t bytes = 0;
    run(from, "local t = {} return t, t", 2);
    assert_true(gs_carry(from, to, 2, NULL, &bytes, &err));
    assert_true(lua_rawequal(to, -1, -2));
    assert_true(bytes > 0);
}

/* A state that may allocate only so often, then never again. */
static void *starving(void *data, void *block, size_t old_size, size_t new_size)
{
    int *left = data;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return (*left)-- > 0 ? realloc(block, new_size) : NULL;
}

static void no_memory_is_an_error(void **state)
{
    (void)state;
    int refused = 0;
    for (int allowed = 0; allowed < 400; allowed++) {
        int left = 1000000;
        lua_State *poor = gs_lua_newstate(starving, &left, 0);
        struct gs_error err = {.text = ""};
        gs_carry_know_libraries(poor);
        run(from, "return {1, {2}, function() return from end, 'text'}", 1);
        left = allowed;
        if (!gs_carry(from, poor, 1, NULL, NULL, &err)) {
            assert_memory_equal(err.text, "MemoryError", 11);
            refused++;
        }
        left = 1000000;
        lua_close(poor);
    }
    assert_in_range(refused, 5, 399);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_states, close_states)
        TEST(plain_values_arrive),
        TEST(tables_keep_their_shape),
        TEST(libraries_go_by_name),
        TEST(functions_bring_what_they_captured),
        TEST(functions_bring_the_globals_they_use),
        TEST(functions_bring_what_was_changed_in_libraries),
        TEST(the_first_key_is_refused),
        TEST(refusals_name_the_path),
        TEST(userdata_goes_through_its_hook),
        TEST(values_share_what_they_share),
        TEST(no_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
