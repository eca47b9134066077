/* Threads: each is an actor of the scheduler from its first instruction to its last. */
#include "python/drive/drive.h"

#include "base/own.h"
#include "base/vec.h"
#include "sched/baton.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>

/* All that run; whoever has the baton may look. */
static struct gs_driven *running;

static void enlist(struct gs_driven *thread)
{
    thread->next = running;
    running = thread;
}

static void delist(struct gs_driven *thread)
{
    struct gs_driven **at = &running;
    while (*at != thread)
        at = &(*at)->next;
    *at = thread->next;
}

static bool runs(pthread_t id)
{
    const struct gs_driven *thread = running;
    while (thread && !pthread_equal(thread->thread, id))
        thread = thread->next;
    return thread != NULL;
}

static uint64_t key_of(pthread_t id)
{
    return gs_drive_key(GS_DRIVE_THREAD, (const void *)id);
}

struct start {
    struct gs_driven *thread;
    void *(*function)(void *);
    void *argument;
};

/* Threads that have left the scheduler, but perhaps not the kernel: on their way they give their
 * memory back, and the kernel may choose them for a signal. At which addresses whatever comes next
 * lies, and who gets a signal, must not depend on how quick they are: whoever goes on awaits them.
 */
static GS_VEC(pid_t) ending;

static void await_the_dead(void)
{
    gs_drive_look_for_outsiders();
    (void)gs_drive_answer_door();
    for (size_t i = 0; i < ending.count; i++)
        while (syscall(SYS_tgkill, gs_own_pid(), ending.items[i], 0) == 0)
            sched_yield();
    ending.count = 0;
}

void gs_drive_forget_threads(void)
{
    running = NULL;
    ending.count = 0;
    enlist(gs_driven_self());
}

/* However it ends, by returning or by pthread_exit. */
static void leave(void *unused)
{
    struct gs_driven *self = gs_driven_self();
    (void)unused;
    gs_drive_settle();
    delist(self);
    gs_vec_push(&ending, gs_own_thread());
    gs_unpark_all(key_of(self->thread));
    gs_finish();
    gs_self = NULL;
}

static void *run(void *argument)
{
    struct start start = *(struct start *)argument;
    void *result;
    gs_self = &start.thread->runner.actor;
    gs_begin();
    free(argument);
    gs_drive_settle();
    pthread_cleanup_push(leave, NULL);
    result = start.function(start.argument);
    pthread_cleanup_pop(1);
    return result;
}

/* It is never freed: a late wake must not meet freed memory. */
static struct start *prepare(void *(*function)(void *), void *argument)
{
    struct gs_error err;
    struct start *start = calloc(1, sizeof *start);
    struct gs_driven *thread = calloc(1, sizeof *thread);
    if (!start || !thread || !gs_runner_adopt(&thread->runner, &err)) {
        free(start);
        free(thread);
        return NULL;
    }
    *start = (struct start){.thread = thread, .function = function, .argument = argument};
    return start;
}

static int driven_create(pthread_t *id, const pthread_attr_t *attributes, void *(*function)(void *),
                         void *argument)
{
    if (!gs_self)
        return gs_real.pthread_create(id, attributes, function, argument);
    gs_drive_settle();
    struct start *start = prepare(function, argument);
    if (!start)
        return EAGAIN;
    struct gs_driven *thread = start->thread;
    int code = gs_real.pthread_create(id, attributes, run, start);
    if (code != 0) {
        free(start);
        return code;
    }
    thread->thread = *id;
    enlist(thread);
    gs_charge(GS_COST_spawn);
    gs_baton_ready(thread->runner.slot, gs_now() + gs_wake_latency());
    return 0;
}

/* Its last instructions, behind its own end, take no time of the clock's. */
static int driven_join(pthread_t id, void **result)
{
    if (!gs_self)
        return gs_real.pthread_join(id, result);
    gs_drive_touch();
    while (runs(id))
        gs_park(key_of(id), GS_NEVER);
    return gs_real.pthread_join(id, result);
}

void gs_drive_threads(struct gs_front *table)
{
    gs_runtime.resumed = await_the_dead;
    table->pthread_create = driven_create;
    table->pthread_join = driven_join;
}
