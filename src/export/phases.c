/* The table of a run's phases side by side: below the lanes, before the other statistics, and an
 * object each in their JSON. */
#include "export/phases.h"

#include "draw/phases.h"
#include "export/table.h"

static void take(struct gs_phases *phases, const struct gs_export_source *source)
{
    uint64_t from, until;
    gs_export_window(source, &from, &until);
    gs_phases_take(phases, source->timeline, from, until);
}

void gs_print_phases(const struct gs_printer *print, const struct gs_export_source *source,
                     const char *before, const char *after)
{
    struct gs_phases phases;
    struct gs_table table = {0};
    char says[GS_PHASES_SAY];
    take(&phases, source);
    if (phases.list.count > 1) {
        gs_print(print, before);
        gs_phase_table_take(&table, &phases, source->timeline);
        gs_table_print(&table, print);
        gs_phase_table_says(says, sizeof says, &phases, source->timeline);
        gs_printf(print, "%s%s%s", says, *says ? "\n" : "", after);
    }
    gs_table_free(&table);
    gs_phases_free(&phases);
}

bool gs_export_phases(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    const struct gs_printer print = gs_printer_of_figures(out, source);
    gs_print_phases(&print, source, "", "\n");
    return gs_print_end(&print, err);
}

static json_t *json_of(const struct gs_json *j, const struct gs_phase_figures *f, bool modelled)
{
    json_t *states = json_object();
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (f->sums.state_ns[s])
            json_object_set_new(states, gs_state_word(s), gs_json_number(f->sums.state_ns[s]));
    json_t *memory =
        !f->room ? json_null()
                 : json_pack("{s:o, s:b}", "bytes", gs_json_number(f->room), "modelled", modelled);
    return json_pack("{s:s, s:o, s:o, s:o, s:b, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "type", "phase_stats", "phase", gs_json_string(j, f->title), "start",
                     gs_json_number(f->start), "duration", gs_json_number(f->sums.ns), "open",
                     f->open, "cores", f->sums.cores, "hand_offs",
                     gs_json_number(f->sums.hand_offs), "turns", gs_json_number(f->sums.turns),
                     "processes", gs_json_number(f->processes), "threads",
                     gs_json_number(f->threads), "tasks", gs_json_number(f->tasks), "memory",
                     memory, "sent_bytes", gs_json_number(f->sums.sent_bytes), "states", states);
}

void gs_json_phases(const struct gs_json *j, const struct gs_export_source *source)
{
    struct gs_phases phases;
    take(&phases, source);
    for (size_t i = 0; i < phases.list.count; i++)
        gs_json_put(j, json_of(j, &phases.list.items[i], gs_phases_are_modelled(source->timeline)));
    gs_phases_free(&phases);
}
