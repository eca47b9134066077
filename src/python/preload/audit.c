/* What CPython itself tells: audit events come with the GIL held, some of them just before a thing
 * happens. The program's begin is one, so nothing of ours stands in its tracebacks or sys.path. */
#include "python/cpython/makers.h"
#include "python/preload/bootstrap.h"
#include "python/preload/watch.h"

#include <string.h>

static void begin(void)
{
    gs_makers_open();
    gs_bootstrap_run();
    gs_watch_begin();
}

static void tell_failure(gs_py *arguments)
{
    if (gs_cpython.tuple_size(arguments) < 4)
        return;
    gs_bootstrap_failed(gs_cpython.tuple_item(arguments, 1), gs_cpython.tuple_item(arguments, 2),
                        gs_cpython.tuple_item(arguments, 3));
}

/* Programs that are started run as they do without us. A process that Python forks has lanes. */
static void tell_children(const char *event)
{
    static const char text[] = "this process starts another program, which has no lanes";
    static bool told;
    bool starts = strcmp(event, "os.posix_spawn") == 0 || strcmp(event, "os.system") == 0 ||
                  strcmp(event, "subprocess.Popen") == 0;
    if (strcmp(event, "os.fork") == 0)
        gs_watched_self->forks = true;
    if (!starts || told)
        return;
    told = true;
    gs_watch_put(gs_watched_self, gs_watch_now(), GS_EVENT_NOTE, 0,
                 gs_watch_string(text, strlen(text)), 0);
}

static int hear(const char *event, gs_py *arguments, void *context)
{
    (void)context;
    bool begun = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
    if (event[0] == 'c' && !begun && gs_watched_self && strncmp(event, "cpython.run_", 12) == 0)
        begin();
    if (event[0] == 's' && begun && strcmp(event, "sys.excepthook") == 0)
        tell_failure(arguments);
    if ((event[0] == 'o' || event[0] == 's') && begun && gs_watched_self)
        tell_children(event);
    return 0;
}

void gs_watch_audit(void)
{
    gs_cpython.add_audit_hook(hear, NULL);
}
