/* What a picture costs: 32 lanes at 120 columns, whole runs of few and of many spans, and a window
 * in the middle of them; ten thousand tasks in one lane, and each in its own. A frame has 16.7 ms
 * and drawing may take a small part of it. Prints a table of CPU times; takes no arguments. */
#include "draw/lanes.h"
#include "support/fake_trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LANES = 32, COLUMNS = 120, ROUNDS = 200 };

struct fight {
    struct fake_trace *f;
    uint32_t gil, threads[LANES];
};

/* Threads that hand the GIL round every 5 ms, each turn labelled. */
static struct fight fight_open(unsigned turns)
{
    struct fight x = {.f = fake_open()};
    x.gil = fake_interpreter(x.f, fake_process(x.f, "process 1"), "interpreter 1", true);
    for (unsigned i = 0; i < LANES; i++) {
        char name[32];
        snprintf(name, sizeof name, "Thread %u", i + 1);
        x.threads[i] = fake_thread(x.f, x.gil, name);
        fake_born(x.f, x.threads[i], 0, 0);
        fake_state(x.f, x.threads[i], 0, GS_STATE_WANTS_GIL, 0, 1, 0);
    }
    for (unsigned i = 0; i < turns; i++) {
        uint32_t t = x.threads[i % LANES];
        uint64_t from = FAKE_MS(5) * i, until = from + FAKE_MS(5);
        fake_take(x.f, t, from, x.gil, 1);
        fake_state(x.f, t, from, GS_STATE_RUNNING, 0, 1, 0);
        fake_label(x.f, t, from, "turn", 1);
        fake_label_end(x.f, t, until);
        fake_state(x.f, t, until, GS_STATE_WANTS_GIL, 0, 1, 0);
        fake_drop(x.f, t, until, x.gil, GS_DROP_ASKED, 1);
    }
    fake_end(x.f, FAKE_MS(5) * turns, 0);
    return x;
}

static double cpu_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* One frame as the screen draws it: a cleared canvas, the lanes, the legend. */
static double frame(struct gs_canvas *canvas, const struct gs_lanes_view *view, bool legend)
{
    double start = cpu_us();
    gs_canvas_clear(canvas);
    struct gs_lanes_signs signs;
    int used = gs_lanes_draw(canvas, view, &signs);
    if (legend)
        gs_lanes_legend(canvas, view->timeline, &signs, 0, used, view->width);
    return cpu_us() - start;
}

static void measure(const char *what, struct gs_canvas *canvas, const struct gs_lanes_view *view)
{
    double lanes[ROUNDS], both[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        lanes[i] = frame(canvas, view, false);
        both[i] = frame(canvas, view, true);
    }
    qsort(lanes, ROUNDS, sizeof *lanes, compare);
    qsort(both, ROUNDS, sizeof *both, compare);
    printf("%-44s %8.0f %8.0f %8.0f\n", what, lanes[ROUNDS / 2], lanes[ROUNDS * 99 / 100],
           both[ROUNDS / 2]);
}

static void measure_run(unsigned turns)
{
    struct fight x = fight_open(turns);
    struct gs_rows rows = {0};
    struct gs_canvas canvas;
    char what[64];
    gs_rows_build(&rows, x.f->timeline, NULL);
    gs_canvas_init(&canvas, COLUMNS, LANES + 6, false);
    struct gs_lanes_view view = {.timeline = x.f->timeline,
                                 .rows = &rows,
                                 .until = gs_timeline_end(x.f->timeline),
                                 .width = COLUMNS,
                                 .height = LANES + 5,
                                 .selected = 3,
                                 .cursor = FAKE_MS(100)};
    snprintf(what, sizeof what, "%u turns, the whole run", turns);
    measure(what, &canvas, &view);
    view.from = view.until / 2;
    view.until = view.from + FAKE_MS(500);
    snprintf(what, sizeof what, "%u turns, 100 of them", turns);
    measure(what, &canvas, &view);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(x.f);
}

/* Tasks that all become ready at once, have a turn one after another and sleep, a few times. */
static struct fake_trace *tasks_open(unsigned tasks, unsigned rounds)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", false);
    uint32_t thread = fake_thread(f, gil, "MainThread"), loop = fake_loop(f, thread, "loop");
    uint32_t sleep = fake_object(f, GS_OBJECT_SLEEP, "sleep"), first = 0;
    uint64_t now = 0;
    fake_born(f, thread, 0, 0);
    fake_born(f, loop, 0, thread);
    fake_state(f, thread, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_state(f, loop, 0, GS_STATE_RUNNING, 0, 1, 0);
    for (unsigned i = 0; i < tasks; i++) {
        char name[32];
        snprintf(name, sizeof name, "Task-%u", i + 1);
        uint32_t task = fake_task_of(f, loop, name, "fetch");
        first = first ? first : task;
        fake_born(f, task, now, thread);
        fake_state(f, task, now += 1000, GS_STATE_READY, 0, 1, thread);
    }
    for (unsigned i = 0; i < tasks * rounds; i++) {
        uint32_t task = first + i % tasks;
        fake_state(f, task, now += 1000, GS_STATE_RUNNING, 0, 2, 0);
        fake_state(f, task, now += 10000, GS_STATE_AWAITING, sleep, 3, 0);
        fake_state(f, task, now, GS_STATE_READY, 0, 3, GS_CAUSE_CLOCK);
    }
    fake_end(f, now, 0);
    return f;
}

static void measure_rows(struct gs_rows *rows, const struct fake_trace *f,
                         const struct gs_row_choice *choice)
{
    double times[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start = cpu_us();
        gs_rows_build(rows, f->timeline, choice);
        times[i] = cpu_us() - start;
    }
    qsort(times, ROUNDS, sizeof *times, compare);
    printf("%-44s %8.0f %8.0f\n", "… which rows there are", times[ROUNDS / 2],
           times[ROUNDS * 99 / 100]);
}

static void measure_tasks(unsigned tasks, bool opened)
{
    struct fake_trace *f = tasks_open(tasks, 10);
    struct gs_rows rows = {0};
    struct gs_canvas canvas;
    char what[64];
    gs_rows_build(&rows, f->timeline, &(struct gs_row_choice){.most_tasks = opened ? tasks : 0});
    gs_canvas_init(&canvas, COLUMNS, LANES + 6, false);
    struct gs_lanes_view view = {.timeline = f->timeline,
                                 .rows = &rows,
                                 .until = gs_timeline_end(f->timeline),
                                 .title_width = 20,
                                 .width = COLUMNS,
                                 .height = LANES + 5,
                                 .selected = 3,
                                 .cursor = FAKE_MS(100)};
    snprintf(what, sizeof what, "%u tasks, %s", tasks, opened ? "each in its lane" : "in one lane");
    measure(what, &canvas, &view);
    measure_rows(&rows, f, &(struct gs_row_choice){.most_tasks = opened ? tasks : 0});
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(f);
}

int main(void)
{
    printf("%d lanes, %d columns, µs%22s %8s %8s\n", LANES, COLUMNS, "lanes", "p99", "+legend");
    measure_run(100);
    measure_run(10000);
    measure_run(200000);
    measure_tasks(10000, false);
    measure_tasks(10000, true);
    return 0;
}
