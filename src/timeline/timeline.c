#include "timeline/store.h"

#include <stdlib.h>

struct gs_timeline *gs_timeline_new(const struct gs_tables *tables)
{
    struct gs_timeline *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    t->tables = tables;
    t->rare_kinds = gs_points_rare_kinds();
    t->names = calloc(1, sizeof *t->names);
    if (!t->names)
        abort();
    return t;
}

static void free_book(struct gs_book *book)
{
    gs_long_free(&book->lane.spans);
    gs_long_free(&book->lane.labels);
    gs_long_free(&book->lane.points);
    gs_long_free(&book->lane.holds);
    gs_vec_free(&book->in_labels);
    gs_vec_free(&book->enters);
    gs_vec_free(&book->stays);
    gs_vec_free(&book->intervals);
    gs_turns_free(book->turns);
    gs_zoom_free(&book->zoom);
    gs_owned_sums_free(&book->owned);
    free(book);
}

void gs_timeline_free(struct gs_timeline *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->books.count; i++) {
        if (t->books.items[i])
            free_book(t->books.items[i]);
    }
    gs_vec_free(&t->books);
    gs_vec_free(&t->travellers);
    for (size_t i = 0; i < GS_EVENT_KINDS; i++)
        gs_vec_free(&t->rare[i].list);
    gs_objects_free(t);
    gs_namesakes_free(&t->names->actors);
    gs_namesakes_free(&t->names->objects);
    free(t->names);
    free(t);
}

static uint32_t loop_of(const struct gs_tables *tables, const struct gs_actor_row *row)
{
    bool task = row && row->kind == GS_ACTOR_TASK;
    const struct gs_actor_row *loop = task ? tables->actor(tables, row->parent) : NULL;
    return loop && loop->kind == GS_ACTOR_LOOP ? row->parent : 0;
}

struct gs_book *gs_store_make_book(struct gs_timeline *t, uint64_t actor)
{
    if (actor > t->tables->actors(t->tables))
        return NULL;
    while (t->books.count <= actor)
        gs_vec_push(&t->books, NULL);
    struct gs_book *book = calloc(1, sizeof *book);
    if (!book)
        abort();
    const struct gs_actor_row *row = t->tables->actor(t->tables, (uint32_t)actor);
    book->lane.actor = (uint32_t)actor;
    book->lane.interpreter = book->first_interpreter = row ? row->interpreter : 0;
    book->loop = loop_of(t->tables, row);
    book->lane.zoom = &book->zoom;
    return t->books.items[actor] = book;
}

uint32_t gs_store_carrier(const struct gs_tables *tables, uint32_t actor)
{
    uint32_t id = actor;
    /* Task, loop, thread: a longer chain is none that a run makes. */
    for (int step = 0; step < 4; step++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (!row || (row->kind != GS_ACTOR_TASK && row->kind != GS_ACTOR_LOOP))
            return row ? id : actor;
        id = row->parent;
    }
    return actor;
}

bool gs_store_lossy(const struct gs_timeline *t, uint32_t actor)
{
    uint32_t carrier = gs_store_carrier(t->tables, actor);
    const struct gs_lane *own = gs_timeline_lane(t, actor), *under = gs_timeline_lane(t, carrier);
    return t->lossy || t->tables->left_out(t->tables) ||
           (own && ((const struct gs_book *)own)->lossy) ||
           (under && ((const struct gs_book *)under)->lossy);
}

void gs_store_odd(struct gs_timeline *t, enum gs_oddity_rule rule, uint32_t actor, uint64_t time,
                  uint64_t detail)
{
    if (rule != GS_ODD_TIME_BACK && gs_store_lossy(t, actor))
        return;
    if (t->oddity_count < GS_ODDITIES_KEPT)
        t->oddities[t->oddity_count] =
            (struct gs_oddity){.time = time, .detail = detail, .actor = actor, .rule = rule};
    t->oddity_count++;
}

const struct gs_tables *gs_timeline_tables(const struct gs_timeline *t)
{
    return t->tables;
}

void gs_timeline_extend(struct gs_timeline *t, uint64_t now)
{
    if (t->complete || now <= t->end)
        return;
    t->end = now < GS_TIME_MAX ? now : GS_TIME_MAX;
    t->version++;
}

uint64_t gs_timeline_end(const struct gs_timeline *t)
{
    return t->end;
}

bool gs_timeline_complete(const struct gs_timeline *t)
{
    return t->complete;
}

int gs_timeline_status(const struct gs_timeline *t)
{
    return t->status;
}

int gs_timeline_signal(const struct gs_timeline *t)
{
    return t->signal;
}

uint64_t gs_timeline_events(const struct gs_timeline *t)
{
    return t->events;
}

uint64_t gs_timeline_lost(const struct gs_timeline *t)
{
    return t->lost;
}

uint64_t gs_timeline_whole_from(const struct gs_timeline *t)
{
    return t->whole_from;
}

uint64_t gs_timeline_strays(const struct gs_timeline *t)
{
    return t->strays;
}

uint64_t gs_timeline_version(const struct gs_timeline *t)
{
    return t->version;
}
