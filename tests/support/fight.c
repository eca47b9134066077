#include "support/fight.h"

#include "support/bare_stage.h"
#include "support/sample.h"
#include "tui/tui.h"

#include "base/clock.h"
#include "base/give_way.h"
#include "sched/actor.h"

#include <lauxlib.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

/* The fight goes on in another process: what it measured comes through this pipe. */
static int results[2];

struct slice {
    uint64_t start, end;
    int thread;
};

static GS_VEC(struct slice) slices;

static int now_ns(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)gs_now());
    return 1;
}

/* slice(thread, start, end): a stretch without a hole; holes shorter than half an interval are the
 * kernel's, not the GIL's, and are closed. */
static int add_slice(lua_State *L)
{
    struct slice s = {.thread = (int)lua_tointeger(L, 1),
                      .start = (uint64_t)lua_tointeger(L, 2),
                      .end = (uint64_t)lua_tointeger(L, 3)};
    uint64_t hole = gs_runtime.interval_ns / 2;
    if (hole > 500000)
        hole = 500000;
    for (size_t i = slices.count; i-- > 0;) {
        struct slice *last = &slices.items[i];
        if (last->thread != s.thread)
            continue;
        if (s.start - last->end < hole) {
            last->end = s.end;
            return 0;
        }
        break;
    }
    gs_vec_push(&slices, s);
    return 0;
}

static int by_start(const void *x, const void *y)
{
    const struct slice *a = x, *b = y;
    return (a->start > b->start) - (a->start < b->start);
}

/* report() */
static int report(lua_State *L)
{
    (void)L;
    struct gs_sample lengths = {0}, gaps = {0};
    uint64_t first = 0, last = 0;
    qsort(slices.items, slices.count, sizeof *slices.items, by_start);
    for (size_t i = 0; i < slices.count; i++) {
        struct slice *s = &slices.items[i];
        gs_sample_add(&lengths, (double)(s->end - s->start) / 1e6);
        if (i + 1 == slices.count || s[1].thread == s->thread)
            continue;
        gs_sample_add(&gaps, ((double)s[1].start - (double)s->end) / 1e3);
        first = first ? first : s->end;
        last = s->end;
    }
    /* Between the first and the last, so that a run of any length gives the same. */
    double hand_offs = (double)gaps.values.count - 1;
    struct gs_fight fight = {.hand_offs =
                                 last > first ? hand_offs * 1e9 / (double)(last - first) : 0,
                             .slice_ms = gs_sample_median(&lengths),
                             .latency_us = gs_sample_median(&gaps),
                             .late_us = gs_sample_at(&gaps, 0.99)};
    if (write(results[1], &fight, sizeof fight) != sizeof fight)
        abort();
    return 0;
}

static void open_functions(lua_State *L)
{
    lua_register(L, "now_ns", now_ns);
    lua_register(L, "slice", add_slice);
    lua_register(L, "report", report);
}

static const char scene[] = "local function work(k, stop)\n"
                            "  local clock, slice = now_ns, slice\n"
                            "  local last = clock() local start = last\n"
                            "  while last < stop do\n"
                            "    local t = clock()\n"
                            "    if t - last > 30000 then slice(k, start, last) start = t end\n"
                            "    last = t\n"
                            "  end\n"
                            "  slice(k, start, last)\n"
                            "end\n"
                            "local stop = now_ns() + %.0f\n"
                            "local a, b = start(work, 1, stop), start(work, 2, stop)\n"
                            "join(a) join(b) report()\n";

/* The screen's host: the stage is the fight, there are no other scenes. */
struct host {
    struct gs_bare_stage stage;
    struct gs_tui_stage seen;
    pid_t pid;
};

static struct gs_tui_stage *start_stage(void *context, const struct gs_order *order,
                                        struct gs_error *err)
{
    struct host *host = context;
    (void)order;
    host->seen.segment = gs_segment_create(&gs_segment_default, err);
    host->pid = gs_bare_stage_start(&host->stage, host->seen.segment);
    return &host->seen;
}

static void stop_stage(void *context, struct gs_tui_stage *stage)
{
    (void)context;
    (void)stage;
}

static bool stage_gone(void *context, struct gs_tui_stage *stage, int *status, char *message,
                       size_t size)
{
    struct host *host = context;
    (void)stage;
    (void)message;
    (void)size;
    *status = 0;
    return waitpid(host->pid, NULL, WNOHANG) != 0;
}

static const struct gs_tui_scene *no_scenes(void *context, size_t *count)
{
    (void)context;
    *count = 0;
    return NULL;
}

static _Noreturn void be_screen(const struct gs_bare_stage *stage)
{
    struct host host = {.stage = *stage};
    const struct gs_tui_host ops = {.context = &host,
                                    .scenes = no_scenes,
                                    .start = start_stage,
                                    .stop = stop_stage,
                                    .gone = stage_gone};
    static const struct gs_order order = {.name = "fight"};
    /* As fast as the run itself: the picture changes 60 times a second until its end. */
    struct gs_tui_conf conf = {.host = &ops, .order = &order, .speed = 1};
    struct gs_error err;
    bool ok;
    gs_give_way();
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    gs_tui_run(&conf, &ok, &err);
    _exit(ok ? 0 : 1);
}

/* Somebody has to read what is drawn, or the screen would stand still. */
static void read_until_reported(int master)
{
    char bytes[65536];
    struct pollfd waits[] = {{.fd = master, .events = POLLIN},
                             {.fd = results[0], .events = POLLIN}};
    while (poll(waits, 2, 60000) > 0 && !waits[1].revents)
        if (read(master, bytes, sizeof bytes) <= 0)
            break;
}

static void run_drawn(const struct gs_bare_stage *stage)
{
    struct winsize size = {.ws_col = 120, .ws_row = 40};
    int master;
    pid_t screen = forkpty(&master, NULL, NULL, &size);
    if (screen == 0)
        be_screen(stage);
    read_until_reported(master);
    if (write(master, "q", 1) != 1)
        abort();
    char bytes[4096];
    while (read(master, bytes, sizeof bytes) > 0)
        ;
    waitpid(screen, NULL, 0);
    close(master);
}

struct gs_fight gs_fight_run(enum gs_fight_kind kind, uint64_t interval_ns, double seconds)
{
    char text[1024];
    snprintf(text, sizeof text, scene, seconds * 1e9);
    struct gs_bare_stage stage = {.clock = GS_CLOCK_REAL,
                                  .gil = GS_GIL_312,
                                  .interval_ns = interval_ns,
                                  .untraced = kind == GS_FIGHT_UNTRACED,
                                  .scene = text,
                                  .open = open_functions};
    struct gs_fight fight = {0};
    if (pipe(results) < 0)
        abort();
    if (kind == GS_FIGHT_DRAWN)
        run_drawn(&stage);
    else
        gs_bare_stage_run(&stage, NULL);
    if (read(results[0], &fight, sizeof fight) != sizeof fight)
        abort();
    close(results[0]);
    close(results[1]);
    return fight;
}
