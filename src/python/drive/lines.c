/* Time is counted in the lines that Python executes: each costs what the table of costs says. They
 * come through CPython's own trace function, in C, set for each thread on its own. Imports cost
 * nothing: whether compiled modules lie beside the sources must not show. */
#include "python/cpython/cpython.h"
#include "python/cpython/frames.h"
#include "python/cpython/spin.h"
#include "python/cpython/spot.h"
#include "python/drive/drive.h"

#include <string.h>

/* PyTrace_… of CPython's Include/cpython/pystate.h */
enum { CALL = 0, LINE = 2, RETURN = 3, OPCODE = 7 };

/* CPython's import runs everything inside one function of its own. */
static bool is_import(gs_py *code)
{
    static gs_py *import;
    if (import)
        return code == import;
    struct gs_frame frame = {.code = code};
    char file[64], function[32];
    gs_frame_function(&frame, function, sizeof function);
    if (strcmp(function, "_find_and_load") != 0)
        return false;
    gs_frame_file(&frame, file, sizeof file);
    if (strcmp(file, "<frozen importlib._bootstrap>") != 0)
        return false;
    import = code;
    return true;
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
    gs_py *code = gs_cpython.code_of(frame);
    if (is_import(code))
        self->importing += step;
    if (!self->importing)
        self->imported = self->looked = 0;
    gs_cpython.drop(code);
}

static int on_event(gs_py *unused, gs_py *frame, int what, gs_py *argument)
{
    struct gs_driven *self = gs_driven_self();
    (void)unused;
    (void)argument;
    if (!self)
        return 0;
    if (gs_breaker_hangs(&self->breaker))
        gs_breaker_reset(&self->breaker);
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

void gs_drive_count_lines(void)
{
    struct gs_driven *self = gs_driven_self();
    if (!self || self->counted)
        return;
    self->counted = true;
    gs_breaker_init(&self->breaker);
    gs_cpython.set_trace(on_event, NULL);
}
