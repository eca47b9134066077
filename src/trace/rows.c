/* Who and what a trace speaks of, as the stage adds it. */
#include "trace/segment_parts.h"

/* Hands out the next index below most; a full table stays full and does not wrap. */
static bool reserve(_Atomic uint32_t *counter, uint32_t amount, uint32_t most, uint32_t *index)
{
    uint32_t now = atomic_load_explicit(counter, memory_order_relaxed);
    do {
        if (now > most || amount > most - now)
            return false;
    } while (!atomic_compare_exchange_weak(counter, &now, now + amount));
    *index = now;
    return true;
}

/* What finds no room is counted, so that a reader can say so. */
static uint32_t leave_out(struct gs_segment *s)
{
    atomic_fetch_add(&s->header->left_out, 1);
    return 0;
}

void gs_segment_tell_facts(struct gs_segment *s, const struct gs_facts *facts)
{
    s->header->facts.row = *facts;
    atomic_store_explicit(&s->header->facts.filled, 1, memory_order_release);
}

uint32_t gs_segment_add_actor(struct gs_segment *s, const struct gs_actor_row *row)
{
    uint32_t index;
    if (!reserve(&s->header->actors, 1, s->conf.actors, &index))
        return leave_out(s);
    s->actors[index].row = *row;
    if (row->kind == GS_ACTOR_INTERPRETER)
        s->actors[index].row.interpreter = index + 1;
    atomic_store_explicit(&s->actors[index].filled, 1, memory_order_release);
    return index + 1;
}

uint32_t gs_segment_add_object(struct gs_segment *s, const struct gs_object_row *row)
{
    uint32_t index;
    if (!reserve(&s->header->objects, 1, s->conf.objects, &index))
        return leave_out(s);
    s->objects[index].row = *row;
    atomic_store_explicit(&s->objects[index].filled, 1, memory_order_release);
    return index + 1;
}

uint16_t gs_segment_add_place(struct gs_segment *s, const struct gs_place_row *row)
{
    uint32_t index;
    if (!reserve(&s->header->places, 1, s->conf.places, &index))
        return (uint16_t)leave_out(s);
    s->places[index].row = *row;
    atomic_store_explicit(&s->places[index].filled, 1, memory_order_release);
    return (uint16_t)(index + 1);
}

static size_t nuls(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\0';
    return count;
}

/* The table may be filled up to most bytes. */
static uint32_t add_string(struct gs_segment *s, const char *text, size_t length, uint32_t most)
{
    uint32_t at;
    size_t stored = length + nuls(text, length);
    if (stored >= most || !reserve(&s->header->string_end, (uint32_t)stored + 1, most, &at))
        return leave_out(s);
    char *to = s->strings + at;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0')
            *to++ = '^';
        *to++ = text[i] ? text[i] : '@';
    }
    *to = '\0';
    return at;
}

uint32_t gs_segment_add_string(struct gs_segment *s, const char *text, size_t length)
{
    return add_string(s, text, length, s->conf.string_bytes - 1);
}

uint32_t gs_segment_add_output(struct gs_segment *s, const char *text, size_t length)
{
    return add_string(s, text, length, s->conf.string_bytes / 8 * 7);
}

const char *gs_segment_text(const struct gs_segment *s, uint32_t id)
{
    return id ? s->strings + id : "?";
}
