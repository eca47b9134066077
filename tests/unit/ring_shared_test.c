/* A ring that waits, with producers in several processes: whoever has the baton goes on where the
 * last one left off. */
#include "base/error.h"
#include "trace/collector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { TURNS = 100, PUTS = 7 }; /* 7 and a ring of 8: each turn ends elsewhere in the ring */

static const struct gs_segment_conf small = {
    .ring_events = 8, .rings = 2, .actors = 4, .objects = 4, .string_bytes = 64};

struct seen {
    uint64_t count, out_of_order, lost;
    uint64_t of[3]; /* by actor */
};

static void look(void *context, const struct gs_event *e)
{
    struct seen *seen = context;
    seen->lost += e->kind == GS_EVENT_LOST;
    seen->out_of_order += e->a != seen->count;
    seen->count++;
    seen->of[e->actor < 3 ? e->actor : 0]++;
}

/* Waits for the baton, puts its turn, hands the baton on. Times go back from turn to turn, as they
 * do between actors of the virtual clock. */
static void take_turns(struct gs_ring *ring, uint32_t actor, int from, int to)
{
    uint64_t next;
    for (int turn = 0; turn < TURNS && read(from, &next, sizeof next) == sizeof next; turn++) {
        for (int i = 0; i < PUTS; i++)
            gs_ring_put(ring, 1000 - actor, actor, GS_EVENT_NOTE, 0, next++, 0);
        if (write(to, &next, sizeof next) != sizeof next)
            _exit(2);
    }
    _exit(0);
}

struct pair {
    int there[2], back[2];
    pid_t first, second;
};

/* The first producer uses the handle that it inherits, the second one attaches and joins. */
static void start(struct pair *p, struct gs_segment *segment, struct gs_ring *ring)
{
    assert_int_equal(pipe(p->there) | pipe(p->back), 0);
    p->first = fork();
    if (p->first == 0)
        take_turns(ring, 1, p->there[0], p->back[1]);
    p->second = fork();
    if (p->second == 0) {
        struct gs_ring joined;
        struct gs_segment *own = gs_segment_attach(dup(gs_segment_fd(segment)), NULL);
        gs_segment_join_ring(own, ring->index, &joined);
        take_turns(&joined, 2, p->back[0], p->there[1]);
    }
    assert_int_equal(write(p->there[1], &(uint64_t){0}, sizeof(uint64_t)), sizeof(uint64_t));
}

static void two_processes_take_turns(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct pair p;
    struct seen seen = {0};
    int status[2];
    assert_true(gs_segment_open_ring(segment, 1, true, &ring));
    start(&p, segment, &ring);
    while (waitpid(p.second, &status[1], WNOHANG) == 0)
        gs_collector_drain(collector, 0, look, &seen);
    assert_int_equal(waitpid(p.first, &status[0], 0), p.first);
    assert_int_equal(status[0] | status[1], 0);
    gs_collector_drain(collector, 0, look, &seen);
    assert_int_equal(seen.of[1], TURNS * PUTS);
    assert_int_equal(seen.of[2], TURNS * PUTS);
    assert_int_equal(seen.out_of_order, 0);
    assert_int_equal(seen.lost, 0);

    /* And the process that opened it goes on behind them; closing is for all handles. */
    gs_ring_put(&ring, 5, 0, GS_EVENT_NOTE, 0, seen.count, 0);
    gs_ring_close(&ring);
    gs_collector_drain(collector, 0, look, &seen);
    gs_collector_drain(collector, 0, look, &seen);
    assert_int_equal(seen.of[0], 1);
    assert_int_equal(seen.out_of_order, 0);
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    assert_int_equal(ring.index, 0);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* What was put but not published is overwritten by the next one. */
static void a_killed_producer_leaves_no_hole(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct seen seen = {0};
    int status;
    assert_true(gs_segment_open_ring(segment, 1, true, &ring));
    pid_t child = fork();
    if (child == 0) {
        gs_ring_put(&ring, 1, 1, GS_EVENT_NOTE, 0, 0, 0);
        ring.events[1] = (struct gs_event){.time = 2, .actor = 1, .a = 77};
        abort();
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    gs_ring_put(&ring, 3, 2, GS_EVENT_NOTE, 0, 1, 0);
    gs_collector_drain(collector, 0, look, &seen);
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.out_of_order, 0);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

struct tail {
    struct gs_event events[16];
    size_t count;
};

static void keep(void *context, const struct gs_event *e)
{
    struct tail *tail = context;
    assert_in_range(tail->count, 0, 15);
    tail->events[tail->count++] = *e;
}

enum { PROCESS = 1, THREAD = 3, OTHER };

static void add_actors(struct gs_segment *segment)
{
    static const struct gs_actor_row rows[] = {{.kind = GS_ACTOR_PROCESS},
                                               {.kind = GS_ACTOR_INTERPRETER, .parent = 1},
                                               {.kind = GS_ACTOR_THREAD, .parent = 2},
                                               {.kind = GS_ACTOR_THREAD, .parent = 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        gs_segment_add_actor(segment, &rows[i]);
}

/* The ring for all; and two threads' rings: one has lost an event. */
static _Noreturn void die_at_work(struct gs_segment *segment)
{
    struct gs_ring shared, own[2];
    gs_segment_open_ring(segment, OTHER, true, &shared);
    gs_segment_open_ring(segment, THREAD, false, &own[0]);
    gs_segment_open_ring(segment, OTHER, false, &own[1]);
    for (int i = 0; i < 9; i++)
        gs_ring_put(&own[0], 10, THREAD, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_put(&own[1], 20, OTHER, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_put(&shared, 30, OTHER, GS_EVENT_NOTE, 0, 0, 0);
    abort();
}

static void expect_event(const struct tail *tail, size_t at, unsigned kind, uint32_t actor,
                         uint64_t a)
{
    assert_int_equal(tail->events[at].kind, kind);
    assert_int_equal(tail->events[at].actor, actor);
    assert_int_equal(tail->events[at].a, a);
}

static void a_killed_process_has_its_death_told(void **state)
{
    (void)state;
    struct gs_segment_conf conf = small;
    conf.rings = 3;
    struct gs_segment *segment = gs_segment_create(&conf, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring shared, own;
    struct tail tail = {0};
    int status;
    add_actors(segment);
    pid_t child = fork();
    if (child == 0)
        die_at_work(segment);
    assert_int_equal(waitpid(child, &status, 0), child);
    /* Nobody knows yet: a ring that stands still may be one of a thread that waits. */
    gs_collector_drain(collector, 0, keep, &tail);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 10);
    assert_false(gs_segment_open_ring(segment, THREAD, false, &own));

    /* Once, behind the last that it left. */
    assert_true(gs_segment_bury(segment, child, 40, status));
    gs_collector_drain(collector, 0, keep, &tail);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 12);
    expect_event(&tail, 10, GS_EVENT_LOST, THREAD, 1);
    expect_event(&tail, 11, GS_EVENT_DIED, PROCESS, SIGABRT);
    assert_int_equal(tail.events[11].flags, GS_DEATH_KILLED);
    assert_int_equal(tail.events[11].time, 40);
    assert_false(gs_segment_bury(segment, child, 50, status));

    /* Its two are free again; the one for all is still owned. */
    gs_segment_join_ring(segment, 0, &shared);
    gs_ring_put(&shared, 60, OTHER, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 13);
    assert_true(gs_segment_open_ring(segment, THREAD, false, &own));
    assert_true(gs_segment_open_ring(segment, OTHER, false, &own));
    assert_false(gs_segment_open_ring(segment, OTHER, false, &own));
    gs_collector_free(collector);
    gs_segment_close(segment);
}

enum { EXITED_3 = 3 << 8 };

static struct tail end_of(enum gs_stage_phase phase, const struct gs_event *told, int status)
{
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    struct tail tail = {0};
    struct gs_ring ring;
    add_actors(segment);
    atomic_store(&gs_segment_control(segment)->phase, phase);
    assert_true(gs_segment_open_ring(segment, THREAD, true, &ring));
    if (told)
        gs_ring_put_event(&ring, *told);
    gs_collector_finish(collector, keep, &tail);
    gs_collector_end(collector, status, keep, &tail);
    gs_collector_free(collector);
    gs_segment_close(segment);
    return tail;
}

static void a_run_that_could_not_tell_its_end_has_it_told(void **state)
{
    (void)state;
    struct tail tail = end_of(GS_STAGE_RUNNING, NULL, SIGKILL);
    assert_int_equal(tail.count, 2);
    expect_event(&tail, 0, GS_EVENT_DIED, PROCESS, SIGKILL);
    expect_event(&tail, 1, GS_EVENT_END, PROCESS, SIGKILL);
    assert_int_equal(tail.events[1].flags, 128 + SIGKILL);
    tail = end_of(GS_STAGE_RUNNING, NULL, EXITED_3);
    assert_int_equal(tail.events[0].flags, GS_DEATH_CUT_OFF);
    expect_event(&tail, 1, GS_EVENT_END, PROCESS, 0);
    assert_int_equal(tail.events[1].flags, 3);

    const struct gs_event died = {.actor = PROCESS, .kind = GS_EVENT_DIED};
    tail = end_of(GS_STAGE_RUNNING, &died, EXITED_3);
    assert_int_equal(tail.count, 2);
    assert_int_equal(tail.events[1].kind, GS_EVENT_END);
}

static void an_end_is_told_once_and_of_a_run_that_began(void **state)
{
    (void)state;
    const struct gs_event end = {.actor = THREAD, .kind = GS_EVENT_END};
    assert_int_equal(end_of(GS_STAGE_STARTING, NULL, SIGKILL).count, 0);
    assert_int_equal(end_of(GS_STAGE_ENDED, &end, EXITED_3).count, 1);
    /* It was lost. */
    assert_int_equal(end_of(GS_STAGE_ENDED, NULL, EXITED_3).count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_processes_take_turns),
        cmocka_unit_test(a_killed_producer_leaves_no_hole),
        cmocka_unit_test(a_killed_process_has_its_death_told),
        cmocka_unit_test(a_run_that_could_not_tell_its_end_has_it_told),
        cmocka_unit_test(an_end_is_told_once_and_of_a_run_that_began),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
