#include "export/json.h"
#include "export/phases.h"

#include <stdlib.h>
#include <string.h>

static void put_run(const struct gs_json *j, const struct gs_stats *stats, uint64_t whole_from)
{
    json_t *run =
        json_pack("{s:s, s:o, s:o, s:o, s:o}", "type", "run", "duration",
                  gs_json_number(stats->duration), "events", gs_json_number(stats->events), "lost",
                  gs_json_number(stats->lost), "left_out", gs_json_number(stats->left_out));
    if (whole_from)
        json_object_set_new(run, "whole_from", gs_json_number(whole_from));
    gs_json_put(j, run);
}

static json_t *quantiles(uint64_t p50, uint64_t p90, uint64_t p99, uint64_t max)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "p50", gs_json_number(p50), "p90", gs_json_number(p90),
                     "p99", gs_json_number(p99), "max", gs_json_number(max));
}

static void put_gil(const struct gs_json *j, const struct gs_gil_figures *gil)
{
    json_t *drops = json_object();
    for (unsigned why = 0; why < 3; why++)
        json_object_set_new(drops, gs_drop_word(why), gs_json_number(gil->drops[why]));
    gs_json_put(
        j, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:o, s:o}", "type", "gil",
                     "interpreter", gs_json_number(gil->interpreter), "held",
                     gs_json_number(gil->held), "hand_offs", gs_json_number(gil->hand_offs),
                     "requests", gs_json_number(gil->requests), "misses",
                     gs_json_number(gil->misses), "drops", drops, "utilisation", gil->utilisation,
                     "hand_offs_second", gil->hand_offs_second, "turn",
                     quantiles(gil->hold_p50, gil->hold_p90, gil->hold_p99, gil->hold_max), "wait",
                     quantiles(gil->wait_p50, gil->wait_p90, gil->wait_p99, gil->wait_max)));
}

static json_t *states(const struct gs_lane_figures *lane)
{
    json_t *object = json_object();
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (lane->state_ns[s])
            json_object_set_new(object, gs_state_word(s), gs_json_number(lane->state_ns[s]));
    return object;
}

static json_t *waits(const struct gs_json *j, const struct gs_lane_figures *lane)
{
    json_t *array = json_array();
    for (size_t i = 0; i < lane->waits.count; i++) {
        const struct gs_wait_figure *wait = &lane->waits.items[i];
        json_array_append_new(
            array,
            json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "state", gs_state_word(wait->state), "on",
                      gs_json_object(j, wait->on), "count", gs_json_number(wait->count), "total",
                      gs_json_number(wait->total), "longest", gs_json_number(wait->longest),
                      "longest_at", gs_json_number(wait->longest_at)));
    }
    return array;
}

static json_t *causes(const struct gs_json *j, const struct gs_timeline *timeline,
                      const struct gs_lane_figures *lane)
{
    json_t *array = json_array();
    for (size_t i = 0; i < lane->causes.count; i++) {
        const struct gs_cause_figure *cause = &lane->causes.items[i];
        char name[128];
        gs_stats_cause_name(name, sizeof name, timeline, cause->cause);
        json_array_append_new(
            array, json_pack("{s:o, s:o, s:o, s:o}", "cause", gs_json_actor(j, cause->cause),
                             "name", gs_json_text(name), "count", gs_json_number(cause->count),
                             "total", gs_json_number(cause->total)));
    }
    return array;
}

static json_t *labels(const struct gs_json *j, const struct gs_lane_figures *lane)
{
    json_t *array = json_array();
    for (size_t i = 0; i < lane->labels.count; i++) {
        const struct gs_label_figure *label = &lane->labels.items[i];
        const char *text = j->tables->string(j->tables, label->text);
        json_array_append_new(array, json_pack("{s:o, s:o, s:o, s:o}", "label", gs_json_text(text),
                                               "count", gs_json_number(label->count), "total",
                                               gs_json_number(label->total), "longest",
                                               gs_json_number(label->longest)));
    }
    return array;
}

static json_t *messages(uint64_t count, uint64_t bytes)
{
    return json_pack("{s:o, s:o}", "messages", gs_json_number(count), "bytes",
                     gs_json_number(bytes));
}

static void put_lane(const struct gs_json *j, const struct gs_timeline *timeline,
                     const struct gs_lane_figures *lane)
{
    gs_json_put(j, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "type",
                             "lane", "actor", gs_json_number(lane->actor), "name",
                             gs_json_text(gs_tables_actor_name(j->tables, lane->actor)), "alive",
                             gs_json_number(lane->alive), "states", states(lane), "takes",
                             gs_json_number(lane->takes), "drops_asked",
                             gs_json_number(lane->drops_asked), "waits", waits(j, lane), "causes",
                             causes(j, timeline, lane), "labels", labels(j, lane), "sent",
                             messages(lane->sent, lane->sent_bytes), "received",
                             messages(lane->received, lane->received_bytes)));
}

/* What was not measured, or never was, is null. */
static json_t *known(bool known, uint64_t value)
{
    return known ? gs_json_number(value) : json_null();
}

static void put_process(const struct gs_json *j, const struct gs_process_figures *p)
{
    gs_json_put(j, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "type", "process", "actor",
                             gs_json_number(p->actor), "name",
                             gs_json_text(gs_tables_actor_name(j->tables, p->actor)), "ran_after",
                             known(p->ran_after != UINT64_MAX, p->ran_after), "memory",
                             known(p->memory, p->memory), "pickling", gs_json_number(p->pickling),
                             "computing", gs_json_number(p->computing), "sent_bytes",
                             gs_json_number(p->sent_bytes)));
}

static void put_starts(const struct gs_json *j, const char *what, const struct gs_start_figures *f)
{
    if (f->count)
        gs_json_put(j,
                    json_pack("{s:s, s:s, s:o, s:{s:o, s:o}, s:{s:o, s:o}}", "type", "started",
                              "what", what, "count", gs_json_number(f->count), "ran_after", "p50",
                              gs_json_number(f->ran_p50), "max", gs_json_number(f->ran_max),
                              "memory", "p50", known(f->memory_p50, f->memory_p50), "max",
                              known(f->memory_max, f->memory_max)));
}

static json_t *step(const struct gs_json *j, const struct gs_step_figure *longest)
{
    if (!longest->of && !longest->callback)
        return json_null();
    json_t *object =
        json_pack("{s:o, s:o, s:o, s:s}", "task", gs_json_actor(j, longest->of), "start",
                  gs_json_number(longest->at), "duration", gs_json_number(longest->ns), "state",
                  gs_state_word(longest->where.state));
    if (longest->callback)
        json_object_set_new(object, "callback", gs_json_string(j, longest->callback));
    gs_json_add_line(j, object, longest->where.line, longest->where.place);
    return object;
}

static void put_loop(const struct gs_json *j, const struct gs_loop_figures *loop)
{
    gs_json_put(j,
                json_pack("{s:s, s:o, s:o, s:o, s:o, s:f, s:o, s:{s:o, s:o, s:o, s:o}}", "type",
                          "loop", "actor", gs_json_number(loop->loop), "tasks",
                          gs_json_number(loop->tasks), "turns", gs_json_number(loop->turns), "busy",
                          gs_json_number(loop->busy), "utilisation", loop->utilisation,
                          "longest_turn", step(j, &loop->longest), "wait", "count",
                          gs_json_number(loop->waits), "p50", gs_json_number(loop->wait_p50), "p99",
                          gs_json_number(loop->wait_p99), "max", gs_json_number(loop->wait_max)));
}

static void put_block(const struct gs_json *j, const struct gs_block_figure *f)
{
    json_t *record = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "type", "blocked", "loop",
        gs_json_number(f->loop), f->callback ? "callback" : "coroutine", gs_json_string(j, f->what),
        "times", gs_json_number(f->count), "total", gs_json_number(f->total), "longest",
        gs_json_number(f->longest), "longest_at", gs_json_number(f->longest_at), "kept_waiting",
        gs_json_number(f->kept), "state", gs_state_word(f->where.state));
    gs_json_add_line(j, record, f->where.line, f->where.place);
    gs_json_put(j, record);
}

/* type: "task", or "coroutine" where it is all tasks that run one. */
static void put_task(const struct gs_json *j, const char *type, const struct gs_task_figures *f)
{
    bool one = strcmp(type, "task") == 0;
    json_t *record =
        json_pack("{s:s, s:o, s:o}", "type", type, "loop", gs_json_number(f->loop), "coroutine",
                  f->coroutine ? gs_json_string(j, f->coroutine) : json_null());
    json_object_set_new(record, one ? "actor" : "tasks", gs_json_number(one ? f->actor : f->tasks));
    json_object_update_new(
        record,
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "steps", gs_json_number(f->steps),
                  "on_loop", gs_json_number(f->on_loop), "ready", gs_json_number(f->ready),
                  "awaiting", gs_json_number(f->awaiting), "failed", gs_json_number(f->failed),
                  "cancelled", gs_json_number(f->cancelled), "longest_step", step(j, &f->longest)));
    gs_json_put(j, record);
}

bool gs_export_stats_json(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_json j = gs_json_open(out, source);
    uint64_t from, until;
    struct gs_stats stats = {0};
    gs_export_window(source, &from, &until);
    gs_stats_take(&stats, source->timeline, from, until);
    put_run(&j, &stats, gs_timeline_whole_from(source->timeline));
    gs_json_phases(&j, source);
    for (size_t i = 0; i < stats.gils.count; i++)
        put_gil(&j, &stats.gils.items[i]);
    put_starts(&j, "process", &stats.started_processes);
    put_starts(&j, "thread", &stats.started_threads);
    for (size_t i = 0; i < stats.processes.count; i++)
        put_process(&j, &stats.processes.items[i]);
    for (size_t i = 0; i < stats.lanes.count; i++)
        put_lane(&j, source->timeline, &stats.lanes.items[i]);
    for (size_t i = 0; i < stats.loops.count; i++)
        put_loop(&j, &stats.loops.items[i]);
    for (size_t i = 0; i < stats.blocks.count; i++)
        put_block(&j, &stats.blocks.items[i]);
    for (size_t i = 0; i < stats.tasks.count; i++)
        put_task(&j, "task", &stats.tasks.items[i]);
    for (size_t i = 0; i < stats.coroutines.count; i++)
        put_task(&j, "coroutine", &stats.coroutines.items[i]);
    gs_stats_free(&stats);
    return gs_json_end(&j, err);
}
