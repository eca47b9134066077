#include "export/compare.h"

#include "draw/differences.h"
#include "export/json.h"
#include "export/picture.h"
#include "export/table.h"
#include "timeline/judge/sums.h"

static char letter(size_t run)
{
    return (char)('A' + run);
}

static void print_table(const struct gs_printer *print, const struct gs_compared *runs,
                        size_t count)
{
    struct gs_different different[GS_DIFFERENCES_MOST];
    struct gs_table table = {0};
    for (size_t i = 0; i < count; i++)
        different[i] = (struct gs_different){runs[i].called, runs[i].source.timeline};
    gs_differences_take(&table, different, count);
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
    struct gs_sums sums = gs_sums_take(run->source.timeline, 0, UINT64_MAX);
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
