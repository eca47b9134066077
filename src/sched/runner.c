#include "sched/runner.h"

#include "sched/actor.h"

#include <string.h>
#include <time.h>

/* With the hostile build's small rings, losing would be all there is. */
#ifdef GS_HOSTILE
enum { HOSTILE = true };
#else
enum { HOSTILE = false };
#endif

/* The virtual clock's one ring; its first opener is the main actor. */
static struct gs_ring shared_ring;

static void init_bell(pthread_cond_t *bell)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(bell, &attributes);
    pthread_condattr_destroy(&attributes);
}

static uint32_t add_row(const char *name, uint32_t interpreter, uint32_t flags, uint32_t *text)
{
    *text = gs_segment_add_string(gs_runtime.segment, name, strlen(name));
    struct gs_actor_row row = {.kind = GS_ACTOR_THREAD,
                               .parent = interpreter,
                               .interpreter = interpreter,
                               .name = *text,
                               .flags = flags};
    return gs_segment_add_actor(gs_runtime.segment, &row);
}

/* Two odd constants spread seed and number over all bits (splitmix64's increment and a mixer). */
static uint64_t seed_of(uint64_t number)
{
    return (gs_runtime.seed + 1) * 0x9e3779b97f4a7c15u ^ number * 0xbf58476d1ce4e5b9u;
}

static void fill_in(struct gs_runner *runner, uint32_t slot, uint64_t number)
{
    *runner = (struct gs_runner){.slot = slot, .random = seed_of(number)};
    gs_monitor_init(&runner->own);
    init_bell(&runner->bell);
    gs_off_core_init(&runner->off_core);
}

/* number is another one for each. */
static bool begin(struct gs_runner *runner, uint64_t number, struct gs_error *err)
{
    uint32_t slot = gs_runtime.virtual_clock ? gs_family_take_slot() : 0;
    if (gs_runtime.virtual_clock && !slot)
        return gs_error_set(err, "RuntimeError: can't start new thread: %d are running already",
                            GS_SLOTS);
    fill_in(runner, slot, number);
    return true;
}

bool gs_runner_adopt(struct gs_runner *runner, struct gs_error *err)
{
    return begin(runner, gs_family->made + 1, err);
}

void gs_runner_adopt_in(struct gs_runner *runner, uint32_t slot)
{
    fill_in(runner, slot, gs_family->slot[slot].order);
}

bool gs_runner_init(struct gs_runner *runner, const char *name, uint32_t interpreter,
                    uint32_t flags, struct gs_error *err)
{
    uint32_t text, id = add_row(name, interpreter, flags, &text);
    if (!id)
        return gs_error_set(err,
                            "RuntimeError: can't start new thread: the trace has no room for more");
    if (!begin(runner, id, err))
        return false;
    runner->actor = (struct gs_actor){.id = id,
                                      .parent = gs_self ? gs_self->id : 0,
                                      .name = gs_segment_text(gs_runtime.segment, text)};
    gs_actor_enlist(&runner->actor);
    return true;
}

bool gs_runner_open_ring(struct gs_runner *runner, struct gs_error *err)
{
    if (!gs_runtime.traced)
        return true;
    if (gs_runtime.virtual_clock) {
        if (!shared_ring.shared &&
            !gs_segment_open_ring(gs_runtime.segment, runner->actor.id, true, &shared_ring))
            return gs_error_set(err, "the trace has no ring");
        runner->ring = &shared_ring;
        return true;
    }
    if (!gs_segment_open_ring(gs_runtime.segment, runner->actor.id, HOSTILE, &runner->own_ring))
        return gs_error_set(err, "RuntimeError: can't start new thread: %u are running already",
                            gs_segment_rings(gs_runtime.segment));
    runner->ring = &runner->own_ring;
    return true;
}

void gs_runner_close_ring(struct gs_runner *runner)
{
    if (runner->ring == &runner->own_ring)
        gs_ring_close(&runner->own_ring);
    runner->ring = NULL;
}

void gs_runner_reseed(void)
{
    struct gs_runner *self = gs_runner_of(gs_self);
    self->random = seed_of(gs_family->slot[self->slot].order);
}

uint64_t gs_runner_random(void)
{
    /* xorshift64* (Vigna): small, and the same on every machine. */
    struct gs_runner *self = gs_runner_of(gs_self);
    uint64_t x = self->random;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    self->random = x;
    return x * 0x2545f4914f6cdd1du >> 16;
}

uint64_t gs_wake_latency(void)
{
    enum { MOST_DOUBLINGS = 6 };
    uint64_t price = gs_runtime.costs.ns[GS_COST_wake];
    uint64_t latency = price / 2 + gs_runner_random() % (price + 1);
    for (int i = 0; i < MOST_DOUBLINGS && gs_runner_random() % 4 == 0; i++)
        latency *= 2;
    return latency;
}

static void *run(void *argument)
{
    struct gs_runner *self = argument;
    gs_self = &self->actor;
    gs_ring_warm(&self->own_ring);
    return self->entry(self->argument);
}

bool gs_runner_start(struct gs_runner *runner, struct gs_error *err)
{
    enum { STACK_BYTES = 2 << 20 };
    if (!gs_runner_open_ring(runner, err))
        return false;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    int code = pthread_create(&thread, &attributes, run, runner);
    pthread_attr_destroy(&attributes);
    if (code == 0)
        return true;
    gs_runner_close_ring(runner);
    return gs_error_system(err, code, "RuntimeError: can't start new thread");
}
