#include "trace/recording/tails.h"

#include "trace/segment.h"

#include <stdlib.h>

enum { ACTOR = 1, OBJECT, PLACE, STRING, LEFT_OUT };

/* More is collected the next time. */
enum { ENOUGH_BYTES = 4 << 20 };

static bool is_new(struct gs_tails *rows, uint32_t id)
{
    size_t word = id / 64;
    while (rows->known.count <= word)
        gs_vec_push(&rows->known, 0);
    bool known = rows->known.items[word] >> id % 64 & 1;
    rows->known.items[word] |= (uint64_t)1 << id % 64;
    return !known;
}

/* Strings that lie over each other, which only a stage makes that is no friend, could be more text
 * than there is room for. */
static void mention_string(struct gs_tails *rows, uint64_t id)
{
    const uint64_t most = 2ull * gs_segment_default.string_bytes;
    if (id == 0 || id >= gs_segment_default.string_bytes || !is_new(rows, (uint32_t)id))
        return;
    const char *text = rows->tables->string(rows->tables, (uint32_t)id);
    if ((rows->text_bytes += strlen(text)) > most)
        return;
    gs_bytes_number(&rows->bytes, STRING);
    gs_bytes_number(&rows->bytes, id);
    gs_bytes_text(&rows->bytes, text, strlen(text));
}

static void put_numbers(struct gs_bytes *bytes, unsigned which, const uint64_t *numbers,
                        size_t count)
{
    gs_bytes_number(bytes, which);
    for (size_t i = 0; i < count; i++)
        gs_bytes_number(bytes, numbers[i]);
}

#define PUT(bytes, which, ...)                                                                     \
    put_numbers(bytes, which, (const uint64_t[]){__VA_ARGS__},                                     \
                sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

static void mention_place(struct gs_tails *rows, uint16_t id)
{
    uint64_t *word = &rows->known_places[id / 64], bit = (uint64_t)1 << id % 64;
    if (id == 0 || *word & bit)
        return;
    *word |= bit;
    const struct gs_place_row *row = rows->tables->place(rows->tables, id);
    mention_string(rows, row->file);
    mention_string(rows, row->call);
    PUT(&rows->bytes, PLACE, id, row->file, row->call);
    if (row->file)
        gs_vec_push(&rows->files, rows->tables->string(rows->tables, row->file));
}

static bool put_actor(struct gs_tails *rows, uint32_t id)
{
    const struct gs_actor_row *r = rows->tables->actor(rows->tables, id);
    if (!r)
        return false;
    mention_string(rows, r->name);
    mention_string(rows, r->what);
    PUT(&rows->bytes, ACTOR, id, r->kind, r->parent, r->interpreter, r->name, r->what, r->flags,
        r->gil, r->interval_ns);
    return true;
}

static bool put_object(struct gs_tails *rows, uint32_t id)
{
    const struct gs_object_row *r = rows->tables->object(rows->tables, id);
    if (!r)
        return false;
    mention_string(rows, r->name);
    PUT(&rows->bytes, OBJECT, id, r->kind, r->name, r->line, r->of, r->actor, r->whole);
    return true;
}

/* The program that took a process over, and the error of a task, are texts. */
static bool death_has_words(const struct gs_event *e)
{
    return e->flags == GS_DEATH_REPLACED || e->flags == GS_DEATH_ERROR;
}

void gs_tails_mention(struct gs_tails *rows, const struct gs_event *e)
{
    if (gs_event_says(e->kind) || e->kind == GS_EVENT_LABEL_BEGIN ||
        (e->kind == GS_EVENT_DIED && death_has_words(e)))
        mention_string(rows, e->a);
    mention_place(rows, e->place);
}

static void miss(struct gs_missing *missing, uint32_t id)
{
    if (missing->count == GS_TAILS_MISSING)
        memmove(missing->ids, missing->ids + 1, --missing->count * sizeof *missing->ids);
    missing->ids[missing->count++] = id;
}

typedef bool put_row(struct gs_tails *rows, uint32_t id);

static void put_missing(struct gs_tails *rows, struct gs_missing *missing, put_row *put)
{
    size_t left = 0;
    for (size_t i = 0; i < missing->count; i++)
        if (!put(rows, missing->ids[i]))
            missing->ids[left++] = missing->ids[i];
    missing->count = left;
}

static bool put_new(struct gs_tails *rows, uint32_t *done, uint32_t count,
                    struct gs_missing *missing, put_row *put)
{
    put_missing(rows, missing, put);
    while (*done < count && rows->bytes.list.count < ENOUGH_BYTES) {
        uint32_t id = ++*done;
        if (!put(rows, id))
            miss(missing, id);
    }
    return *done < count;
}

bool gs_tails_collect(struct gs_tails *rows)
{
    const struct gs_tables *t = rows->tables;
    bool more = put_new(rows, &rows->actors, t->actors(t), &rows->missing_actors, put_actor);
    more |= put_new(rows, &rows->objects, t->objects(t), &rows->missing_objects, put_object);
    uint64_t left_out = t->left_out(t);
    if (left_out != rows->left_out)
        PUT(&rows->bytes, LEFT_OUT, left_out);
    rows->left_out = left_out;
    return more;
}

void gs_tails_free(struct gs_tails *rows)
{
    gs_vec_free(&rows->bytes.list);
    gs_vec_free(&rows->known);
    gs_vec_free(&rows->files);
}

static bool read_actor(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    uint32_t id = gs_bytes_take_id(in);
    struct gs_actor_row row = {0};
    row.kind = gs_bytes_take_id(in);
    row.parent = gs_bytes_take_id(in);
    row.interpreter = gs_bytes_take_id(in);
    row.name = gs_bytes_take_id(in);
    row.what = gs_bytes_take_id(in);
    row.flags = gs_bytes_take_id(in);
    row.gil = gs_bytes_take_id(in);
    row.interval_ns = gs_bytes_take(in);
    return !in->broken && gs_shelf_put_actor(shelf, id, &row);
}

static bool read_object(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    uint32_t id = gs_bytes_take_id(in);
    struct gs_object_row row = {0};
    row.kind = gs_bytes_take_id(in);
    row.name = gs_bytes_take_id(in);
    row.line = gs_bytes_take_id(in);
    row.of = gs_bytes_take_id(in);
    row.actor = gs_bytes_take_id(in);
    row.whole = gs_bytes_take_id(in);
    return !in->broken && gs_shelf_put_object(shelf, id, &row);
}

static bool read_place(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    uint32_t id = gs_bytes_take_id(in);
    struct gs_place_row row = {0};
    row.file = gs_bytes_take_id(in);
    row.call = gs_bytes_take_id(in);
    return !in->broken && gs_shelf_put_place(shelf, id, &row);
}

static bool read_string(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    uint32_t id = gs_bytes_take_id(in);
    struct gs_bytes_in text = gs_bytes_take_text(in);
    return !in->broken && gs_shelf_put_string(shelf, id, text.at, (size_t)(text.end - text.at));
}

static bool read_one(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    switch (gs_bytes_take(in)) {
    case ACTOR:
        return read_actor(in, shelf);
    case OBJECT:
        return read_object(in, shelf);
    case PLACE:
        return read_place(in, shelf);
    case STRING:
        return read_string(in, shelf);
    case LEFT_OUT:
        shelf->left_out = gs_bytes_take(in);
        return !in->broken;
    default:
        return false;
    }
}

bool gs_tails_read(struct gs_bytes_in *in, struct gs_shelf *shelf)
{
    while (in->at < in->end)
        if (!read_one(in, shelf))
            return false;
    return true;
}
