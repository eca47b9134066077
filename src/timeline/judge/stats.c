#include "timeline/judge/stats_parts.h"

#include "timeline/judge/processes.h"

#include "base/sorted.h"
#include "timeline/explain/awaited.h"
#include "timeline/names.h"
#include "timeline/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t gs_stats_first_span(const struct gs_stats_window *w, const struct gs_lane *lane)
{
    long at = gs_lane_span_at(lane, w->from);
    return at < 0 ? 0 : (size_t)at;
}

static bool is_wait(unsigned state)
{
    return state != GS_STATE_NONE && state != GS_STATE_RUNNING;
}

/* While they are counted, waits and causes stand by what they are: a thread may join thousands. */
static void count_wait(struct gs_lane_figures *f, const struct gs_span *span, size_t index,
                       uint64_t ns)
{
    uint64_t key = (uint64_t)span->state << 32 | span->on;
    size_t at = gs_sorted_before(&f->waits, key, key);
    if (at == f->waits.count || f->waits.items[at].key != key)
        *gs_sorted_insert(&f->waits, at) =
            (struct gs_wait_figure){.state = span->state, .on = span->on, .key = key};
    struct gs_wait_figure *wait = &f->waits.items[at];
    wait->count++;
    wait->total += ns;
    if (ns > wait->longest || wait->count == 1) {
        wait->longest = ns;
        wait->longest_at = span->start;
        wait->longest_span = index;
    }
}

static void count_cause(struct gs_lane_figures *f, const struct gs_span *span, uint64_t ns)
{
    size_t at = gs_sorted_before(&f->causes, cause, span->cause);
    if (at == f->causes.count || f->causes.items[at].cause != span->cause)
        *gs_sorted_insert(&f->causes, at) = (struct gs_cause_figure){.cause = span->cause};
    f->causes.items[at].count++;
    f->causes.items[at].total += ns;
}

uint64_t gs_stats_text_key(const struct gs_tables *tables, uint32_t string)
{
    uint64_t key = 14695981039346656037u;
    for (const char *c = tables->string(tables, string); *c; c++)
        key = (key ^ (unsigned char)*c) * 1099511628211u;
    return key;
}

static void count_label(struct gs_lane_figures *f, const struct gs_stats_window *w,
                        const struct gs_label *label, uint64_t ns)
{
    uint64_t key = gs_stats_text_key(gs_timeline_tables(w->t), label->text);
    size_t at = gs_sorted_before(&f->labels, key, key);
    if (at == f->labels.count || f->labels.items[at].key != key)
        *gs_sorted_insert(&f->labels, at) =
            (struct gs_label_figure){.text = label->text, .key = key};
    struct gs_label_figure *figure = &f->labels.items[at];
    figure->count++;
    figure->total += ns;
    figure->longest = ns > figure->longest ? ns : figure->longest;
}

static void count_message(struct gs_lane_figures *f, const struct gs_event *e)
{
    bool sent = e->flags & 1;
    f->sent += sent;
    f->received += !sent;
    *(sent ? &f->sent_bytes : &f->received_bytes) += e->b;
}

static int by_label(const void *x, const void *y)
{
    const struct gs_label_figure *a = x, *b = y;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return (a->text > b->text) - (a->text < b->text);
}

static int by_wait(const void *x, const void *y)
{
    const struct gs_wait_figure *a = x, *b = y;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static int by_cause(const void *x, const void *y)
{
    const struct gs_cause_figure *a = x, *b = y;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return (a->cause > b->cause) - (a->cause < b->cause);
}

static void count_waits(struct gs_lane_figures *f, const struct gs_stats_window *w,
                        const struct gs_lane *lane)
{
    for (size_t i = gs_stats_first_span(w, lane); i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t end = gs_span_end(w->t, span), ns = gs_stats_clip(w, span->start, end);
        if (span->start >= w->until)
            break;
        if (!is_wait(span->state) || (!ns && !gs_stats_is_inside(w, span->start)))
            continue;
        count_wait(f, span, i, ns);
        if (!span->open && span->end <= w->until)
            count_cause(f, span, ns);
    }
    if (f->waits.count)
        qsort(f->waits.items, f->waits.count, sizeof *f->waits.items, by_wait);
    if (f->causes.count)
        qsort(f->causes.items, f->causes.count, sizeof *f->causes.items, by_cause);
}

static void count_labels(struct gs_lane_figures *f, const struct gs_stats_window *w,
                         const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->labels.count && lane->labels.items[i].start < w->until; i++) {
        const struct gs_label *label = &lane->labels.items[i];
        uint64_t ns = gs_stats_clip(w, label->start, gs_label_end(w->t, label));
        if (ns || gs_stats_is_inside(w, label->start))
            count_label(f, w, label, ns);
    }
    if (f->labels.count)
        qsort(f->labels.items, f->labels.count, sizeof *f->labels.items, by_label);
}

/* What a death on the real clock takes longer than the last state is no life in any state. */
static uint64_t end_of_life(const struct gs_stats_window *w, const struct gs_lane *lane)
{
    if (lane->spans.count)
        return gs_span_end(w->t, &lane->spans.items[lane->spans.count - 1]);
    return lane->died ? lane->death : gs_timeline_end(w->t);
}

static struct gs_lane_figures lane_figures(const struct gs_stats_window *w,
                                           const struct gs_lane *lane)
{
    struct gs_lane_figures f = {.actor = lane->actor,
                                .alive = gs_stats_clip(w, lane->birth, end_of_life(w, lane))};
    uint64_t last = gs_timeline_end(w->t);
    gs_lane_shares(w->t, lane, w->from, w->until < last ? w->until : last, f.state_ns);
    for (size_t i = 0; i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (!gs_stats_is_inside(w, e->time))
            continue;
        f.takes += e->kind == GS_EVENT_GIL_TAKE;
        f.drops_asked += e->kind == GS_EVENT_GIL_DROP && e->flags == GS_DROP_ASKED;
        if (e->kind == GS_EVENT_MESSAGE)
            count_message(&f, e);
    }
    count_waits(&f, w, lane);
    count_labels(&f, w, lane);
    return f;
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

void gs_stats_sort(gs_durations *durations)
{
    if (durations->count)
        qsort(durations->items, durations->count, sizeof *durations->items, by_number);
}

/* Nearest rank. */
uint64_t gs_stats_percentile(const gs_durations *sorted, unsigned hundredths)
{
    size_t rank = (sorted->count * hundredths + 99) / 100;
    return sorted->count ? sorted->items[rank ? rank - 1 : 0] : 0;
}

static void add_holds(struct gs_gil_figures *g, const struct gs_stats_window *w,
                      const struct gs_lane *gil, gs_durations *lengths)
{
    for (size_t i = 0; i < gil->holds.count; i++) {
        const struct gs_hold *hold = &gil->holds.items[i];
        uint64_t end = gs_hold_end(w->t, hold), ns = gs_stats_clip(w, hold->start, end);
        if (!ns && !gs_stats_is_inside(w, hold->start))
            continue;
        gs_long_push(lengths, ns);
        g->held += ns;
        g->hand_offs +=
            i > 0 && gs_stats_is_inside(w, hold->start) && hold->owner != hold[-1].owner;
        if (!hold->open && end <= w->until)
            g->drops[hold->why]++;
    }
}

/* By the time in which somebody could have had it: what is between two uses is part of it. */
static void add_rates(struct gs_gil_figures *g, const struct gs_stats_window *w,
                      const struct gs_lane *gil)
{
    uint64_t life = gs_stats_clip(w, gil->birth, gil->died ? gil->death : gs_timeline_end(w->t));
    if (!life)
        return;
    g->utilisation = (double)g->held / (double)life;
    g->hand_offs_second = (double)g->hand_offs * 1e9 / (double)life;
}

static void add_wants(struct gs_gil_figures *g, const struct gs_stats_window *w,
                      const struct gs_lane *lane, gs_durations *lengths)
{
    for (size_t i = gs_stats_first_span(w, lane); i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        if (span->start >= w->until)
            break;
        uint64_t ns = gs_stats_clip(w, span->start, gs_span_end(w->t, span));
        if (span->state == GS_STATE_WANTS_GIL && (ns || gs_stats_is_inside(w, span->start)) &&
            gs_lane_wanted(w->t, lane, span) == g->interpreter)
            gs_long_push(lengths, ns);
    }
    for (size_t i = 0; i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (e->a != g->interpreter || !gs_stats_is_inside(w, e->time))
            continue;
        g->requests += e->kind == GS_EVENT_GIL_REQUEST;
        g->misses += e->kind == GS_EVENT_GIL_MISS;
    }
}

/* What a task wants, or its loop, its thread does. */
static bool is_thread(const struct gs_timeline *t, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    return row && row->kind == GS_ACTOR_THREAD;
}

static struct gs_gil_figures gil_figures(const struct gs_stats_window *w, const struct gs_lane *gil,
                                         const struct gs_rows *rows)
{
    struct gs_gil_figures g = {.interpreter = gil->actor};
    gs_durations holds = {0}, wants = {0};
    add_holds(&g, w, gil, &holds);
    add_rates(&g, w, gil);
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct gs_lane *lane = gs_timeline_lane(w->t, rows->list.items[i].actor);
        if (lane && is_thread(w->t, lane))
            add_wants(&g, w, lane, &wants);
    }
    gs_stats_sort(&holds);
    gs_stats_sort(&wants);
    g.holds = holds.count;
    g.waits = wants.count;
    g.hold_p50 = gs_stats_percentile(&holds, 50);
    g.hold_p90 = gs_stats_percentile(&holds, 90);
    g.hold_p99 = gs_stats_percentile(&holds, 99);
    g.hold_max = gs_stats_percentile(&holds, 100);
    g.wait_p50 = gs_stats_percentile(&wants, 50);
    g.wait_p90 = gs_stats_percentile(&wants, 90);
    g.wait_p99 = gs_stats_percentile(&wants, 99);
    g.wait_max = gs_stats_percentile(&wants, 100);
    gs_long_free(&holds);
    gs_long_free(&wants);
    return g;
}

void gs_stats_take(struct gs_stats *stats, const struct gs_timeline *t, uint64_t from,
                   uint64_t until)
{
    uint64_t end = gs_timeline_end(t);
    struct gs_stats_window w = {.t = t, .from = from, .until = until < end ? until : end};
    *stats = (struct gs_stats){.duration = w.until > from ? w.until - from : 0,
                               .events = gs_timeline_events(t),
                               .lost = gs_timeline_lost(t),
                               .left_out = gs_timeline_tables(t)->left_out(gs_timeline_tables(t))};
    /* The run's last instant belongs to it: what happens there is counted. */
    if (until >= end)
        w.until = end + 1;
    struct gs_rows rows = {0};
    gs_rows_build(&rows, t, &(struct gs_row_choice){.helpers = true});
    for (size_t i = 0; i < rows.list.count; i++) {
        const struct gs_lane *lane = gs_timeline_lane(t, rows.list.items[i].actor);
        if (lane && rows.list.items[i].kind == GS_ROW_LANE)
            gs_vec_push(&stats->lanes, lane_figures(&w, lane));
        if (lane && rows.list.items[i].kind == GS_ROW_GIL)
            gs_vec_push(&stats->gils, gil_figures(&w, lane, &rows));
        if (lane && rows.list.items[i].kind == GS_ROW_LOOP)
            gs_stats_add_loop(stats, &w, lane);
        if (lane && rows.list.items[i].kind == GS_ROW_LOOP)
            gs_stats_add_blocks(stats, &w, lane);
    }
    gs_rows_free(&rows);
    gs_stats_take_processes(stats, t, from, w.until);
}

void gs_stats_free(struct gs_stats *stats)
{
    for (size_t i = 0; i < stats->lanes.count; i++) {
        gs_vec_free(&stats->lanes.items[i].waits);
        gs_vec_free(&stats->lanes.items[i].causes);
        gs_vec_free(&stats->lanes.items[i].labels);
    }
    gs_vec_free(&stats->lanes);
    gs_vec_free(&stats->gils);
    gs_vec_free(&stats->processes);
    gs_vec_free(&stats->loops);
    gs_vec_free(&stats->blocks);
    gs_vec_free(&stats->tasks);
    gs_vec_free(&stats->coroutines);
}

const struct gs_wait_figure *gs_stats_longest_wait(const struct gs_lane_figures *lane)
{
    const struct gs_wait_figure *longest = NULL;
    for (size_t i = 0; i < lane->waits.count; i++) {
        const struct gs_wait_figure *wait = &lane->waits.items[i];
        if (wait->state != GS_STATE_NATIVE && (!longest || wait->longest > longest->longest))
            longest = wait;
    }
    return longest;
}

const char *gs_stats_wait_name(char *buffer, size_t size, const struct gs_timeline *t,
                               uint32_t lane, const struct gs_wait_figure *wait)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_object_row *row = tables->object(tables, wait->on);
    const struct gs_lane *whose = gs_timeline_lane(t, lane);
    char name[GS_NAME_SIZE];
    if (!row) {
        snprintf(buffer, size, "%s", gs_state_word(wait->state));
        return buffer;
    }
    const struct gs_span *longest = &whose->spans.items[wait->longest_span];
    bool end = row->kind == GS_OBJECT_PROCESS || row->kind == GS_OBJECT_TASK;
    const char *which = end                                   ? "the end of "
                        : row->kind != GS_OBJECT_THREAD       ? ""
                        : gs_awaited_start(t, whose, longest) ? "the start of "
                                                              : "the end of ";
    snprintf(buffer, size, "%s on %s%s '%s'", gs_state_word(wait->state), which,
             gs_object_kind_word(row->kind), gs_name_object(name, sizeof name, t, wait->on));
    return buffer;
}

const char *gs_stats_cause_name(char *buffer, size_t size, const struct gs_timeline *t,
                                uint32_t cause)
{
    const char *word = cause == GS_CAUSE_NONE     ? "nobody"
                       : cause == GS_CAUSE_CLOCK  ? "a timer"
                       : cause == GS_CAUSE_WORK   ? "its own work"
                       : cause == GS_CAUSE_CORE   ? "a free core"
                       : cause == GS_CAUSE_SIGNAL ? "a signal"
                                                  : NULL;
    if (!word)
        return gs_name_actor(buffer, size, t, cause);
    snprintf(buffer, size, "%s", word);
    return buffer;
}
