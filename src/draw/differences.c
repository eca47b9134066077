#include "draw/differences.h"

#include "base/text.h"
#include "timeline/judge/sums.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What some run has a figure of gets a column. */
static const enum gs_state waits[] = {GS_STATE_WANTS_GIL, GS_STATE_IO, GS_STATE_SLEEPING,
                                      GS_STATE_WAITING, GS_STATE_READY};
enum { WAITS = sizeof waits / sizeof waits[0] };

struct columns {
    bool wait[WAITS];
    bool turns, memory;
};

static void note_columns(struct columns *columns, const struct gs_sums *sums)
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

static void put_duration(struct gs_table *table, uint64_t ns)
{
    char text[32];
    gs_table_cell(table, "%s", gs_text_duration(text, sizeof text, ns));
}

static void put_name(struct gs_table *table, size_t run, const char *called)
{
    char safe[GS_TABLE_CELL];
    gs_table_cell(table, "%c  %s", (char)('A' + run),
                  gs_text_visible(safe, sizeof safe, called, strlen(called)));
}

static void put_figures(struct gs_table *table, const struct columns *columns,
                        const struct gs_sums *sums, uint64_t first)
{
    put_duration(table, sums->ns);
    gs_table_cell(table, "%.2f", first ? (double)sums->ns / (double)first : 0);
    gs_table_cell(table, "%.2f", sums->cores);
    gs_table_cell(table, "%" PRIu64, sums->hand_offs);
    if (columns->turns)
        gs_table_cell(table, "%" PRIu64, sums->turns);
    for (size_t i = 0; i < WAITS; i++)
        if (columns->wait[i])
            put_duration(table, sums->state_ns[waits[i]]);
    if (columns->memory && sums->memory)
        gs_table_cell(table, "%.1f MiB", (double)sums->memory / (1 << 20));
    else if (columns->memory)
        gs_table_cell(table, "-"); /* not measured */
}

void gs_differences_take(struct gs_table *table, const struct gs_different *runs, size_t count)
{
    struct gs_sums sums[GS_DIFFERENCES_MOST] = {0};
    struct columns columns = {0};
    assert(count <= GS_DIFFERENCES_MOST);
    for (size_t i = 0; i < count; i++) {
        if (runs[i].timeline)
            sums[i] = gs_sums_take(runs[i].timeline, 0, UINT64_MAX);
        note_columns(&columns, &sums[i]);
    }
    put_titles(table, &columns);
    for (size_t i = 0; i < count; i++) {
        put_name(table, i, runs[i].called);
        if (runs[i].timeline)
            put_figures(table, &columns, &sums[i], sums[0].ns);
        else
            for (size_t c = 1; c < table->columns; c++)
                gs_table_cell(table, "-");
    }
}
