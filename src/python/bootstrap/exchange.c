#include "python/bootstrap/exchange.h"

#include "python/bootstrap/items.h"
#include "python/cpython/spot.h"
#include "python/drive/drive.h"
#include "python/drive/numbers.h"
#include "python/sync/objects.h"
#include "python/watch/channels.h"
#include "python/watch/descriptors.h"
#include "python/watch/files.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"
#include "python/watch/sites.h"
#include "python/watch/watch.h"
#include "sched/family.h"

#include <stdio.h>
#include <string.h>

/* A method of C as every version of the stable ABI knows it. */
struct method {
    const char *name;
    gs_py *(*call)(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *names);
    int flags;
    const char *doc;
};

enum { KEYWORDS = 2, ARRAY = 128 };

/* What a function is called with: those that have a name come last. */
struct call {
    gs_py *const *arguments;
    size_t count;
    gs_py *names; /* a tuple, or NULL */
};

/* One without a name; NULL: there are fewer. */
static gs_py *argument(const struct call *call, size_t i)
{
    return i < call->count ? call->arguments[i] : NULL;
}

static gs_py *blame;         /* exchange.py's */
static gs_py *handle, *tell; /* names */

/* Only a process with lanes runs Python: a child that has none is about to execute a program. */
static struct gs_watched *watched(void)
{
    return atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) ? gs_watched_self : NULL;
}

/* Takes the value; -1: it is none, or no number. */
static long take_number(gs_py *value)
{
    long number = value ? gs_cpython.number(value) : -1;
    gs_cpython.drop(value);
    gs_cpython.clear_error();
    return number;
}

/* Of a connection; -1: it is closed. */
static long handle_of(gs_py *connection)
{
    return take_number(connection ? gs_cpython.attribute_named(connection, handle) : NULL);
}

/* In bytes, of what has a length; else 0. */
static uint64_t length_of(gs_py *object)
{
    ssize_t length = object ? gs_cpython.size(object) : 0;
    if (length < 0)
        gs_cpython.clear_error();
    return length < 0 ? 0 : (uint64_t)length;
}

/* What the calling thread does, on the line that calls the library. */
static struct gs_event happens(struct gs_watched *self, enum gs_event_kind kind, uint32_t string)
{
    struct gs_event event = {.kind = (uint8_t)kind, .actor = self->id, .a = string};
    uint32_t line = 0;
    gs_places_look(gs_gil_python_of(self), &line, &event.place);
    event.b = line;
    event.time = gs_watch_now();
    return event;
}

/* --- what goes through connections */

static bool is_queue(uint32_t object)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_object_row *row = tables->object(tables, object);
    return row && row->kind == GS_OBJECT_QUEUE;
}

/* How many messages are on their way. Who receives one may be quicker than who looks here. */
static uint32_t waiting_in(const struct gs_channel *channel)
{
    uint32_t received = atomic_load(&channel->received), sent = atomic_load(&channel->sent);
    return sent > received ? sent - received : 0;
}

/* 0: nobody can tell which it is at its other end. */
static uint64_t count(struct gs_channel *channel, bool send)
{
    return channel ? atomic_fetch_add(send ? &channel->sent : &channel->received, 1) + 1 : 0;
}

static void tell_message(gs_py *connection, bool send, uint64_t bytes)
{
    struct gs_watched *self = watched();
    if (!self)
        return;
    int fd = (int)handle_of(connection);
    struct gs_channel *channel = gs_channels_of(fd, send);
    uint64_t number = count(channel, send);
    uint32_t object = channel ? atomic_load(&channel->object) : gs_files_object(fd);
    uint64_t now = gs_watch_now();
    gs_watch_put(self, now, GS_EVENT_MESSAGE, send, number << 32 | object, bytes);
    if (channel && is_queue(object))
        gs_watch_put(self, now, GS_EVENT_COUNTER, 0, object, waiting_in(channel));
}

static void pay(enum gs_cost cost, uint64_t times)
{
    if (gs_watch.driven)
        gs_drive_owe(cost, times);
}

/* --- what is seen of a call: before it, and after it, unless it failed */

static void before_send(const struct call *call)
{
    uint64_t bytes = length_of(argument(call, 1));
    pay(GS_COST_byte, bytes);
    tell_message(argument(call, 0), true, bytes);
}

/* Python's own buffer stands at its end. */
static void after_receive(const struct call *call, gs_py *result)
{
    gs_py *end = gs_cpython.call_method(result, tell, NULL);
    if (!end)
        return;
    uint64_t bytes = (uint64_t)gs_cpython.number(end);
    gs_cpython.drop(end);
    pay(GS_COST_byte, bytes);
    tell_message(argument(call, 0), false, bytes);
}

static void after_pickle(const struct call *call, gs_py *result)
{
    (void)call;
    pay(GS_COST_pickle, 1);
    pay(GS_COST_byte, length_of(result));
}

/* The class of a class method comes first: ForkingPickler.dumps(value), dump(value, file). */
static gs_py *what_is_pickled(const struct call *call)
{
    gs_py *first = argument(call, 0);
    bool method = first && strcmp(gs_type_name(gs_object_type(first)), "type") == 0;
    return method ? argument(call, 1) : first;
}

/* What cannot be pickled is named, and where in the value it is. */
static void failed_to_pickle(const struct call *call, gs_py *error, uint32_t word)
{
    (void)word;
    gs_py *value = what_is_pickled(call);
    gs_py *said = error && value && watched() ? gs_cpython.call(blame, value, error, NULL) : NULL;
    const char *text = said ? gs_cpython.text(said) : NULL;
    if (text && *text)
        gs_watch_put_event(gs_watched_self, happens(gs_watched_self, GS_EVENT_NOTE,
                                                    gs_watch_string(text, strlen(text))));
    gs_cpython.drop(said);
}

static void before_unpickle(const struct call *call)
{
    pay(GS_COST_pickle, 1);
    pay(GS_COST_byte, length_of(argument(call, 0)));
}

/* What is read from the queue's connection, and what its methods wait for, are one thing, in all
 * processes. text: what it is called, before the name that the program's line gives what it makes;
 * NULL: as it is, if any process has called it something. */
static void call_it(gs_py *queue, const char *text)
{
    gs_py *reader = gs_cpython.attribute(queue, "_reader");
    int fd = (int)handle_of(reader);
    struct stat st;
    uint32_t object = gs_descriptor_stat(fd, &st) ? gs_channels_object(&st) : 0;
    if (text || !object) {
        struct gs_object_row row = {
            .kind = GS_OBJECT_QUEUE,
            .name = gs_site_called(gs_gil_python_of(gs_watched_self), text ? text : "")};
        object = gs_segment_add_object(gs_watch.segment, &row);
        gs_files_call(fd, object);
    }
    gs_objects_share(queue, GS_OBJECT_QUEUE, object);
    gs_cpython.drop(reader);
}

static void after_make(const struct call *call, gs_py *result)
{
    (void)result;
    if (watched() && call->count > 0)
        call_it(call->arguments[0], NULL);
}

/* The Process that the calling thread starts, until its process is forked. */
static _Thread_local gs_py *starting;

static void before_start(const struct call *call)
{
    starting = argument(call, 1);
}

gs_py *gs_exchange_take_starting(void)
{
    gs_py *process = starting;
    starting = NULL;
    return process;
}

/* A process that was started says that it ends by closing a pipe, which others wait at. */
static void after_start(const struct call *call, gs_py *result)
{
    gs_py *process = argument(call, 0);
    (void)result;
    starting = NULL;
    if (!process)
        return;
    pid_t pid = (pid_t)take_number(gs_cpython.attribute(process, "pid"));
    struct gs_child child = gs_family_child(gs_numbers_real(pid));
    if (child.end)
        gs_files_call((int)take_number(gs_cpython.attribute(process, "sentinel")), child.end);
}

/* Who kills the process takes its task with it: 0: it has none any more. */
static void hold(struct gs_watched *self, uint32_t task)
{
    if (gs_watch.driven)
        gs_drive_hold(task);
    else if (self->ring.shared)
        atomic_store_explicit(&self->ring.shared->hand, task, memory_order_relaxed);
}

static void failed_to_run(const struct call *call, gs_py *error, uint32_t word)
{
    struct gs_watched *self = watched();
    (void)call;
    if (self && word)
        gs_items_tell_failure(self, error, word);
}

/* --- functions of the library, seen */

struct seen {
    const char *word;
    bool labelled;
    bool is_task; /* of the program's, which a worker has in hand meanwhile */
    void (*before)(const struct call *call);
    void (*after)(const struct call *call, gs_py *result);
    void (*failed)(const struct call *call, gs_py *error, uint32_t word);
};

/* The error is kept while something is asked of Python. */
static void fail(const struct seen *seen, const struct call *call, uint32_t word)
{
    gs_py *type, *value, *traceback;
    gs_cpython.fetch_error(&type, &value, &traceback);
    seen->failed(call, value, word);
    gs_cpython.clear_error();
    gs_cpython.restore_error(type, value, traceback);
}

static void finish(const struct seen *seen, const struct call *call, gs_py *result, uint32_t word)
{
    if (!result && seen->failed)
        fail(seen, call, word);
    if (!result || !seen->after)
        return;
    seen->after(call, result);
    gs_cpython.clear_error();
}

static gs_py *call_through(gs_py *function, const struct call *call)
{
    if (!call->names)
        return gs_cpython.call_with(function, call->arguments, call->count, NULL);
    gs_py *keywords = gs_cpython.new_dict();
    bool made = keywords != NULL;
    for (ssize_t i = 0; made && i < gs_cpython.tuple_size(call->names); i++)
        made = gs_cpython.set_item_named(keywords, gs_cpython.tuple_item(call->names, i),
                                         call->arguments[call->count + (size_t)i]) == 0;
    gs_py *result =
        made ? gs_cpython.call_with(function, call->arguments, call->count, keywords) : NULL;
    gs_cpython.drop(keywords);
    return result;
}

/* Of what is run the third's name is the word. */
static uint32_t word_of(const struct seen *seen, gs_py *self)
{
    return gs_cpython.tuple_size(self) > 2 ? gs_items_name(gs_cpython.tuple_item(self, 2))
                                           : gs_watch_string(seen->word, strlen(seen->word));
}

/* self is the tuple that labelled() was given: (word, function), or with what is meant. */
static gs_py *see(const struct seen *seen, uint32_t *string, gs_py *self, const struct call *call)
{
    struct gs_watched *thread = seen->labelled ? watched() : NULL;
    struct gs_event label = {0};
    if (thread && (!*string || gs_cpython.tuple_size(self) > 2))
        *string = word_of(seen, self);
    if (thread)
        gs_watch_put_event(thread, label = happens(thread, GS_EVENT_LABEL_BEGIN, *string));
    if (seen->before) {
        seen->before(call);
        gs_cpython.clear_error();
    }
    if (thread && seen->is_task)
        hold(thread, *string);
    gs_py *result = call_through(gs_cpython.tuple_item(self, 1), call);
    finish(seen, call, result, *string);
    if (thread && watched()) {
        if (seen->is_task)
            hold(thread, 0);
        label.kind = GS_EVENT_LABEL_END;
        label.a = 0;
        label.time = gs_watch_now();
        gs_watch_put_event(thread, label);
    }
    return result;
}

#define GS_SEEN(name, ...)                                                                         \
    static gs_py *see_##name(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *names)    \
    {                                                                                              \
        static const struct seen seen = {.word = #name, __VA_ARGS__};                              \
        static uint32_t string;                                                                    \
        return see(&seen, &string, self, &(struct call){arguments, (size_t)count, names});         \
    }
GS_SEEN(pickle, .labelled = true, .after = after_pickle, .failed = failed_to_pickle)
GS_SEEN(unpickle, .labelled = true, .before = before_unpickle)
GS_SEEN(send, .labelled = true, .before = before_send)
GS_SEEN(receive, .after = after_receive)
GS_SEEN(run, .labelled = true, .is_task = true, .failed = failed_to_run)
GS_SEEN(make, .after = after_make)
GS_SEEN(start, .before = before_start, .after = after_start)

static struct method methods[] = {
    {"pickle", see_pickle, ARRAY | KEYWORDS, NULL},
    {"unpickle", see_unpickle, ARRAY | KEYWORDS, NULL},
    {"send", see_send, ARRAY | KEYWORDS, NULL},
    {"receive", see_receive, ARRAY | KEYWORDS, NULL},
    {"run", see_run, ARRAY | KEYWORDS, NULL},
    {"make", see_make, ARRAY | KEYWORDS, NULL},
    {"start", see_start, ARRAY | KEYWORDS, NULL},
};

/* The function keeps what it was given. */
static gs_py *labelled(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    const char *word = count >= 2 ? gs_cpython.text(arguments[0]) : NULL;
    gs_py *given = !word        ? NULL
                   : count == 2 ? gs_cpython.pack(2, arguments[0], arguments[1])
                                : gs_cpython.pack(3, arguments[0], arguments[1], arguments[2]);
    gs_py *function = NULL;
    for (size_t i = 0; given && !function && i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, word) == 0)
            function = gs_cpython.new_function(&methods[i], given, NULL);
    }
    gs_cpython.drop(given);
    return function;
}

static gs_py *method(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)count;
    (void)names;
    return gs_cpython.new_method(arguments[0]);
}

static gs_py *called(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    const char *text = count == 2 ? gs_cpython.text(arguments[1]) : NULL;
    if (text && watched())
        call_it(arguments[0], text);
    gs_cpython.clear_error();
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

void gs_exchange_begin(gs_py *(*get)(const char *name))
{
    blame = get("blame");
    handle = gs_cpython.new_name("_handle");
    tell = gs_cpython.new_name("tell");
    gs_cpython.clear_error();
}

void gs_exchange_offer(void (*set)(const char *name, gs_py *value))
{
    static struct method offered[] = {{"labelled", labelled, ARRAY | KEYWORDS, NULL},
                                      {"method", method, ARRAY | KEYWORDS, NULL},
                                      {"called", called, ARRAY | KEYWORDS, NULL}};
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        set(offered[i].name, gs_cpython.new_function(&offered[i], NULL, NULL));
}
