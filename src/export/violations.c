#include "export/print.h"

#include "base/text.h"

#include <inttypes.h>

bool gs_export_violations(FILE *out, const struct gs_export_source *source,
                          const struct gs_violations *violations, struct gs_error *err)
{
    const struct gs_printer p = {.out = out, .ascii = source->ascii, .width = source->width};
    char time[32];
    for (size_t i = 0; i < violations->list.count; i++) {
        const struct gs_violation *v = &violations->list.items[i];
        gs_print(&p, "✗ ");
        gs_print_cell(&p, 9, gs_text_duration(time, sizeof time, v->time));
        gs_printf(&p, "  %s\n", v->text);
    }
    if (violations->count == 0)
        gs_printf(&p, "✓ every invariant holds in %" PRIu64 " events\n",
                  gs_timeline_events(source->timeline));
    else if (violations->count > violations->list.count)
        gs_printf(&p, "✗ %" PRIu64 " violations in %" PRIu64 " events; the first %zu are shown\n",
                  violations->count, gs_timeline_events(source->timeline), violations->list.count);
    else
        gs_printf(&p, "✗ %" PRIu64 " violation%s in %" PRIu64 " events\n", violations->count,
                  violations->count == 1 ? "" : "s", gs_timeline_events(source->timeline));
    return gs_print_end(&p, err);
}
