#include "draw/phases.h"

#include "base/text.h"
#include "timeline/names.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const titles[GS_PHASE_COLUMNS] = {
    [GS_PHASE_TITLE] = "phase",       [GS_PHASE_TIME] = "time", [GS_PHASE_CORES] = "cores",
    [GS_PHASE_SWITCHES] = "switches", [GS_PHASE_DATA] = "data", [GS_PHASE_UNITS] = "units"};

/* "4 processes of 1.4 MB", "13 tasks"; "13 tasks, 2 threads, 3.4 kB each". */
static void put_units(struct gs_table *table, const struct gs_phase_figures *f)
{
    const struct {
        uint32_t count;
        const char *one, *many;
    } kinds[] = {{f->processes, "process", "processes"},
                 {f->threads, "thread", "threads"},
                 {f->tasks, "task", "tasks"}};
    char text[GS_TABLE_CELL] = "", each[32];
    size_t used = 0;
    bool mixed = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!kinds[i].count)
            continue;
        mixed = used > 0;
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%" PRIu32 " %s", mixed ? ", " : "",
                             kinds[i].count, kinds[i].count == 1 ? kinds[i].one : kinds[i].many);
    }
    if (used && f->room)
        snprintf(text + used, sizeof text - used, "%s%s%s", mixed ? ", " : " of ",
                 gs_text_bytes(each, sizeof each, f->room / gs_phase_units(f)),
                 mixed ? " each" : "");
    gs_table_cell(table, "%s", text);
}

/* What goes to a process and back is sent; a forked one has a copy of all there was. */
static void put_data(struct gs_table *table, const struct gs_phase_figures *f)
{
    char text[32];
    gs_table_cell(table, "%s",
                  f->sums.sent_bytes ? gs_text_bytes(text, sizeof text, f->sums.sent_bytes)
                  : f->processes     ? "copied"
                                     : "in place");
}

void gs_phase_table_take(struct gs_table *table, const struct gs_phases *phases,
                         const struct gs_timeline *timeline)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    char text[GS_TABLE_CELL];
    table->columns = GS_PHASE_COLUMNS;
    table->left = 1u << GS_PHASE_UNITS;
    for (size_t i = 0; i < table->columns; i++)
        gs_table_cell(table, "%s", titles[i]);
    for (size_t i = 0; i < phases->list.count; i++) {
        const struct gs_phase_figures *f = &phases->list.items[i];
        gs_table_cell(table, "%s", gs_name_string(text, sizeof text, tables, f->title));
        gs_table_cell(table, "%s", gs_text_duration(text, sizeof text, f->sums.ns));
        gs_table_cell(table, "%.2f", f->sums.cores);
        gs_table_cell(table, "%" PRIu64, f->sums.hand_offs + f->sums.turns);
        put_data(table, f);
        put_units(table, f);
    }
}

static bool any_room(const struct gs_phases *phases)
{
    for (size_t i = 0; i < phases->list.count; i++)
        if (phases->list.items[i].room)
            return true;
    return false;
}

const char *gs_phase_table_says(char *buffer, size_t size, const struct gs_phases *phases,
                                const struct gs_timeline *timeline)
{
    snprintf(buffer, size, "%s",
             !any_room(phases) ? ""
             : gs_phases_are_modelled(timeline)
                 ? "The memory of each is modelled."
                 : "The memory of each is by how much all processes grew.");
    return buffer;
}
