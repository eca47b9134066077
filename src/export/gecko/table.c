/* The table of a thread's markers: by columns, as the profiler has all its tables. */
#include "export/gecko/markers.h"

#include "base/merge.h"
#include "export/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- payloads */

static json_t *name_of(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    return json_incref(json_array_get(m->gecko->strings, marker->name));
}

/* "Has GIL" is of type "HasGIL", with what CPython's has. */
static json_t *stretch_data(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker,
                            char type[32])
{
    json_t *name = name_of(m, marker);
    size_t n = 0;
    for (const char *c = json_string_value(name); *c && n < 31; c++)
        if (*c != ' ')
            type[n++] = *c;
    type[n] = '\0';
    json_decref(name);
    return json_pack("{s:o, s:o}", "duration", gs_gecko_time(marker->end - marker->start), "tid",
                     gs_json_number(m->thread));
}

static void set_line(const struct gs_gecko_markers *m, json_t *data, uint32_t line, uint16_t place)
{
    if (line)
        gs_json_add_line(&m->gecko->json, data, line, place);
}

/* "waiting queue jobs", for a line of a table that has room for no more. */
static json_t *wait_text(const struct gs_gecko_markers *m, const struct gs_span *span)
{
    char name[GS_NAME_SIZE] = "", text[GS_NAME_SIZE + 32];
    if (span->on)
        gs_name_object(name, sizeof name, m->gecko->timeline, span->on);
    snprintf(text, sizeof text, "%s%s%s", gs_state_word(span->state), *name ? " " : "", name);
    return gs_json_text(text);
}

static json_t *wait_data(const struct gs_gecko_markers *m, const struct gs_span *span)
{
    const struct gs_tables *tables = m->gecko->json.tables;
    char name[GS_NAME_SIZE];
    json_t *data = json_pack("{s:o}", "text", wait_text(m, span));
    if (span->cause && tables->actor(tables, span->cause))
        json_object_set_new(
            data, "endedBy",
            gs_json_text(gs_name_actor(name, sizeof name, m->gecko->timeline, span->cause)));
    set_line(m, data, span->line, span->place);
    return data;
}

static json_t *words_data(const struct gs_gecko_markers *m, const struct gs_event *e)
{
    char *text = gs_print_event(m->gecko->json.tables, e);
    json_t *data = json_pack("{s:s}", "text", text);
    set_line(m, data, gs_event_line(e), e->place);
    free(text);
    return data;
}

static json_t *loss_data(const struct gs_event *e)
{
    char text[64];
    snprintf(text, sizeof text, "%" PRIu64 " event%s lost", e->a, e->a == 1 ? " is" : "s are");
    return json_pack("{s:s}", "text", text);
}

static json_t *data_of(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    char type[32] = "Said";
    json_t *data = NULL;
    switch ((enum gs_gecko_payload)marker->payload) {
    case OF_STRETCH:
        data = stretch_data(m, marker, type);
        break;
    case OF_WAIT:
        strcpy(type, "Wait");
        data = wait_data(m, &m->lane->spans.items[marker->index]);
        break;
    case OF_LABEL: {
        const struct gs_label *label = &m->lane->labels.items[marker->index];
        strcpy(type, "Label");
        data = json_pack("{s:o}", "text", name_of(m, marker));
        set_line(m, data, label->line, label->place);
        break;
    }
    case OF_TURN:
        strcpy(type, "Task");
        data = json_pack("{s:o}", "task", name_of(m, marker));
        break;
    case OF_WORDS:
        data = words_data(m, &m->lane->points.items[marker->index].event);
        break;
    case OF_LOSS:
        data = loss_data(&m->lost.list.items[marker->index]);
        break;
    }
    json_object_set_new(data, "type", json_string(type));
    return data;
}

/* --- columns */

typedef json_t *cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker);

static json_t *name_cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    (void)m;
    return gs_json_number(marker->name);
}

static json_t *start_cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    (void)m;
    return gs_gecko_time(marker->start);
}

static json_t *end_cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    (void)m;
    return marker->phase == INSTANT ? json_null() : gs_gecko_time(marker->end);
}

static json_t *phase_cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    (void)m;
    return json_integer(marker->phase);
}

static json_t *category_cell(const struct gs_gecko_markers *m, const struct gs_gecko_marker *marker)
{
    (void)m;
    return json_integer(marker->category);
}

static const struct {
    const char *name;
    cell *cell;
} columns[] = {{"data", data_of},     {"name", name_cell},   {"startTime", start_cell},
               {"endTime", end_cell}, {"phase", phase_cell}, {"category", category_cell}};

/* Each kind was found by time, so that a merge puts all in order, of those that begin at once the
 * one first that was found first. */
static void write_column(const struct gs_gecko_markers *m, cell *cell_of)
{
    const struct gs_json *json = &m->gecko->json;
    struct gs_merge merge = {0};
    struct gs_merged at;
    const char *comma = "";
    gs_merge_add_stretches(&merge, gs_sorted_items(&m->list, start), m->list.count);
    while (gs_merge_next(&merge, &at)) {
        fputs(comma, json->out);
        gs_json_write(json, cell_of(m, &m->list.items[at.index]));
        comma = ",";
    }
    gs_merge_free(&merge);
}

void gs_gecko_write_table(const struct gs_gecko_markers *m)
{
    FILE *out = m->gecko->json.out;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        fprintf(out, "%s\"%s\":[", i ? "]," : "{", columns[i].name);
        write_column(m, columns[i].cell);
    }
    fprintf(out, "],\"length\":%zu}", m->list.count);
}
