/* Time is counted in the lines that Python executes: each costs what the table of costs says. They
 * come through CPython's own trace function, in C, set for each thread on its own. Imports cost
 * nothing: whether compiled modules lie beside the sources must not show. */
#include "python/cpython/breaker.h"
#include "python/cpython/cpython.h"
#include "python/cpython/frames.h"
#include "python/cpython/spin.h"
#include "python/cpython/spot.h"
#include "python/drive/drive.h"

#include <string.h>

/* PyTrace_… of CPython's Include/cpython/pystate.h */
enum { CALL = 0, LINE = 2, RETURN = 3, OPCODE = 7 };

/* CPython's import runs everything inside one function of its own; each interpreter has a copy. */
static bool is_import(const struct gs_frame *frame)
{
    char file[64];
    if (!gs_frame_is_in(frame, "_find_and_load"))
        return false;
    gs_frame_file(frame, file, sizeof file);
    return strcmp(file, "<frozen importlib._bootstrap>") == 0;
}

/* Of the modules' lines alone: how many those of the machinery are depends on what lies beside the
 * sources. */
static bool is_free(struct gs_driven *self, gs_py *python)
{
    struct gs_frame frame = {.code = gs_cpython.code_of(python)};
    bool machinery = gs_frame_is_machinery(&frame);
    gs_cpython.drop(frame.code);
    if (!machinery && self->imported < GS_DRIVE_FREE)
        self->imported++;
    return machinery || self->imported < GS_DRIVE_FREE;
}

void (*gs_drive_computed)(uint64_t ns);

/* A prime number: a loop of the program's that comes round as often would show one of its lines
 * alone. */
enum { PARTS = 997, LARGE_NS = 50000 };

static void tell_computed(struct gs_driven *self)
{
    if (gs_drive_computed)
        gs_drive_computed(self->untold_ns);
    self->untold_ns = self->untold_times = 0;
}

static void owe(struct gs_driven *self, uint64_t ns)
{
    self->owed_ns += ns;
    self->untold_ns += ns;
    if (++self->untold_times >= PARTS || ns >= LARGE_NS)
        tell_computed(self);
    if (self->owed_ns >= self->slack_ns)
        gs_drive_settle();
}

static void count_line(struct gs_driven *self, gs_py *frame)
{
    if (!self->importing || !is_free(self, frame))
        owe(self, gs_runtime.costs.ns[GS_COST_line]);
}

void gs_drive_owe(enum gs_cost cost, uint64_t times)
{
    struct gs_driven *self = gs_driven_self();
    if (self)
        owe(self, gs_runtime.costs.ns[cost] * times);
}

static void count_import(struct gs_driven *self, gs_py *frame, int step)
{
    struct gs_frame called = {.code = gs_cpython.code_of(frame)};
    if (is_import(&called))
        self->importing += step;
    if (!self->importing)
        self->imported = self->looked = 0;
    gs_cpython.drop(called.code);
}

static int on_event(gs_py *unused, gs_py *frame, int what, gs_py *argument)
{
    struct gs_driven *self = gs_driven_self();
    (void)unused;
    (void)argument;
    if (!self)
        return 0;
    if (gs_breaker_hangs())
        gs_breaker_reset();
    if (what == LINE && gs_spin_at(frame))
        gs_spin_show(frame); /* which tells this instruction, too */
    else if (what == LINE || (what == OPCODE && gs_spin_at(frame)))
        count_line(self, frame);
    else if (what == CALL)
        count_import(self, frame, 1);
    else if (what == RETURN && self->importing)
        count_import(self, frame, -1);
    return 0;
}

/* The trace function is one's that a thread has in one interpreter; a thread that goes into another
 * one has another state there, as new. Where a state has it is found where it was set once: near
 * its beginning, in every version. */
static size_t trace_at; /* in bytes; 0: not known yet */

static void find_trace(const gs_py *state)
{
    enum { NEAR = 256 };
    while (trace_at < NEAR && (uintptr_t)gs_pointer_at(state, trace_at) != (uintptr_t)on_event)
        trace_at += sizeof(void *);
}

/* Neither by us nor by the program, with sys.settrace. */
static bool is_traced(const gs_py *state)
{
    return trace_at && gs_pointer_at(state, trace_at);
}

/* In the middle of an import counting cannot begin: that it is one would not be known. */
static bool runs_a_program(gs_py *state)
{
    struct gs_frame frame;
    bool any = gs_frames_first(state, &frame);
    if (!any)
        return false;
    for (; any; any = gs_frames_next(&frame))
        if (gs_frame_is_machinery(&frame) && is_import(&frame))
            return false;
    return true;
}

void gs_drive_count_lines(bool begins)
{
    gs_py *state = gs_driven_self() ? gs_cpython.thread_or_none() : NULL;
    if (!state || is_traced(state) || !(begins || runs_a_program(state)))
        return;
    gs_cpython.set_trace(on_event, NULL);
    if (!trace_at)
        find_trace(state);
}
