/* `--print lanes`: the picture as text, and below it what the run said: its marks and notes, what
 * it printed, which of its claims hold. */
#include "export/phases.h"
#include "export/picture.h"
#include "export/print.h"

#include "base/text.h"
#include "timeline/ends.h"
#include "timeline/names.h"
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

/* What the page tells below the picture, and the word that stands before it. */
static const struct {
    enum gs_event_kind kind;
    const char *word;
    bool who; /* it matters which actor it was */
} told[] = {{GS_EVENT_PHASE, "phase", false},  {GS_EVENT_NOTE, "note", false},
            {GS_EVENT_MARK, "mark", false},    {GS_EVENT_ASK, "asks", false},
            {GS_EVENT_OUTPUT, "prints", true}, {GS_EVENT_ERROR, "error", true},
            {GS_EVENT_LOST, "lost", true},     {GS_EVENT_DEADLOCK, "deadlock", false},
            {GS_EVENT_DIED, "ends", false}};

struct telling {
    struct gs_event event;
    size_t how; /* index of told */
    size_t order;
};

struct tellings {
    GS_VEC(struct telling) list;
};

/* Ends of lanes are seen; that of a process has a word to it where it was no ordinary one. */
static bool is_told(const struct page *page, const struct gs_event *event)
{
    char how[GS_END_SIZE];
    if (event->kind == GS_EVENT_DIED)
        return gs_tables_process(page->tables, event->actor) == event->actor &&
               *gs_end_of_process(how, sizeof how, page->source->timeline, event->actor);
    return event->kind != GS_EVENT_PHASE || event->a != 0;
}

static void collect(struct tellings *tellings, const struct page *page, size_t how)
{
    struct gs_points points = gs_timeline_points(page->source->timeline, told[how].kind);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *event = &points.list.items[i];
        if (event->time >= page->from && event->time <= page->until && is_told(page, event))
            gs_vec_push(&tellings->list, ((struct telling){*event, how, tellings->list.count}));
    }
    gs_vec_free(&points.list);
}

static int by_time(const void *left, const void *right)
{
    const struct telling *a = left, *b = right;
    if (a->event.time != b->event.time)
        return a->event.time < b->event.time ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static char *telling_text(const struct page *page, const struct telling *t)
{
    char *text = NULL, *string = NULL;
    char name[GS_NAME_SIZE], end[GS_END_SIZE];
    int length;
    gs_name_actor(name, sizeof name, page->source->timeline, t->event.actor);
    gs_end_of_process(end, sizeof end, page->source->timeline, t->event.actor);
    if (t->event.kind != GS_EVENT_LOST && t->event.kind != GS_EVENT_DIED)
        string = gs_print_event(page->tables, &t->event);
    if (t->event.kind == GS_EVENT_DIED)
        length = asprintf(&text, "%s is %s", name, end);
    else if (!string && t->event.flags & GS_LOST_OF_ALL)
        length = asprintf(&text,
                          "%" PRIu64 " events are missing: the recording is damaged, and what "
                          "happened from %s on is not known",
                          t->event.a, gs_text_duration(end, sizeof end, t->event.b));
    else if (!string)
        length = asprintf(&text, "%s: %" PRIu64 " events did not fit and are missing here", name,
                          t->event.a);
    else
        length = asprintf(&text, "%s%s%s", told[t->how].who ? name : "",
                          told[t->how].who ? ": " : "", string);
    free(string);
    if (length < 0)
        abort();
    return text;
}

static void print_tellings(const struct page *page)
{
    struct tellings tellings = {0};
    for (size_t how = 0; how < sizeof told / sizeof *told; how++)
        collect(&tellings, page, how);
    if (tellings.list.count) {
        qsort(tellings.list.items, tellings.list.count, sizeof *tellings.list.items, by_time);
        gs_print(&page->print, "\n");
    }
    for (size_t i = 0; i < tellings.list.count; i++) {
        const struct telling *t = &tellings.list.items[i];
        char time[32];
        gs_print_cell(&page->print, 9, gs_text_duration(time, sizeof time, t->event.time));
        gs_print(&page->print, "  ");
        bool deadlock = t->event.kind == GS_EVENT_DEADLOCK;
        gs_print_cell(&page->print, -8,
                      deadlock ? gs_print_deadlock_word(&t->event) : told[t->how].word);
        gs_print(&page->print, "  ");
        char *text = telling_text(page, t);
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
