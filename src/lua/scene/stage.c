#include "lua/scene/stage.h"

#include "lua/scene/load.h"
#include "lua/scene/meta.h"
#include "lua/scene/sandbox.h"
#include "lua/sync/thread.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

#include <lauxlib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

enum { UNREADABLE = 2 };

/* "gil/cpu-threads" is told as "gil/cpu-threads.lua" in errors; a path stays what it is. */
static const char *file_name(const struct gs_order *order)
{
    static char name[sizeof order->name + 4];
    const char *ending = strrchr(order->name, '.');
    bool complete = ending && strcmp(ending, ".lua") == 0;
    snprintf(name, sizeof name, "%s%s", order->name, complete ? "" : ".lua");
    return name;
}

/* What the order leaves open, the scene says; what both leave open, gs_runtime_init does. */
static bool settle(const struct gs_order *order, const struct gs_scene_meta *meta,
                   struct gs_runtime_conf *conf, struct gs_error *err)
{
    enum gs_clock_kind scene_clock = meta->clock ? meta->clock : GS_CLOCK_VIRTUAL;
    *conf = (struct gs_runtime_conf){
        .clock = order->clock ? order->clock : scene_clock,
        .gil = order->gil ? order->gil : meta->gil,
        .cores = order->cores ? order->cores : meta->cores,
        .interval_ns = order->interval_ns ? order->interval_ns : meta->interval_ns,
        .seed = order->seed,
        .scene_file = file_name(order),
        .expects = meta->expects,
    };
    gs_costs_init(&conf->costs);
    return gs_costs_apply(&conf->costs, meta->costs, err) &&
           gs_costs_apply(&conf->costs, order->costs, err);
}

static int set_arguments(lua_State *L)
{
    const struct gs_order *order = lua_touserdata(L, 1);
    const char *at = order->arguments, *end = at + sizeof order->arguments;
    lua_newtable(L);
    for (uint32_t i = 1; i <= order->argument_count && at < end; i++) {
        lua_pushstring(L, at);
        lua_rawseti(L, -2, i);
        at += strlen(at) + 1;
    }
    lua_pushvalue(L, -1);
    lua_setglobal(L, "args");
    lua_setglobal(L, "arg");
    return 0;
}

/* The scene's main function is on the main state afterwards, and nothing runs yet. */
static bool load(struct gs_interp *interp, const struct gs_order *order, struct gs_error *err)
{
    lua_State *L = interp->main;
    lua_pushcfunction(L, set_arguments);
    lua_pushlightuserdata(L, (void *)order);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        return gs_error_set(err, "MemoryError: no memory for the scene's arguments");
    return gs_scene_load(L, order->scene, gs_runtime.scene_file, err);
}

static bool begin_main(struct gs_interp *interp, struct gs_error *err)
{
    gs_self = gs_lua_actor_new("MainThread", interp->id, 0, err);
    if (!gs_self)
        return false;
    gs_begin();
    if (!gs_runner_open_ring(gs_runner_of(gs_self), err))
        return false;
    gs_actor_announce(gs_runtime.process, 0);
    gs_actor_announce(interp->id, gs_runtime.process);
    gs_actor_announce(gs_self->id, 0);
    gs_interp_enter(interp, interp->main, GS_CAUSE_NONE);
    return true;
}

static int unreadable(struct gs_control *control, const struct gs_error *err)
{
    char why[GS_MEMORY_WHY] = "";
    if (strstr(err->text, "MemoryError"))
        gs_memory_explain(why, sizeof why);
    fprintf(stderr, "%s%s\n", err->text, why);
    atomic_store(&control->status, UNREADABLE);
    atomic_store(&control->phase, GS_STAGE_ENDED);
    return UNREADABLE;
}

static bool prepare(struct gs_segment *segment, struct gs_interp **interp, struct gs_error *err)
{
    const struct gs_order *order = &gs_segment_control(segment)->order;
    struct gs_scene_meta meta;
    struct gs_runtime_conf conf;
    if (!gs_scene_meta_read(order->scene, &meta, err) || !settle(order, &meta, &conf, err))
        return false;
    conf.segment = segment;
    if (!gs_runtime_init(&conf, err))
        return false;
    gs_lua_init(order->memory_limit, gs_sandbox_open);
    *interp = gs_interp_new("interpreter 1", gs_runtime.gil, err);
    if (!*interp)
        return false;
    if (load(*interp, order, err) && begin_main(*interp, err))
        return true;
    gs_interp_free(*interp);
    return false;
}

int gs_stage_main(int segment_fd)
{
    struct gs_error err;
    struct gs_interp *interp;
    /* How Lua writes a number or sorts letters must not depend on where it runs. */
    setlocale(LC_ALL, "C");
    struct gs_segment *segment = gs_segment_attach(segment_fd, &err);
    if (!segment) {
        fprintf(stderr, "%s\n", err.text);
        return UNREADABLE;
    }
    if (!prepare(segment, &interp, &err))
        return unreadable(gs_segment_control(segment), &err);
    bool good = gs_thread_run(interp->main, 0, "main");
    gs_thread_join_all();
    gs_interp_leave();
    gs_emit(GS_EVENT_DIED, !good, 0, 0);
    gs_runtime_end();
}
