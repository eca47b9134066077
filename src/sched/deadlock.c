#include "sched/deadlock.h"

#include "sched/actor.h"
#include "sched/resource.h"
#include "sched/stall.h"
#include "trace/namesakes.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the rows of a stall are filled from. */
struct census {
    struct gs_stall stall;
    GS_VEC(long) row_of; /* by actor id: the row; -1: it is not stuck */
    struct gs_namesakes actors, objects;
};

static bool stuck(const struct gs_actor *actor)
{
    return actor->waits_for && actor->for_ever;
}

static void put_actor(struct census *c, char buffer[GS_STALL_NAME], const struct gs_actor *actor)
{
    const struct gs_tables *tables = gs_segment_tables(gs_runtime.segment);
    gs_stall_name(buffer, actor->name, gs_namesakes_actor(&c->actors, tables, actor->id));
}

static void put_resource(struct census *c, char buffer[GS_STALL_NAME], const struct gs_resource *r)
{
    const struct gs_tables *tables = gs_segment_tables(gs_runtime.segment);
    if (r->kind == GS_OBJECT_THREAD && r->owner)
        put_actor(c, buffer, r->owner);
    else
        gs_stall_name(buffer, r->name, gs_namesakes_object(&c->objects, tables, r->object));
}

static void add_holder(struct census *c, struct gs_stuck *row, const struct gs_actor *actor,
                       uint64_t units)
{
    struct gs_stall_holder *holder = gs_vec_add(&row->holders);
    *holder = (struct gs_stall_holder){
        .stuck = c->row_of.items[actor->id], .failed = actor->failed, .units = units};
    put_actor(c, holder->name, actor);
}

static void describe(struct census *c, struct gs_stuck *row, const struct gs_actor *actor)
{
    const struct gs_resource *r = actor->waits_for;
    struct gs_measure m = {.of = r->of};
    if (r->measure)
        r->measure(r, &m);
    *row = (struct gs_stuck){.kind = r->kind,
                             .now = m.now,
                             .of = m.of,
                             .queued = m.queued,
                             .in_vain_line = m.in_vain_line};
    gs_where_text(row->where, sizeof row->where, gs_segment_tables(gs_runtime.segment), actor->line,
                  0);
    put_actor(c, row->name, actor);
    put_resource(c, row->on, r);
    if (m.in_vain)
        put_actor(c, row->in_vain, m.in_vain);
    if (r->owner)
        add_holder(c, row, r->owner, 1);
    for (size_t i = 0; i < r->holders.list.count; i++)
        add_holder(c, row, r->holders.list.items[i].actor, r->holders.list.items[i].units);
}

/* All of them have their rows before the first is filled: holders are told by them. */
static void number_rows(struct census *c)
{
    long count = 0;
    for (const struct gs_actor *a = gs_runtime.actors; a; a = a->next_actor) {
        while (c->row_of.count <= a->id)
            gs_vec_push(&c->row_of, -1);
        if (stuck(a))
            c->row_of.items[a->id] = count++;
    }
}

static void take_census(struct census *c)
{
    number_rows(c);
    for (const struct gs_actor *a = gs_runtime.actors; a; a = a->next_actor)
        if (stuck(a))
            describe(c, gs_vec_add(&c->stall.rows), a);
}

/* A claim of the scene about how it ends. */
static void claim(bool circles)
{
    enum gs_expectation expects = gs_runtime.expects;
    bool holds;
    if (expects == GS_EXPECT_END)
        return;
    const char *text = gs_stall_claim(expects, circles, &holds);
    gs_emit_surely(GS_EVENT_CHECK, holds, gs_actor_string(text, strlen(text)), gs_self->line);
}

void gs_deadlock_stand_still(void)
{
    enum { PART = 4, LEAST = 1000 };
    gs_runtime.ops->stand_still(gs_now() / PART + LEAST);
}

void gs_deadlock_report(void)
{
    char text[2048];
    struct census c = {0};
    take_census(&c);
    bool circles = gs_stall_tell(&c.stall, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    uint32_t string = gs_actor_string(text, strlen(text));
    gs_emit_surely(GS_EVENT_DEADLOCK, !circles, string, gs_self->line);
    claim(circles);
    atomic_fetch_add(&gs_runtime.failures, 1);
    gs_deadlock_stand_still();
    gs_runtime_end();
}
