#include "python/bootstrap/bootstrap.h"

#include "python/bootstrap/around.h"
#include "python/bootstrap/exchange.h"
#include "python/bootstrap/items.h"
#include "python/bootstrap/results.h"
#include "python/cpython/frames.h"
#include "python/drive/drive.h"
#include "python/loops/fronts.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"
#include "python/watch/watch.h"

#include <stdio.h>
#include <string.h>

/* A method of C as every version of the stable ABI knows it. */
struct method {
    const char *name;
    gs_py *(*call)(gs_py *self, gs_py *arguments);
    int flags;
    const char *doc;
};

enum { ARGUMENTS_AS_TUPLE = 1, FILE_INPUT = 257 };
#define LONGEST_S 1000000000u /* some thirty years: what no run's clock gets to */

/* What the program says, by the word that gilscope.py has for it. */
static const struct {
    const char *word;
    enum gs_event_kind kind;
} words[] = {{"check", GS_EVENT_CHECK},       {"note", GS_EVENT_NOTE},
             {"mark", GS_EVENT_MARK},         {"ask", GS_EVENT_ASK},
             {"label", GS_EVENT_LABEL_BEGIN}, {"label-end", GS_EVENT_LABEL_END},
             {"phase", GS_EVENT_PHASE},       {"phase-end", GS_EVENT_PHASE}};

static gs_py *none(void)
{
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

static void put(struct gs_watched *self, struct gs_event event, const char *text)
{
    event.time = gs_watch_now();
    event.actor = self->task ? self->task : self->id;
    event.a = *text ? gs_watch_string(text, strlen(text)) : 0;
    gs_watch_put_event(self, event);
}

/* What the calling thread's own line says. */
static void put_said(struct gs_watched *self, enum gs_event_kind kind, const char *text,
                     uint32_t flag)
{
    struct gs_event event = {.kind = (uint8_t)kind,
                             .flags = kind == GS_EVENT_ASK     ? (uint8_t)flag
                                      : kind == GS_EVENT_CHECK ? flag != 0
                                                               : 0};
    uint32_t line;
    gs_places_look(gs_gil_python_of(self), &line, &event.place);
    event.b = kind == GS_EVENT_PHASE ? gs_event_pack(line, flag) : line;
    put(self, event, text);
}

/* tell(word, text, flag=0): of a check, whether it holds, of a phase its speed in millionths, of a
 * question which answer is right, from 1. */
static gs_py *tell(gs_py *unused, gs_py *arguments)
{
    (void)unused;
    struct gs_watched *self = gs_watched_self;
    const char *word = gs_cpython.text(gs_cpython.tuple_item(arguments, 0));
    const char *text = gs_cpython.text(gs_cpython.tuple_item(arguments, 1));
    bool flagged = gs_cpython.tuple_size(arguments) > 2;
    long flag = flagged ? gs_cpython.number(gs_cpython.tuple_item(arguments, 2)) : 0;
    if (!word || !text) { /* text that is no UTF-8 cannot be shown either */
        gs_cpython.clear_error();
        return none();
    }
    for (size_t i = 0; self && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i].word) == 0)
            put_said(self, words[i].kind, text, (uint32_t)flag);
    }
    return none();
}

/* fail(text, file, line): an error that nobody caught, and where it was raised. */
static gs_py *fail(gs_py *unused, gs_py *arguments)
{
    (void)unused;
    struct gs_watched *self = gs_watched_self;
    struct gs_event event = {.kind = GS_EVENT_ERROR};
    const char *text = gs_cpython.text(gs_cpython.tuple_item(arguments, 0));
    const char *file = gs_cpython.text(gs_cpython.tuple_item(arguments, 1));
    long line = gs_cpython.number(gs_cpython.tuple_item(arguments, 2));
    gs_cpython.clear_error();
    if (!self)
        return none();
    self->failed = true;
    if (file && gs_places_of_file(file, &event.place))
        event.b = (uint32_t)line;
    put(self, event, text ? text : "");
    return none();
}

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Processor time, not time on the wall: two threads on one core must take twice as long. */
static void compute(double seconds)
{
    volatile double x = 1;
    for (double end = processor_seconds() + seconds; processor_seconds() < end;) {
        for (int i = 0; i < 2000; i++)
            x = x * 1.0000001 + 1e-9;
    }
}

static gs_py *native(gs_py *unused, gs_py *arguments)
{
    (void)unused;
    double seconds = gs_cpython.real(gs_cpython.tuple_item(arguments, 0));
    gs_py *thread = gs_cpython.release_gil();
    /* It takes long, so it is told at once: who looks on meanwhile would see it run. */
    if (gs_watched_self)
        gs_watched_do(gs_watched_self, GS_STATE_NATIVE, 0);
    if (gs_watch.driven && gs_watched_self)
        gs_drive_work(seconds < LONGEST_S ? (uint64_t)(seconds * 1e9) : LONGEST_S * 1000000000u);
    else
        compute(seconds);
    gs_cpython.take_gil(thread);
    return none();
}

static struct method tell_method = {"tell", tell, ARGUMENTS_AS_TUPLE, NULL};
static struct method fail_method = {"fail", fail, ARGUMENTS_AS_TUPLE, NULL};
static struct method native_method = {"native", native, ARGUMENTS_AS_TUPLE, NULL};

static gs_py *space; /* its names */

static void set(const char *name, gs_py *value)
{
    if (value && gs_cpython.set_item(space, name, value) == 0)
        gs_cpython.drop(value);
}

static gs_py *get(const char *name)
{
    return gs_cpython.get_item(space, name);
}

/* By the name of its file the lanes know that it is not the program's. */
static void run(const unsigned char *text)
{
    gs_py *code = gs_cpython.compile((const char *)text, "<gilscope>", FILE_INPUT);
    gs_py *result = code ? gs_cpython.evaluate(code, space, space) : NULL;
    gs_cpython.drop(code);
    gs_cpython.drop(result);
    gs_cpython.clear_error();
}

void gs_bootstrap_run(void)
{
    space = gs_cpython.new_dict();
    if (!space)
        return;
    gs_cpython.keep(gs_cpython.builtins());
    set("__builtins__", gs_cpython.builtins());
    set("__name__", gs_cpython.new_text("_gilscope_begin"));
    set("tell", gs_cpython.new_function(&tell_method, NULL, NULL));
    set("fail", gs_cpython.new_function(&fail_method, NULL, NULL));
    set("native", gs_cpython.new_function(&native_method, NULL, NULL));
    char interval[32];
    snprintf(interval, sizeof interval, "%.9f", (double)gs_watch.control->order.interval_ns / 1e9);
    set("clock", gs_cpython.new_text(gs_watch.driven ? "virtual" : "real"));
    set("prints", gs_cpython.new_text(gs_watch.mute ? "" : "yes"));
    set("interval", gs_cpython.new_text(interval));
    set("module", gs_cpython.new_text((const char *)gs_bootstrap_gilscope));
    run(gs_bootstrap_begin);
    gs_exchange_offer(set);
    gs_around_offer(set);
    gs_items_offer(set);
    gs_results_offer(set);
    run(gs_bootstrap_exchange);
    gs_fronts_offer(set);
    run(gs_bootstrap_loops);
    gs_exchange_begin(get);
}

static void call(const char *name, gs_py *a, gs_py *b, gs_py *c)
{
    gs_py *function = space ? gs_cpython.get_item(space, name) : NULL;
    gs_py *result = function ? gs_cpython.call(function, a, b, c, NULL) : NULL;
    gs_cpython.drop(result);
    gs_cpython.clear_error();
}

void gs_bootstrap_started(gs_py *thread)
{
    call("started", thread, NULL, NULL);
}

void gs_bootstrap_failed(gs_py *type, gs_py *value, gs_py *traceback)
{
    call("failed", type, value, traceback);
}

/* The calling thread starts the server of gilscope.py's. */
static bool is_in_hosts(void)
{
    struct gs_frame frame;
    char file[16], function[16];
    if (!gs_frames_first(gs_gil_python_of(gs_watched_self), &frame))
        return false;
    gs_frame_file(&frame, file, sizeof file);
    gs_frame_function(&frame, function, sizeof function);
    return strcmp(file, "<gilscope>") == 0 && strcmp(function, "hosts") == 0;
}

void gs_bootstrap_child(char *name, size_t size, bool *helper)
{
    gs_py *process = gs_exchange_take_starting();
    gs_py *named = process ? gs_cpython.attribute(process, "name") : NULL;
    const char *text = named ? gs_cpython.text(named) : NULL;
    *helper = !process && is_in_hosts();
    snprintf(name, size, "%s", *helper ? "hosts" : text ? text : "");
    gs_cpython.drop(named);
    gs_cpython.clear_error();
}
