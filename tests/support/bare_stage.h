/* A stage without a scene's libraries: runs a piece of Lua on the runtime in a child process of its
 * own, since a runtime lives as long as its process. The Lua code has stock Lua's libraries and
 * start(fn, …) → thread, join(thread), sleep(s), compute(s), now() → s, expect(ok, text). */
#ifndef GS_SUPPORT_BARE_STAGE_H
#define GS_SUPPORT_BARE_STAGE_H

#include "sched/runtime.h"
#include "trace/collector.h"

#include <lua.h>
#include <sys/types.h>

struct gs_bare_stage {
    enum gs_clock_kind clock;
    enum gs_gil_profile gil;
    uint32_t cores;
    uint64_t interval_ns, seed;
    bool untraced;
    const char *scene;
    /* More functions for the Lua code; may be NULL. */
    void (*open)(lua_State *L);
    gs_collector_sink *sink; /* gets every event; may be NULL */
    void *context;
};

/* Forks the stage, which traces into segment, and returns its process: the caller waits for it. */
pid_t gs_bare_stage_start(const struct gs_bare_stage *stage, struct gs_segment *segment);

/* Runs it to its end and returns the exit status, 128 + n after signal n. tables, if not NULL, gets
 * the trace's tables while sink is called. */
int gs_bare_stage_run(const struct gs_bare_stage *stage, const struct gs_tables **tables);

#endif
