#include "lua/vm/checkpoint.h"

#include "base/sanitizers.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"
#include "lua/vm/loops.h"

#include <lauxlib.h>
#include <pthread.h>
#include <signal.h>

/* CPython 2.7 counts its ticker down from 100 and looks when it is below 0: each 101st time. A
 * prime is needed anyway, or a loop of four instructions would always be stopped at the same one.
 */
enum { TICKS = 101, DEEPEST = 16000 };

/* The hostile build switches at every check point, asked or not, so it must look at all of them. */
#ifdef GS_HOSTILE
enum { POLLS = 1 };
#else
enum { POLLS = 0 };
#endif

/* The thread sanitizer keeps a signal back until the next call into its runtime, and Lua's VM may
 * never make one: in its build whoever would need one looks for himself. */
enum { SIGNALS = !GS_THREAD_SANITIZER };

/* May a thread write to another one's hook? Lua's VM has no lock in common with it. Where each core
 * sees the others' stores in their order, it finds the hook behind the mark that sends it there,
 * and the asker each call behind the link that leads to it. Elsewhere (arm64, RISC-V) it need not,
 * and only the thread itself arms its hook, in the handler of a signal. */
#if defined(__x86_64__) || defined(__i386__)
enum { STORES_IN_ORDER = 1 };
#else
enum { STORES_IN_ORDER = 0 };
#endif

/* The space that Lua keeps before each state; a new one gets a copy of its main state's. */
static lua_State **owner_of(lua_State *L)
{
    return lua_getextraspace(L);
}

void gs_checkpoint_own(lua_State *L)
{
    *owner_of(L) = L;
}

static bool is_coroutine(lua_State *L)
{
    return *owner_of(L) != L;
}

static bool may_be_armed_by_others(lua_State *L)
{
    return STORES_IN_ORDER && !is_coroutine(L);
}

static void check_point(uint64_t reached)
{
    struct gs_gil *gil = gs_lua_self()->interp->gil;
    if (!gil)
        return;
#ifdef GS_HOSTILE
    if (gil->profile != GS_GIL_27)
        gs_gil_force(gil);
#endif
    gs_gil_check_point(gil, reached);
}

static bool due(void)
{
    struct gs_gil *gil = gs_lua_self()->interp->gil;
#ifdef GS_HOSTILE
    return gil != NULL;
#else
    return gil && atomic_load_explicit(&gil->drop_request, memory_order_acquire);
#endif
}

/* Instructions until the next look: around a hundred, never regular. A loop of four instructions
 * would else be interrupted at the same one for ever. */
static int usual_count(void)
{
    if (!gs_runtime.virtual_clock || gs_lua_self()->interp->profile == GS_GIL_27)
        return TICKS;
    return 64 + (int)(gs_runner_random() % 64);
}

/* The next count of L, whose last one has run out. */
static int next_count(lua_State *L)
{
    int last = lua_gethookcount(L);
    return last < TICKS / 2 ? 2 * last : usual_count();
}

static bool any_instruction(const struct gs_interp *interp)
{
    return interp->profile == GS_GIL_27 || interp->profile == GS_GIL_39;
}

/* So many instructions more have been run: they take their time, and in the old profiles here is a
 * check point. */
static void pass(int instructions)
{
    struct gs_lua_actor *self = gs_lua_self();
    gs_charge_times(GS_COST_instruction, (uint64_t)instructions);
    if (!any_instruction(self->interp))
        return;
    self->ticks += instructions;
    if (self->interp->profile == GS_GIL_27 && self->ticks < TICKS)
        return;
    self->ticks = 0;
    check_point(gs_now());
}

/* A hand-over is due: the next call or backward jump is the check point, and the hook sees it. */
static void await_check_point(lua_State *L, lua_Hook hook, int count)
{
    /* Lua compares with where it was when line events were last on: the first one may be no jump
     * at all, so no line is known before it. */
    gs_lua_self()->hook_line = 0;
    lua_sethook(L, hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | (count ? LUA_MASKCOUNT : 0),
                count);
}

static bool awaits(lua_State *L)
{
    return lua_gethookmask(L) & LUA_MASKLINE;
}

/* Lua tells a new line, or a backward jump: one that stays where it was, or goes back to where a
 * loop does. What stands behind a return is neither, so the line before is forgotten there. */
static bool jumps_back(lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "l", ar);
    int before = gs_lua_self()->hook_line;
    gs_lua_self()->hook_line = ar->currentline;
    return before &&
           (ar->currentline == before || (ar->currentline < before && gs_loops_may_jump(L, ar)));
}

/* Is the event that was awaited a check point? */
static bool is_check_point(lua_State *L, lua_Debug *ar)
{
    if (ar->event == LUA_HOOKRET)
        gs_lua_self()->hook_line = 0;
    if (ar->event == LUA_HOOKLINE)
        return jumps_back(L, ar);
    return ar->event == LUA_HOOKCALL || ar->event == LUA_HOOKTAILCALL;
}

static void polling_hook(lua_State *L, lua_Debug *ar);

/* Goes on with that many instructions until the next look. */
static void poll(lua_State *L, int count)
{
    if (!any_instruction(gs_lua_self()->interp) && due())
        await_check_point(L, polling_hook, count);
    else
        lua_sethook(L, polling_hook, LUA_MASKCOUNT, count);
}

/* lua_sethook visits every open call, so that each look at the clock is the dearer the deeper the
 * scene is: without a limit, endless recursion takes minutes to come to Lua's own. */
static void limit_depth(lua_State *L)
{
    lua_Debug call;
    if (lua_getstack(L, DEEPEST, &call))
        luaL_error(L, "RecursionError: maximum recursion depth exceeded");
}

static void on_count(lua_State *L)
{
    limit_depth(L);
    pass(lua_gethookcount(L));
    if (awaits(L))
        lua_sethook(L, polling_hook, lua_gethookmask(L), next_count(L));
    else
        poll(L, next_count(L));
}

static void polling_hook(lua_State *L, lua_Debug *ar)
{
    if (ar->event == LUA_HOOKCOUNT) {
        on_count(L);
    } else if (is_check_point(L, ar)) {
        lua_sethook(L, polling_hook, LUA_MASKCOUNT, lua_gethookcount(L));
        check_point(gs_now());
    }
}

/* Real clock: the permanent hook of the old profiles. */
static void counting_hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    int count = lua_gethookcount(L);
    if (count < TICKS)
        lua_sethook(L, counting_hook, LUA_MASKCOUNT, next_count(L));
    pass(count);
}

/* Real clock, 3.12: armed by who asks. Lua's VM comes here at the next jump or call, but behind a
 * return, `..` and `#` as well, in the middle of `counter = read() + 1`: unless it is a call, what
 * is awaited begins only now. Disarms itself. */
static void asked_hook(lua_State *L, lua_Debug *ar)
{
    uint64_t reached = gs_now();
    if (due() && ar->event == LUA_HOOKCOUNT) {
        await_check_point(L, asked_hook, 0);
    } else if (!due() || is_check_point(L, ar)) {
        lua_sethook(L, NULL, 0, 0);
        check_point(reached);
    }
}

static void arm(lua_State *L)
{
    lua_sethook(L, asked_hook, LUA_MASKCALL | LUA_MASKCOUNT, 1);
}

static bool polls(const struct gs_interp *interp, lua_State *L)
{
    return gs_runtime.virtual_clock || (POLLS && interp->profile != GS_GIL_OFF) ||
           (!SIGNALS && interp->profile == GS_GIL_312 && !may_be_armed_by_others(L));
}

static bool armed_on_request(const struct gs_interp *interp, lua_State *L)
{
    return interp->profile == GS_GIL_312 && !polls(interp, L);
}

static void install(lua_State *L, int count)
{
    const struct gs_interp *interp = gs_lua_self()->interp;
    if (polls(interp, L))
        poll(L, count);
    else if (any_instruction(interp))
        lua_sethook(L, counting_hook, LUA_MASKCOUNT, count);
    else
        lua_sethook(L, NULL, 0, 0);
}

/* Who switches may do so every few instructions, and Lua does not tell how far a count has come. So
 * what was begun counts half, and counts begin small and double until they are as usual: whatever
 * runs between two switches is charged about right, and comes to its check points. */
static void settle(lua_State *left)
{
    const struct gs_interp *interp = gs_lua_self()->interp;
    if (polls(interp, left) || any_instruction(interp))
        pass(lua_gethookcount(left) / 2);
}

void gs_checkpoint_switch(lua_State *L)
{
    enum { FIRST = 4 };
    struct gs_lua_actor *self = gs_lua_self();
    lua_State *left = self->running;
    if (left)
        settle(left);
    install(L, left ? FIRST : usual_count());
    bool armable = may_be_armed_by_others(L);
    /* In this order, so that who asks never arms what he must not. */
    if (!armable)
        atomic_store(&self->armable, NULL);
    atomic_store(&self->running, L);
    if (armable)
        atomic_store(&self->armable, L);
    /* Who asked before that line armed the state that ran until then. Both sides write, then read:
     * sequentially consistent, so one of them sees the other. */
    if (armed_on_request(self->interp, L) && atomic_load(&self->interp->gil->drop_request))
        arm(L);
}

void gs_checkpoint_leave(void)
{
    atomic_store(&gs_lua_self()->armable, NULL);
    atomic_store(&gs_lua_self()->running, NULL);
}

/* On the holder's own thread: whatever it runs by now. */
static void on_request(int signal_number)
{
    (void)signal_number;
    lua_State *L = gs_self ? atomic_load(&gs_lua_self()->running) : NULL;
    if (L && armed_on_request(gs_lua_self()->interp, L))
        arm(L);
}

void gs_checkpoint_open(void)
{
    struct sigaction action = {.sa_handler = on_request, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGURG, &action, NULL);
}

void gs_checkpoint_warm(struct gs_actor *holding)
{
    struct gs_lua_actor *holder = gs_lua_actor_of(holding);
    enum { CALLS = 8 };
    lua_Debug call;
    lua_State *own = atomic_load(&holder->armable);
    if (own && armed_on_request(holder->interp, own))
        lua_getstack(own, CALLS, &call);
}

void gs_checkpoint_ask(struct gs_actor *holding)
{
    struct gs_lua_actor *holder = gs_lua_actor_of(holding);
    lua_State *own = atomic_load(&holder->armable);
    lua_State *L = own ? own : atomic_load(&holder->running);
    if (!L || !armed_on_request(holder->interp, L))
        return;
    if (own)
        arm(own);
    else
        pthread_kill(holder->runner.os_thread, SIGURG);
}

int gs_checkpoint_resume(lua_State *co, lua_State *from, int arguments, int *results)
{
    gs_checkpoint_switch(co);
    int status = lua_resume(co, from, arguments, results);
    gs_checkpoint_switch(from);
    return status;
}
