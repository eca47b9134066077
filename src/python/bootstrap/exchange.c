#include "python/bootstrap/exchange.h"

#include "python/cpython/spot.h"
#include "python/drive/drive.h"
#include "python/sync/objects.h"
#include "python/watch/channels.h"
#include "python/watch/files.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"
#include "python/watch/sites.h"
#include "python/watch/watch.h"

#include <stdio.h>
#include <string.h>

/* A method of C as every version of the stable ABI knows it. */
struct method {
    const char *name;
    gs_py *(*call)(gs_py *self, gs_py *arguments, gs_py *keywords);
    int flags;
    const char *doc;
};

enum { TUPLE_AND_KEYWORDS = 1 | 2 };

static gs_py *blame; /* exchange.py's */

static struct gs_watched *watched(void)
{
    return gs_watch_has_lanes() ? gs_watched_self : NULL;
}

/* An attribute that is a number; -1: there is none. */
static long number_of(gs_py *object, const char *attribute)
{
    gs_py *value = object ? gs_cpython.attribute(object, attribute) : NULL;
    long number = value ? gs_cpython.number(value) : -1;
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return number;
}

/* In bytes, of what has a length; else 0. */
static uint64_t length_of(gs_py *object)
{
    ssize_t length = object ? gs_cpython.size(object) : 0;
    if (length < 0)
        gs_cpython.clear_error();
    return length < 0 ? 0 : (uint64_t)length;
}

static void put(struct gs_watched *self, enum gs_event_kind kind, uint32_t string)
{
    struct gs_event event = {.kind = (uint8_t)kind, .actor = self->id, .a = string};
    uint32_t line = 0;
    gs_places_look(gs_gil_python_of(self), &line, &event.place);
    event.b = line;
    event.time = gs_watch_now();
    gs_watch_put_event(self, event);
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
    int fd = (int)number_of(connection, "_handle");
    struct gs_channel *channel = gs_channels_of(fd, send);
    uint64_t number = count(channel, send);
    uint32_t object = channel ? atomic_load(&channel->object) : gs_files_object(fd);
    gs_watch_put(self, gs_watch_now(), GS_EVENT_MESSAGE, send, number << 32 | object, bytes);
    if (channel && is_queue(object))
        gs_watch_put(self, gs_watch_now(), GS_EVENT_COUNTER, 0, object, waiting_in(channel));
}

static void pay(enum gs_cost cost, uint64_t times)
{
    if (gs_watch.driven)
        gs_drive_owe(cost, times);
}

/* --- what is seen of a call: before it, and after it, unless it failed */

static void before_send(gs_py *arguments)
{
    uint64_t bytes = length_of(gs_cpython.tuple_item(arguments, 1));
    pay(GS_COST_byte, bytes);
    tell_message(gs_cpython.tuple_item(arguments, 0), true, bytes);
}

/* Python's own buffer stands at its end. */
static void after_receive(gs_py *arguments, gs_py *result)
{
    gs_py *end = gs_cpython.call_method(result, "tell", NULL);
    if (!end)
        return;
    uint64_t bytes = (uint64_t)gs_cpython.number(end);
    gs_cpython.drop(end);
    pay(GS_COST_byte, bytes);
    tell_message(gs_cpython.tuple_item(arguments, 0), false, bytes);
}

static void after_pickle(gs_py *arguments, gs_py *result)
{
    (void)arguments;
    pay(GS_COST_pickle, 1);
    pay(GS_COST_byte, length_of(result));
}

/* What cannot be pickled is named, and where in the value it is. */
static void failed_to_pickle(gs_py *arguments, gs_py *error)
{
    ssize_t at = gs_cpython.tuple_size(arguments) > 1 ? 1 : 0; /* behind the class */
    gs_py *said = error && watched()
                      ? gs_cpython.call(blame, gs_cpython.tuple_item(arguments, at), error, NULL)
                      : NULL;
    const char *text = said ? gs_cpython.text(said) : NULL;
    if (text && *text)
        put(gs_watched_self, GS_EVENT_NOTE, gs_watch_string(text, strlen(text)));
    if (said)
        gs_cpython.drop(said);
}

static void before_unpickle(gs_py *arguments)
{
    pay(GS_COST_pickle, 1);
    pay(GS_COST_byte, length_of(gs_cpython.tuple_item(arguments, 0)));
}

static uint32_t name_behind(const char *text)
{
    struct gs_spot spot;
    char name[128];
    struct gs_site site = {0};
    if (gs_spot_find(gs_gil_python_of(gs_watched_self), &spot) && spot.line.code)
        site = gs_site_of(&spot.line);
    if (!*text && site.name)
        return site.name;
    snprintf(name, sizeof name, "%s%s", text,
             site.name ? gs_segment_text(gs_watch.segment, site.name) : "a queue");
    return gs_watch_string(name, strlen(name));
}

/* What is read from the queue's connection, and what its methods wait for, are one thing, in all
 * processes. text: what it is called, before the name that the program's line gives what it makes;
 * NULL: as it is, if any process has called it something. */
static void call_it(gs_py *queue, const char *text)
{
    gs_py *reader = gs_cpython.attribute(queue, "_reader");
    int fd = (int)number_of(reader, "_handle");
    struct stat st;
    uint32_t object = fd >= 0 && fstat(fd, &st) == 0 ? gs_channels_object(&st) : 0;
    if (text || !object) {
        struct gs_object_row row = {.kind = GS_OBJECT_QUEUE, .name = name_behind(text ? text : "")};
        object = gs_segment_add_object(gs_watch.segment, &row);
        gs_files_call(fd, object);
    }
    gs_objects_share(queue, GS_OBJECT_QUEUE, object);
    if (reader)
        gs_cpython.drop(reader);
}

static void after_make(gs_py *arguments, gs_py *result)
{
    (void)result;
    if (watched())
        call_it(gs_cpython.tuple_item(arguments, 0), NULL);
}

/* --- functions of the library, seen */

struct seen {
    const char *word;
    bool labelled;
    void (*before)(gs_py *arguments);
    void (*after)(gs_py *arguments, gs_py *result);
    void (*failed)(gs_py *arguments, gs_py *error);
};

/* The error is kept while something is asked of Python. */
static void fail(const struct seen *seen, gs_py *arguments)
{
    gs_py *type, *value, *traceback;
    gs_cpython.fetch_error(&type, &value, &traceback);
    seen->failed(arguments, value);
    gs_cpython.clear_error();
    gs_cpython.restore_error(type, value, traceback);
}

static void finish(const struct seen *seen, gs_py *arguments, gs_py *result)
{
    if (!result && seen->failed)
        fail(seen, arguments);
    if (!result || !seen->after)
        return;
    seen->after(arguments, result);
    gs_cpython.clear_error();
}

/* self is the tuple that labelled() was given: (word, function). */
static gs_py *see(const struct seen *seen, uint32_t *string, gs_py *self, gs_py *arguments,
                  gs_py *keywords)
{
    struct gs_watched *thread = seen->labelled ? watched() : NULL;
    if (thread && !*string)
        *string = gs_watch_string(seen->word, strlen(seen->word));
    if (thread)
        put(thread, GS_EVENT_LABEL_BEGIN, *string);
    if (seen->before) {
        seen->before(arguments);
        gs_cpython.clear_error();
    }
    gs_py *result = gs_cpython.call_with(gs_cpython.tuple_item(self, 1), arguments, keywords);
    finish(seen, arguments, result);
    if (thread && watched())
        put(thread, GS_EVENT_LABEL_END, 0);
    return result;
}

#define GS_SEEN(name, ...)                                                                         \
    static gs_py *see_##name(gs_py *self, gs_py *arguments, gs_py *keywords)                       \
    {                                                                                              \
        static const struct seen seen = {.word = #name, __VA_ARGS__};                              \
        static uint32_t string;                                                                    \
        return see(&seen, &string, self, arguments, keywords);                                     \
    }
GS_SEEN(pickle, .labelled = true, .after = after_pickle, .failed = failed_to_pickle)
GS_SEEN(unpickle, .labelled = true, .before = before_unpickle)
GS_SEEN(send, .labelled = true, .before = before_send)
GS_SEEN(receive, .after = after_receive)
GS_SEEN(run, .labelled = true)
GS_SEEN(make, .after = after_make)

static struct method methods[] = {
    {"pickle", see_pickle, TUPLE_AND_KEYWORDS, NULL},
    {"unpickle", see_unpickle, TUPLE_AND_KEYWORDS, NULL},
    {"send", see_send, TUPLE_AND_KEYWORDS, NULL},
    {"receive", see_receive, TUPLE_AND_KEYWORDS, NULL},
    {"run", see_run, TUPLE_AND_KEYWORDS, NULL},
    {"make", see_make, TUPLE_AND_KEYWORDS, NULL},
};

static gs_py *labelled(gs_py *unused, gs_py *arguments, gs_py *keywords)
{
    (void)unused;
    (void)keywords;
    const char *word = gs_cpython.text(gs_cpython.tuple_item(arguments, 0));
    for (size_t i = 0; word && i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, word) == 0)
            return gs_cpython.new_function(&methods[i], arguments, NULL);
    }
    gs_cpython.clear_error();
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

static gs_py *method(gs_py *unused, gs_py *arguments, gs_py *keywords)
{
    (void)unused;
    (void)keywords;
    return gs_cpython.new_method(gs_cpython.tuple_item(arguments, 0));
}

static gs_py *called(gs_py *unused, gs_py *arguments, gs_py *keywords)
{
    (void)unused;
    (void)keywords;
    const char *text = gs_cpython.text(gs_cpython.tuple_item(arguments, 1));
    if (text && watched())
        call_it(gs_cpython.tuple_item(arguments, 0), text);
    gs_cpython.clear_error();
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

void gs_exchange_begin(gs_py *(*get)(const char *name))
{
    blame = get("blame");
    gs_cpython.clear_error();
}

void gs_exchange_offer(void (*set)(const char *name, gs_py *value))
{
    static struct method offered[] = {{"labelled", labelled, TUPLE_AND_KEYWORDS, NULL},
                                      {"method", method, TUPLE_AND_KEYWORDS, NULL},
                                      {"called", called, TUPLE_AND_KEYWORDS, NULL}};
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        set(offered[i].name, gs_cpython.new_function(&offered[i], NULL, NULL));
}
