/* Exec: another program takes the process over. */
#include "python/front/front.h"
#include "python/preload/gils.h"
#include "python/preload/processes.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What this process is to be is there, as far as can be told before. */
static bool can_become(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The lanes end here: another program takes the process over, which runs as it does without us. */
static void become(const char *path)
{
    struct gs_watched *self = gs_watched_self;
    char text[GS_PATH_MAX + 64];
    if (!gs_watch_has_lanes() || !can_become(path))
        return;
    snprintf(text, sizeof text, "this process becomes %s by exec, which has no lanes", path);
    gs_watch_put(self, gs_watch_now(), GS_EVENT_NOTE, 0, gs_watch_string(text, strlen(text)),
                 self->line);
    gs_gil_tell_all();
    gs_watched_end(self);
    gs_process_end(true);
}

static int watch_execv(const char *path, char *const words[])
{
    become(path);
    return gs_below.execv(path, words);
}

static int watch_execve(const char *path, char *const words[], char *const variables[])
{
    become(path);
    return gs_below.execve(path, words, variables);
}

void gs_watch_exec(struct gs_front *table)
{
    table->execv = watch_execv;
    table->execve = watch_execve;
}
