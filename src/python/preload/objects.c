#include "python/preload/objects.h"

#include "python/cpython/frames.h"
#include "python/preload/names.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By address: of a Python object, of a semaphore, of a parked thread's lock. */
struct known {
    const void *address;
    enum gs_object_kind kind;
    uint32_t object;
    struct known *next;
};

enum { BUCKETS = 4096 };

static struct known *buckets[BUCKETS];
static unsigned numbers[GS_OBJECTS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static struct known **bucket(const void *address)
{
    return &buckets[((uintptr_t)address >> 4) * 0x9e3779b97f4a7c15u >> 52];
}

static struct known *find(const void *address, enum gs_object_kind kind)
{
    struct known *known = *bucket(address);
    while (known && (known->address != address || known->kind != kind))
        known = known->next;
    return known;
}

static struct known *add(const void *address, enum gs_object_kind kind, const char *name,
                         uint32_t line)
{
    char numbered[64];
    struct known *known = malloc(sizeof *known);
    if (!known)
        return NULL;
    snprintf(numbered, sizeof numbered, "%s %u", gs_object_kind_word(kind), ++numbers[kind]);
    const char *text = *name ? name : numbered;
    struct gs_object_row row = {
        .kind = kind, .name = gs_watch_string(text, strlen(text)), .line = line};
    *known = (struct known){.address = address,
                            .kind = kind,
                            .object = gs_segment_add_object(gs_watch.segment, &row),
                            .next = *bucket(address)};
    struct known **first = bucket(address);
    *first = known;
    return known;
}

/* What the library's method in which a thread waits belongs to, by the type of its object, or, for
 * a type of the program's own, by the method. */
static enum gs_object_kind kind_of(const char *type, const char *function)
{
    static const struct {
        const char *word;
        enum gs_object_kind kind;
    } words[] = {{"Event", GS_OBJECT_EVENT},
                 {"Condition", GS_OBJECT_CONDITION},
                 {"Barrier", GS_OBJECT_BARRIER},
                 {"Semaphore", GS_OBJECT_SEMAPHORE},
                 {"BoundedSemaphore", GS_OBJECT_SEMAPHORE},
                 {"Queue", GS_OBJECT_QUEUE},
                 {"LifoQueue", GS_OBJECT_QUEUE},
                 {"PriorityQueue", GS_OBJECT_QUEUE},
                 {"Thread", GS_OBJECT_THREAD},
                 {"Timer", GS_OBJECT_THREAD},
                 {"_MainThread", GS_OBJECT_THREAD},
                 {"Future", GS_OBJECT_FUTURE},
                 {"get", GS_OBJECT_QUEUE},
                 {"put", GS_OBJECT_QUEUE},
                 {"join", GS_OBJECT_THREAD},
                 {"start", GS_OBJECT_THREAD},
                 {"result", GS_OBJECT_FUTURE}};
    const char *dot = strrchr(type, '.');
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, dot ? dot + 1 : type) == 0 ||
            strcmp(words[i].word, function) == 0)
            return words[i].kind;
    }
    return GS_OBJECT_LOCK;
}

/* The same method of the same type is met again and again. */
static enum gs_object_kind kind_in(const struct gs_frame *frame, gs_py *method_of)
{
    enum { KNOWN = 32 };
    static _Thread_local struct {
        gs_py *code;
        const char *type;
        enum gs_object_kind kind;
    } known[KNOWN];
    char function[64];
    const char *type = gs_object_type(method_of);
    size_t at = ((uintptr_t)frame->code >> 4) % KNOWN;
    if (known[at].code == frame->code && known[at].type == type)
        return known[at].kind;
    gs_frame_function(frame, function, sizeof function);
    known[at].code = frame->code;
    known[at].type = type;
    return known[at].kind = kind_of(type, function);
}

struct about {
    enum gs_object_kind kind;
    const void *address; /* NULL: only the semaphore is known */
    struct gs_frame own; /* the program's own function; its code is NULL if there is none */
};

/* From the innermost frame outwards: the method of the library that the program's own line calls
 * says what is waited for. */
static struct about describe(struct gs_watched *self)
{
    struct about about = {.kind = GS_OBJECT_LOCK};
    struct gs_frame frame;
    bool any = gs_frames_first(self->python, &frame);
    while (any && !gs_frame_is_own(&frame)) {
        gs_py *method_of = gs_frame_self(&frame);
        enum gs_object_kind kind = method_of ? kind_in(&frame, method_of) : GS_OBJECT_LOCK;
        if (kind != GS_OBJECT_LOCK) {
            about.kind = kind;
            about.address = method_of;
        }
        any = gs_frames_next(&frame);
    }
    if (any)
        about.own = frame;
    return about;
}

static struct known *add_named(const struct about *about, const void *address)
{
    char file[4096], name[64] = "";
    uint32_t line = 0;
    if (about->own.code) {
        line = gs_frame_line(&about->own);
        gs_frame_file(&about->own, file, sizeof file);
        gs_names_in_line(file, line, name, sizeof name);
    }
    return add(address, about->kind, name, line);
}

/* From 3.13 on a lock is a byte, and who waits for it is parked in a semaphore on its own stack,
 * behind the byte's address (Python/parking_lot.c: struct wait_entry). */
static const void *lock_address(const sem_t *s)
{
    enum { STACK_BYTES = 1 << 16 };
    uintptr_t here = (uintptr_t)&s, there = (uintptr_t)s;
    bool parked = gs_cpython.minor >= 13 && there > here && there < here + STACK_BYTES;
    const void *address;
    memcpy(&address, (const void *)(there - sizeof address), sizeof address);
    return parked ? address : s;
}

uint32_t gs_objects_waited(struct gs_watched *self, const sem_t *s)
{
    int code = errno;
    struct about about = describe(self);
    const void *address = about.address ? about.address : lock_address(s);
    pthread_mutex_lock(&mutex);
    struct known *known = find(address, about.kind);
    if (!known)
        known = add_named(&about, address);
    uint32_t id = known ? known->object : 0;
    pthread_mutex_unlock(&mutex);
    errno = code;
    return id;
}

void gs_objects_name_thread(const void *thread, const char *name)
{
    pthread_mutex_lock(&mutex);
    struct known *known = find(thread, GS_OBJECT_THREAD);
    if (known)
        known->address = NULL; /* another one had this address before */
    add(thread, GS_OBJECT_THREAD, name, 0);
    pthread_mutex_unlock(&mutex);
}
