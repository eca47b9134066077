#include "python/preload/standstill.h"

#include "base/text.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "sched/deadlock.h"
#include "sched/stall.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_NS 1000000000u

static _Atomic unsigned waiting;

static bool stuck(const struct gs_watched *thread, uint64_t now)
{
    return atomic_load(&thread->patient) && now - thread->since >= PATIENCE_NS;
}

/* Threads that no Python has run in yet may still come and let something go. */
static unsigned threads_of_process(void)
{
    unsigned count = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *task; tasks && (task = readdir(tasks));)
        count += task->d_name[0] != '.';
    if (tasks)
        closedir(tasks);
    return count;
}

static bool stands_still(uint64_t now)
{
    unsigned alive = 0;
    for (const struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (atomic_load(&t->gone))
            continue;
        if (!stuck(t, now))
            return false;
        alive++;
    }
    return threads_of_process() == alive;
}

static void put_name(char to[GS_STALL_NAME], const char *name)
{
    gs_text_visible(to, GS_STALL_NAME, name, strlen(name));
}

/* The row of an actor among the stuck: they are in the order of the list. -1: it is none. */
static long row_of(uint32_t actor)
{
    long row = 0;
    for (const struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (atomic_load(&t->gone))
            continue;
        if (t->id == actor)
            return row;
        row++;
    }
    return -1;
}

/* Only a lock's own semaphore is let go by who took it; the one in a condition never is. */
static uint32_t holder_of(const struct gs_watched *thread, const struct gs_object_row *object)
{
    if (object && object->kind == GS_OBJECT_THREAD)
        return object->actor;
    bool held = object && (object->kind == GS_OBJECT_LOCK || object->kind == GS_OBJECT_RLOCK);
    return held && thread->awaited ? atomic_load(thread->awaited) : 0;
}

static void describe(struct gs_stuck *row, const struct gs_watched *thread)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t on = atomic_load(&thread->on);
    const struct gs_object_row *object = tables->object(tables, on);
    *row = (struct gs_stuck){.kind = object ? object->kind : GS_OBJECT_LOCK};
    gs_where_line(row->where, sizeof row->where, tables, thread->line, thread->place);
    put_name(row->name, gs_tables_actor_name(tables, thread->id));
    put_name(row->on, on                                   ? gs_tables_object_name(tables, on)
                      : thread->state == GS_STATE_SLEEPING ? "a signal"
                                                           : "what only its own library knows");
    uint32_t owner = holder_of(thread, object);
    if (!owner)
        return;
    struct gs_stall_holder *holder = gs_vec_add(&row->holders);
    *holder = (struct gs_stall_holder){.stuck = row_of(owner), .units = 1};
    put_name(holder->name, gs_tables_actor_name(tables, owner));
}

static void claim(struct gs_watched *self, bool circles)
{
    bool holds;
    enum gs_expectation expects = gs_watch.control->order.expects;
    if (expects == GS_EXPECT_END)
        return;
    const char *text = gs_stall_claim(expects, circles, &holds);
    gs_watch_put_line(self, gs_watch_now(), GS_EVENT_CHECK, holds,
                      gs_watch_string(text, strlen(text)), 0);
}

/* Whether it is for ever: somebody outside could still end a wait that is in no circle. */
static bool tell(struct gs_watched *self)
{
    char text[4096];
    struct gs_stall stall = {0};
    for (const struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (!atomic_load(&t->gone))
            describe(gs_vec_add(&stall.rows), t);
    }
    bool circle = gs_stall_tell(&stall, text, sizeof text);
    gs_watch_put_line(self, gs_watch_now(), GS_EVENT_DEADLOCK, !circle,
                      gs_watch_string(text, strlen(text)), 0);
    claim(self, circle);
    fprintf(stderr, "%s\n", text);
    for (size_t i = 0; i < stall.rows.count; i++)
        gs_vec_free(&stall.rows.items[i].holders);
    gs_vec_free(&stall.rows);
    return circle || gs_watch.control->order.expects == GS_EXPECT_STALL;
}

/* The first that sees it tells it. */
static void look(struct gs_watched *self)
{
    static _Atomic bool told;
    if (!atomic_load(&gs_watch.begun) || !stands_still(gs_watch_now()))
        return;
    if (!atomic_exchange(&told, true) && tell(self))
        _Exit(EXIT_FAILURE);
}

void gs_standstill_end(void)
{
    if (atomic_load(&gs_watch.begun))
        (void)tell(gs_watched_self);
    gs_deadlock_stand_still();
    gs_drive_end_run();
}

void gs_standstill_over(void)
{
    _Exit(EXIT_FAILURE);
}

static int wait_and_look(struct gs_watched *self, sem_t *s)
{
    int result;
    do {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        /* A little more, so that the last to wait finds itself waiting long enough. */
        until.tv_sec += PATIENCE_NS / 1000000000u;
        until.tv_nsec += 10000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        result = gs_below.sem_timedwait(s, &until);
        if (result != 0 && errno == ETIMEDOUT)
            look(self);
    } while (result != 0 && errno == ETIMEDOUT);
    return result;
}

/* Looking costs a timer. The last to begin to wait looks, and so do threads that no other one of
 * Python's has started, the main one above all: the last may also have ended. */
int gs_standstill_wait(struct gs_watched *self, sem_t *s, const _Atomic uint32_t *owner)
{
    self->awaited = owner;
    if (gs_watch.driven)
        return gs_below.sem_wait(s);
    atomic_store(&self->patient, true);
    bool last = atomic_fetch_add(&waiting, 1) + 1 >= atomic_load(&gs_watch.alive);
    int result = last || self->parent == 0 ? wait_and_look(self, s) : gs_below.sem_wait(s);
    atomic_fetch_sub(&waiting, 1);
    atomic_store(&self->patient, false);
    return result;
}

void gs_standstill_forget(void)
{
    atomic_store(&waiting, 0);
}
