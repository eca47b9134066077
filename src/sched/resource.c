#include "sched/resource.h"

#include "sched/actor.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void name_by_count(struct gs_resource *resource)
{
    static _Atomic unsigned counts[GS_OBJECTS];
    unsigned number = atomic_fetch_add(&counts[resource->kind], 1) + 1;
    gs_object_numbered(resource->kind, number, resource->name, sizeof resource->name);
}

int64_t gs_resource_number(void)
{
    static _Atomic int64_t made;
    return atomic_fetch_add(&made, 1) + 1;
}

static void show(struct gs_resource *resource, uint32_t whole)
{
    uint32_t line = 0;
    if (!gs_runtime.traced)
        return;
    if (gs_runtime.find_line)
        (void)gs_runtime.find_line(&line);
    struct gs_object_row row = {.kind = resource->kind,
                                .name = gs_actor_string(resource->name, strlen(resource->name)),
                                .line = line,
                                .of = resource->of,
                                .actor = resource->owner ? resource->owner->id : 0,
                                .whole = whole};
    resource->object = gs_segment_add_object(gs_runtime.segment, &row);
}

void gs_resource_show(struct gs_resource *resource)
{
    show(resource, 0);
}

void gs_resource_init(struct gs_resource *resource, enum gs_object_kind kind, const char *name,
                      void (*destroy)(struct gs_resource *))
{
    gs_resource_init_of(resource, kind, name, 0, destroy);
}

void gs_resource_init_of(struct gs_resource *resource, enum gs_object_kind kind, const char *name,
                         uint32_t of, void (*destroy)(struct gs_resource *))
{
    *resource = (struct gs_resource){
        .kind = kind, .uses = 1, .number = gs_resource_number(), .of = of, .destroy = destroy};
    gs_monitor_init(&resource->monitor);
    if (name)
        gs_text_copy(resource->name, sizeof resource->name, name);
    else
        name_by_count(resource);
    if (kind != GS_OBJECT_THREAD)
        gs_resource_show(resource);
}

void gs_resource_init_part(struct gs_resource *part, enum gs_object_kind kind,
                           const struct gs_resource *whole)
{
    *part = (struct gs_resource){.kind = kind, .number = whole->number, .of = whole->of};
    gs_text_copy(part->name, sizeof part->name, whole->name);
    show(part, whole->object);
}

void gs_resource_destroy_part(struct gs_resource *part)
{
    gs_vec_free(&part->holders.list);
}

struct gs_resource *gs_resource_ref(struct gs_resource *resource)
{
    atomic_fetch_add(&resource->uses, 1);
    return resource;
}

void gs_resource_unref(struct gs_resource *resource)
{
    if (atomic_fetch_sub(&resource->uses, 1) != 1)
        return;
    gs_monitor_destroy(&resource->monitor);
    gs_vec_free(&resource->holders.list);
    resource->destroy(resource);
}

uint64_t gs_deadline_in(double seconds)
{
    static const double forever = 1e9; /* 31 years: past that a deadline would not fit */
    if (seconds < 0)
        return GS_NEVER;
    return gs_now() + (uint64_t)((seconds < forever ? seconds : forever) * 1e9);
}

void gs_call_begin(void)
{
    gs_charge(GS_COST_call);
}

void gs_call_enter(struct gs_resource *resource)
{
    gs_call_begin();
    gs_monitor_enter(&resource->monitor);
}

static void trace_units(uint8_t kind, uint8_t flags, const struct gs_resource *resource,
                        uint32_t units)
{
    if (!gs_runner_of(gs_self)->ring)
        return;
    /* Without the GIL somebody else's garbage collection may be moving this very stack: then the
     * line stays what it was. */
    gs_actor_note_line();
    gs_emit(kind, flags, resource->object, gs_event_pack(gs_self->line, units));
}

void gs_resource_acquired(const struct gs_resource *resource, uint32_t units)
{
    trace_units(GS_EVENT_ACQUIRE, 0, resource, units);
}

void gs_resource_released(const struct gs_resource *resource, uint32_t units)
{
    trace_units(GS_EVENT_RELEASE, 0, resource, units);
}

void gs_resource_take_share(struct gs_resource *resource, uint32_t units)
{
    gs_holders_add(&resource->holders, gs_self);
    gs_resource_acquired(resource, units);
}

void gs_resource_return_share(struct gs_resource *resource, uint32_t units, bool put_back)
{
    (void)gs_holders_remove(&resource->holders, gs_self);
    trace_units(GS_EVENT_RELEASE, put_back, resource, units);
}
