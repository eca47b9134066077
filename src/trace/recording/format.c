#include "trace/recording/format.h"

#include "trace/event.h"

#include <string.h>

/* Heads are short and few: no table. */
uint32_t gs_format_crc(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    uint32_t crc = ~0u;
    while (size-- > 0) {
        crc ^= *at++;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
    }
    return ~crc;
}

uint32_t gs_format_u32(const unsigned char *from)
{
    return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

uint64_t gs_format_u64(const unsigned char *from)
{
    return gs_format_u32(from) | (uint64_t)gs_format_u32(from + 4) << 32;
}

void gs_format_put_u32(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> 8 * i);
}

void gs_format_put_u64(unsigned char *to, uint64_t value)
{
    gs_format_put_u32(to, (uint32_t)value);
    gs_format_put_u32(to + 4, (uint32_t)(value >> 32));
}

/* Behind the bytes in front of it. */
static void seal(unsigned char *bytes, size_t size)
{
    gs_format_put_u32(bytes + size, gs_format_crc(bytes, size));
}

static bool is_sealed(const unsigned char *bytes, size_t size)
{
    return gs_format_u32(bytes + size) == gs_format_crc(bytes, size);
}

void gs_format_put_head(unsigned char head[GS_FORMAT_HEAD])
{
    memcpy(head, GS_FORMAT_MAGIC, 8);
    gs_format_put_u32(head + 8, GS_FORMAT_VERSION);
    seal(head, GS_FORMAT_HEAD - 4);
}

void gs_format_put_tail(unsigned char tail[GS_FORMAT_TAIL], uint64_t index)
{
    memcpy(tail, GS_FORMAT_END, 8);
    gs_format_put_u64(tail + 8, index);
    seal(tail, GS_FORMAT_TAIL - 4);
}

bool gs_format_take_tail(const unsigned char tail[GS_FORMAT_TAIL], uint64_t *index)
{
    *index = gs_format_u64(tail + 8);
    return memcmp(tail, GS_FORMAT_END, 8) == 0 && is_sealed(tail, GS_FORMAT_TAIL - 4);
}

void gs_block_put(unsigned char head[GS_BLOCK_HEAD], const struct gs_block *block)
{
    gs_format_put_u32(head, GS_BLOCK_MARK);
    gs_format_put_u32(head + 4, block->kind);
    gs_format_put_u32(head + 8, block->packed);
    gs_format_put_u32(head + 12, block->unpacked);
    gs_format_put_u64(head + 16, block->before);
    gs_format_put_u64(head + 24, block->from);
    gs_format_put_u64(head + 32, block->until);
    gs_format_put_u32(head + 40, block->events);
    seal(head, GS_BLOCK_HEAD - 4);
}

bool gs_block_take(const unsigned char head[GS_BLOCK_HEAD], struct gs_block *block)
{
    if (gs_format_u32(head) != GS_BLOCK_MARK || !is_sealed(head, GS_BLOCK_HEAD - 4))
        return false;
    block->kind = gs_format_u32(head + 4);
    block->packed = gs_format_u32(head + 8);
    block->unpacked = gs_format_u32(head + 12);
    block->before = gs_format_u64(head + 16);
    block->from = gs_format_u64(head + 24);
    block->until = gs_format_u64(head + 32);
    block->events = gs_format_u32(head + 40);
    return block->packed <= GS_BLOCK_MOST_BYTES + GS_BLOCK_MOST_BYTES / 64 &&
           block->unpacked <= GS_BLOCK_MOST_BYTES && block->events <= GS_BLOCK_MOST_EVENTS &&
           block->from <= block->until;
}
