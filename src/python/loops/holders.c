#include "python/loops/holders.h"

#include "python/cpython/calls.h"
#include "python/loops/steps.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <stdlib.h>

/* A lock that somebody has, or has awaited. */
struct held {
    const void *lock; /* the address, which is another one's once it is gone */
    uint32_t owner;   /* actor; 0: nobody has it, or nobody saw who took it */
    uint32_t object;  /* 0: nobody has awaited it yet, and nothing of it is told */
    uint32_t line;    /* of the program, where it was taken; … */
    uint16_t place;   /* … and in which file */
    struct held *next;
};

enum { BUCKETS = 256 };

static struct held *buckets[BUCKETS];

static struct {
    gs_py *locked, *waiters;
} names;

static struct held **place_of(const void *lock)
{
    struct held **place = &buckets[((uintptr_t)lock >> 4) * 0x9e3779b97f4a7c15u >> 56];
    while (*place && (*place)->lock != lock)
        place = &(*place)->next;
    return place;
}

static struct held *find_or_add(const void *lock)
{
    struct held **place = place_of(lock), *held = *place;
    if (held)
        return held;
    held = calloc(1, sizeof *held);
    if (!held)
        abort();
    held->lock = lock;
    *place = held;
    return held;
}

static void remove_at(struct held **place)
{
    struct held *gone = *place;
    *place = gone->next;
    free(gone);
}

static void put(struct gs_watched *self, struct gs_event event)
{
    event.time = gs_watch_now();
    gs_watch_put_event_for(self, event);
}

/* If it was taken before anybody awaited it, it is told from then on, with the line of before. */
static void tell_taken(struct gs_watched *self, const struct held *held)
{
    put(self, (struct gs_event){.actor = held->owner,
                                .kind = GS_EVENT_ACQUIRE,
                                .place = held->place,
                                .a = held->object,
                                .b = gs_event_pack(held->line, 1)});
}

static uint32_t who_runs(const struct gs_watched *self)
{
    return self->task ? self->task : self->id;
}

static void take(struct gs_watched *self, const void *lock)
{
    struct held *held = find_or_add(lock);
    held->owner = who_runs(self);
    gs_places_look(gs_gil_python_of(self), &held->line, &held->place);
    if (held->object)
        tell_taken(self, held);
}

static void tell_released(struct gs_watched *self, const struct held *held)
{
    struct gs_event event = {.actor = who_runs(self), .kind = GS_EVENT_RELEASE, .a = held->object};
    uint32_t line = 0;
    gs_places_look(gs_gil_python_of(self), &line, &event.place);
    event.b = gs_event_pack(line, 0);
    put(self, event);
}

static void let_go(struct gs_watched *self, struct held **place)
{
    struct held *held = *place;
    if (held->owner && held->object)
        tell_released(self, held);
    held->owner = 0;
    if (!held->object)
        remove_at(place);
}

/* Of a lock that was awaited the waiters are there: who writes them makes another lock, which has
 * come to lie at its address. */
static void be_another(struct gs_watched *self, struct held **place)
{
    if (!(*place)->object)
        return;
    let_go(self, place);
    remove_at(place);
}

static gs_py *theirs; /* object's own __setattr__ */

static void note(gs_py *lock, gs_py *name, gs_py *value)
{
    bool locked = name == names.locked, waiters = name == names.waiters;
    struct gs_watched *self = locked || waiters ? gs_steps_watched() : NULL;
    if (!self)
        return;
    struct held **place = place_of(lock);
    if (locked && gs_cpython.truth(value) == 1)
        take(self, lock);
    else if (locked && *place)
        let_go(self, place);
    else if (waiters && *place)
        be_another(self, place);
}

/* Names of attributes are interned: there is one of each. */
static gs_py *our_set_attribute(gs_py *lock, gs_py *const *arguments, ssize_t count, gs_py *named)
{
    if (count != 2 || named)
        return gs_cpython.call(theirs, lock, NULL); /* which says what is wrong with that */
    gs_py *result = gs_cpython.call(theirs, lock, arguments[0], arguments[1], NULL);
    if (result)
        note(lock, arguments[0], arguments[1]);
    return result;
}

/* As a class in Python that has its own __setattr__: a C function in the type's slot CPython does
 * not let others go past, who call super's or object's (hackcheck, Objects/typeobject.c). */
void gs_holders_open(gs_py *type)
{
    static const char name[] = "__setattr__";
    static struct gs_method method = {name, our_set_attribute, GS_METHOD_ARRAY, NULL};
    names.locked = gs_cpython.new_name("_locked");
    names.waiters = gs_cpython.new_name("_waiters");
    theirs = gs_cpython.attribute(type, name);
    gs_py *ours = theirs ? gs_cpython.new_descriptor(type, &method) : NULL;
    gs_py *key = gs_cpython.new_name(name);
    if (!ours || gs_cpython.set_attribute(type, key, ours) != 0)
        gs_cpython.clear_error();
    gs_cpython.drop(key);
    if (ours)
        gs_cpython.drop(ours);
}

void gs_holders_await(struct gs_watched *self, const void *lock, uint32_t object)
{
    struct held *held = find_or_add(lock);
    if (held->object)
        return;
    held->object = object;
    if (held->owner)
        tell_taken(self, held);
}

uint32_t gs_holders_object(const void *lock)
{
    const struct held *held = *place_of(lock);
    return held ? held->object : 0;
}

uint32_t gs_holders_owner(uint32_t object)
{
    for (size_t i = 0; i < BUCKETS; i++)
        for (const struct held *held = buckets[i]; held; held = held->next)
            if (held->object == object && held->owner)
                return held->owner;
    return 0;
}

void gs_holders_forget(void)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (buckets[i])
            remove_at(&buckets[i]);
}
