#include "python/family/environment.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef GS_SANITIZER
enum { OURS = 2 };
#else
enum { OURS = 1 };
#endif

static char *preload, *segment; /* ours: "NAME=VALUE" */

/* Descriptors that are inherited would not get far: programs close what they do not know. */
static int open_of_keeper(size_t which, int flags)
{
    const char *text = getenv(GS_ENVIRONMENT_SEGMENT);
    char path[64];
    int keeper, fd[2];
    if (!text || sscanf(text, "%d:%d:%d", &keeper, &fd[0], &fd[1]) != 3)
        return -1;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", keeper, fd[which]);
    return open(path, flags | O_CLOEXEC);
}

int gs_environment_open(void)
{
    return open_of_keeper(0, O_RDWR);
}

/* The keeper has the pipe's other end; this one comes into being. */
int gs_environment_leash(void)
{
    return open_of_keeper(1, O_RDONLY | O_NONBLOCK);
}

bool gs_environment_seat(struct gs_seat *seat)
{
    const char *text = getenv(GS_ENVIRONMENT_SEAT);
    return text &&
           sscanf(text, "%x:%x:%x:%x:%x:%x:%" SCNx64, &seat->process, &seat->by, &seat->again,
                  &seat->first, &seat->family, &seat->slot, &seat->started) == 7;
}

static char *assignment(const char *name, const char *value, size_t length)
{
    size_t size = strlen(name) + length + 2;
    char *text = malloc(size);
    if (!text)
        abort();
    snprintf(text, size, "%s=%.*s", name, (int)length, value);
    return text;
}

void gs_environment_restore(void)
{
    const char *list = getenv(GS_ENVIRONMENT_PRELOAD), *of = getenv(GS_ENVIRONMENT_SEGMENT);
    const char *others = list;
    for (int i = 0; others && i < OURS; i++)
        others = strchr(others + 1, ':');
    if (list && of) {
        preload = assignment(GS_ENVIRONMENT_PRELOAD, list,
                             others ? (size_t)(others - list) : strlen(list));
        segment = assignment(GS_ENVIRONMENT_SEGMENT, of, strlen(of));
    }
    char *kept = others ? strdup(others + 1) : NULL;
    unsetenv(GS_ENVIRONMENT_SEGMENT);
    unsetenv(GS_ENVIRONMENT_SEAT);
    unsetenv("GILSCOPE_INSIDE_STAGE");
    if (kept)
        setenv(GS_ENVIRONMENT_PRELOAD, kept, 1);
    else
        unsetenv(GS_ENVIRONMENT_PRELOAD);
    free(kept);
}

/* Memory of the calling thread's, used again: what an exec was given cannot be freed behind it, and
 * a child that shares its parent's memory until then would leave it there. */
struct room {
    void *at;
    size_t size;
};

static void *make_room(struct room *room, size_t size)
{
    if (room->size < size) {
        room->at = realloc(room->at, size);
        room->size = size;
        if (!room->at)
            abort();
    }
    return room->at;
}

static const char *value_of(const char *variable, const char *name)
{
    size_t length = strlen(name);
    return strncmp(variable, name, length) == 0 && variable[length] == '=' ? variable + length + 1
                                                                           : NULL;
}

static char *before(const char *others)
{
    static _Thread_local struct room room;
    size_t size = strlen(preload) + strlen(others) + 2;
    char *text = make_room(&room, size);
    snprintf(text, size, "%s:%s", preload, others);
    return text;
}

static char *text_of(const struct gs_seat *seat)
{
    static _Thread_local char text[128];
    /* As long in every run: where the stack begins depends on it. */
    snprintf(text, sizeof text, "%s=%08x:%08x:%x:%x:%08x:%08x:%016" PRIx64, GS_ENVIRONMENT_SEAT,
             seat->process, seat->by, seat->again, seat->first, seat->family, seat->slot,
             seat->started);
    return text;
}

char **gs_environment_for(char *const variables[], const struct gs_seat *seat)
{
    enum { ADDED = 3 };
    static _Thread_local struct room room;
    char *const *from = variables ? variables : environ;
    const char *others = NULL;
    size_t count = 0, used = 0;
    while (from && from[count])
        count++;
    char **list = make_room(&room, (count + ADDED + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const char *preloaded = value_of(from[i], GS_ENVIRONMENT_PRELOAD);
        others = preloaded ? preloaded : others;
        if (!preloaded && !value_of(from[i], GS_ENVIRONMENT_SEGMENT) &&
            !value_of(from[i], GS_ENVIRONMENT_SEAT))
            list[used++] = from[i];
    }
    if (preload) {
        list[used++] = others && *others ? before(others) : preload;
        list[used++] = segment;
    }
    if (preload && seat)
        list[used++] = text_of(seat);
    list[used] = NULL;
    return list;
}
