/* A thread of the profile. It has markers and no samples: nobody looked at its stack, and a stack
 * made of the lines that its states began in would be no sample of anything. */
#include "export/gecko/parts.h"

#include <stdio.h>

/* A table of these columns without a row. */
static json_t *empty_table(const char *const *columns)
{
    json_t *table = json_object();
    for (; *columns; columns++)
        json_object_set_new(table, *columns, json_array());
    json_object_set_new(table, "length", json_integer(0));
    return table;
}

static json_t *no_samples(void)
{
    static const char *const columns[] = {"stack", "time", "eventDelay", NULL};
    json_t *samples = empty_table(columns);
    json_object_set_new(samples, "weight", json_null());
    json_object_set_new(samples, "weightType", json_string("samples"));
    return samples;
}

static void add_tables(json_t *thread)
{
    static const char *const stacks[] = {"frame", "category", "subcategory", "prefix", NULL};
    static const char *const frames[] = {"address",       "category",       "subcategory",   "func",
                                         "innerWindowID", "implementation", "optimizations", "line",
                                         "column",        "inlineDepth",    "nativeSymbol",  NULL};
    static const char *const functions[] = {"name",     "isJS",       "relevantForJS", "resource",
                                            "fileName", "lineNumber", "columnNumber",  NULL};
    static const char *const resources[] = {"lib", "name", "host", "type", NULL};
    static const char *const symbols[] = {"libIndex", "address", "name", "functionSize", NULL};
    json_object_set_new(thread, "samples", no_samples());
    json_object_set_new(thread, "stackTable", empty_table(stacks));
    json_object_set_new(thread, "frameTable", empty_table(frames));
    json_object_set_new(thread, "funcTable", empty_table(functions));
    json_object_set_new(thread, "resourceTable", empty_table(resources));
    json_object_set_new(thread, "nativeSymbols", empty_table(symbols));
}

/* The first of its process. */
static bool is_main(const struct gs_gecko *g, uint32_t actor)
{
    const struct gs_tables *tables = g->json.tables;
    uint32_t process = gs_tables_process(tables, actor), id = 1;
    for (; id < actor; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && row->kind == GS_ACTOR_THREAD && gs_tables_process(tables, id) == process)
            break;
    }
    return id == actor;
}

static json_t *birth_of(const struct gs_lane *lane)
{
    return gs_gecko_time(lane && lane->born ? lane->birth : 0);
}

static json_t *death_of(const struct gs_lane *lane)
{
    return lane && lane->died ? gs_gecko_time(lane->death) : json_null();
}

void gs_gecko_write_thread(struct gs_gecko *g, uint32_t actor)
{
    uint32_t process = gs_tables_process(g->json.tables, actor);
    const struct gs_lane *lane = gs_timeline_lane(g->timeline, actor);
    const struct gs_lane *around = gs_timeline_lane(g->timeline, process);
    char name[GS_NAME_SIZE], process_name[GS_NAME_SIZE], pid[16];
    snprintf(pid, sizeof pid, "%u", process);
    gs_tracks_name(name, &g->tracks, actor);
    gs_tracks_name(process_name, &g->tracks, process);
    json_t *thread = json_pack(
        "{s:o, s:b, s:o, s:o, s:o, s:o, s:[], s:s, s:o, s:s, s:o}", "name", gs_json_text(name),
        "isMainThread", is_main(g, actor), "processStartupTime", birth_of(around),
        "processShutdownTime", death_of(around), "registerTime", birth_of(lane), "unregisterTime",
        death_of(lane), "pausedRanges", "pid", pid, "tid", gs_json_number(actor), "processType",
        "default", "processName", gs_json_text(process_name));
    add_tables(thread);
    gs_json_write_open(&g->json, thread);
    fputs(",\"markers\":", g->json.out);
    gs_gecko_write_markers(g, actor);
    fputc('}', g->json.out);
}
