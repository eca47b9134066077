#include "python/watch/places.h"

#include "python/cpython/spot.h"
#include "python/cpython/ways.h"
#include "python/front/guards.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A row that the process has added. */
struct known {
    char *file, *call; /* "" of the program's own file, and where there is none */
    uint32_t file_string;
    uint16_t place;
    struct known *next;
};

enum { BUCKETS = 256 };

static struct known *buckets[BUCKETS];

/* FNV-1a over both. */
static struct known **bucket(const char *file, const char *call)
{
    uint32_t hash = 2166136261u;
    for (; *file; file++)
        hash = (hash ^ (unsigned char)*file) * 16777619u;
    for (; *call; call++)
        hash = (hash ^ (unsigned char)*call) * 16777619u;
    return &buckets[(hash ^ hash >> 16) % BUCKETS];
}

static struct known *row(const char *file, const char *call);

/* All rows of a file share its string, that of the row without a call. */
static uint32_t string_of_file(const char *file, const char *call)
{
    if (!*file || !*call)
        return *file ? gs_watch_string(file, strlen(file)) : 0;
    const struct known *plain = row(file, "");
    return plain ? plain->file_string : 0;
}

static struct known *add(const char *file, const char *call)
{
    struct gs_place_row row = {.file = string_of_file(file, call),
                               .call = *call ? gs_watch_string(call, strlen(call)) : 0};
    uint16_t place = 0;
    if (*file && !row.file)
        return NULL;
    if ((row.file || row.call) && !(place = gs_segment_add_place(gs_watch.segment, &row)))
        return NULL;
    struct known *known = malloc(sizeof *known), **first = bucket(file, call);
    if (!known)
        abort();
    *known = (struct known){.file = strdup(file),
                            .call = strdup(call),
                            .file_string = row.file,
                            .place = place,
                            .next = *first};
    if (!known->file || !known->call)
        abort();
    *first = known;
    return known;
}

/* NULL: the table is full. */
static struct known *row(const char *file, const char *call)
{
    struct known *known = *bucket(file, call);
    while (known && (strcmp(known->file, file) != 0 || strcmp(known->call, call) != 0))
        known = known->next;
    return known ? known : add(file, call);
}

static char program[PATH_MAX]; /* from the root on; "": there is none */

void gs_places_open(const struct gs_order *order)
{
    if (order->guest == GS_GUEST_PYTHON_FILE && !realpath(order->scene, program))
        *program = '\0';
}

/* The file that was to be run is the one that readers know. How its code calls it is the version's
 * affair. */
static const char *told_file(const char *file)
{
    char path[PATH_MAX];
    return *program && realpath(file, path) && strcmp(path, program) == 0 ? "" : file;
}

/* The library's own lock: the front's would let others go first on the virtual clock, and some of
 * them wait for what the caller is about to tell. */
bool gs_places_find(const char *file, const char *call, uint16_t *place)
{
    gs_guard_lock(GS_GUARD_PLACES);
    const struct known *known = row(told_file(file), call);
    *place = known ? known->place : 0;
    gs_guard_unlock(GS_GUARD_PLACES);
    return known != NULL;
}

const char *gs_places_file(uint16_t place)
{
    const char *file = program;
    gs_guard_lock(GS_GUARD_PLACES);
    for (size_t i = 0; i < BUCKETS && place; i++) {
        for (const struct known *known = buckets[i]; known; known = known->next) {
            if (known->place == place && *known->file)
                file = known->file;
        }
    }
    gs_guard_unlock(GS_GUARD_PLACES);
    return file;
}

bool gs_places_of_file(const char *file, uint16_t *place)
{
    return gs_places_find(file, "", place);
}

static bool look_up(const struct gs_spot *spot, uint16_t *place)
{
    char file[4096], call[128];
    int code = errno;
    gs_frame_file(&spot->line, file, sizeof file);
    gs_spot_call(&spot->call, call, sizeof call);
    bool known = gs_places_find(file, call, place);
    errno = code;
    return known;
}

/* The same lines call the same of the library again and again. */
static bool place_of(const struct gs_spot *spot, uint16_t *place)
{
    enum { REMEMBERED = 64 };
    static _Thread_local struct {
        struct gs_text_object file;
        const void *call, *type;
        uint16_t place;
    } remembered[REMEMBERED];
    struct gs_text_object file = gs_frame_file_object(&spot->line);
    const void *call = spot->call.code;
    gs_py *self = call ? gs_frame_self(&spot->call) : NULL;
    const void *type = self ? gs_object_type(self) : NULL;
    size_t at = ((uintptr_t)file.address >> 4 ^ (uintptr_t)call >> 5) % REMEMBERED;
    if (remembered[at].call == call && remembered[at].type == type &&
        gs_text_object_same(&remembered[at].file, &file)) {
        *place = remembered[at].place;
        return true;
    }
    if (!look_up(spot, place))
        return false;
    remembered[at].file = file;
    remembered[at].call = call;
    remembered[at].type = type;
    remembered[at].place = *place;
    return true;
}

void gs_places_of_spot(const struct gs_spot *spot, uint32_t *line, uint16_t *place)
{
    *line = 0;
    *place = 0;
    if (spot->line.code && place_of(spot, place))
        *line = gs_frame_line(&spot->line);
}

bool gs_places_look(gs_py *thread, uint32_t *line, uint16_t *place)
{
    struct gs_frame frames[GS_WAY_STEPS];
    struct gs_way *way = gs_way_of(thread, frames);
    struct gs_spot spot;
    if (way && way->placed) {
        *line = way->line;
        *place = way->place;
        return true;
    }
    bool runs = gs_spot_find(thread, &spot);
    gs_places_of_spot(&spot, line, place);
    if (way && *line) {
        way->placed = true;
        way->line = *line;
        way->place = *place;
    }
    return runs;
}
