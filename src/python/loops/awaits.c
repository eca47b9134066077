#include "python/loops/awaits.h"

#include "python/cpython/coroutines.h"
#include "python/cpython/methods.h"
#include "python/cpython/names.h"
#include "python/cpython/spot.h"
#include "python/loops/behind.h"
#include "python/loops/holders.h"
#include "python/watch/files.h"
#include "python/watch/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 200 /* awaits in awaits */ };

/* Where it stands: the program's innermost line, and what of the library that awaits. */
struct stand {
    struct gs_spot spot;
    enum gs_object_kind kind; /* of what that function belongs to */
    const void *address;      /* … that object's; NULL: it has none */
    uint64_t sleep;           /* how long, ns; 0: it does not, or nobody knows */
    struct gs_members_wait library;
};

/* Of asyncio's types, whose methods wait; and of its functions. */
static const struct gs_kind_word types[] = {
    {"Lock", GS_OBJECT_LOCK},           {"Event", GS_OBJECT_EVENT},
    {"Condition", GS_OBJECT_CONDITION}, {"Semaphore", GS_OBJECT_SEMAPHORE},
    {"Barrier", GS_OBJECT_BARRIER},     {"Queue", GS_OBJECT_QUEUE},
    {"StreamReader", GS_OBJECT_SOCKET}, {"StreamWriter", GS_OBJECT_SOCKET},
};
static const struct gs_kind_word functions[] = {
    {"sleep", GS_OBJECT_SLEEP},
    {"sock_recv", GS_OBJECT_SOCKET},
    {"sock_sendall", GS_OBJECT_SOCKET},
    {"sock_accept", GS_OBJECT_SOCKET},
    {"sock_connect", GS_OBJECT_SOCKET},
    {"open_connection", GS_OBJECT_SOCKET},
    {"create_connection", GS_OBJECT_SOCKET},
};

#define COUNT(words) (sizeof(words) / sizeof(words)[0])

/* A method first knows itself, where it has a self. */
static enum gs_object_kind kind_of(const struct gs_frame *frame, const void **address)
{
    char text[64];
    gs_frame_parameter(frame, text, sizeof text);
    *address = strcmp(text, "self") == 0 ? gs_frame_self(frame) : NULL;
    enum gs_object_kind kind =
        *address ? gs_kind_of_type(types, COUNT(types), gs_object_type((gs_py *)*address))
                 : GS_OBJECT_NONE;
    if (kind != GS_OBJECT_NONE)
        return kind;
    *address = NULL;
    gs_frame_function(frame, text, sizeof text);
    return gs_kind_of_word(functions, COUNT(functions), text);
}

/* Whatever of the library calls it, a Condition or wait_for: who stands in a lock's acquire awaits
 * that lock. */
static void be_at_lock(struct stand *stand, const struct gs_frame *innermost)
{
    const void *address;
    char function[16];
    if (!innermost->code || innermost->code == stand->spot.call.code)
        return;
    gs_frame_function(innermost, function, sizeof function);
    if (strcmp(function, "acquire") != 0 || kind_of(innermost, &address) != GS_OBJECT_LOCK)
        return;
    stand->kind = GS_OBJECT_LOCK;
    stand->address = address;
}

/* asyncio.sleep's first argument. Of a type of the program's own a look would run its code. */
static uint64_t length_of_sleep(const struct gs_frame *innermost)
{
    const double most = 1e9;
    char text[16];
    gs_frame_parameter(innermost, text, sizeof text);
    if (strcmp(text, "delay") != 0 || !gs_frame_is_in(innermost, "sleep"))
        return 0;
    gs_py *delay = gs_frame_self(innermost);
    const char *type = delay ? gs_type_name(gs_object_type(delay)) : "";
    if (strcmp(type, "float") != 0 && strcmp(type, "int") != 0)
        return 0;
    double seconds = gs_cpython.real(delay);
    gs_cpython.clear_error();
    return seconds > 0 && seconds < most ? (uint64_t)(seconds * 1e9) : 0;
}

static struct stand find(gs_py *coroutine)
{
    struct stand stand = {0};
    struct gs_frame frame = {0}, first = {0};
    gs_py *awaits;
    for (int i = 0; i < DEEPEST && gs_coroutine_look(coroutine, &frame, &awaits); i++) {
        if (!first.code)
            first = frame;
        if (gs_frame_is_own(&frame))
            stand = (struct stand){.spot.line = frame};
        else if (!stand.spot.call.code)
            stand.spot.call = frame;
        coroutine = awaits;
    }
    if (!stand.spot.line.code)
        stand.spot.line = first;
    stand.library.first = stand.spot.call;
    if (stand.spot.call.code)
        stand.library.last = frame;
    stand.kind = stand.spot.call.code ? kind_of(&stand.spot.call, &stand.address) : GS_OBJECT_NONE;
    be_at_lock(&stand, &frame);
    if (stand.kind == GS_OBJECT_SLEEP)
        stand.sleep = length_of_sleep(&frame);
    if (stand.kind == GS_OBJECT_NONE)
        stand.kind = GS_OBJECT_FUTURE;
    return stand;
}

/* --- objects of the trace */

/* The same thing that is waited for in the same line is met again and again; in another line it
 * may have another name, and then another thing may have come to lie at its address. */
struct known {
    const void *address, *code;
    int offset;
    enum gs_object_kind kind;
    uint32_t name, object;
    struct known *next;
};

enum { BUCKETS = 1024 };

static struct known *buckets[BUCKETS];

static struct known **bucket(const void *address)
{
    return &buckets[((uintptr_t)address >> 4) * 0x9e3779b97f4a7c15u >> 54];
}

static uint32_t add_object(enum gs_object_kind kind, const char *name, uint32_t line)
{
    static unsigned numbers[GS_OBJECTS];
    char numbered[64];
    if (!*name) {
        gs_object_numbered(kind, ++numbers[kind], numbered, sizeof numbered);
        name = numbered;
    }
    struct gs_object_row row = {
        .kind = kind, .name = gs_watch_string(name, strlen(name)), .line = line};
    return gs_segment_add_object(gs_watch.segment, &row);
}

/* A future is called by the function that it is of, "gather", "to_thread", or by the block whose
 * end awaits it, "TaskGroup". False: it has none that says so: what is private to the library says
 * nothing to anybody. */
static bool name_by_function(const struct stand *stand, gs_py *future, char *name, size_t size)
{
    char call[128], *dot;
    gs_spot_call(&stand->spot.call, call, sizeof call);
    dot = strchr(call, '.');
    if (dot && dot[1] == '_' && dot[2] != '_')
        return false;
    if (strcmp(gs_type_name(gs_object_type(future)), "_GatheringFuture") == 0)
        snprintf(name, size, "gather");
    else if (dot && strncmp(dot + 1, "__", 2) == 0)
        snprintf(name, size, "%.*s", (int)(dot - call), call);
    else if (dot)
        snprintf(name, size, "%s", dot + 1);
    return dot || *name;
}

static void name_in_line(const struct gs_frame *frame, char *name, size_t size)
{
    char file[4096];
    gs_frame_file(frame, file, sizeof file);
    struct gs_columns anywhere = {0};
    if (gs_names_calls_in_line(file, gs_frame_line(frame), anywhere, ".run_in_executor("))
        snprintf(name, size, "run_in_executor");
    else
        gs_names_in_line(file, gs_frame_line(frame), gs_frame_columns(frame), name, size);
}

static uint32_t object_named(const struct stand *stand, gs_py *future)
{
    char name[64] = "";
    const struct gs_frame *line = &stand->spot.line;
    bool own = line->code && gs_frame_is_own(line);
    bool said =
        stand->kind == GS_OBJECT_FUTURE && name_by_function(stand, future, name, sizeof name);
    if (own && !said)
        name_in_line(line, name, sizeof name);
    for (struct known *known = *bucket(stand->address); known && *name; known = known->next) {
        if (known->address == stand->address && known->kind == stand->kind &&
            strcmp(gs_segment_text(gs_watch.segment, known->name), name) == 0)
            return known->object;
    }
    return add_object(stand->kind, name, own ? gs_frame_line(line) : 0);
}

static uint32_t object_of(const struct stand *stand, gs_py *future)
{
    const struct gs_frame *line = &stand->spot.line;
    struct known **first = bucket(stand->address), *known = *first;
    while (known && !(known->address == stand->address && known->kind == stand->kind &&
                      known->code == line->code && known->offset == line->offset))
        known = known->next;
    if (known)
        return known->object;
    uint32_t object = object_named(stand, future);
    known = malloc(sizeof *known);
    if (!known)
        abort();
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_object_row *row = tables->object(tables, object);
    *known = (struct known){.address = stand->address,
                            .code = line->code,
                            .offset = line->offset,
                            .kind = stand->kind,
                            .name = row ? row->name : 0,
                            .object = object,
                            .next = *first};
    *first = known;
    return object;
}

static uint32_t end_of(struct gs_task *task)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_actor_row *actor = tables->actor(tables, task->actor);
    struct gs_object_row row = {
        .kind = GS_OBJECT_TASK, .name = actor ? actor->name : 0, .actor = task->actor};
    if (!task->end)
        task->end = gs_segment_add_object(gs_watch.segment, &row);
    return task->end;
}

/* The value of what the object's attribute has as its own; -1: there is none. */
static long number_behind(gs_py *object, const char *first, const char *second)
{
    gs_py *owner = gs_cpython.attribute(object, first);
    gs_py *value = owner ? gs_cpython.attribute(owner, second) : NULL;
    long number = value ? gs_cpython.number(value) : -1;
    if (value)
        gs_cpython.drop(value);
    if (owner)
        gs_cpython.drop(owner);
    gs_cpython.clear_error();
    return number;
}

/* Of a stream the descriptor, which has a name of its own: whom it is connected to. 0: it is not
 * connected. */
static uint32_t stream_object(const void *stream)
{
    long fd = stream ? number_behind((gs_py *)stream, "_transport", "_sock_fd") : -1;
    return fd >= 0 ? gs_files_object((int)fd) : 0;
}

static uint32_t sleep_object(void)
{
    static uint32_t object;
    if (!object)
        object = add_object(GS_OBJECT_SLEEP, "sleep", 0);
    return object;
}

/* A lock is one object, whatever it is called where it is awaited. */
static uint32_t lock_object(struct gs_watched *self, const struct stand *stand, gs_py *future)
{
    uint32_t object = gs_holders_object(stand->address);
    object = object ? object : object_of(stand, future);
    gs_holders_await(self, stand->address, object);
    return object;
}

static void *as_task(const gs_py *inner)
{
    return gs_task_of(inner);
}

/* asyncio.shield's future stands in front of another. Only what the program's own line awaits is
 * looked at. NULL: it is no shield of a task's. */
static struct gs_task *shielded(const struct stand *stand, gs_py *future)
{
    if (stand->kind != GS_OBJECT_FUTURE || stand->spot.call.code)
        return NULL;
    return gs_behind(future, "shield", as_task);
}

/* What an executor's threads were given to do, by to_thread or run_in_executor. */
static uint64_t handed(const struct stand *stand, gs_py *future)
{
    const struct gs_frame *call = &stand->spot.call;
    bool may_be =
        stand->kind == GS_OBJECT_FUTURE && (!call->code || gs_frame_is_in(call, "to_thread"));
    return may_be ? gs_members_item(future) : 0;
}

/* wait_for up to 3.11 awaits a future of its own, and so does what it calls when the time is up;
 * what it was given is their first variable. NULL: it does not stand there. */
static struct gs_task *limited(const struct stand *stand)
{
    const struct gs_frame *last = &stand->library.last;
    bool stands = stand->kind == GS_OBJECT_FUTURE && last->code &&
                  (gs_frame_is_in(last, "wait_for") || gs_frame_is_in(last, "_cancel_and_wait"));
    gs_py *given = stands ? gs_frame_self(last) : NULL;
    return given ? gs_task_of(given) : NULL;
}

struct gs_awaited gs_awaits_look(struct gs_watched *self, struct gs_task *task, gs_py *future)
{
    struct stand stand = find(task->coroutine);
    struct gs_task *other = gs_task_of(future);
    other = other ? other : shielded(&stand, future);
    other = other ? other : limited(&stand);
    uint32_t stream = stand.kind == GS_OBJECT_SOCKET ? stream_object(stand.address) : 0;
    gs_places_of_spot(&stand.spot, &task->line, &task->place);
    if (stream)
        task->on = stream;
    else if (other && other->state != GS_TASK_OVER)
        task->on = end_of(other);
    else if (stand.kind == GS_OBJECT_SLEEP)
        task->on = sleep_object();
    else if (stand.kind == GS_OBJECT_LOCK && stand.address)
        task->on = lock_object(self, &stand, future);
    else
        task->on = object_of(&stand, future);
    struct gs_awaited awaited = {.sleep = stand.sleep};
    if (stand.kind == GS_OBJECT_FUTURE)
        awaited.members = gs_members_of(&stand.library, future);
    if (!awaited.members.tuple)
        awaited.handed = handed(&stand, future);
    return awaited;
}
