#include "sched/deadlock.h"

#include "sched/actor.h"
#include "sched/resource.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct sentence {
    char *buffer;
    size_t size, used;
};

static void say(struct sentence *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct sentence *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(s->buffer + s->used, s->size - s->used, format, args);
    va_end(args);
    s->used += (size_t)n < s->size - s->used ? (size_t)n : s->size - s->used - 1;
}

static bool stuck(const struct gs_actor *actor)
{
    return actor->waits_for && actor->for_ever;
}

/* Whom it waits for, where that is one actor. */
static const struct gs_actor *blocker(const struct gs_actor *actor)
{
    return stuck(actor) ? actor->waits_for->owner : NULL;
}

static bool in_cycle(const struct gs_actor *actor)
{
    /* Two pointers: the slow one is on the cycle once they meet, if there is one at all. */
    const struct gs_actor *slow = actor, *fast = blocker(actor);
    while (fast && fast != slow) {
        slow = blocker(slow);
        fast = blocker(fast);
        fast = fast ? blocker(fast) : NULL;
    }
    if (!fast)
        return false;
    for (const struct gs_actor *a = blocker(fast);; a = blocker(a)) {
        if (a == actor)
            return true;
        if (a == fast)
            return fast == actor;
    }
}

static const char *visible(char *buffer, size_t size, const char *name)
{
    return gs_text_visible(buffer, size, name, strlen(name));
}

static void say_wait(struct sentence *s, const struct gs_actor *actor)
{
    char who[128], what[128], owner[128];
    const struct gs_resource *r = actor->waits_for;
    visible(what, sizeof what, r->name);
    say(s, "%s waits for ", visible(who, sizeof who, actor->name));
    if (r->kind == GS_OBJECT_THREAD)
        say(s, "the end of %s", what);
    else
        say(s, "%s", what);
    if (actor->line)
        say(s, " (line %u)", actor->line);
    if (!r->owner || r->kind == GS_OBJECT_THREAD)
        return;
    visible(owner, sizeof owner, r->owner->name);
    /* Whoever is still there is stuck by now. */
    if (!stuck(r->owner))
        say(s, ", which %s held when it ended", owner);
    else
        say(s, ", which %s holds", r->owner == actor ? "it itself" : owner);
}

/* One of each cycle, so that it is told once. */
static bool heads_cycle(const struct gs_actor *actor)
{
    if (!in_cycle(actor))
        return false;
    for (const struct gs_actor *a = blocker(actor); a != actor; a = blocker(a))
        if (a->id < actor->id)
            return false;
    return true;
}

/* Once round the cycle that actor is on. */
static void say_cycle(struct sentence *s, const struct gs_actor *actor)
{
    const struct gs_actor *a = actor;
    do {
        say(s, a == actor ? " " : "; ");
        say_wait(s, a);
        a = blocker(a);
    } while (a != actor);
    say(s, ".");
}

static bool say_cycles(struct sentence *s)
{
    bool any = false;
    for (const struct gs_actor *a = gs_runtime.actors; a; a = a->next_actor)
        if (heads_cycle(a)) {
            say_cycle(s, a);
            any = true;
        }
    return any;
}

/* Returns whether there is a cycle among them. */
static bool describe(char *buffer, size_t size)
{
    struct sentence s = {.buffer = buffer, .size = size};
    say(&s, "deadlock:");
    bool cycles = say_cycles(&s);
    if (!cycles)
        say(&s, " nobody is left who could wake anybody.");
    for (const struct gs_actor *a = gs_runtime.actors; a; a = a->next_actor) {
        if (!stuck(a) || in_cycle(a))
            continue;
        say(&s, " ");
        say_wait(&s, a);
        say(&s, ".");
    }
    return cycles;
}

void gs_deadlock_report(void)
{
    char text[2048];
    bool cycles = describe(text, sizeof text);
    fprintf(stderr, "%s\n", text);
    uint32_t string = gs_actor_string(text, strlen(text));
    gs_emit_surely(GS_EVENT_DEADLOCK, 0, string, gs_self->line);
    if (gs_runtime.expects_deadlock) {
        static const char claim[] = "the deadlock was found, and named as a cycle";
        gs_emit_surely(GS_EVENT_CHECK, cycles, gs_actor_string(claim, strlen(claim)),
                       gs_self->line);
    }
    atomic_fetch_add(&gs_runtime.failures, 1);
    gs_runtime_end();
}
