/* What CPython itself tells: audit events come with the GIL held, some of them just before a thing
 * happens. The program's begin is one, so nothing of ours stands in its tracebacks or sys.path. */
#include "python/bootstrap/bootstrap.h"
#include "python/cpython/makers.h"
#include "python/drive/drive.h"
#include "python/family/starts.h"
#include "python/watch/gils.h"
#include "python/watch/watch.h"

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

/* A thread may have come into another interpreter: nothing else tells of that. To count them is
 * such an event itself. */
static void count_lines(const char *event)
{
    if (gs_watch.driven && gs_watched_self && gs_watched_self->holds &&
        strcmp(event, "sys.settrace") != 0)
        gs_drive_count_lines(strcmp(event, "exec") == 0);
}

static int hear(const char *event, gs_py *arguments, void *context)
{
    (void)context;
    bool begun = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
    if (begun)
        count_lines(event);
    if (event[0] == 'c' && !begun && gs_watched_self && strncmp(event, "cpython.run_", 12) == 0)
        begin();
    if (event[0] == 's' && begun && strcmp(event, "sys.excepthook") == 0)
        tell_failure(arguments);
    if (event[0] == 's' && begun && gs_watched_self && strcmp(event, "socket.connect") == 0)
        gs_starts_ask();
    /* Other processes are forked behind Python's back, to start a program in them. */
    if (event[0] == 'o' && begun && gs_watched_self && strcmp(event, "os.fork") == 0)
        gs_watched_self->forks = true;
    return 0;
}

/* Python allocates what it keeps of a hook, and frees it at its end: not before it has chosen how.
 */
static void add_once(void)
{
    static _Atomic bool added;
    if (!atomic_exchange(&added, true))
        gs_cpython.add_audit_hook(hear, NULL);
}

void gs_watch_audit(void)
{
    gs_gil_found = add_once;
}
