#include "trace/channels.h"

#include "trace/segment_parts.h"

/* Whoever finds a free place takes it for the key, if make; who is slower finds the key there. */
static struct gs_channel *look(const struct gs_segment *s, uint64_t key, bool make)
{
    uint32_t places = s->conf.channels;
    uint32_t first = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 32);
    for (uint32_t i = 0; i < places; i++) {
        struct gs_channel *channel = &s->channels[(first + i) & (places - 1)];
        uint64_t there = atomic_load_explicit(&channel->key, memory_order_acquire);
        if (!there && (!make || atomic_compare_exchange_strong(&channel->key, &there, key)))
            return make ? channel : NULL;
        if (there == key)
            return channel;
    }
    return NULL;
}

struct gs_channel *gs_channel_find(const struct gs_segment *segment, uint64_t key)
{
    return look(segment, key, false);
}

struct gs_channel *gs_channel_get(const struct gs_segment *segment, uint64_t key)
{
    return look(segment, key, true);
}
