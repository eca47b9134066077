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

/* The ring for all; and two threads' rings: one has lost an event, one has told its actor's death.
 */
static _Noreturn void die_at_work(struct gs_segment *segment)
{
    struct gs_ring shared, own[2];
    gs_segment_open_ring(segment, 3, true, &shared);
    gs_segment_open_ring(segment, 1, false, &own[0]);
    gs_segment_open_ring(segment, 2, false, &own[1]);
    for (int i = 0; i < 9; i++)
        gs_ring_put(&own[0], 10, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_put(&own[1], 20, 2, GS_EVENT_DIED, 0, 0, 0);
    gs_ring_put(&shared, 30, 3, GS_EVENT_NOTE, 0, 0, 0);
    abort();
}

static void a_killed_process_has_its_deaths_told(void **state)
{
    (void)state;
    struct gs_segment_conf conf = small;
    conf.rings = 3;
    struct gs_segment *segment = gs_segment_create(&conf, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring shared, own;
    struct tail tail = {0};
    int status;
    pid_t child = fork();
    if (child == 0)
        die_at_work(segment);
    assert_int_equal(waitpid(child, &status, 0), child);
    /* Nobody knows yet: a ring that stands still may be one of a thread that waits. */
    gs_collector_drain(collector, 0, keep, &tail);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 10);
    assert_false(gs_segment_open_ring(segment, 4, false, &own));

    gs_collector_bury(collector, child);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 12);
    assert_int_equal(tail.events[10].kind, GS_EVENT_LOST);
    assert_int_equal(tail.events[10].a, 1);
    assert_int_equal(tail.events[11].kind, GS_EVENT_DIED);
    assert_int_equal(tail.events[11].flags, GS_DEATH_KILLED);
    assert_int_equal(tail.events[11].actor, 1);
    assert_int_equal(tail.events[11].time, 10);

    /* Its two are free again; the one for all is still owned. */
    gs_segment_join_ring(segment, 0, &shared);
    gs_ring_put(&shared, 40, 3, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, keep, &tail);
    assert_int_equal(tail.count, 13);
    assert_true(gs_segment_open_ring(segment, 4, false, &own));
    assert_true(gs_segment_open_ring(segment, 5, false, &own));
    assert_false(gs_segment_open_ring(segment, 6, false, &own));
    gs_collector_free(collector);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_processes_take_turns),
        cmocka_unit_test(a_killed_producer_leaves_no_hole),
        cmocka_unit_test(a_killed_process_has_its_deaths_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
