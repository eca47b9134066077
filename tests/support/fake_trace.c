#include "support/fake_trace.h"

#include <stdlib.h>
#include <string.h>

struct fake_trace *fake_open(void)
{
    static const struct gs_segment_conf conf = {.ring_events = 1 << 16,
                                                .rings = 4,
                                                .actors = 1 << 14,
                                                .objects = 1024,
                                                .places = 16,
                                                .string_bytes = 1 << 20};
    struct fake_trace *f = calloc(1, sizeof *f);
    f->segment = gs_segment_create(&conf, NULL);
    f->tables = gs_segment_tables(f->segment);
    f->timeline = gs_timeline_new(f->tables);
    return f;
}

void fake_close(struct fake_trace *f)
{
    gs_timeline_free(f->timeline);
    gs_segment_close(f->segment);
    gs_vec_free(&f->events);
    free(f);
}

static uint32_t string(struct fake_trace *f, const char *text)
{
    return text ? gs_segment_add_string(f->segment, text, strlen(text)) : 0;
}

static uint32_t actor(struct fake_trace *f, enum gs_actor_kind kind, const char *name,
                      uint32_t parent, uint32_t interpreter)
{
    struct gs_actor_row row = {
        .kind = kind, .parent = parent, .interpreter = interpreter, .name = string(f, name)};
    return gs_segment_add_actor(f->segment, &row);
}

static uint32_t interpreter_of(struct fake_trace *f, uint32_t id)
{
    const struct gs_actor_row *row = f->tables->actor(f->tables, id);
    return row ? row->interpreter : 0;
}

uint32_t fake_process(struct fake_trace *f, const char *name)
{
    return actor(f, GS_ACTOR_PROCESS, name, 0, 0);
}

uint32_t fake_interpreter_by(struct fake_trace *f, uint32_t process, const char *name,
                             enum gs_gil_profile profile, uint64_t interval_ns)
{
    struct gs_actor_row row = {.kind = GS_ACTOR_INTERPRETER,
                               .parent = process,
                               .name = string(f, name),
                               .gil = profile,
                               .interval_ns = interval_ns};
    return gs_segment_add_actor(f->segment, &row);
}

uint32_t fake_interpreter(struct fake_trace *f, uint32_t process, const char *name, bool has_gil)
{
    return has_gil ? fake_interpreter_by(f, process, name, GS_GIL_312, FAKE_MS(5))
                   : fake_interpreter_by(f, process, name, GS_GIL_OFF, 0);
}

uint32_t fake_thread(struct fake_trace *f, uint32_t interpreter, const char *name)
{
    return actor(f, GS_ACTOR_THREAD, name, interpreter, interpreter);
}

uint32_t fake_helper(struct fake_trace *f, enum gs_actor_kind kind, uint32_t parent,
                     const char *name)
{
    struct gs_actor_row row = {.kind = kind,
                               .parent = parent,
                               .interpreter = parent,
                               .name = string(f, name),
                               .flags = GS_ACTOR_HELPER};
    return gs_segment_add_actor(f->segment, &row);
}

uint32_t fake_loop(struct fake_trace *f, uint32_t thread, const char *name)
{
    return actor(f, GS_ACTOR_LOOP, name, thread, interpreter_of(f, thread));
}

uint32_t fake_task(struct fake_trace *f, uint32_t loop, const char *name)
{
    return actor(f, GS_ACTOR_TASK, name, loop, interpreter_of(f, loop));
}

uint32_t fake_task_of(struct fake_trace *f, uint32_t loop, const char *name, const char *coroutine)
{
    struct gs_actor_row row = {.kind = GS_ACTOR_TASK,
                               .parent = loop,
                               .interpreter = interpreter_of(f, loop),
                               .name = string(f, name),
                               .what = string(f, coroutine)};
    return gs_segment_add_actor(f->segment, &row);
}

uint32_t fake_object(struct fake_trace *f, enum gs_object_kind kind, const char *name)
{
    return fake_object_of(f, kind, name, 0);
}

uint32_t fake_object_of(struct fake_trace *f, enum gs_object_kind kind, const char *name,
                        uint32_t of)
{
    struct gs_object_row row = {.kind = kind, .name = string(f, name), .of = of};
    return gs_segment_add_object(f->segment, &row);
}

uint32_t fake_lock(struct fake_trace *f, const char *name, uint32_t line)
{
    struct gs_object_row row = {.kind = GS_OBJECT_LOCK, .name = string(f, name), .line = line};
    return gs_segment_add_object(f->segment, &row);
}

uint32_t fake_memory(struct fake_trace *f, uint32_t process)
{
    return gs_segment_add_object(
        f->segment, &(struct gs_object_row){.kind = GS_OBJECT_MEMORY, .actor = process});
}

uint32_t fake_end_of(struct fake_trace *f, uint32_t thread, const char *name)
{
    struct gs_object_row row = {.kind = GS_OBJECT_THREAD, .name = string(f, name), .actor = thread};
    return gs_segment_add_object(f->segment, &row);
}

uint32_t fake_end_of_task(struct fake_trace *f, uint32_t task)
{
    struct gs_object_row row = {
        .kind = GS_OBJECT_TASK, .name = f->tables->actor(f->tables, task)->name, .actor = task};
    return gs_segment_add_object(f->segment, &row);
}

uint32_t fake_tasks(struct fake_trace *f, uint32_t queue, const char *name)
{
    struct gs_object_row row = {.kind = GS_OBJECT_TASKS, .name = string(f, name), .whole = queue};
    return gs_segment_add_object(f->segment, &row);
}

uint16_t fake_place(struct fake_trace *f, const char *file, const char *call)
{
    struct gs_place_row row = {.file = string(f, file), .call = string(f, call)};
    return gs_segment_add_place(f->segment, &row);
}

void fake_event(struct fake_trace *f, struct gs_event event)
{
    gs_vec_push(&f->events, event);
    gs_timeline_add(f->timeline, &event);
}

static void put(struct fake_trace *f, uint32_t who, uint64_t ns, enum gs_event_kind kind,
                unsigned flags, uint64_t a, uint64_t b)
{
    fake_event(f, (struct gs_event){.time = ns,
                                    .actor = who,
                                    .kind = (uint8_t)kind,
                                    .flags = (uint8_t)flags,
                                    .a = a,
                                    .b = b});
}

void fake_born(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t creator)
{
    put(f, who, ns, GS_EVENT_BORN, 0, creator, 0);
}

void fake_died(struct fake_trace *f, uint32_t who, uint64_t ns, bool failed)
{
    put(f, who, ns, GS_EVENT_DIED, failed, 0, 0);
}

void fake_died_by(struct fake_trace *f, uint32_t who, uint64_t ns, enum gs_death how, uint32_t by)
{
    put(f, who, ns, GS_EVENT_DIED, how, by, 0);
}

void fake_state(struct fake_trace *f, uint32_t who, uint64_t ns, unsigned state, uint32_t on,
                uint32_t line, uint32_t cause)
{
    put(f, who, ns, GS_EVENT_STATE, state, on, gs_event_pack(line, cause));
}

void fake_off_core(struct fake_trace *f, uint32_t who, uint64_t ns, uint64_t from, uint64_t until)
{
    put(f, who, ns, GS_EVENT_OFF_CORE, 0, from, until);
}

void fake_enter(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t interpreter)
{
    put(f, who, ns, GS_EVENT_ENTER, 0, interpreter, 0);
}

void fake_request(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t interpreter,
                  uint32_t holder)
{
    put(f, who, ns, GS_EVENT_GIL_REQUEST, 0, interpreter, holder);
}

void fake_take(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t interpreter, uint32_t line)
{
    put(f, who, ns, GS_EVENT_GIL_TAKE, 0, interpreter, line);
}

void fake_drop(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t interpreter,
               enum gs_drop why, uint32_t line)
{
    put(f, who, ns, GS_EVENT_GIL_DROP, why, interpreter, line);
}

void fake_interval(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t interpreter,
                   uint64_t interval_ns)
{
    put(f, who, ns, GS_EVENT_GIL_INTERVAL, 0, interpreter, interval_ns);
}

void fake_wake(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t woken, uint32_t on)
{
    put(f, who, ns, GS_EVENT_WAKE, 0, woken, on);
}

void fake_acquire(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t object, uint32_t line,
                  uint32_t units)
{
    put(f, who, ns, GS_EVENT_ACQUIRE, 0, object, gs_event_pack(line, units));
}

void fake_release(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t object, uint32_t line,
                  uint32_t units)
{
    put(f, who, ns, GS_EVENT_RELEASE, 0, object, gs_event_pack(line, units));
}

void fake_message(struct fake_trace *f, uint32_t who, uint64_t ns, bool sender, uint32_t object,
                  uint64_t bytes)
{
    put(f, who, ns, GS_EVENT_MESSAGE, sender, object, bytes);
}

void fake_label(struct fake_trace *f, uint32_t who, uint64_t ns, const char *text, uint32_t line)
{
    put(f, who, ns, GS_EVENT_LABEL_BEGIN, 0, string(f, text), line);
}

void fake_busy(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *function,
               uint32_t line, uint16_t place, uint8_t flags)
{
    fake_event(f, (struct gs_event){.time = ns,
                                    .actor = actor,
                                    .kind = GS_EVENT_BUSY,
                                    .flags = flags,
                                    .place = place,
                                    .a = string(f, function),
                                    .b = line});
}

void fake_due(struct fake_trace *f, uint32_t task, uint64_t ns, uint64_t until)
{
    put(f, task, ns, GS_EVENT_DUE, 0, until, 0);
}

void fake_limit(struct fake_trace *f, uint32_t task, uint64_t ns, uint64_t until)
{
    put(f, task, ns, GS_EVENT_DUE, GS_DUE_LIMIT, until, 0);
}

void fake_member(struct fake_trace *f, uint32_t task, uint64_t ns, uint32_t member, uint32_t of,
                 uint32_t untold)
{
    put(f, task, ns, GS_EVENT_MEMBER, 0, member, gs_event_pack(of, untold));
}

void fake_label_end(struct fake_trace *f, uint32_t who, uint64_t ns)
{
    put(f, who, ns, GS_EVENT_LABEL_END, 0, 0, 0);
}

void fake_text(struct fake_trace *f, uint32_t who, uint64_t ns, enum gs_event_kind kind,
               const char *text, uint32_t line)
{
    put(f, who, ns, kind, 0, string(f, text), line);
}

void fake_stall(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *text)
{
    fake_event(f, (struct gs_event){.time = ns,
                                    .actor = actor,
                                    .kind = GS_EVENT_DEADLOCK,
                                    .flags = 1,
                                    .a = string(f, text)});
}

void fake_check(struct fake_trace *f, uint32_t who, uint64_t ns, bool holds, const char *text,
                uint32_t line)
{
    put(f, who, ns, GS_EVENT_CHECK, holds, string(f, text), line);
}

void fake_counter(struct fake_trace *f, uint32_t who, uint64_t ns, uint32_t object, uint64_t value)
{
    put(f, who, ns, GS_EVENT_COUNTER, 0, object, value);
}

void fake_lost(struct fake_trace *f, uint32_t who, uint64_t ns, uint64_t count)
{
    put(f, who, ns, GS_EVENT_LOST, 0, count, 0);
}

void fake_end(struct fake_trace *f, uint64_t ns, uint8_t status)
{
    uint32_t id = f->tables->actors(f->tables);
    for (uint32_t i = id; i > 0; i--)
        id = f->tables->actor(f->tables, i)->kind == GS_ACTOR_THREAD ? i : id;
    put(f, id, ns, GS_EVENT_END, status, 0, 0);
}
