#include "support/bare_stage.h"

#include "lua/sync/thread.h"
#include "lua/vm/allow_threads.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(lua_State *L)
{
    struct gs_error err;
    struct gs_thread *thread = gs_thread_new(NULL, NULL, false, &err);
    int arguments = lua_gettop(L) - 1;
    if (!gs_thread_start(thread, L, arguments, &err))
        return luaL_error(L, "%s", err.text);
    lua_pushlightuserdata(L, thread);
    return 1;
}

static int join(lua_State *L)
{
    gs_thread_join(lua_touserdata(L, 1), GS_NEVER);
    return 0;
}

static int sleep_for(lua_State *L)
{
    uint64_t deadline = gs_deadline_in(luaL_checknumber(L, 1));
    gs_block_begin(GS_STATE_SLEEPING, NULL);
    gs_sleep_until(deadline);
    gs_block_end();
    return 0;
}

static int compute(lua_State *L)
{
    uint64_t ns = (uint64_t)(luaL_checknumber(L, 1) * 1e9);
    gs_block_begin(GS_STATE_NATIVE, NULL);
    gs_work(ns);
    gs_block_end();
    return 0;
}

static int now(lua_State *L)
{
    lua_pushnumber(L, (double)gs_now() / 1e9);
    return 1;
}

static int expect(lua_State *L)
{
    if (!lua_toboolean(L, 1)) {
        fprintf(stderr, "not so: %s\n", luaL_checkstring(L, 2));
        atomic_fetch_add(&gs_runtime.failures, 1);
    }
    return 0;
}

static void (*open_more)(lua_State *L);

static bool open_libraries(lua_State *L, struct gs_error *err)
{
    (void)err;
    luaL_openlibs(L);
    lua_register(L, "start", start);
    lua_register(L, "join", join);
    lua_register(L, "sleep", sleep_for);
    lua_register(L, "compute", compute);
    lua_register(L, "now", now);
    lua_register(L, "expect", expect);
    if (open_more)
        open_more(L);
    return true;
}

static _Noreturn void run_stage(struct gs_segment *segment, struct gs_runtime_conf conf,
                                const char *scene)
{
    struct gs_error err;
    alarm(60);
    conf.segment = segment;
    gs_costs_init(&conf.costs);
    if (!gs_runtime_init(&conf, &err))
        _exit(3);
    gs_lua_init(0, open_libraries);
    struct gs_interp *interp = gs_interp_new("interpreter 1", gs_runtime.gil, &err);
    struct gs_actor *main = gs_self = gs_lua_actor_new("MainThread", interp->id, 0, &err);
    gs_begin();
    gs_runner_open_ring(gs_runner_of(main), &err);
    gs_actor_announce(gs_runtime.process, 0);
    gs_actor_announce(interp->id, gs_runtime.process);
    gs_actor_announce(main->id, 0);
    gs_interp_enter(interp, interp->main, GS_CAUSE_NONE);
    if (luaL_loadstring(interp->main, scene) != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(interp->main, -1));
        _exit(3);
    }
    gs_thread_run(interp->main, 0, "main");
    gs_thread_join_all();
    gs_interp_leave();
    gs_emit(GS_EVENT_DIED, 0, 0, 0);
    gs_runtime_end();
}

static void ignore(void *context, const struct gs_event *event)
{
    (void)context;
    (void)event;
}

pid_t gs_bare_stage_start(const struct gs_bare_stage *stage, struct gs_segment *segment)
{
    gs_segment_control(segment)->order.traced = !stage->untraced;
    struct gs_runtime_conf conf = {.clock = stage->clock,
                                   .gil = stage->gil,
                                   .cores = stage->cores,
                                   .interval_ns = stage->interval_ns,
                                   .seed = stage->seed};
    open_more = stage->open;
    pid_t child = fork();
    if (child == 0)
        run_stage(segment, conf, stage->scene);
    return child;
}

int gs_bare_stage_run(const struct gs_bare_stage *stage, const struct gs_tables **tables)
{
    struct gs_segment *segment = gs_segment_create(&gs_segment_default, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    if (tables)
        *tables = gs_segment_tables(segment);
    pid_t child = gs_bare_stage_start(stage, segment);
    gs_collector_sink *sink = stage->sink ? stage->sink : ignore;
    /* As often as the screen does, so that the stage is not woken beside more than it is there; the
     * virtual clock waits for room. */
    uint64_t longest_ns = stage->clock == GS_CLOCK_REAL ? 16000000 : 2000000;
    int status;
    while (waitpid(child, &status, WNOHANG) == 0) {
        gs_collector_drain(collector, 0, sink, stage->context);
        usleep((useconds_t)(gs_collector_rest(collector, longest_ns) / 1000));
    }
    gs_collector_finish(collector, sink, stage->context);
    gs_collector_free(collector);
    gs_segment_close(segment);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
