#include "python/sync/standstill.h"

#include "base/text.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/sync/counts.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/patience.h"
#include "sched/baton.h"
#include "sched/deadlock.h"
#include "sched/stall.h"
#include "trace/namesakes.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A thread that is stuck, or a task. */
struct wait {
    uint32_t lane, order; /* of being made */
    bool awaits;          /* it is a task */
    bool helps;           /* it is a thread of the library's, as a pool has */
    struct gs_slot_wait wait;
};

struct census {
    GS_VEC(struct wait) waits;
    struct gs_stall stall; /* a row for each, in their order */
    struct gs_namesakes actors, objects;
};

/* Only a lock's own semaphore is let go by who took it; the one in a condition never is. What a
 * process waits for at a queue that others have, too, is the lock with which one reads. */
static uint32_t holder_of(const struct gs_watched *thread, const struct gs_object_row *object)
{
    if (object && object->kind == GS_OBJECT_THREAD)
        return object->actor;
    bool held = object && (object->kind == GS_OBJECT_LOCK || object->kind == GS_OBJECT_RLOCK ||
                           (object->kind == GS_OBJECT_QUEUE && thread->awaits_shared));
    return held && thread->awaited ? atomic_load(thread->awaited) : 0;
}

static const struct gs_actor_row *process_of(uint32_t lane, uint32_t *process)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_actor_row *thread = tables->actor(tables, lane),
                              *interpreter =
                                  thread ? tables->actor(tables, thread->interpreter) : NULL;
    *process = interpreter ? interpreter->parent : 0;
    return tables->actor(tables, *process);
}

static bool of_other_process(uint32_t lane, uint32_t other)
{
    uint32_t process, others;
    return process_of(lane, &process) && process_of(other, &others) && process != others;
}

/* That it waits in its loop's selector for. */
static uint32_t loop_of(const struct gs_watched *thread)
{
    return thread->task || thread->called.calls ? 0 : thread->loop;
}

static struct gs_slot_wait wait_of(const struct gs_watched *thread)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t on = atomic_load(&thread->on);
    const struct gs_object_row *object = tables->object(tables, on);
    uint32_t holder = holder_of(thread, object);
    bool lock = object && object->kind != GS_OBJECT_THREAD && !thread->awaits_shared;
    struct gs_slot_wait wait = {.on = on,
                                .holder = holder,
                                .loop = loop_of(thread),
                                .line = thread->line,
                                .place = thread->place,
                                .sleeps = thread->state == GS_STATE_SLEEPING,
                                .copied = lock && holder && of_other_process(thread->id, holder),
                                .writes = atomic_load(&thread->doing) == GS_STATE_IO};
    gs_counts_describe(on, &wait);
    return wait;
}

static void describe_slots(void)
{
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        struct gs_slot *s = &gs_family->slot[slot];
        bool own = s->taken && s->process == gs_family_self() && s->lane;
        const struct gs_watched *thread = own ? gs_watched_of(s->lane) : NULL;
        if (thread)
            s->wait = wait_of(thread);
    }
}

static void (*ask_for_tasks)(gs_standstill_add *add, void *census);

void gs_standstill_ask(void (*tasks)(gs_standstill_add *add, void *census))
{
    ask_for_tasks = tasks;
}

static void put_task(void *unused, uint32_t actor, const struct gs_slot_wait *wait)
{
    (void)unused;
    gs_standing_put_task(&gs_family->standing, actor, wait);
}

void gs_standstill_describe(void)
{
    gs_standing_forget_tasks(&gs_family->standing);
    if (ask_for_tasks)
        ask_for_tasks(put_task, NULL);
    gs_gil_tell_waits();
    if (gs_watch.driven)
        describe_slots();
    for (const struct gs_watched *t = gs_watched_first(); t; t = t->next) {
        if (!atomic_load(&t->gone) && t->standing)
            t->standing->wait = wait_of(t);
    }
}

static bool helps(const struct gs_actor_row *row)
{
    return row && row->flags & GS_ACTOR_HELPER;
}

/* What only serves others waits to be asked, and that it does is no news. */
static bool only_serves(uint32_t lane)
{
    uint32_t process;
    return helps(process_of(lane, &process));
}

static void add(struct census *c, uint32_t lane, uint32_t order, const struct gs_slot_wait *wait)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    if (!only_serves(lane))
        gs_vec_push(&c->waits, ((struct wait){.lane = lane,
                                              .order = order,
                                              .helps = helps(tables->actor(tables, lane)),
                                              .wait = *wait}));
}

/* Of all, or of the calling process's own. */
static void take_rows(struct census *c, bool all)
{
    struct gs_standings *standings = &gs_family->standing;
    uint32_t used = atomic_load(&standings->used);
    for (uint32_t i = 0; i < used; i++) {
        const struct gs_standing *row = &standings->row[i];
        int32_t pid = atomic_load(&row->pid);
        if (pid != 0 && (all || pid == gs_watch.pid))
            add(c, row->lane, row->lane, &row->wait);
    }
}

static void take_slots(struct census *c)
{
    gs_baton_ask_all();
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (s->taken && s->lane)
            add(c, s->lane, s->order, &s->wait);
    }
}

/* The program's own threads before its library's; who came last first. */
static int by_order(const void *a, const void *b)
{
    const struct wait *first = a, *second = b;
    if (first->helps != second->helps)
        return first->helps - second->helps;
    return (first->order < second->order) - (first->order > second->order);
}

static void add_task(void *context, uint32_t actor, const struct gs_slot_wait *wait)
{
    struct census *c = context;
    gs_vec_push(&c->waits, ((struct wait){.lane = actor, .awaits = true, .wait = *wait}));
}

/* Of a process that has none of its threads here somebody could go on, or it is gone. */
static bool is_here(const struct census *c, size_t threads, uint32_t lane)
{
    uint32_t process, other;
    if (!process_of(lane, &process))
        return false;
    for (size_t i = 0; i < threads; i++)
        if (process_of(c->waits.items[i].lane, &other) && other == process)
            return true;
    return false;
}

static void add_others_tasks(struct census *c, size_t threads)
{
    for (uint32_t i = 0; i < GS_STANDING_MOST_TASKS; i++) {
        const struct gs_standing_task *task = &gs_family->standing.task[i];
        int32_t pid = atomic_load(&task->pid);
        if (pid && pid != gs_watch.pid && is_here(c, threads, task->lane))
            add_task(c, task->lane, &task->wait);
    }
}

static int by_lane(const void *a, const void *b)
{
    uint32_t first = ((const struct wait *)a)->lane, second = ((const struct wait *)b)->lane;
    return (first > second) - (first < second);
}

static void take_census(struct census *c, bool all)
{
    if (gs_watch.driven)
        take_slots(c);
    else
        take_rows(c, all);
    size_t threads = c->waits.count;
    qsort(c->waits.items, threads, sizeof *c->waits.items, by_order);
    if (ask_for_tasks)
        ask_for_tasks(add_task, c);
    add_others_tasks(c, threads);
    if (c->waits.count > threads)
        qsort(c->waits.items + threads, c->waits.count - threads, sizeof *c->waits.items, by_lane);
}

/* "Task-2 (fetch)" */
static void put_name(char *to, size_t size, const struct gs_tables *tables, uint32_t lane)
{
    const struct gs_actor_row *row = tables->actor(tables, lane);
    const char *what = row && row->what ? tables->string(tables, row->what) : "";
    snprintf(to, size, "%s%s%s%s", gs_tables_actor_name(tables, lane), *what ? " (" : "", what,
             *what ? ")" : "");
}

/* "MainThread of Process-1", where there are several. */
static void put_thread(struct census *c, char to[GS_STALL_NAME], uint32_t lane)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    char name[GS_STALL_NAME], of[GS_STALL_NAME], full[2 * GS_STALL_NAME];
    uint32_t process;
    put_name(name, sizeof name, tables, lane);
    gs_stall_name(to, name, gs_namesakes_actor(&c->actors, tables, lane));
    if (atomic_load(&gs_watch.control->forked) == 0 || !process_of(lane, &process))
        return;
    gs_stall_name(of, gs_tables_actor_name(tables, process),
                  gs_namesakes_actor(&c->actors, tables, process));
    snprintf(full, sizeof full, "%s of %s", to, of);
    gs_text_copy(to, GS_STALL_NAME, full);
}

/* The row of a thread; of a process, that of its main thread, with which it ends. -1: none. */
static long row_of(const struct census *c, uint32_t actor)
{
    long row = -1;
    for (size_t i = 0; i < c->waits.count; i++) {
        const struct wait *w = &c->waits.items[i];
        uint32_t process;
        if (w->lane == actor)
            return (long)i;
        bool its = process_of(w->lane, &process) && process == actor;
        if (its && (row < 0 || w->order < c->waits.items[row].order))
            row = (long)i;
    }
    return row;
}

/* What a file, or a queue that others call it by, is waited for as. */
static uint32_t kind_of(const struct gs_object_row *object, bool writes)
{
    if (!object)
        return GS_OBJECT_LOCK;
    bool pipe = object->kind == GS_OBJECT_QUEUE || object->kind == GS_OBJECT_PIPE;
    return writes && pipe ? GS_OBJECT_ROOM : object->kind;
}

static void put_holder(struct census *c, struct gs_stall_holder *holder, uint32_t owner,
                       const struct wait *of)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    uint32_t process;
    *holder =
        (struct gs_stall_holder){.stuck = of->wait.copied ? -1 : row_of(c, owner), .units = 1};
    put_thread(c, holder->name, owner);
    if (!of->wait.copied || !process_of(of->lane, &process))
        return;
    const char *forked = gs_tables_actor_name(tables, process);
    gs_text_visible(holder->forked, sizeof holder->forked, forked, strlen(forked));
}

static void put_shares(struct census *c, struct gs_stuck *row, const struct wait *of)
{
    for (uint32_t i = 0; i < of->wait.share_count; i++) {
        const struct gs_slot_share *share = &of->wait.shares[i];
        struct gs_stall_holder *holder = gs_vec_add(&row->holders);
        put_holder(c, holder, share->actor, of);
        holder->units = share->units;
        holder->failed = share->failed;
    }
}

/* All who are at the barrier wait for it. */
static uint32_t count_waits(const struct census *c, uint32_t object)
{
    uint32_t count = 0;
    for (size_t i = 0; i < c->waits.count; i++)
        count += c->waits.items[i].wait.on == object;
    return count;
}

/* A thread that waits in its loop's selector does so for them. */
static bool waits_for_tasks(const struct census *c, const struct wait *of)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    for (size_t i = c->waits.count; of->wait.loop && i-- > 0 && c->waits.items[i].awaits;) {
        const struct gs_actor_row *task = tables->actor(tables, c->waits.items[i].lane);
        if (task && task->parent == of->wait.loop)
            return true;
    }
    return false;
}

static void describe_loop(struct census *c, struct gs_stuck *row, const struct wait *of)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    *row = (struct gs_stuck){.kind = GS_OBJECT_TASKS};
    gs_where_line(row->where, sizeof row->where, tables, of->wait.line, of->wait.place);
    put_thread(c, row->name, of->lane);
    put_thread(c, row->on, of->wait.loop);
}

static void describe(struct census *c, struct gs_stuck *row, const struct wait *of)
{
    if (waits_for_tasks(c, of)) {
        describe_loop(c, row, of);
        return;
    }
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_slot_wait *wait = &of->wait;
    const struct gs_object_row *object = tables->object(tables, wait->on);
    *row = (struct gs_stuck){.kind = kind_of(object, wait->writes),
                             .awaits = of->awaits,
                             .now = wait->now,
                             .of = wait->of,
                             .queued = wait->queued};
    if (row->kind == GS_OBJECT_BARRIER) {
        row->now = count_waits(c, wait->on);
        row->of = object->of;
    }
    put_shares(c, row, of);
    gs_where_line(row->where, sizeof row->where, tables, wait->line, wait->place);
    put_thread(c, row->name, of->lane);
    const char *on = wait->on       ? gs_tables_object_name(tables, wait->on)
                     : wait->sleeps ? "a signal"
                                    : "what only its own library knows";
    bool end = object && object->actor; /* of a thread, say, which has the name */
    gs_stall_name(row->on, on,
                  end ? gs_namesakes_actor(&c->actors, tables, object->actor)
                      : gs_namesakes_object(&c->objects, tables, wait->on));
    bool process = object && object->kind == GS_OBJECT_PROCESS;
    uint32_t owner = process ? object->actor : wait->holder;
    if (!owner)
        return;
    put_holder(c, gs_vec_add(&row->holders), owner, of);
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

static void describe_killed(struct census *c)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_killed *killed = &gs_watch.control->killed;
    uint32_t count = atomic_load(&killed->count);
    c->stall.killed_more = count > GS_KILLED_MOST ? count - GS_KILLED_MOST : 0;
    for (uint32_t i = 0; i < count && i < GS_KILLED_MOST; i++) {
        uint32_t process = atomic_load(&killed->row[i].process);
        if (!process)
            continue;
        struct gs_stall_killed *row = gs_vec_add(&c->stall.killed);
        *row = (struct gs_stall_killed){.by = atomic_load(&killed->row[i].by)};
        gs_stall_name(row->name, gs_tables_actor_name(tables, process),
                      gs_namesakes_actor(&c->actors, tables, process));
        uint32_t hand = atomic_load(&killed->row[i].hand);
        if (hand)
            gs_stall_name(row->hand, tables->string(tables, hand), 1);
    }
}

/* Whether it is for ever: somebody outside could still end a wait that is in no circle. */
static bool tell(struct gs_watched *self, bool all)
{
    char text[4096];
    struct census c = {0};
    take_census(&c, all);
    for (size_t i = 0; i < c.waits.count; i++)
        describe(&c, gs_vec_add(&c.stall.rows), &c.waits.items[i]);
    describe_killed(&c);
    bool circle = gs_stall_tell(&c.stall, text, sizeof text);
    gs_watch_put_line(self, gs_watch_now(), GS_EVENT_DEADLOCK, !circle,
                      gs_watch_string(text, strlen(text)), 0);
    claim(self, circle);
    fprintf(stderr, "%s\n", text);
    for (size_t i = 0; i < c.stall.rows.count; i++)
        gs_vec_free(&c.stall.rows.items[i].holders);
    gs_vec_free(&c.stall.rows);
    gs_vec_free(&c.stall.killed);
    gs_vec_free(&c.waits);
    gs_namesakes_free(&c.actors);
    gs_namesakes_free(&c.objects);
    return circle || gs_watch.control->order.expects == GS_EXPECT_STALL;
}

static void be_stuck(void)
{
    if (gs_watched_self)
        gs_watched_self->stuck = true;
}

/* It is interrupted in the middle of its wait, so in nothing of ours, and goes on waiting. */
static void hear(int number)
{
    int code = errno;
    struct gs_watched *self = gs_watched_self;
    struct gs_standing *row = self ? self->standing : NULL;
    bool waits = row && atomic_load(&row->waits) != GS_STANDING_NOT;
    uint32_t asked = row ? atomic_load(&row->asked) : GS_STANDING_ASK_NOTHING;
    (void)number;
    if (waits && asked != GS_STANDING_ASK_NOTHING && atomic_load(&gs_watch.begun)) {
        gs_standstill_describe();
        if (asked != GS_STANDING_DESCRIBE && tell(self, asked == GS_STANDING_TELL_ALL)) {
            be_stuck();
            _Exit(EXIT_FAILURE);
        }
    }
    if (row)
        atomic_store(&row->asked, GS_STANDING_ASK_NOTHING);
    errno = code;
}

void gs_standstill_listen(void)
{
    struct sigaction action = {.sa_handler = hear, .sa_flags = SA_RESTART};
    gs_real.sigaction(GS_SIGNAL_BLOCKED, &action, NULL);
}

/* Who finds out may be a thread that has just ended, and has nothing any more to tell it by: then
 * it tells it for one that is stuck. */
static void have_self(void)
{
    for (struct gs_watched *t = gs_watched_first(); t && !gs_watched_self; t = t->next) {
        if (!atomic_load(&t->gone))
            gs_watched_self = t;
    }
}

void gs_standstill_end(void)
{
    have_self();
    if (atomic_load(&gs_watch.begun) && gs_watched_self)
        (void)tell(gs_watched_self, true);
    be_stuck();
    gs_deadlock_stand_still();
    gs_drive_end_run();
}

void gs_standstill_over(void)
{
    be_stuck();
    _Exit(EXIT_FAILURE);
}
