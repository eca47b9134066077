/* `--stats`: where the time went, as tables. */
#include "export/table.h"

#include "base/text.h"
#include "timeline/names.h"
#include "timeline/rows.h"
#include "trace/where.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *duration(uint64_t ns)
{
    static _Thread_local char text[8][32];
    static _Thread_local unsigned next;
    next = (next + 1) % 8;
    return gs_text_duration(text[next], sizeof text[next], ns);
}

/* A word that begins with '+' says what it means with the one before. */
static void titles(struct gs_table *table, const char *const *words)
{
    for (table->columns = 0; words[table->columns]; table->columns++) {
        const char *word = words[table->columns];
        table->joined |= (uint32_t)(*word == '+') << table->columns;
        gs_table_cell(table, "%s", word + (*word == '+'));
    }
}

static void print_table(struct gs_table *table, const struct gs_printer *p)
{
    gs_table_print(table, p);
    gs_table_free(table);
    gs_print(p, "\n");
}

static void gil_name(struct gs_table *table, const struct gs_timeline *timeline,
                     const struct gs_gil_figures *gil)
{
    char name[GS_NAME_SIZE];
    gs_table_cell(table, "%s", gs_name_actor(name, sizeof name, timeline, gil->interpreter));
}

static void print_hand_offs(const struct gs_printer *p, const struct gs_timeline *timeline,
                            const struct gs_stats *stats)
{
    struct gs_table table = {0};
    titles(&table, (const char *const[]){"GIL of", "held", "hand-offs", "a second", "let go: asked",
                                         "+blocking", "+exit", NULL});
    for (size_t i = 0; i < stats->gils.count; i++) {
        const struct gs_gil_figures *gil = &stats->gils.items[i];
        gil_name(&table, timeline, gil);
        gs_table_cell(&table, "%.1f %%", 100 * gil->utilisation);
        gs_table_cell(&table, "%" PRIu64, gil->hand_offs);
        gs_table_cell(&table, "%.0f", gil->hand_offs_second);
        for (unsigned why = 0; why < 3; why++)
            gs_table_cell(&table, "%" PRIu64, gil->drops[why]);
    }
    print_table(&table, p);
}

/* Half of the turns are shorter than the median … and the same for waits. */
static void print_turns(const struct gs_printer *p, const struct gs_timeline *timeline,
                        const struct gs_stats *stats)
{
    struct gs_table table = {0};
    titles(&table, (const char *const[]){"GIL of", "turn: median", "+p99", "+longest",
                                         "wait: median", "+p99", "+longest", NULL});
    for (size_t i = 0; i < stats->gils.count; i++) {
        const struct gs_gil_figures *gil = &stats->gils.items[i];
        const uint64_t times[] = {gil->hold_p50, gil->hold_p99, gil->hold_max,
                                  gil->wait_p50, gil->wait_p99, gil->wait_max};
        gil_name(&table, timeline, gil);
        for (size_t k = 0; k < sizeof times / sizeof *times; k++)
            gs_table_cell(&table, "%s", duration(times[k]));
    }
    print_table(&table, p);
}

/* Only the states that somebody was in get a column. */
static void lane_titles(struct gs_table *table, const bool shown[GS_STATES])
{
    gs_table_cell(table, "lane");
    gs_table_cell(table, "alive");
    table->columns = 2;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (shown[s]) {
            gs_table_cell(table, "%s", gs_state_word(s));
            table->columns++;
        }
    gs_table_cell(table, "takes");
    gs_table_cell(table, "longest wait");
    gs_table_cell(table, "for");
    table->columns += 3;
    table->left = table->joined = 1u << (table->columns - 1);
}

static void lane_row(struct gs_table *table, const struct gs_timeline *timeline,
                     const bool shown[GS_STATES], const struct gs_lane_figures *lane)
{
    char name[GS_NAME_SIZE];
    gs_table_cell(table, "%s", gs_name_actor(name, sizeof name, timeline, lane->actor));
    gs_table_cell(table, "%s", duration(lane->alive));
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (shown[s])
            gs_table_cell(table, "%.1f %%",
                          lane->alive ? 100.0 * (double)lane->state_ns[s] / (double)lane->alive
                                      : 0);
    gs_table_cell(table, "%" PRIu64, lane->takes);
    const struct gs_wait_figure *wait = gs_stats_longest_wait(lane);
    char what[GS_TABLE_CELL];
    gs_table_cell(table, "%s", wait ? duration(wait->longest) : "");
    gs_table_cell(table, "%s",
                  wait ? gs_stats_wait_name(what, sizeof what, timeline, lane->actor, wait) : "");
}

static void print_lanes(const struct gs_printer *p, const struct gs_timeline *timeline,
                        const struct gs_stats *stats)
{
    bool shown[GS_STATES] = {0};
    for (size_t i = 0; i < stats->lanes.count; i++)
        for (unsigned s = 0; s < GS_STATES; s++)
            shown[s] |= stats->lanes.items[i].state_ns[s] > 0;
    struct gs_table table = {0};
    lane_titles(&table, shown);
    for (size_t i = 0; i < stats->lanes.count; i++)
        lane_row(&table, timeline, shown, &stats->lanes.items[i]);
    print_table(&table, p);
}

static void step_cells(struct gs_table *table, const struct gs_timeline *timeline,
                       const struct gs_step_figure *step)
{
    char where[GS_WHERE_SIZE];
    gs_table_cell(table, "%s", step->of || step->callback ? duration(step->ns) : "");
    gs_table_cell(table, "%s",
                  gs_where_text(where, sizeof where, gs_timeline_tables(timeline), step->where.line,
                                step->where.place));
}

static void print_loops(const struct gs_printer *p, const struct gs_timeline *timeline,
                        const struct gs_stats *stats)
{
    struct gs_table table = {.left = 1u << 5 | 1u << 6};
    char name[GS_NAME_SIZE];
    titles(&table,
           (const char *const[]){"loop", "tasks", "turns", "busy", "longest turn", "+at", "+of",
                                 "wait for a turn: median", "+p99", "+longest", NULL});
    for (size_t i = 0; i < stats->loops.count; i++) {
        const struct gs_loop_figures *loop = &stats->loops.items[i];
        const uint64_t times[] = {loop->wait_p50, loop->wait_p99, loop->wait_max};
        gs_table_cell(&table, "%s", gs_name_actor(name, sizeof name, timeline, loop->loop));
        gs_table_cell(&table, "%" PRIu64, loop->tasks);
        gs_table_cell(&table, "%" PRIu64, loop->turns);
        gs_table_cell(&table, "%.1f %%", 100 * loop->utilisation);
        step_cells(&table, timeline, &loop->longest);
        gs_table_cell(&table, "%s",
                      gs_stats_step_name(name, sizeof name, timeline, &loop->longest));
        for (size_t k = 0; k < sizeof times / sizeof *times; k++)
            gs_table_cell(&table, "%s", duration(times[k]));
    }
    print_table(&table, p);
}

/* What blocks the loops: the worst of it. */
static void print_blocks(const struct gs_printer *p, const struct gs_timeline *timeline,
                         const struct gs_stats *stats)
{
    enum { MOST_ROWS = 10 };
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_table table = {.left = 1u << 1 | 1u << 6 | 1u << 7};
    char name[GS_NAME_SIZE], where[GS_WHERE_SIZE];
    titles(&table, (const char *const[]){"blocked loop", "by", "times", "in all", "longest",
                                         "kept waiting", "it is", "at", NULL});
    for (size_t i = 0; i < stats->blocks.count && i < MOST_ROWS; i++) {
        const struct gs_block_figure *f = &stats->blocks.items[i];
        gs_table_cell(&table, "%s", gs_name_actor(name, sizeof name, timeline, f->loop));
        gs_table_cell(&table, "%s", gs_name_string(name, sizeof name, tables, f->what));
        gs_table_cell(&table, "%" PRIu64, f->count);
        gs_table_cell(&table, "%s", duration(f->total));
        gs_table_cell(&table, "%s", duration(f->longest));
        gs_table_cell(&table, "%" PRIu32, f->kept);
        gs_table_cell(&table, "%s", gs_state_word(f->where.state));
        gs_table_cell(&table, "%s",
                      gs_where_text(where, sizeof where, tables, f->where.line, f->where.place));
    }
    print_table(&table, p);
}

/* Each task; where there are many, each coroutine. */
static void print_tasks(const struct gs_printer *p, const struct gs_timeline *timeline,
                        const struct gs_stats *stats)
{
    struct gs_table table = {0};
    char name[GS_NAME_SIZE], coroutine[GS_NAME_SIZE];
    bool many = stats->tasks.count > GS_ROWS_TASKS;
    size_t count = many ? stats->coroutines.count : stats->tasks.count;
    titles(&table, (const char *const[]){many ? "coroutine" : "task", many ? "tasks" : "runs",
                                         "steps", "on the loop", "ready", "awaiting", "failed",
                                         "cancelled", "longest step", "+at", NULL});
    table.left = 1u << (table.columns - 1) | (many ? 0 : 1u << 1);
    for (size_t i = 0; i < count; i++) {
        const struct gs_task_figures *f =
            many ? &stats->coroutines.items[i] : &stats->tasks.items[i];
        const uint64_t times[] = {f->on_loop, f->ready, f->awaiting};
        gs_name_string(coroutine, sizeof coroutine, gs_timeline_tables(timeline), f->coroutine);
        gs_name_actor(name, sizeof name, timeline, f->actor);
        gs_table_cell(&table, "%s", many ? coroutine : name);
        if (many)
            gs_table_cell(&table, "%" PRIu64, f->tasks);
        else
            gs_table_cell(&table, "%s", coroutine);
        gs_table_cell(&table, "%" PRIu64, f->steps);
        for (size_t k = 0; k < sizeof times / sizeof *times; k++)
            gs_table_cell(&table, "%s", duration(times[k]));
        gs_table_cell(&table, "%" PRIu64, f->failed);
        gs_table_cell(&table, "%" PRIu64, f->cancelled);
        step_cells(&table, timeline, &f->longest);
    }
    print_table(&table, p);
}

static void print_labels(const struct gs_printer *p, const struct gs_timeline *timeline,
                         const struct gs_stats *stats)
{
    struct gs_table table = {.left = 1u << 1};
    char name[GS_NAME_SIZE], text[GS_TABLE_CELL];
    titles(&table, (const char *const[]){"lane", "label", "times", "in all", "longest", NULL});
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats->lanes.items[i];
        for (size_t k = 0; k < lane->labels.count; k++) {
            const struct gs_label_figure *label = &lane->labels.items[k];
            gs_table_cell(&table, "%s", gs_name_actor(name, sizeof name, timeline, lane->actor));
            gs_table_cell(
                &table, "%s",
                gs_name_string(text, sizeof text, gs_timeline_tables(timeline), label->text));
            gs_table_cell(&table, "%" PRIu64, label->count);
            gs_table_cell(&table, "%s", duration(label->total));
            gs_table_cell(&table, "%s", duration(label->longest));
        }
    }
    if (table.cells.count > table.columns)
        print_table(&table, p);
    gs_table_free(&table);
}

static void print_messages(const struct gs_printer *p, const struct gs_timeline *timeline,
                           const struct gs_stats *stats)
{
    struct gs_table table = {0};
    char name[GS_NAME_SIZE];
    titles(&table, (const char *const[]){"lane", "sent", "+bytes", "received", "+bytes", NULL});
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats->lanes.items[i];
        if (lane->sent + lane->received == 0)
            continue;
        gs_table_cell(&table, "%s", gs_name_actor(name, sizeof name, timeline, lane->actor));
        gs_table_cell(&table, "%" PRIu64, lane->sent);
        gs_table_cell(&table, "%" PRIu64, lane->sent_bytes);
        gs_table_cell(&table, "%" PRIu64, lane->received);
        gs_table_cell(&table, "%" PRIu64, lane->received_bytes);
    }
    if (table.cells.count > table.columns)
        print_table(&table, p);
    gs_table_free(&table);
}

static const char *bytes_of(uint64_t bytes)
{
    static _Thread_local char text[4][32];
    static _Thread_local unsigned next;
    next = (next + 1) % 4;
    return bytes ? gs_text_bytes(text[next], sizeof text[next], bytes) : "";
}

static void start_row(struct gs_table *table, const char *what, const struct gs_start_figures *f)
{
    if (!f->count)
        return;
    gs_table_cell(table, "%" PRIu64 " %s%s", f->count, what,
                  f->count == 1                  ? ""
                  : strcmp(what, "process") == 0 ? "es"
                                                 : "s");
    gs_table_cell(table, "%s", duration(f->ran_p50));
    gs_table_cell(table, "%s", duration(f->ran_max));
    gs_table_cell(table, "%s", bytes_of(f->memory_p50));
    gs_table_cell(table, "%s", bytes_of(f->memory_max));
}

/* What a process costs beside a thread. */
static void print_starts(const struct gs_printer *p, const struct gs_stats *stats)
{
    struct gs_table table = {0};
    titles(&table, (const char *const[]){"started", "ran after: median", "+longest",
                                         "memory: median", "+most", NULL});
    start_row(&table, "process", &stats->started_processes);
    start_row(&table, "thread", &stats->started_threads);
    print_table(&table, p);
}

static void process_row(struct gs_table *table, const struct gs_timeline *timeline,
                        const struct gs_process_figures *f)
{
    char name[GS_NAME_SIZE];
    gs_table_cell(table, "%s", gs_name_actor(name, sizeof name, timeline, f->actor));
    gs_table_cell(table, "%s", f->ran_after == UINT64_MAX ? "" : duration(f->ran_after));
    gs_table_cell(table, "%s", bytes_of(f->memory));
    gs_table_cell(table, "%s", duration(f->pickling));
    gs_table_cell(table, "%s", duration(f->computing));
    gs_table_cell(table, "%s", bytes_of(f->sent_bytes));
}

static void print_processes(const struct gs_printer *p, const struct gs_timeline *timeline,
                            const struct gs_stats *stats)
{
    static const char how[] = "Memory is what a process has for itself at most, and its share of "
                              "what forked processes have in common.";
    static const char where[] = "Memory is measured on the real clock.";
    static const char young[] = "No process lived long enough for its memory to be measured.";
    struct gs_table table = {0};
    bool measured = false,
         driven = gs_timeline_tables(timeline)->facts(gs_timeline_tables(timeline))->clock ==
                  GS_CLOCK_VIRTUAL;
    if (!stats->started_processes.count)
        return;
    print_starts(p, stats);
    titles(&table, (const char *const[]){"process", "ran after", "memory", "pickling", "computing",
                                         "sent", NULL});
    for (size_t i = 0; i < stats->processes.count; i++) {
        process_row(&table, timeline, &stats->processes.items[i]);
        measured |= stats->processes.items[i].memory > 0;
    }
    print_table(&table, p);
    gs_print_wrapped(p, 0, measured ? how : driven ? where : young);
    gs_print(p, "\n");
}

bool gs_export_stats(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    const struct gs_printer p = gs_printer_of_figures(out, source);
    uint64_t from, until;
    struct gs_stats stats = {0};
    gs_export_window(source, &from, &until);
    gs_stats_take(&stats, source->timeline, from, until);
    if (stats.gils.count) {
        print_hand_offs(&p, source->timeline, &stats);
        print_turns(&p, source->timeline, &stats);
    }
    print_processes(&p, source->timeline, &stats);
    print_lanes(&p, source->timeline, &stats);
    if (stats.loops.count)
        print_loops(&p, source->timeline, &stats);
    if (stats.blocks.count)
        print_blocks(&p, source->timeline, &stats);
    if (stats.tasks.count)
        print_tasks(&p, source->timeline, &stats);
    print_labels(&p, source->timeline, &stats);
    print_messages(&p, source->timeline, &stats);
    gs_printf(&p, "%s, %" PRIu64 " events, %" PRIu64 " lost", duration(stats.duration),
              stats.events, stats.lost);
    if (gs_timeline_whole_from(source->timeline))
        gs_printf(&p, ", whole from %s on", duration(gs_timeline_whole_from(source->timeline)));
    gs_print_left_out(&p, stats.left_out);
    gs_print(&p, "\n");
    gs_stats_free(&stats);
    return gs_print_end(&p, err);
}
