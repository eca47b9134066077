/* `--to gecko`: a profile for the Firefox Profiler, in its processed format of version 57 (gecko
 * 32), which is what the profiler of CPython 3.15 writes
 * (Lib/profiling/sampling/gecko_collector.py), with that one's categories and names of markers: the
 * two can be looked at side by side. */
#include "export/gecko/parts.h"

#include <stdio.h>

enum { GECKO_VERSION = 32, PROCESSED_VERSION = 57 };

uint32_t gs_gecko_string(struct gs_gecko *g, const char *text)
{
    json_t *valid = gs_json_text(text);
    json_t *place = json_object_get(g->places, json_string_value(valid));
    if (place) {
        json_decref(valid);
        return (uint32_t)json_integer_value(place);
    }
    size_t at = json_array_size(g->strings);
    json_object_set_new(g->places, json_string_value(valid), gs_json_number(at));
    json_array_append_new(g->strings, valid);
    return (uint32_t)at;
}

json_t *gs_gecko_time(uint64_t ns)
{
    return json_real((double)ns / 1e6);
}

static json_t *categories(void)
{
    static const struct {
        const char *name, *color;
    } list[] = {{"Other", "grey"},
                {"Python", "yellow"},
                {"Native", "blue"},
                {"GC", "orange"},
                {"GIL", "green"},
                {"CPU", "purple"},
                {"Code Type", "red"},
                {"Opcodes", "magenta"},
                {"Exception", "lightblue"},
                {"Waits", "grey"},
                {"Labels", "lightred"},
                {"Tasks", "brown"},
                {"What was said", "darkgrey"}};
    json_t *all = json_array();
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        json_array_append_new(all, json_pack("{s:s, s:s, s:[s]}", "name", list[i].name, "color",
                                             list[i].color, "subcategories", "Other"));
    return all;
}

static json_t *schema(const char *name, const char *label, json_t *fields)
{
    return json_pack("{s:s, s:[s, s], s:s, s:s, s:s, s:o}", "name", name, "display", "marker-chart",
                     "marker-table", "tooltipLabel", label, "tableLabel", label, "chartLabel",
                     label, "fields", fields);
}

static json_t *field(const char *key, const char *label, const char *format)
{
    return json_pack("{s:s, s:s, s:s}", "key", key, "label", label, "format", format);
}

json_t *gs_gecko_schemas(void)
{
    return json_pack(
        "[o, o, o, o]",
        schema("Wait", "{marker.data.text}",
               json_pack("[o, o, o, o, o]", field("text", "waits", "string"),
                         field("endedBy", "ended by", "string"), field("file", "file", "string"),
                         field("line", "line", "integer"), field("call", "call", "string"))),
        schema("Label", "{marker.data.text}",
               json_pack("[o, o, o]", field("text", "label", "string"),
                         field("file", "file", "string"), field("line", "line", "integer"))),
        schema("Task", "{marker.data.task}", json_pack("[o]", field("task", "task", "string"))),
        schema("Said", "{marker.name}: {marker.data.text}",
               json_pack("[o, o, o]", field("text", "text", "string"),
                         field("file", "file", "string"), field("line", "line", "integer"))));
}

/* Threads without a sample would be hidden at first, as if they had done nothing. */
static void add_visible(json_t *meta, size_t threads)
{
    json_t *visible = json_array();
    for (size_t i = 0; i < threads; i++)
        json_array_append_new(visible, gs_json_number(i));
    json_object_set_new(meta, "initialVisibleThreads", visible);
    if (threads)
        json_object_set_new(meta, "initialSelectedThreads", json_pack("[i]", 0));
}

static json_t *meta_of(const struct gs_export_source *source, size_t threads)
{
    json_t *meta = json_pack(
        "{s:f, s:f, s:s, s:s, s:s, s:s, s:i, s:o, s:i, s:s, s:i, s:i, s:s, s:o, s:o, s:s, s:s, "
        "s:b, s:o, s:s}",
        "interval", 1.0, "startTime", 0.0, "abi", "", "misc", "gilscope", "oscpu", "", "platform",
        "", "processType", 0, "categories", categories(), "stackwalk", 0, "toolkit", "", "version",
        GECKO_VERSION, "preprocessedProfileVersion", PROCESSED_VERSION, "appBuildID", "",
        "physicalCPUs", gs_json_number(source->cores), "logicalCPUs", gs_json_number(source->cores),
        "CPUName", "", "product", "gilscope", "symbolicated", 1, "markerSchema", gs_gecko_schemas(),
        "importedFrom", "gilscope");
    if (source->name)
        json_object_set_new(meta, "arguments", gs_json_text(source->name));
    json_object_set_new(meta, "extensions",
                        json_pack("{s:[], s:[], s:[], s:i}", "id", "name", "baseURL", "length", 0));
    add_visible(meta, threads);
    return meta;
}

static bool is_thread(const struct gs_gecko *g, uint32_t id)
{
    const struct gs_actor_row *row = g->json.tables->actor(g->json.tables, id);
    return row && row->kind == GS_ACTOR_THREAD && gs_shown_has(&g->shown, id);
}

static size_t count_threads(const struct gs_gecko *g)
{
    size_t count = 0;
    for (uint32_t id = 1; id <= g->json.tables->actors(g->json.tables); id++)
        count += is_thread(g, id);
    return count;
}

static void write_threads(struct gs_gecko *g)
{
    const char *comma = "";
    for (uint32_t id = 1; id <= g->json.tables->actors(g->json.tables); id++) {
        if (!is_thread(g, id))
            continue;
        fputs(comma, g->json.out);
        gs_gecko_write_thread(g, id);
        comma = ",";
    }
}

/* One object, written as it comes: a thread of a long run has millions of markers. */
static void write_profile(struct gs_gecko *g, const struct gs_export_source *source)
{
    FILE *out = g->json.out;
    fputs("{\"meta\":", out);
    gs_json_write(&g->json, meta_of(source, count_threads(g)));
    fputs(",\"libs\":[],\"threads\":[", out);
    write_threads(g);
    fputs("],\"pages\":[],\"shared\":", out);
    gs_json_write(&g->json, json_pack("{s:O, s:{s:i, s:[], s:[]}}", "stringArray", g->strings,
                                      "sources", "length", 0, "uuid", "filename"));
    fputs("}\n", out);
}

static bool write_gecko(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_gecko g = {.json = gs_json_open(out, source),
                         .timeline = source->timeline,
                         .shown = gs_shown_of(source),
                         .tracks = gs_tracks_of(source),
                         .strings = json_array(),
                         .places = json_object()};
    g.json.flags |= JSON_REAL_PRECISION(16);
    gs_export_window(source, &g.from, &g.until);
    gs_gecko_take_owned(&g);
    write_profile(&g, source);
    gs_gecko_free_owned(&g);
    json_decref(g.strings);
    json_decref(g.places);
    gs_tracks_free(&g.tracks);
    gs_shown_free(&g.shown);
    return gs_json_end(&g.json, err);
}

const struct gs_exporter gs_exporter_gecko = {
    .name = "gecko",
    .meaning = "a profile for the Firefox Profiler, beside one of CPython's own",
    .ending = "json",
    .write = write_gecko,
};
