/* What CPython itself tells: audit events come with the GIL held, some of them just before a thing
 * happens. The program's begin is one, so nothing of ours stands in its tracebacks or sys.path. */
#include "python/preload/cpython.h"
#include "python/preload/watch.h"

#include <string.h>

static int hear(const char *event, gs_py *arguments, void *context)
{
    (void)arguments;
    (void)context;
    if (event[0] == 'c' && strncmp(event, "cpython.run_", 12) == 0)
        gs_watch_begin();
    return 0;
}

void gs_watch_audit(void)
{
    gs_cpython.add_audit_hook(hear, NULL);
}
