#include "python/sync/objects.h"

#include "python/cpython/methods.h"
#include "python/cpython/names.h"
#include "python/cpython/spot.h"
#include "python/cpython/ways.h"
#include "python/front/front.h"
#include "python/front/guards.h"
#include "python/sync/counts.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"
#include "python/watch/sites.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By address: of a Python object, of a semaphore, of a parked thread's lock. */
struct known {
    const void *address;
    enum gs_object_kind kind;
    struct gs_site made;
    uint32_t object; /* 0: nobody has waited for it */
    uint32_t of;     /* see struct gs_object_row */
    bool shared;     /* … with other processes: it is the same one in all */
    struct known *next;
    struct known *before; /* of all, the one that came to be known before it */
};

enum { BUCKETS = 4096 };

static struct known *buckets[BUCKETS], *last;

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

/* What is known already, or something new. */
static struct known *know(const void *address, enum gs_object_kind kind)
{
    struct known *known = find(address, kind);
    if (known)
        return known;
    known = malloc(sizeof *known);
    if (!known)
        abort();
    struct known **first = bucket(address);
    *known = (struct known){.address = address, .kind = kind, .next = *first, .before = last};
    *first = last = known;
    return known;
}

/* --- in the trace's table */

static uint32_t add_row(struct gs_object_row *row)
{
    static unsigned numbers[GS_OBJECTS];
    char numbered[64];
    if (!row->name) {
        gs_object_numbered(row->kind, ++numbers[row->kind], numbered, sizeof numbered);
        row->name = gs_watch_string(numbered, strlen(numbered));
    }
    return gs_segment_add_object(gs_watch.segment, row);
}

/* Where it was made said no name: the line that takes it may. */
static uint32_t name_in_line(const char *file, uint32_t line, struct gs_columns at)
{
    char name[64] = "";
    if (line)
        gs_names_in_line(file, line, at, name, sizeof name);
    return *name ? gs_watch_string(name, strlen(name)) : 0;
}

static uint32_t lock_object(struct gs_watched_lock *lock, const char *file, uint32_t line,
                            struct gs_columns at)
{
    gs_guard_lock(GS_GUARD_OBJECTS);
    if (!lock->object) {
        struct gs_object_row row = {.kind = lock->kind ? lock->kind : GS_OBJECT_LOCK,
                                    .name = lock->name ? lock->name : name_in_line(file, line, at),
                                    .line = lock->made};
        atomic_store_explicit(&lock->object, add_row(&row), memory_order_release);
    }
    gs_guard_unlock(GS_GUARD_OBJECTS);
    return lock->object;
}

uint32_t gs_objects_lock(struct gs_watched_lock *lock)
{
    return lock_object(lock, gs_places_file(lock->place), lock->line, (struct gs_columns){0});
}

/* --- being made */

/* What a thread is in, from the innermost frame outwards. */
struct about {
    enum gs_object_kind kind; /* of what the outermost method of the library that says something
                                 belongs to, the one that the program calls; NONE: there is none */
    const void *address;      /* that object's */
    unsigned step;            /* … whose method it is, counted from the innermost frame on */
    bool called;              /* … itself, and not something that calls it in its turn */
    bool inside;              /* … and an event, which the library calls for its own ends */
    unsigned library;         /* frames of the library's inside the program's own */
    struct gs_frame own;      /* of the program; its code is NULL if there is none */
};

/* frame is the innermost; NULL: there is none. */
static struct about describe(const struct gs_frame *innermost)
{
    struct about about = {.kind = GS_OBJECT_NONE};
    if (!innermost)
        return about;
    struct gs_frame frame = *innermost;
    bool any = true;
    for (; any && !gs_frame_is_own(&frame); any = gs_frames_next(&frame)) {
        /* A pool's worker gets its tasks through us: what has started it says nothing of that, nor
         * does what has forked a process. */
        if (gs_frame_is_machinery(&frame) || frame.python == gs_watch.forked_in)
            return about;
        enum gs_object_kind kind = gs_method_waits_for(&frame);
        unsigned step = about.library++;
        about.called = kind != GS_OBJECT_NONE;
        about.inside = about.kind == GS_OBJECT_EVENT && !about.called;
        if (kind == GS_OBJECT_NONE)
            continue;
        about.kind = kind;
        about.step = step;
        about.address = gs_frame_self(&frame);
    }
    if (any)
        about.own = frame;
    return about;
}

static bool has_been_forked_in(const struct gs_frame *frames, unsigned count)
{
    for (unsigned i = 0; gs_watch.forked_in && i < count; i++) {
        if (frames[i].python == gs_watch.forked_in)
            return true;
    }
    return false;
}

/* By what is known of its way, where it is one. innermost gets its frame, whose code is NULL if
 * there is none; gone, unless it is NULL, the way: see gs_way_of. */
static struct about describe_thread(gs_py *thread, struct gs_frame *innermost,
                                    const struct gs_way **gone)
{
    struct gs_frame frames[GS_WAY_STEPS];
    struct gs_way *way = gs_way_of(thread, frames);
    if (gone)
        *gone = way;
    if (!way || has_been_forked_in(frames, way->steps - 1)) {
        if (!gs_frames_first(thread, innermost))
            *innermost = (struct gs_frame){0};
        return describe(innermost->code ? innermost : NULL);
    }
    *innermost = frames[0];
    if (!way->described) {
        struct about about = describe(innermost);
        way->described = true;
        way->kind = (uint8_t)about.kind;
        way->about = (uint8_t)about.step;
        way->called = about.called;
        way->inside = about.inside;
    }
    return (struct about){
        .kind = way->kind,
        .address = way->kind == GS_OBJECT_NONE ? NULL : gs_frame_self(&frames[way->about]),
        .step = way->about,
        .called = way->called,
        .inside = way->inside,
        .library = way->steps - 1,
        .own = frames[way->steps - 1]};
}

/* Where another one was before, something new is: of a queue all that it is waited for as. */
static void define(const void *address, enum gs_object_kind kind, struct gs_site made)
{
    gs_guard_lock(GS_GUARD_OBJECTS);
    (void)know(address, kind);
    for (struct known *known = *bucket(address); known; known = known->next) {
        if (known->address != address || known->kind == GS_OBJECT_THREAD)
            continue;
        known->made = made;
        known->object = known->of = 0;
        known->shared = false;
    }
    gs_guard_unlock(GS_GUARD_OBJECTS);
}

/* Not what the library makes for one wait alone, as conditions do: that is part of nothing, and the
 * innermost function says so. */
static bool is_part_of_something(const struct gs_frame *innermost, enum gs_whose whose,
                                 enum gs_object_kind kind)
{
    return whose >= GS_WHOSE_GENERATED || gs_frame_is_in(innermost, "__init__") ||
           (kind == GS_OBJECT_RLOCK && gs_frame_is_in(innermost, "RLock"));
}

/* The program's own is a lock that its own code makes, or makes a condition with. */
void gs_objects_made(struct gs_watched *self, struct gs_watched_lock *lock,
                     enum gs_object_kind kind)
{
    struct gs_frame frame;
    gs_py *thread = gs_gil_python_of(self);
    if (!gs_frames_first(thread, &frame))
        return;
    enum gs_whose whose = gs_frame_whose(&frame);
    lock->machinery = whose == GS_WHOSE_MACHINERY;
    if (lock->machinery || !is_part_of_something(&frame, whose, kind))
        return;
    struct about about = describe_thread(thread, &frame, NULL);
    /* A function around the type. */
    if (kind == GS_OBJECT_RLOCK && gs_frame_is_in(&frame, "RLock"))
        about = describe(gs_frames_next(&frame) ? &frame : NULL);
    if (!about.own.code || (about.library > 0 && !gs_frame_is_in(&frame, "__init__")))
        return;
    struct gs_site made = gs_site_of(&about.own);
    if (about.inside) /* `done = futures.wait(…)` */
        made.name = 0;
    if (about.library == 0 || (about.library == 1 && about.kind == GS_OBJECT_CONDITION)) {
        lock->kind = kind;
        lock->name = made.name;
        lock->made = made.line;
    }
    if (about.kind == GS_OBJECT_NONE || about.kind == GS_OBJECT_THREAD)
        return;
    define(about.address, about.kind, made);
    if (about.called)
        lock->counts = gs_counts_new(about.kind, (gs_py *)about.address);
}

/* --- being waited for */

/* What calls itself: a program's line, or nobody's. */
static uint32_t name_at(const struct about *about)
{
    char file[4096];
    if (!about->own.code || about->inside)
        return 0;
    gs_frame_file(&about->own, file, sizeof file);
    return name_in_line(file, gs_frame_line(&about->own), gs_frame_columns(&about->own));
}

static uint32_t object_of(const void *address, enum gs_object_kind kind, const struct about *about)
{
    struct known *known = know(address, kind);
    bool part = kind == GS_OBJECT_ROOM || kind == GS_OBJECT_TASKS;
    if (known->object)
        return known->object;
    const struct known *whole = part ? know(address, GS_OBJECT_QUEUE) : known;
    struct gs_object_row row = {.kind = kind,
                                .name = whole->made.name ? whole->made.name : name_at(about),
                                .of = whole->of,
                                .line = whole->made.line  ? whole->made.line
                                        : about->own.code ? gs_frame_line(&about->own)
                                                          : 0,
                                .whole = part ? object_of(address, GS_OBJECT_QUEUE, about) : 0};
    return known->object = add_row(&row);
}

/* The end of the thread that has the lock, or of all at once: at the program's end. */
static uint32_t end_of(const struct gs_watched_lock *lock)
{
    static const char others[] = "the other threads";
    static uint32_t object;
    const struct gs_watched *owner = gs_watched_of(atomic_load(&lock->owner));
    struct gs_object_row row = {.kind = GS_OBJECT_THREAD};
    if (owner && owner->end)
        return owner->end;
    row.name = gs_watch_string(others, strlen(others));
    return object ? object : (object = add_row(&row));
}

/* From 3.13 on a thread that waits for anything but a lock is parked in a semaphore on its own
 * stack, behind the address of what it waits for (Python/parking_lot.c: struct wait_entry). */
static const void *lock_address(const sem_t *s)
{
    enum { STACK_BYTES = 1 << 16 };
    uintptr_t here = (uintptr_t)&s, there = (uintptr_t)s;
    const void *address = s;
    if (gs_cpython.minor >= 13 && there > here && there < here + STACK_BYTES)
        memcpy(&address, (const void *)(there - sizeof address), sizeof address);
    return address;
}

/* No method of Python's says it: a lock of C's, but a SimpleQueue is C as well. */
static enum gs_object_kind kind_in_c(const struct gs_frame *innermost, const struct about *about)
{
    char file[4096];
    if (about->library) /* a pool's worker */
        return gs_frame_is_in(innermost, "_worker") ? GS_OBJECT_QUEUE : GS_OBJECT_LOCK;
    gs_frame_file(innermost, file, sizeof file);
    bool gets = gs_names_calls_in_line(file, gs_frame_line(innermost), gs_frame_columns(innermost),
                                       ".get(");
    return gets ? GS_OBJECT_QUEUE : GS_OBJECT_LOCK;
}

/* By the line that waits for it, if nothing else says it. */
static uint32_t name_lock(struct gs_watched_lock *lock, const struct about *about)
{
    char file[4096];
    if (lock->name || !about->own.code)
        return lock_object(lock, "", 0, (struct gs_columns){0});
    gs_frame_file(&about->own, file, sizeof file);
    return lock_object(lock, file, gs_frame_line(&about->own), gs_frame_columns(&about->own));
}

static uint32_t waited(struct gs_watched *self, const sem_t *s, struct gs_watched_lock *lock)
{
    uint32_t object = atomic_load_explicit(&lock->object, memory_order_acquire);
    bool has_name = lock->kind != GS_OBJECT_NONE || lock->name;
    struct gs_frame frame;
    if (has_name && object)
        return object;
    struct about about = describe_thread(self->python, &frame, &self->way);
    if (has_name)
        return name_lock(lock, &about);
    gs_guard_lock(GS_GUARD_OBJECTS);
    if (about.kind == GS_OBJECT_THREAD && !find(about.address, GS_OBJECT_THREAD))
        object = end_of(lock);
    else if (about.kind != GS_OBJECT_NONE)
        object = object_of(about.address, about.kind, &about);
    else
        object = object_of(lock_address(s), frame.code ? kind_in_c(&frame, &about) : GS_OBJECT_LOCK,
                           &about);
    gs_guard_unlock(GS_GUARD_OBJECTS);
    return object;
}

static uint32_t name_of_import(gs_py *module_lock)
{
    char name[128];
    gs_py *value = gs_cpython.attribute(module_lock, "name");
    const char *module = value ? gs_cpython.text(value) : NULL;
    int length = snprintf(name, sizeof name, "the import of %s", module ? module : "a module");
    if (value)
        gs_cpython.drop(value);
    return gs_watch_string(name, (size_t)length < sizeof name ? (size_t)length : sizeof name - 1);
}

/* 0: it is none of ours, or has let go meanwhile. */
static uint32_t who_imports(gs_py *module_lock)
{
    gs_py *owner = gs_cpython.attribute(module_lock, "owner");
    unsigned long ident =
        owner && owner != gs_cpython.none ? (unsigned long)gs_cpython.number(owner) : 0;
    if (owner)
        gs_cpython.drop(owner);
    for (const struct gs_watched *t = gs_watched_first(); ident && t; t = t->next)
        if (t->ident == ident && !atomic_load(&t->gone))
            return t->id;
    return 0;
}

void gs_objects_missed(struct gs_watched *self, struct gs_watched_lock *lock)
{
    struct gs_frame frame;
    if (!lock->machinery || !gs_frames_first(gs_gil_python_of(self), &frame) ||
        !gs_frame_is_machinery(&frame) || !gs_frame_is_in(&frame, "acquire"))
        return;
    int code = errno;
    if (!lock->name)
        lock->name = name_of_import(gs_frame_self(&frame));
    atomic_store(&lock->owner, who_imports(gs_frame_self(&frame)));
    gs_cpython.clear_error();
    errno = code;
}

uint32_t gs_objects_waited(struct gs_watched *self, const sem_t *s, struct gs_watched_lock *lock)
{
    int code = errno;
    uint32_t object = waited(self, s, lock);
    errno = code;
    return object;
}

void gs_objects_name_thread(const void *address, const char *name, struct gs_watched *thread)
{
    struct gs_object_row row = {
        .kind = GS_OBJECT_THREAD, .name = gs_watch_string(name, strlen(name)), .actor = thread->id};
    thread->end = gs_segment_add_object(gs_watch.segment, &row);
    gs_guard_lock(GS_GUARD_OBJECTS);
    /* Another one may have had this address before. */
    know(address, GS_OBJECT_THREAD)->object = thread->end;
    gs_guard_unlock(GS_GUARD_OBJECTS);
}

void gs_objects_size(const void *address, enum gs_object_kind kind, uint32_t of)
{
    gs_guard_lock(GS_GUARD_OBJECTS);
    know(address, kind)->of = of;
    gs_guard_unlock(GS_GUARD_OBJECTS);
}

uint32_t gs_objects_counted(const struct gs_watched *self, const void *address,
                            enum gs_object_kind kind)
{
    struct gs_frame frame;
    struct about about = describe_thread(gs_gil_python_of(self), &frame, NULL);
    gs_guard_lock(GS_GUARD_OBJECTS);
    uint32_t object = object_of(address, kind, &about);
    gs_guard_unlock(GS_GUARD_OBJECTS);
    return object;
}

void gs_objects_share(const void *address, enum gs_object_kind kind, uint32_t object)
{
    gs_guard_lock(GS_GUARD_OBJECTS);
    struct known *known = know(address, kind);
    known->object = object;
    known->shared = true;
    gs_guard_unlock(GS_GUARD_OBJECTS);
}

void gs_objects_forget(void)
{
    /* What stays is not written: its page is not copied. */
    for (struct known *known = last; known; known = known->before) {
        if (!known->shared && known->object)
            known->object = 0;
    }
}
