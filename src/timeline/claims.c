/* Who has which lock, from acquires and releases: the answer to "whom does it wait for?". */
#include "timeline/store.h"

#include <stdlib.h>
#include <string.h>

/* How far back an owner is looked for. A lock's is the last claim; a semaphore's owners are among
 * the last few, unless one of them keeps its unit while thousands come and go. */
enum { LOOK_BACK = 4096 };

static struct gs_claims *claims_of(const struct gs_timeline *t, uint64_t object)
{
    return object < t->claims.count ? t->claims.items[object] : NULL;
}

static struct gs_claims *make_claims(struct gs_timeline *t, uint64_t object)
{
    struct gs_claims *claims = claims_of(t, object);
    if (claims)
        return claims;
    while (t->claims.count <= object)
        gs_vec_push(&t->claims, NULL);
    claims = calloc(1, sizeof *claims);
    if (!claims)
        abort();
    return t->claims.items[object] = claims;
}

void gs_claims_free(struct gs_timeline *t)
{
    for (size_t i = 0; i < t->claims.count; i++) {
        if (t->claims.items[i])
            gs_vec_free(&t->claims.items[i]->list);
        free(t->claims.items[i]);
    }
    gs_vec_free(&t->claims);
}

/* The open claim that a release by actor ends: its own, else the oldest one that is near. A lock
 * and a semaphore may be released by somebody who never took them. */
static struct gs_claim *open_claim(struct gs_claims *claims, uint32_t actor)
{
    struct gs_claim *other = NULL;
    size_t seen = 0;
    for (size_t i = claims->list.count; i-- > 0 && seen < claims->open;) {
        struct gs_claim *claim = &claims->list.items[i];
        if (claims->list.count - i > LOOK_BACK)
            break;
        if (!claim->open)
            continue;
        if (claim->owner == actor)
            return claim;
        other = claim;
        seen++;
    }
    return other;
}

static void insert(struct gs_claims *claims, const struct gs_claim *claim)
{
    size_t at = claims->list.count;
    while (at && claims->list.items[at - 1].start > claim->start)
        at--;
    gs_vec_add(&claims->list);
    struct gs_claim *place = &claims->list.items[at];
    memmove(place + 1, place, (claims->list.count - 1 - at) * sizeof *place);
    *place = *claim;
    claims->open++;
}

static void acquire(struct gs_claims *claims, const struct gs_event *e, bool reenters)
{
    struct gs_claim *own = reenters ? open_claim(claims, e->actor) : NULL;
    if (own && own->owner == e->actor) {
        own->depth++;
        return;
    }
    struct gs_claim claim = {.start = e->time,
                             .end = UINT64_MAX,
                             .owner = e->actor,
                             .line = gs_event_line(e),
                             .depth = 1,
                             .open = true};
    insert(claims, &claim);
}

static void release(struct gs_claims *claims, const struct gs_event *e, bool reenters)
{
    struct gs_claim *claim = open_claim(claims, e->actor);
    if (!claim)
        return;
    if (reenters && claim->owner == e->actor && gs_event_high(e) > 0) {
        claim->depth = gs_event_high(e);
        return;
    }
    claim->end = e->time;
    claim->open = false;
    claims->open--;
}

void gs_claims_add(struct gs_timeline *t, const struct gs_event *e)
{
    const struct gs_object_row *row =
        e->a <= t->tables->objects(t->tables) ? t->tables->object(t->tables, (uint32_t)e->a) : NULL;
    if (!row) {
        t->strays++;
        return;
    }
    bool reenters = row->kind == GS_OBJECT_RLOCK;
    if (e->kind == GS_EVENT_ACQUIRE)
        acquire(make_claims(t, e->a), e, reenters);
    else
        release(make_claims(t, e->a), e, reenters);
}

size_t gs_timeline_claims(const struct gs_timeline *t, uint32_t object, uint64_t time,
                          struct gs_claim *found, size_t room)
{
    const struct gs_claims *claims = claims_of(t, object);
    size_t count = 0, steps = 0;
    for (size_t i = claims ? claims->list.count : 0; i-- > 0 && steps < LOOK_BACK;) {
        const struct gs_claim *claim = &claims->list.items[i];
        if (claim->start > time)
            continue;
        steps++;
        if (claim->end <= time)
            continue;
        if (count < room)
            found[count] = *claim;
        count++;
    }
    return count;
}
