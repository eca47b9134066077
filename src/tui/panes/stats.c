/* The statistics pane: each GIL, each loop, then each lane's shares of its life and its longest
 * wait. */
#include "tui/panes/pane.h"

#include "base/clock.h"
#include "base/text.h"
#include "draw/shorten.h"
#include "timeline/explain/awaited.h"
#include "timeline/judge/stats.h"
#include "timeline/names.h"
#include "timeline/rows.h"
#include "trace/where.h"
#include "tui/panes/stats_waits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Counting a long run again costs more than a frame has, and while it is counted nothing is drawn
 * nor drained: four times a second is soon enough, and a tenth of the time is enough for it. */
#define AGAIN_AFTER 250000000u
enum { REST = 9 /* times what the last counting took */ };

struct stats_pane {
    struct gs_stats stats;
    int names;              /* width of the widest name in them */
    struct gs_range range;  /* that they are of, if it is chosen */
    uint64_t version, time; /* what they were taken of, and when */
    uint64_t took;          /* ns, to count them */
};

static int name_columns(const struct gs_look *look, const struct gs_stats *stats)
{
    int width = 9;
    for (size_t i = 0; i < stats->lanes.count; i++) {
        char name[GS_NAME_SIZE];
        int own = gs_text_width(
            gs_name_actor(name, sizeof name, look->run.timeline, stats->lanes.items[i].actor));
        width = own > width ? own : width;
    }
    return width;
}

/* No frame may come that could count again: what is drawn now stays. */
static bool stands_still(const struct gs_run *run)
{
    return gs_run_next_frame(run) == 0 || (run->playback.paused && gs_run_virtual(run));
}

static bool same_range(const struct gs_range *a, const struct gs_range *b)
{
    return a->state == b->state && a->from == b->from && a->until == b->until;
}

static bool is_chosen(const struct stats_pane *pane)
{
    return pane->range.state == GS_RANGE_CHOSEN;
}

static void take_figures(struct stats_pane *pane, const struct gs_look *look)
{
    const struct gs_run *run = &look->run;
    uint64_t version = gs_timeline_version(run->timeline) + run->playback.now;
    uint64_t now = gs_clock_system();
    uint64_t rest = pane->took * REST > AGAIN_AFTER ? pane->took * REST : AGAIN_AFTER;
    struct gs_range range =
        look->range.state == GS_RANGE_CHOSEN ? look->range : (struct gs_range){0};
    bool other = !same_range(&range, &pane->range);
    bool due = pane->time == 0 || now - pane->time > rest || stands_still(run);
    if (!other && (version == pane->version || !due))
        return;
    uint64_t until = range.state == GS_RANGE_CHOSEN ? range.until : run->playback.now;
    gs_stats_free(&pane->stats);
    gs_stats_take(&pane->stats, run->timeline, range.from, until);
    pane->range = range;
    pane->names = name_columns(look, &pane->stats);
    pane->version = version;
    pane->time = gs_clock_system();
    pane->took = pane->time - now;
}

struct table {
    const struct stats_pane *pane;
    const struct gs_look *look;
    struct gs_canvas *canvas;
    struct gs_box box;
    int skip, line;
};

static int next_row(struct table *t)
{
    int row = t->line++ - t->skip;
    return row >= 0 && row < t->box.height ? t->box.y + row : -1;
}

static void draw_gil(struct table *t, const struct gs_gil_figures *g)
{
    char name[128], a[32], b[32], c[32];
    struct gs_canvas *canvas = t->canvas;
    int x = t->box.x, width = t->box.width;
    gs_canvas_textf(canvas, x, next_row(t), width, GS_ROLE_TITLE, 0, "GIL of %s",
                    gs_name_actor(name, sizeof name, t->look->run.timeline, g->interpreter));
    gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                    "held %.0f %%, %" PRIu64 " hand-off%s, %.0f/s", g->utilisation * 100,
                    g->hand_offs, g->hand_offs == 1 ? "" : "s", g->hand_offs_second);
    gs_text_duration(a, sizeof a, g->hold_p50);
    gs_text_duration(b, sizeof b, g->hold_p99);
    gs_text_duration(c, sizeof c, g->hold_max);
    gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                    "hold  p50 %s  p99 %s  max %s", a, b, c);
    gs_text_duration(a, sizeof a, g->wait_p50);
    gs_text_duration(b, sizeof b, g->wait_p99);
    gs_text_duration(c, sizeof c, g->wait_max);
    gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                    "wait  p50 %s  p99 %s  max %s", a, b, c);
}

static void draw_loop(struct table *t, const struct gs_loop_figures *loop)
{
    const struct gs_timeline *timeline = t->look->run.timeline;
    char name[GS_NAME_SIZE], a[32], b[32], c[32], where[GS_WHERE_SIZE];
    struct gs_canvas *canvas = t->canvas;
    const struct gs_step_figure *most = &loop->longest;
    int x = t->box.x, width = t->box.width;
    gs_canvas_name(canvas, x, next_row(t), width, GS_ROLE_TITLE, 0,
                   gs_name_actor(name, sizeof name, timeline, loop->loop));
    gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                    "busy %.0f %%, %" PRIu64 " turns of %" PRIu64 " task%s",
                    loop->utilisation * 100, loop->turns, loop->tasks, loop->tasks == 1 ? "" : "s");
    gs_where_text(where, sizeof where, gs_timeline_tables(timeline), most->where.line,
                  most->where.place);
    if (most->of || most->callback)
        gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                        "longest turn %s: %s%s%s", gs_text_duration(a, sizeof a, most->ns),
                        gs_stats_step_name(name, sizeof name, timeline, most), *where ? ", " : "",
                        where);
    else
        gs_canvas_text(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0, "no turn yet");
    gs_text_duration(a, sizeof a, loop->wait_p50);
    gs_text_duration(b, sizeof b, loop->wait_p99);
    gs_text_duration(c, sizeof c, loop->wait_max);
    gs_canvas_textf(canvas, x + 2, next_row(t), width - 2, GS_ROLE_TEXT, 0,
                    "ready  p50 %s  p99 %s  max %s", a, b, c);
}

/* "fetch: 98 tasks, 196 steps, 1.2 s on the loop, 3.0 s ready": where they are too many to have a
 * line each. */
static void draw_coroutine(struct table *t, const struct gs_task_figures *f)
{
    char name[GS_NAME_SIZE], a[32], b[32];
    gs_name_string(name, sizeof name, gs_timeline_tables(t->look->run.timeline), f->coroutine);
    gs_text_duration(a, sizeof a, f->on_loop);
    gs_text_duration(b, sizeof b, f->ready);
    gs_canvas_textf(t->canvas, t->box.x, next_row(t), t->box.width, GS_ROLE_TEXT, 0,
                    "%s: %" PRIu64 " task%s, %" PRIu64 " steps, %s on the loop, %s ready", name,
                    f->tasks, f->tasks == 1 ? "" : "s", f->steps, a, b);
}

static size_t coroutines(const struct gs_stats *stats)
{
    return stats->tasks.count > GS_ROWS_TASKS ? stats->coroutines.count : 0;
}

static unsigned percent(uint64_t part, uint64_t whole)
{
    return whole ? (unsigned)((double)part * 100 / (double)whole + 0.5) : 0;
}

/* The word that heads a state's column. The longest wait is told in the same words, so that it fits
 * beside them. */
static const char *column_word(unsigned state)
{
    switch ((enum gs_state)state) {
    case GS_STATE_RUNNING:
        return "runs";
    case GS_STATE_WANTS_GIL:
        return "wants";
    case GS_STATE_NATIVE:
        return "native";
    case GS_STATE_IO:
        return "io";
    case GS_STATE_SLEEPING:
        return "sleep";
    case GS_STATE_WAITING:
        return "waits";
    case GS_STATE_READY:
        return "ready";
    case GS_STATE_AWAITING:
        return "await";
    case GS_STATE_UNKNOWN:
        return "unknown";
    case GS_STATE_NONE:
    case GS_STATES:
        break;
    }
    return "";
}

static int column_width(unsigned state)
{
    enum { LEAST = sizeof "100" - 1 };
    int width = gs_text_width(column_word(state));
    return 1 + (width > LEAST ? width : LEAST);
}

/* Only the states that some lane was in have a column. */
static unsigned next_column(const struct gs_stats *stats, unsigned state)
{
    while (++state < GS_STATES)
        for (size_t i = 0; i < stats->lanes.count; i++)
            if (stats->lanes.items[i].state_ns[state])
                return state;
    return GS_STATES;
}

/* "4.8 ms waits for Lock 1": the wait that cost the lane most at once. */
static void longest_words(const struct gs_look *look, const struct gs_lane_figures *f, char *buffer,
                          size_t size)
{
    const struct gs_wait_figure *most = gs_stats_longest_wait(f);
    *buffer = '\0';
    if (!most)
        return;
    const struct gs_timeline *t = look->run.timeline;
    const struct gs_lane *lane = gs_timeline_lane(t, f->actor);
    char duration[32], what[GS_AWAITED_SIZE] = "";
    if (most->on)
        gs_awaited_words(what, sizeof what, t, lane, &lane->spans.items[most->longest_span]);
    const char *before = !most->on ? "" : most->state == GS_STATE_IO ? " on " : " for ";
    snprintf(buffer, size, "%s %s%s%s", gs_text_duration(duration, sizeof duration, most->longest),
             column_word(most->state), before, what);
}

static void draw_lane(struct table *t, const struct gs_lane_figures *f, int names)
{
    char name[128], longest[200];
    int y = next_row(t), x = t->box.x, end = x + t->box.width;
    if (y < 0)
        return;
    gs_canvas_name(t->canvas, x, y, names, GS_ROLE_TEXT, 0,
                   gs_name_actor(name, sizeof name, t->look->run.timeline, f->actor));
    x += names;
    for (unsigned s = 0; (s = next_column(&t->pane->stats, s)) < GS_STATES; x += column_width(s))
        gs_canvas_textf(t->canvas, x, y, end - x, GS_ROLE_TEXT, 0, "%*u", column_width(s),
                        percent(f->state_ns[s], f->alive));
    longest_words(t->look, f, longest, sizeof longest);
    gs_canvas_text(t->canvas, x + 2, y, end - x - 2, GS_ROLE_TEXT, 0, longest);
}

static void draw_heads(struct table *t, int names)
{
    struct gs_canvas *canvas = t->canvas;
    int y = next_row(t), x = t->box.x, end = x + t->box.width;
    gs_canvas_text(canvas, x, y, names, GS_ROLE_DIM, 0, "% of life");
    x += names;
    for (unsigned s = 0; (s = next_column(&t->pane->stats, s)) < GS_STATES; x += column_width(s))
        gs_canvas_textf(canvas, x, y, end - x, GS_ROLE_DIM, 0, "%*s", column_width(s),
                        column_word(s));
    gs_canvas_text(canvas, x + 2, y, end - x - 2, GS_ROLE_DIM, 0, "longest wait");
}

static void draw_table(struct table *t)
{
    const struct gs_stats *stats = &t->pane->stats;
    for (size_t i = 0; i < stats->gils.count; i++)
        draw_gil(t, &stats->gils.items[i]);
    for (size_t i = 0; i < stats->loops.count; i++)
        draw_loop(t, &stats->loops.items[i]);
    for (size_t i = 0; i < coroutines(stats); i++)
        draw_coroutine(t, &stats->coroutines.items[i]);
    int third = t->box.width / 3;
    int names = t->pane->names < third ? t->pane->names : third;
    draw_heads(t, names);
    for (size_t i = 0; i < stats->lanes.count; i++)
        draw_lane(t, &stats->lanes.items[i], names);
    for (int i = 0, y; is_chosen(t->pane) && i < gs_stats_waits_lines(stats); i++)
        if ((y = next_row(t)) >= 0)
            gs_stats_waits_draw(t->canvas, (struct gs_box){t->box.x, y, t->box.width, 1}, names,
                                t->look->run.timeline, stats, i);
}

static int lines(void *state, const struct gs_look *look, int width)
{
    struct stats_pane *pane = state;
    const struct gs_stats *stats = &pane->stats;
    (void)width;
    take_figures(pane, look);
    return (int)((stats->gils.count + stats->loops.count) * 4 + coroutines(stats) +
                 stats->lanes.count) +
           1 + (is_chosen(pane) ? gs_stats_waits_lines(stats) : 0);
}

static void draw(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll)
{
    struct stats_pane *pane = state;
    int most = lines(pane, look, box.width) - box.height;
    *scroll = *scroll > most ? most : *scroll;
    *scroll = *scroll < 0 ? 0 : *scroll;
    struct table t = {.pane = pane,
                      .look = look,
                      .canvas = canvas,
                      .box = {box.x + 1, box.y, box.width - 1, box.height},
                      .skip = *scroll};
    draw_table(&t);
}

static void title(const void *state, char *buffer, size_t size)
{
    const struct stats_pane *pane = state;
    char from[32], until[32], length[32];
    if (is_chosen(pane))
        snprintf(buffer, size, "range of %s, from %s to %s",
                 gs_text_duration(length, sizeof length, pane->range.until - pane->range.from),
                 gs_text_duration(from, sizeof from, pane->range.from),
                 gs_text_duration(until, sizeof until, pane->range.until));
    else
        snprintf(buffer, size, "statistics up to the playhead");
}

static void forget(void *state)
{
    gs_stats_free(&((struct stats_pane *)state)->stats);
}

const struct gs_pane_ops gs_stats_pane = {.size = sizeof(struct stats_pane),
                                          .lines = lines,
                                          .title = title,
                                          .draw = draw,
                                          .forget = forget};
