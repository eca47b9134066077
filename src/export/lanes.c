/* `--print lanes`: the picture as text, and below it what the run said: its marks and notes, what
 * it printed, which of its claims hold. */
#include "export/phases.h"
#include "export/picture.h"
#include "export/print.h"
#include "export/tellings.h"

#include "base/text.h"
#include "timeline/ends.h"
#include "trace/where.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct page {
    struct gs_printer print;
    const struct gs_export_source *source;
    const struct gs_tables *tables;
    uint64_t from, until;
};

static void print_tellings(const struct page *page)
{
    const struct gs_timeline *timeline = page->source->timeline;
    struct gs_tellings tellings = gs_tellings_collect(timeline, page->from, page->until);
    gs_print(&page->print, tellings.list.count ? "\n" : "");
    for (size_t i = 0; i < tellings.list.count; i++) {
        const struct gs_telling *t = &tellings.list.items[i];
        char time[32];
        gs_print_cell(&page->print, 9, gs_text_duration(time, sizeof time, t->event.time));
        gs_print(&page->print, "  ");
        gs_print_cell(&page->print, -8, gs_telling_word(t));
        gs_print(&page->print, "  ");
        char *text = gs_telling_text(timeline, t);
        gs_print_wrapped(&page->print, 21, text);
        free(text);
    }
    gs_vec_free(&tellings.list);
}

static void print_checks(const struct page *page)
{
    struct gs_points checks = gs_timeline_points(page->source->timeline, GS_EVENT_CHECK);
    if (checks.list.count)
        gs_print(&page->print, "\n");
    for (size_t i = 0; i < checks.list.count; i++) {
        const struct gs_event *check = &checks.list.items[i];
        char *text = gs_print_string(page->tables, check->a);
        char *line = text;
        char where[GS_WHERE_SIZE];
        gs_where_text(where, sizeof where, page->tables, gs_event_line(check), check->place);
        if (!check->flags && *where && asprintf(&line, "%s (%s)", text, where) < 0)
            abort();
        gs_print(&page->print, check->flags ? "✓ " : "✗ ");
        gs_print_wrapped(&page->print, 2, line);
        if (line != text)
            free(line);
        free(text);
    }
    gs_vec_free(&checks.list);
}

/* The last line: how long it was and how it ended. */
static void print_end(const struct page *page)
{
    const struct gs_timeline *timeline = page->source->timeline;
    char total[32], how[GS_END_SIZE];
    gs_text_duration(total, sizeof total, gs_timeline_end(timeline));
    gs_printf(&page->print, "\ntotal %s", total);
    if (!gs_timeline_complete(timeline))
        gs_print(&page->print, ", and the run has not ended");
    else if (gs_end_status(timeline) != 0 && !gs_timeline_signal(timeline))
        gs_printf(&page->print, ", ended with status %d", gs_end_status(timeline));
    gs_end_of_run(how, sizeof how, timeline);
    if (gs_timeline_complete(timeline) && *how)
        gs_printf(&page->print, ", its process %s", how);
    if (gs_timeline_lost(timeline))
        gs_printf(&page->print, ", %" PRIu64 " events lost", gs_timeline_lost(timeline));
    gs_print_left_out(&page->print, page->tables->left_out(page->tables));
    gs_print(&page->print, "\n");
}

static bool write_lanes(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct page page = {
        .print = gs_printer_of(out, source),
        .source = source,
        .tables = gs_timeline_tables(source->timeline),
    };
    gs_export_window(source, &page.from, &page.until);
    gs_print_heading(&page.print, source);
    gs_picture_print(&page.print, source, &(struct gs_picture){page.from, page.until, 0});
    print_tellings(&page);
    print_checks(&page);
    gs_print_phases(&page.print, source, "\n", "");
    print_end(&page);
    return gs_print_end(&page.print, err);
}

const struct gs_exporter gs_exporter_lanes = {
    .name = "lanes",
    .meaning = "the lanes as text, with the run's notes, output and checks",
    .ending = "txt",
    .write = write_lanes,
};
