#include "export/html/run_json.h"

#include "draw/palette.h"
#include "draw/said.h"
#include "export/html/files.h"
#include "export/json.h"
#include "timeline/explain/explain.h"
#include "timeline/names.h"
#include "timeline/owners.h"
#include "timeline/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page {
    const struct gs_export_source *source;
    const struct gs_timeline *timeline;
    const struct gs_tables *tables;
    const struct gs_rows *rows; /* the source's, or … */
    struct gs_rows own;         /* … these */
    struct gs_html_files files;
    uint64_t from, until;
    bool sentences;
    uint8_t *roles;   /* by actor: that of its name */
    uint32_t *row_of; /* by actor: the index of its row + 1; 0: it has none */
    bool seen[GS_STATES];
    FILE *out;
    size_t flags; /* of jansson's encoder */
    bool first;   /* nothing is in the open list yet */
};

/* What is in a script ends at the first `</script`, whatever it is part of: no `<` is left in it.
 */
static void put_text(const struct page *p, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] == '<')
            fputs("\\u003c", p->out);
        else
            putc(text[i], p->out);
}

/* Takes the value. without: of its last characters so many are left for later. */
static void put(const struct page *p, json_t *value, size_t without)
{
    char *text = json_dumps(value, p->flags | JSON_ENCODE_ANY);
    if (!text)
        abort();
    put_text(p, text, strlen(text) - without);
    free(text);
    json_decref(value);
}

static void put_open(const struct page *p, json_t *object)
{
    put(p, object, 1);
}

static void open_list(struct page *p, const char *key)
{
    fprintf(p->out, ",\"%s\":[", key);
    p->first = true;
}

/* Standard output keeps a line until it is whole: of a long run each stretch has its own. */
static void add(struct page *p, json_t *record)
{
    if (!p->first)
        putc(',', p->out);
    if (!p->sentences)
        putc('\n', p->out);
    p->first = false;
    put(p, record, 0);
}

static void close_list(const struct page *p)
{
    putc(']', p->out);
}

static json_t *colour_of(unsigned role)
{
    enum gs_hue hue = gs_palette_hue(role);
    if (hue == GS_HUE_PLAIN)
        return json_null();
    struct gs_rgb rgb = gs_hue_rgb(hue);
    return json_sprintf("#%02x%02x%02x", rgb.red, rgb.green, rgb.blue);
}

/* A thread's colour goes by the order in which they appeared, a task's likewise: see
 * gs_lanes_role, which looks at all before it each time. */
static void take_roles(struct page *p)
{
    uint32_t count = p->tables->actors(p->tables), threads = 0, tasks = 0;
    p->roles = calloc(count + 1u, sizeof *p->roles);
    p->row_of = calloc(count + 1u, sizeof *p->row_of);
    if (!p->roles || !p->row_of)
        abort();
    for (uint32_t id = 1; id <= count; id++) {
        const struct gs_actor_row *actor = p->tables->actor(p->tables, id);
        unsigned kind = actor && gs_timeline_lane(p->timeline, id) ? actor->kind : 0;
        p->roles[id] = GS_ROLE_TEXT;
        if (kind == GS_ACTOR_THREAD)
            p->roles[id] = (uint8_t)(GS_ROLE_OWNER + threads++ % GS_OWNERS);
        else if (kind == GS_ACTOR_TASK)
            p->roles[id] = (uint8_t)(GS_ROLE_OWNER + tasks++ % GS_OWNERS);
    }
    for (size_t i = 0; i < p->rows->list.count; i++)
        if (p->rows->list.items[i].kind != GS_ROW_LOCK)
            p->row_of[p->rows->list.items[i].actor] = (uint32_t)i + 1;
}

static bool in_window(const struct page *p, uint64_t start, uint64_t end)
{
    return start < p->until && (end > p->from || (start == end && start >= p->from));
}

/* The middle of a stretch: there it is told how long it has been so, and what ends it when. */
static uint64_t middle(const struct page *p, uint64_t start, uint64_t end)
{
    uint64_t a = start > p->from ? start : p->from, b = end < p->until ? end : p->until;
    return a < b ? a + (b - a) / 2 : a;
}

static void add_sentence(const struct page *p, json_t *record, uint32_t actor, uint64_t time)
{
    char text[1024];
    uint32_t cause;
    uint64_t when;
    if (!p->sentences)
        return;
    gs_explain(text, sizeof text, p->timeline, actor, time);
    json_object_set_new(record, "told", gs_json_number(time));
    json_object_set_new(record, "sentence", gs_json_text(text));
    if (!gs_explain_cause(p->timeline, actor, time, &cause, &when) ||
        cause > p->tables->actors(p->tables) || !p->row_of[cause])
        return;
    json_object_set_new(record, "causeRow", gs_json_number(p->row_of[cause] - 1));
    json_object_set_new(record, "causeTime", gs_json_number(when));
}

static void add_line(struct page *p, json_t *record, uint32_t line, uint16_t place)
{
    int file = line ? gs_html_files_index(&p->files, place) : -1;
    if (file < 0)
        return;
    json_object_set_new(record, "line", gs_json_number(line));
    json_object_set_new(record, "file", json_integer(file));
}

static json_t *stretch(uint64_t start, uint64_t end)
{
    return json_pack("{s:o, s:o}", "start", gs_json_number(start), "end", gs_json_number(end));
}

static void put_spans(struct page *p, const struct gs_lane *lane)
{
    open_list(p, "spans");
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t end = gs_span_end(p->timeline, span);
        if (!in_window(p, span->start, end))
            continue;
        json_t *record = stretch(span->start, end);
        json_object_set_new(record, "state", gs_json_number(span->state));
        add_line(p, record, span->line, span->place);
        add_sentence(p, record, lane->actor, middle(p, span->start, end));
        add(p, record);
    }
    close_list(p);
}

static void put_labels(struct page *p, const struct gs_lane *lane)
{
    open_list(p, "labels");
    for (size_t i = 0; i < lane->labels.count; i++) {
        const struct gs_label *label = &lane->labels.items[i];
        uint64_t end = gs_label_end(p->timeline, label);
        char text[256];
        if (!in_window(p, label->start, end))
            continue;
        json_t *record = stretch(label->start, end);
        gs_name_string(text, sizeof text, p->tables, label->text);
        json_object_set_new(record, "text", gs_json_text(text));
        add(p, record);
    }
    close_list(p);
}

static void add_owner(const struct page *p, json_t *record, uint32_t owner)
{
    char name[GS_NAME_SIZE];
    unsigned role = owner <= p->tables->actors(p->tables) ? p->roles[owner] : 0;
    gs_name_inside(name, sizeof name, p->timeline, owner);
    json_object_set_new(record, "word", gs_json_text(name));
    json_object_set_new(record, "colour",
                        colour_of(role ? role : GS_ROLE_STATE + GS_STATE_SLEEPING));
}

/* A GIL's owners, or whose turn it is on a loop. */
static void put_holds(struct page *p, const struct gs_lane *lane)
{
    open_list(p, "spans");
    for (size_t i = 0; i < lane->holds.count; i++) {
        const struct gs_hold *hold = &lane->holds.items[i];
        uint64_t end = gs_hold_end(p->timeline, hold);
        if (!in_window(p, hold->start, end))
            continue;
        json_t *record = stretch(hold->start, end);
        add_owner(p, record, hold->owner);
        add_line(p, record, hold->end_line, hold->end_place);
        add_sentence(p, record, lane->actor, middle(p, hold->start, end));
        add(p, record);
    }
    close_list(p);
}

/* Who has it, and who waits for it. */
static void add_lock_sentence(const struct page *p, json_t *record, uint32_t lock, uint64_t time)
{
    char text[1024];
    if (!p->sentences)
        return;
    gs_explain_lock(text, sizeof text, p->timeline, lock, time);
    json_object_set_new(record, "told", gs_json_number(time));
    json_object_set_new(record, "sentence", gs_json_text(text));
}

/* A lock's owners. */
static void put_claims(struct page *p, uint32_t lock)
{
    const struct gs_owned owned = {.lock = lock};
    open_list(p, "spans");
    size_t count = gs_timeline_claim_count(p->timeline, lock);
    for (size_t i = 0; i < count; i++) {
        struct gs_owning owning = gs_owned_get(p->timeline, &owned, i);
        const struct gs_claim *claim = gs_timeline_claim(p->timeline, lock, i);
        if (!in_window(p, owning.start, owning.end))
            continue;
        json_t *record = stretch(owning.start, owning.end);
        add_owner(p, record, owning.owner);
        add_line(p, record, claim->line, claim->place);
        add_lock_sentence(p, record, lock, middle(p, owning.start, owning.end));
        add(p, record);
    }
    close_list(p);
}

/* What stands in a row's place: the page cannot open it. */
static void add_folded(char *title, size_t size, const struct gs_row *row)
{
    size_t used = strlen(title);
    if (row->folded && row->kind == GS_ROW_GROUP)
        snprintf(title + used, size - used, " (%u lane%s folded)", row->hidden,
                 row->hidden == 1 ? "" : "s");
    else if (row->helpers)
        snprintf(title + used, size - used, " (%u helper%s folded)", row->helpers,
                 row->helpers == 1 ? "" : "s");
}

static void put_row(struct page *p, const struct gs_row *row)
{
    static const char *const kinds[] = {
        [GS_ROW_GROUP] = "group", [GS_ROW_GIL] = "gil",     [GS_ROW_LANE] = "lane",
        [GS_ROW_LOOP] = "loop",   [GS_ROW_TASKS] = "group", [GS_ROW_LOCK] = "lock"};
    char title[256];
    const struct gs_lane *lane =
        row->kind == GS_ROW_LOCK ? NULL : gs_timeline_lane(p->timeline, row->actor);
    gs_row_title(title, sizeof title, p->timeline, row);
    add_folded(title, sizeof title, row);
    json_t *record = json_pack("{s:s, s:o, s:o}", "kind", kinds[row->kind], "title",
                               gs_json_text(title), "depth", gs_json_number(row->depth));
    if (lane && row->kind == GS_ROW_LANE)
        json_object_set_new(record, "colour", colour_of(p->roles[row->actor]));
    put_open(p, record);
    if (lane && row->kind == GS_ROW_LANE) {
        put_spans(p, lane);
        put_labels(p, lane);
    } else if (lane && (row->kind == GS_ROW_GIL || row->kind == GS_ROW_LOOP))
        put_holds(p, lane);
    else if (row->kind == GS_ROW_LOCK)
        put_claims(p, row->actor);
    putc('}', p->out);
}

static void add_said(const struct page *p, json_t *list, enum gs_event_kind kind)
{
    struct gs_points points = gs_timeline_points(p->timeline, kind);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *e = &points.list.items[i];
        char text[2048];
        if (e->time < p->from || e->time > p->until)
            continue;
        gs_said(p->timeline, e, false, text, sizeof text);
        bool mark = kind == GS_EVENT_MARK || kind == GS_EVENT_ASK;
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:b, s:s}", "time", gs_json_number(e->time),
                                        "text", gs_json_text(text), "mark", mark, "sign",
                                        kind == GS_EVENT_ASK ? "?" : "▲"));
    }
    gs_vec_free(&points.list);
}

static int by_time(const void *left, const void *right)
{
    const json_t *const *a = left, *const *b = right;
    json_int_t x = json_integer_value(json_object_get(*a, "time")),
               y = json_integer_value(json_object_get(*b, "time"));
    return (x > y) - (x < y);
}

/* By time; of one instant in the order of the kinds. */
static json_t *said_in(const struct page *p)
{
    static const enum gs_event_kind kinds[] = {GS_EVENT_MARK,    GS_EVENT_ASK,   GS_EVENT_NOTE,
                                               GS_EVENT_OUTPUT,  GS_EVENT_ERROR, GS_EVENT_CHECK,
                                               GS_EVENT_DEADLOCK};
    json_t *list = json_array(), *sorted = json_array();
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        add_said(p, list, kinds[k]);
    size_t count = json_array_size(list);
    json_t **items = calloc(count + 1, sizeof(json_t *));
    if (!items)
        abort();
    for (size_t i = 0; i < count; i++)
        items[i] = json_array_get(list, i);
    /* Equal ones stay as they are: glibc's sorts by merging, as far as it has memory. */
    qsort(items, count, sizeof(json_t *), by_time);
    for (size_t i = 0; i < count; i++)
        json_array_append(sorted, items[i]);
    free(items);
    json_decref(list);
    return sorted;
}

static json_t *phases_in(const struct page *p)
{
    json_t *list = json_array();
    struct gs_points points = gs_timeline_points(p->timeline, GS_EVENT_PHASE);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *begin = &points.list.items[i];
        uint64_t end = i + 1 < points.list.count ? begin[1].time : gs_timeline_end(p->timeline);
        char title[256];
        if (!begin->a || !in_window(p, begin->time, end))
            continue;
        json_t *record = stretch(begin->time, end);
        gs_name_string(title, sizeof title, p->tables, begin->a);
        json_object_set_new(record, "title", gs_json_text(title));
        json_array_append_new(list, record);
    }
    gs_vec_free(&points.list);
    return list;
}

static json_t *states(const struct page *p)
{
    json_t *list = json_array();
    for (unsigned s = 0; s < GS_STATES; s++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o, s:b}", "word", gs_state_word(s), "meaning",
                                        gs_state_meaning(s), "colour", colour_of(GS_ROLE_STATE + s),
                                        "seen", p->seen[s] && s != GS_STATE_NONE));
    return list;
}

static size_t count_stretches(const struct page *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->rows->list.count; i++) {
        const struct gs_row *row = &p->rows->list.items[i];
        const struct gs_lane *lane =
            row->kind == GS_ROW_LOCK ? NULL : gs_timeline_lane(p->timeline, row->actor);
        count += lane ? lane->spans.count + lane->holds.count : 0;
        count += row->kind == GS_ROW_LOCK ? gs_timeline_claim_count(p->timeline, row->actor) : 0;
    }
    return count;
}

/* The states stand before the lanes that have them. */
static void find_seen(struct page *p)
{
    for (size_t i = 0; i < p->rows->list.count; i++) {
        const struct gs_row *row = &p->rows->list.items[i];
        const struct gs_lane *lane =
            row->kind == GS_ROW_LANE ? gs_timeline_lane(p->timeline, row->actor) : NULL;
        for (size_t k = 0; lane && k < lane->spans.count; k++) {
            const struct gs_span *span = &lane->spans.items[k];
            if (in_window(p, span->start, gs_span_end(p->timeline, span)))
                p->seen[span->state] = true;
        }
    }
}

static void init(struct page *p, const struct gs_export_source *source)
{
    *p = (struct page){.source = source,
                       .timeline = source->timeline,
                       .tables = gs_timeline_tables(source->timeline)};
    gs_export_window(source, &p->from, &p->until);
    p->rows = source->rows ? source->rows : &p->own;
    if (!source->rows)
        gs_rows_build(&p->own, p->timeline,
                      &(struct gs_row_choice){
                          .helpers = source->helpers, .locks = true, .most_tasks = UINT32_MAX});
    p->sentences = count_stretches(p) <= GS_HTML_SENTENCES;
}

bool gs_html_tells(const struct gs_export_source *source)
{
    struct page p;
    init(&p, source);
    gs_rows_free(&p.own);
    return p.sentences;
}

void gs_html_put_run(FILE *out, const struct gs_export_source *source)
{
    struct page p;
    init(&p, source);
    p.out = out;
    p.flags = gs_json_open(out, source).flags;
    take_roles(&p);
    gs_html_files_init(&p.files, source);
    find_seen(&p);
    put_open(&p, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "from", gs_json_number(p.from),
                           "until", gs_json_number(p.until), "states", states(&p), "marks",
                           colour_of(GS_ROLE_MARK), "phases", phases_in(&p), "said", said_in(&p)));
    fputs(",\"rows\":[", out);
    for (size_t i = 0; i < p.rows->list.count; i++) {
        if (i > 0)
            putc(',', out);
        put_row(&p, &p.rows->list.items[i]);
    }
    fputs("],\"files\":", out);
    put(&p, gs_html_files_json(&p.files), 0);
    putc('}', out);
    gs_html_files_free(&p.files);
    gs_rows_free(&p.own);
    free(p.roles);
    free(p.row_of);
}
