#include "trace/recording/columns.h"

#include <stdlib.h>

enum column { ACTOR, KIND, FLAGS, TIME, PLACE, A_LOW, A_HIGH, B_LOW, B_HIGH, COLUMNS };

/* Bytes that an entry of a column can have. */
static const unsigned char widest[COLUMNS] = {
    [ACTOR] = 5, [KIND] = 1,   [FLAGS] = 1, [TIME] = 10,  [PLACE] = 5,
    [A_LOW] = 5, [A_HIGH] = 5, [B_LOW] = 5, [B_HIGH] = 5,
};

/* What the next event is told against: the last of its kind, of all kinds that a byte can say. */
struct last {
    uint32_t place, a_low, a_high, b_low, b_high;
};

static inline unsigned char *put(unsigned char *to, uint64_t value)
{
    for (; value > 0x7f; value >>= 7)
        *to++ = (unsigned char)(value | 0x80);
    *to++ = (unsigned char)value;
    return to;
}

static inline uint32_t fold(uint32_t difference)
{
    return difference << 1 ^ (uint32_t) - (int32_t)(difference >> 31);
}

static inline uint32_t unfold(uint32_t folded)
{
    return folded >> 1 ^ (uint32_t) - (int32_t)(folded & 1);
}

static inline unsigned char *put_step(unsigned char *to, uint32_t *last, uint32_t now)
{
    uint32_t difference = now - *last;
    *last = now;
    return put(to, fold(difference));
}

/* Times stand in it that lie close to its own. It is its own reverse. */
static inline void turn(const struct gs_event *e, uint64_t *a, uint64_t *b)
{
    bool off = e->kind == GS_EVENT_OFF_CORE;
    *a = off ? e->time - e->a : e->a;
    *b = off ? e->time - e->b : e->b;
}

static void write_one(unsigned char *at[COLUMNS], const struct gs_event *e, struct last *last)
{
    uint64_t a, b;
    turn(e, &a, &b);
    *at[KIND]++ = e->kind;
    *at[FLAGS]++ = e->flags;
    at[PLACE] = put_step(at[PLACE], &last->place, e->place);
    at[A_LOW] = put_step(at[A_LOW], &last->a_low, (uint32_t)a);
    at[A_HIGH] = put_step(at[A_HIGH], &last->a_high, (uint32_t)(a >> 32));
    at[B_LOW] = put_step(at[B_LOW], &last->b_low, (uint32_t)b);
    at[B_HIGH] = put_step(at[B_HIGH], &last->b_high, (uint32_t)(b >> 32));
}

void gs_columns_write(struct gs_bytes *bytes, const struct gs_event *events, size_t count,
                      uint64_t from)
{
    unsigned char *start[COLUMNS], *at[COLUMNS];
    struct last last[UINT8_MAX + 1] = {0};
    uint32_t actor = 0;
    uint64_t time = from;
    size_t size = 0, used = 0;
    for (int c = 0; c < COLUMNS; c++)
        size += widest[c] * count;
    unsigned char *room = malloc(size + 1);
    if (!room)
        abort();
    for (int c = 0; c < COLUMNS; used += widest[c++] * count)
        start[c] = at[c] = room + used;
    for (size_t i = 0; i < count; i++) {
        const struct gs_event *e = &events[i];
        at[ACTOR] = put_step(at[ACTOR], &actor, e->actor);
        at[TIME] = put(at[TIME], gs_bytes_fold(e->time - time));
        time = e->time;
        write_one(at, e, &last[e->kind]);
    }
    for (int c = 0; c < COLUMNS; c++)
        gs_bytes_text(bytes, (const char *)start[c], (size_t)(at[c] - start[c]));
    free(room);
}

/* Nearly every entry is one byte. A column that ends too soon gives zeros, and is found broken by
 * whoever looks at it afterwards. */
static inline uint64_t take(struct gs_bytes_in *in)
{
    if (__builtin_expect(in->at < in->end && *in->at < 0x80, 1))
        return *in->at++;
    return gs_bytes_take(in);
}

static inline uint32_t take_step(struct gs_bytes_in *in, uint32_t *last)
{
    return *last += unfold((uint32_t)take(in));
}

static inline void read_one(struct gs_bytes_in in[COLUMNS], struct gs_event *e, struct last *last)
{
    e->place = (uint16_t)take_step(&in[PLACE], &last->place);
    e->a = take_step(&in[A_LOW], &last->a_low);
    e->a |= (uint64_t)take_step(&in[A_HIGH], &last->a_high) << 32;
    e->b = take_step(&in[B_LOW], &last->b_low);
    e->b |= (uint64_t)take_step(&in[B_HIGH], &last->b_high) << 32;
    turn(e, &e->a, &e->b);
}

bool gs_columns_read(struct gs_bytes_in *in, struct gs_event *events, size_t count, uint64_t from)
{
    struct gs_bytes_in column[COLUMNS];
    struct last last[UINT8_MAX + 1] = {0};
    uint32_t actor = 0;
    uint64_t time = from;
    for (int c = 0; c < COLUMNS; c++)
        column[c] = gs_bytes_take_text(in);
    if (in->broken || (size_t)(column[KIND].end - column[KIND].at) != count ||
        (size_t)(column[FLAGS].end - column[FLAGS].at) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct gs_event *e = &events[i];
        e->kind = column[KIND].at[i];
        e->flags = column[FLAGS].at[i];
        e->actor = take_step(&column[ACTOR], &actor);
        e->time = time += gs_bytes_unfold(take(&column[TIME]));
        read_one(column, e, &last[e->kind]);
    }
    column[KIND].at = column[KIND].end;
    column[FLAGS].at = column[FLAGS].end;
    for (int c = 0; c < COLUMNS; c++)
        if (column[c].broken || column[c].at != column[c].end)
            return false;
    return true;
}
