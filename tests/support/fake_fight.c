#include "support/fake_trace.h"

enum { COMPUTE_LINE = 12, START_LINE = 20, JOIN1_LINE = 22, JOIN2_LINE = 23 };

static struct fake_fight cast(void)
{
    struct fake_fight x = {.trace = fake_open()};
    struct fake_trace *f = x.trace;
    x.process = fake_process(f, "process 1");
    x.gil = fake_interpreter(f, x.process, "interpreter 1", true);
    x.main = fake_thread(f, x.gil, "main");
    x.t1 = fake_thread(f, x.gil, "Thread 1");
    x.t2 = fake_thread(f, x.gil, "Thread 2");
    x.join1 = fake_object(f, GS_OBJECT_THREAD, "Thread 1");
    x.join2 = fake_object(f, GS_OBJECT_THREAD, "Thread 2");
    return x;
}

static void runs(const struct fake_fight *x, uint32_t actor, uint64_t ns, uint32_t line,
                 uint32_t cause)
{
    fake_take(x->trace, actor, ns, x->gil, line);
    fake_state(x->trace, actor, ns, GS_STATE_RUNNING, 0, line, cause);
}

static void main_starts_both(const struct fake_fight *x)
{
    struct fake_trace *f = x->trace;
    fake_born(f, x->process, 0, 0);
    fake_born(f, x->gil, 0, x->process);
    fake_born(f, x->main, 0, 0);
    runs(x, x->main, 0, START_LINE, GS_CAUSE_NONE);
    fake_born(f, x->t1, FAKE_US(100), x->main);
    fake_state(f, x->t1, FAKE_US(100), GS_STATE_WANTS_GIL, 0, COMPUTE_LINE, GS_CAUSE_NONE);
    fake_born(f, x->t2, FAKE_US(200), x->main);
    fake_state(f, x->t2, FAKE_US(200), GS_STATE_WANTS_GIL, 0, COMPUTE_LINE, GS_CAUSE_NONE);
    fake_state(f, x->main, FAKE_US(300), GS_STATE_WAITING, x->join1, JOIN1_LINE, GS_CAUSE_NONE);
    fake_drop(f, x->main, FAKE_US(300), x->gil, GS_DROP_BLOCKING, JOIN1_LINE);
}

/* From holds the GIL, to asks at `ns` and has it at the same instant. */
static void hands_over(const struct fake_fight *x, uint32_t from, uint32_t to, uint64_t ns)
{
    struct fake_trace *f = x->trace;
    fake_request(f, to, ns - FAKE_US(1), x->gil, from);
    fake_state(f, from, ns, GS_STATE_WANTS_GIL, 0, COMPUTE_LINE, GS_CAUSE_NONE);
    fake_drop(f, from, ns, x->gil, GS_DROP_ASKED, COMPUTE_LINE);
    runs(x, to, ns, COMPUTE_LINE, from);
}

static void dies(const struct fake_fight *x, uint32_t actor, uint64_t ns)
{
    fake_wake(x->trace, actor, ns, x->main, actor == x->t1 ? x->join1 : x->join2);
    fake_died(x->trace, actor, ns, false);
    fake_drop(x->trace, actor, ns, x->gil, GS_DROP_EXIT, COMPUTE_LINE);
}

struct fake_fight fake_gil_fight(void)
{
    struct fake_fight x = cast();
    struct fake_trace *f = x.trace;
    main_starts_both(&x);
    runs(&x, x.t1, FAKE_US(300), COMPUTE_LINE, x.main);
    uint32_t owner = x.t1, other = x.t2;
    for (int ms = 5; ms <= 50; ms += 5) {
        hands_over(&x, owner, other, FAKE_MS(ms) + FAKE_US(300));
        uint32_t was = owner;
        owner = other;
        other = was;
    }
    dies(&x, x.t1, FAKE_MS(55));
    runs(&x, x.t2, FAKE_MS(55), COMPUTE_LINE, x.t1);
    fake_state(f, x.main, FAKE_MS(55), GS_STATE_WANTS_GIL, 0, JOIN1_LINE, x.t1);
    hands_over(&x, x.t2, x.main, FAKE_MS(59));
    fake_state(f, x.main, FAKE_MS(59.1), GS_STATE_WAITING, x.join2, JOIN2_LINE, GS_CAUSE_NONE);
    fake_drop(f, x.main, FAKE_MS(59.1), x.gil, GS_DROP_BLOCKING, JOIN2_LINE);
    runs(&x, x.t2, FAKE_MS(59.1), COMPUTE_LINE, x.main);
    dies(&x, x.t2, FAKE_MS(59.9));
    fake_state(f, x.main, FAKE_MS(59.9), GS_STATE_WANTS_GIL, 0, JOIN2_LINE, x.t2);
    runs(&x, x.main, FAKE_MS(59.9), JOIN2_LINE, x.t2);
    fake_died(f, x.main, FAKE_MS(60), false);
    fake_drop(f, x.main, FAKE_MS(60), x.gil, GS_DROP_EXIT, JOIN2_LINE);
    fake_died(f, x.gil, FAKE_MS(60), false);
    fake_died(f, x.process, FAKE_MS(60), false);
    fake_end(f, FAKE_MS(60), 0);
    return x;
}
