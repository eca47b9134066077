#include "export/tell/tell.h"

#include "draw/phases.h"

#include <inttypes.h>

static void tell_data(const struct gs_teller *t, const struct gs_phase_figures *f, const char *data)
{
    gs_printf(&t->print, f->sums.sent_bytes ? ", and %s are sent" : ", and data is %s", data);
}

static void tell_phase(const struct gs_teller *t, const struct gs_phase_figures *f,
                       const struct gs_table_cell cells[GS_PHASE_COLUMNS])
{
    uint64_t switches = f->sums.hand_offs + f->sums.turns;
    gs_printf(&t->print, "Phase %s: %s, on average %s cores are busy, %" PRIu64 " switch%s",
              cells[GS_PHASE_TITLE].text, cells[GS_PHASE_TIME].text, cells[GS_PHASE_CORES].text,
              switches, switches == 1 ? "" : "es");
    tell_data(t, f, cells[GS_PHASE_DATA].text);
    gs_printf(&t->print, "%s%s.\n", gs_phase_units(f) ? "; " : "", cells[GS_PHASE_UNITS].text);
}

void gs_tell_phases(const struct gs_teller *t, uint64_t from, uint64_t until)
{
    struct gs_phases phases;
    struct gs_table table = {0};
    char says[GS_PHASES_SAY];
    gs_phases_take(&phases, t->timeline, from, until);
    if (phases.list.count > 1) {
        gs_phase_table_take(&table, &phases, t->timeline);
        for (size_t i = 0; i < phases.list.count; i++)
            tell_phase(t, &phases.list.items[i], &table.cells.items[(i + 1) * GS_PHASE_COLUMNS]);
        gs_phase_table_says(says, sizeof says, &phases, t->timeline);
        gs_printf(&t->print, "%s%s", says, *says ? "\n" : "");
    }
    gs_table_free(&table);
    gs_phases_free(&phases);
}
