#include "python/watch/places.h"

#include "python/cpython/glance.h"
#include "python/cpython/spot.h"
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

/* A row is complete before it is to be found, and stays: who finds it needs no lock. */
static struct known *_Atomic buckets[BUCKETS];

/* FNV-1a over both. */
static struct known *_Atomic *bucket(const char *file, const char *call)
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
    struct known *known = malloc(sizeof *known), *_Atomic *first = bucket(file, call);
    if (!known)
        abort();
    *known = (struct known){.file = strdup(file),
                            .call = strdup(call),
                            .file_string = row.file,
                            .place = place,
                            .next = atomic_load(first)};
    if (!known->file || !known->call)
        abort();
    atomic_store(first, known);
    return known;
}

/* NULL: there is none yet. */
static struct known *known_row(const char *file, const char *call)
{
    struct known *known = atomic_load(bucket(file, call));
    while (known && (strcmp(known->file, file) != 0 || strcmp(known->call, call) != 0))
        known = known->next;
    return known;
}

/* NULL: the table is full. */
static struct known *row(const char *file, const char *call)
{
    struct known *known = known_row(file, call);
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

/* --- in the middle of anything */

enum { GLANCED = 256, WAY = 8 };

/* Rows that were needed when nothing could be remembered elsewhere. Each is written once. */
static struct {
    _Atomic uint64_t key; /* 0: free */
    _Atomic uint32_t place;
} glanced[GLANCED];

static uint64_t mix(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    while (*text++);
    return hash;
}

/* 0: the table is full. */
static uint16_t add_glanced(const char *file, const char *call)
{
    const struct known *known = known_row(file, call), *plain = known_row(file, "");
    if (known)
        return known->place;
    const struct gs_place_row row = {.file = plain   ? plain->file_string
                                             : *file ? gs_watch_string(file, strlen(file))
                                                     : 0,
                                     .call = *call ? gs_watch_string(call, strlen(call)) : 0};
    return gs_segment_add_place(gs_watch.segment, &row);
}

/* By what is in memory alone: which file it is, and how the call is called, asks the kernel, and
 * takes long. */
static uint64_t key_of(const struct gs_glance *g)
{
    uint64_t hash = mix(14695981039346656037u, g->file);
    if (g->call)
        hash = mix(mix(mix(hash, g->call_function), g->call_file), g->call_type);
    return hash | 1;
}

static uint16_t place_of_glance(const struct gs_glance *g)
{
    char call[128] = "";
    if (g->call)
        gs_spot_call_name(g->call_function, g->call_file, g->call_type, call, sizeof call);
    const char *file = told_file(g->file);
    return *file || *call ? add_glanced(file, call) : 0;
}

bool gs_places_glanced(const struct gs_glance *glance, uint16_t *place)
{
    uint64_t key = key_of(glance);
    for (size_t i = 0; i < WAY; i++) {
        size_t at = (key / 2 + i) % GLANCED;
        uint64_t found = 0;
        if (atomic_compare_exchange_strong(&glanced[at].key, &found, key))
            atomic_store(&glanced[at].place, place_of_glance(glance) + 1u);
        uint32_t kept = found == 0 || found == key ? atomic_load(&glanced[at].place) : 0;
        *place = (uint16_t)(kept - 1);
        if (found == 0 || found == key)
            return kept > 0;
    }
    return false;
}

/* --- */

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

bool gs_places_of_way(const struct gs_way *way, uint32_t *line, uint16_t *place)
{
    if (!way->placed)
        return false;
    *line = way->line;
    *place = way->place;
    return true;
}

bool gs_places_look(gs_py *thread, uint32_t *line, uint16_t *place)
{
    struct gs_frame frames[GS_WAY_STEPS];
    struct gs_way *way = gs_way_of(thread, frames);
    struct gs_spot spot;
    if (way && gs_places_of_way(way, line, place))
        return true;
    bool runs = gs_spot_find(thread, &spot);
    gs_places_of_spot(&spot, line, place);
    if (way && *line) {
        way->placed = true;
        way->line = *line;
        way->place = *place;
    }
    return runs;
}
