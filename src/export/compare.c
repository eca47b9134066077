#include "export/compare.h"

#include "base/text.h"
#include "export/json.h"
#include "export/picture.h"
#include "export/table.h"

#include <inttypes.h>

/* What a run comes to. */
struct sums {
    uint64_t ns;
    uint64_t state_ns[GS_STATES]; /* of all its threads */
    double cores;                 /* busy, on average */
    uint64_t hand_offs, turns;    /* of GILs; of loops */
    uint64_t memory;              /* bytes, of all its processes at most; 0: not measured */
};

static struct sums sum_up(const struct gs_timeline *timeline)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_stats stats;
    gs_stats_take(&stats, timeline, 0, UINT64_MAX);
    struct sums sums = {.ns = stats.duration};
    for (size_t i = 0; i < stats.lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats.lanes.items[i];
        const struct gs_actor_row *row = tables->actor(tables, lane->actor);
        for (unsigned s = 0; row && row->kind == GS_ACTOR_THREAD && s < GS_STATES; s++)
            sums.state_ns[s] += lane->state_ns[s];
    }
    for (size_t i = 0; i < stats.gils.count; i++)
        sums.hand_offs += stats.gils.items[i].hand_offs;
    for (size_t i = 0; i < stats.loops.count; i++)
        sums.turns += stats.loops.items[i].turns;
    for (size_t i = 0; i < stats.processes.count; i++)
        sums.memory += stats.processes.items[i].memory;
    uint64_t busy = sums.state_ns[GS_STATE_RUNNING] + sums.state_ns[GS_STATE_NATIVE];
    sums.cores = sums.ns ? (double)busy / (double)sums.ns : 0;
    gs_stats_free(&stats);
    return sums;
}

/* What some run has a figure of gets a column. */
static const enum gs_state waits[] = {GS_STATE_WANTS_GIL, GS_STATE_IO, GS_STATE_SLEEPING,
                                      GS_STATE_WAITING, GS_STATE_READY};
enum { WAITS = sizeof waits / sizeof waits[0] };

struct columns {
    bool wait[WAITS];
    bool turns, memory;
};

static void note_columns(struct columns *columns, const struct sums *sums)
{
    for (size_t i = 0; i < WAITS; i++)
        columns->wait[i] |= sums->state_ns[waits[i]] > 0;
    columns->turns |= sums->turns > 0;
    columns->memory |= sums->memory > 0;
}

static void put_titles(struct gs_table *table, const struct columns *columns)
{
    static const char *const always[] = {"run", "time", "of A", "cores busy", "hand-offs"};
    table->columns = sizeof always / sizeof always[0];
    for (size_t i = 0; i < table->columns; i++)
        gs_table_cell(table, "%s", always[i]);
    if (columns->turns) {
        gs_table_cell(table, "turns");
        table->columns++;
    }
    for (size_t i = 0; i < WAITS; i++)
        if (columns->wait[i]) {
            gs_table_cell(table, "%s", gs_state_word(waits[i]));
            table->columns++;
        }
    if (columns->memory) {
        gs_table_cell(table, "memory");
        table->columns++;
    }
}

static char letter(size_t run)
{
    return run < 26 ? (char)('A' + run) : '?';
}

static void put_duration(struct gs_table *table, uint64_t ns)
{
    char text[32];
    gs_table_cell(table, "%s", gs_text_duration(text, sizeof text, ns));
}

static void put_run(struct gs_table *table, const struct columns *columns, size_t run,
                    const char *called, const struct sums *sums, uint64_t first)
{
    gs_table_cell(table, "%c  %s", letter(run), called);
    put_duration(table, sums->ns);
    gs_table_cell(table, "%.2f", first ? (double)sums->ns / (double)first : 0);
    gs_table_cell(table, "%.2f", sums->cores);
    gs_table_cell(table, "%" PRIu64, sums->hand_offs);
    if (columns->turns)
        gs_table_cell(table, "%" PRIu64, sums->turns);
    for (size_t i = 0; i < WAITS; i++)
        if (columns->wait[i])
            put_duration(table, sums->state_ns[waits[i]]);
    if (columns->memory)
        gs_table_cell(table, "%.1f MiB", (double)sums->memory / (1 << 20));
}

static void print_table(const struct gs_printer *print, const struct gs_compared *runs,
                        size_t count)
{
    struct gs_table table = {0};
    struct columns columns = {0};
    uint64_t first = 0;
    for (size_t i = 0; i < count; i++) {
        struct sums sums = sum_up(runs[i].source.timeline);
        first = i == 0 ? sums.ns : first;
        note_columns(&columns, &sums);
    }
    put_titles(&table, &columns);
    for (size_t i = 0; i < count; i++) {
        struct sums sums = sum_up(runs[i].source.timeline);
        put_run(&table, &columns, i, runs[i].called, &sums, first);
    }
    gs_table_print(&table, print);
    gs_table_free(&table);
}

/* From the beginning to the end of the longest, and all lanes begin in the same column. */
static struct gs_picture frame(const struct gs_printer *print, const struct gs_compared *runs,
                               size_t count)
{
    struct gs_picture picture = {.until = 1};
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t end = gs_timeline_end(runs[i].source.timeline);
        picture.until = end > picture.until ? end : picture.until;
    }
    for (size_t i = 0; i < count; i++) {
        int titles = gs_picture_titles(print, &runs[i].source, &picture);
        widest = titles > widest ? titles : widest;
    }
    picture.title_width = widest;
    return picture;
}

bool gs_export_compare(FILE *out, const struct gs_compared *runs, size_t count,
                       struct gs_error *err)
{
    struct gs_printer print = gs_printer_of(out, &runs[0].source);
    struct gs_picture picture = frame(&print, runs, count);
    char rules[256];
    for (size_t i = 0; i < count; i++) {
        gs_printf(&print, "%c  ", letter(i));
        gs_print_visible(&print, runs[i].called);
        gs_printf(&print, "\n%s\n\n",
                  gs_export_rules(rules, sizeof rules, " \302\267 ", &runs[i].source));
        gs_picture_print(&print, &runs[i].source, &picture);
        gs_print(&print, "\n");
    }
    print_table(&print, runs, count);
    gs_print(&print, "\nWaits are those of all threads together.\n");
    return gs_print_end(&print, err);
}

static json_t *json_of(const struct gs_compared *run)
{
    struct sums sums = sum_up(run->source.timeline);
    char rules[256];
    json_t *states = json_object();
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (sums.state_ns[s])
            json_object_set_new(states, gs_state_word(s), gs_json_number(sums.state_ns[s]));
    gs_export_rules(rules, sizeof rules, ", ", &run->source);
    return json_pack("{s:s, s:o, s:s, s:o, s:f, s:o, s:o, s:o, s:o}", "type", "compared", "run",
                     gs_json_text(run->called), "rules", rules, "duration", gs_json_number(sums.ns),
                     "cores", sums.cores, "hand_offs", gs_json_number(sums.hand_offs), "turns",
                     gs_json_number(sums.turns), "states", states, "memory",
                     sums.memory ? gs_json_number(sums.memory) : json_null());
}

bool gs_export_compare_json(FILE *out, const struct gs_compared *runs, size_t count,
                            struct gs_error *err)
{
    struct gs_json j = gs_json_open(out, &runs[0].source);
    for (size_t i = 0; i < count; i++)
        gs_json_put(&j, json_of(&runs[i]));
    return gs_json_end(&j, err);
}
