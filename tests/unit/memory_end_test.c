/* A scene's memory may end anywhere: while its libraries are opened, while it is loaded, in any of
 * its threads, in a subinterpreter. Every time the run ends in order: with a message or with its
 * result, never with a crash, a hang or a trace that breaks a rule. This very program plays the
 * stage. */
#include "cli/stage/headless.h"
#include "lua/scene/stage.h"
#include "timeline/judge/verify.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Something of everything that allocates, without catching what goes wrong. */
static const char everything[] =
    "scene { title = 'Little memory', chapter = 'gil', summary = 'It ends somewhere.' }\n"
    "local jobs, done = queue.Queue(2), {}\n"
    "local lock = threading.Lock()\n"
    "local function work(k)\n"
    "  while true do\n"
    "    local n = jobs:get()\n"
    "    if n == none then return end\n"
    "    lock:with(function() done[#done + 1] = ('x'):rep(n) .. k end)\n"
    "  end\n"
    "end\n"
    "local threads = {}\n"
    "for k = 1, 3 do\n"
    "  threads[k] = threading.Thread { target = work, args = { k }, name = 'W' .. k }\n"
    "  threads[k]:start()\n"
    "end\n"
    "for n = 1, 30 do jobs:put(n * 20) end\n"
    "for k = 1, 3 do jobs:put(none) end\n"
    "for k = 1, 3 do threads[k]:join() end\n"
    "local interpreter = interpreters.create()\n"
    "local sum = interpreter:call(function(a) local t = {} for i = 1, a do t[i] = i end "
    "return #t end, 500)\n"
    "interpreter:close()\n"
    "check(sum == 500, 'counted to ' .. sum)\n"
    "note('all is done')\n";

/* A thread starts others, whose stacks have to grow for their arguments. */
static const char arguments[] =
    "scene { title = 'Many arguments', chapter = 'gil', summary = 'It ends somewhere.' }\n"
    "local args, count = {}, 0\n"
    "for i = 1, 200 do args[i] = i end\n"
    "local function work(...) count = count + select('#', ...) end\n"
    "local function starts()\n"
    "  for i = 1, 12 do\n"
    "    local thread = threading.Thread { target = work, args = args, name = 'W' .. i }\n"
    "    thread:start()\n"
    "    thread:join()\n"
    "  end\n"
    "end\n"
    "local first = threading.Thread { target = starts }\n"
    "first:start()\n"
    "first:join()\n"
    "check(count == 2400, 'all arguments arrived')\n";

static char scene[] = "/tmp/gs_memory_XXXXXX.lua";

static int make_scene(void **state)
{
    (void)state;
    int fd = mkstemps(scene, 4);
    return fd < 0 ? -1 : close(fd);
}

static int remove_scene(void **state)
{
    (void)state;
    return unlink(scene);
}

static void write_scene(const char *text)
{
    FILE *file = fopen(scene, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static uint64_t violations(const struct gs_timeline *timeline)
{
    struct gs_violations found;
    gs_verify(timeline, &found);
    for (size_t i = 0; i < found.list.count; i++)
        print_message("%s\n", found.list.items[i].text);
    gs_vec_free(&found.list);
    return found.count;
}

/* Runs with stderr thrown away: what it says, the stage keeps. */
static void run_with(struct gs_headless *run, uint64_t limit, enum gs_clock_kind clock)
{
    struct gs_order order = {.memory_limit = limit, .clock = clock, .traced = true};
    snprintf(order.scene, sizeof order.scene, "%s", scene);
    snprintf(order.name, sizeof order.name, "%s", scene);
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    bool ok = gs_headless_run(run, &order, 0, NULL, NULL);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(nowhere);
    assert_true(ok);
}

static bool ended_in_order(const struct gs_headless *run)
{
    int status = gs_stage_process_status(&run->stage);
    bool told = strstr(run->stage.text, "MemoryError: no") != NULL &&
                strstr(run->stage.text, ": the run has used up its 0.") != NULL;
    return violations(run->timeline) == 0 &&
           (status == 0 || ((status == 1 || status == 2) && told));
}

/* A prime step, so that the end falls on other places than round numbers. */
static void sweep(const char *text, enum gs_clock_kind clock)
{
    unsigned unloaded = 0, stopped = 0;
    bool enough = false;
    write_scene(text);
    for (uint64_t limit = 20 << 10; !enough; limit += 1021) {
        struct gs_headless run;
        run_with(&run, limit, clock);
        int status = gs_stage_process_status(&run.stage);
        if (!ended_in_order(&run))
            fail_msg("with %llu bytes: status %d, '%s'", (unsigned long long)limit, status,
                     run.stage.text);
        unloaded += status == 2;
        stopped += status == 1;
        enough = status == 0;
        gs_headless_free(&run);
    }
    assert_in_range(unloaded, 10, 200);
    assert_in_range(stopped, 5, 400);
}

static void on_the_virtual_clock(void **state)
{
    (void)state;
    sweep(everything, GS_CLOCK_VIRTUAL);
}

static void on_the_real_clock(void **state)
{
    (void)state;
    sweep(everything, GS_CLOCK_REAL);
}

static void while_arguments_are_passed_on(void **state)
{
    (void)state;
    sweep(arguments, GS_CLOCK_VIRTUAL);
    sweep(arguments, GS_CLOCK_REAL);
}

/* Each of them alone would have room enough. */
static void states_have_one_limit(void **state)
{
    (void)state;
    static const char *const scenes[] = {
        "scene { title = 'Queues', chapter = 'gil', summary = 'Each has a home.' }\n"
        "local all = {}\n"
        "for i = 1, 40 do all[i] = interpreters.create_queue() all[i]:put(('x'):rep(400000)) end\n",
        "scene { title = 'Interpreters', chapter = 'gil', summary = 'Each has a memory.' }\n"
        "local all = {}\n"
        "for i = 1, 1000 do all[i] = interpreters.create() end\n",
        "scene { title = 'Threads', chapter = 'gil', summary = 'Each has a state.', gil = 'off',\n"
        "        clock = 'real' }\n"
        "local stop = threading.Event()\n"
        "for i = 1, 40 do threading.Thread { target = function()\n"
        "  local text = ('x'):rep(400000) stop:wait() end }:start() end\n"
        "stop:set()\n"};
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        struct gs_headless run;
        write_scene(scenes[i]);
        run_with(&run, 10 << 20, 0);
        bool told = strstr(run.stage.text, "MemoryError: no") &&
                    strstr(run.stage.text, ": the run has used up its 10 MiB");
        if (!told || violations(run.timeline) > 0)
            fail_msg("'%s'", run.stage.text);
        gs_headless_free(&run);
    }
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "--stage") == 0) {
        gs_stage_process_enter((pid_t)atol(argv[3]));
        return gs_stage_main(atoi(argv[2]));
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_the_virtual_clock),
        cmocka_unit_test(on_the_real_clock),
        cmocka_unit_test(while_arguments_are_passed_on),
        cmocka_unit_test(states_have_one_limit),
    };
    return cmocka_run_group_tests(tests, make_scene, remove_scene);
}
