#include "trace/recording/unpack.h"

#include "trace/recording/columns.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

bool gs_source_read(const struct gs_source *source, uint64_t offset, void *to, size_t size)
{
    char *at = to;
    if (offset > source->size || size > source->size - offset)
        return false;
    while (size > 0) {
        ssize_t n = pread(source->fd, at, size, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        offset += (uint64_t)n;
        size -= (size_t)n;
    }
    return true;
}

bool gs_source_head(const struct gs_source *source, uint64_t offset, struct gs_block *block)
{
    unsigned char head[GS_BLOCK_HEAD];
    if (!gs_source_read(source, offset, head, sizeof head) || !gs_block_take(head, block))
        return false;
    block->offset = offset;
    return block->packed <= source->size - offset - GS_BLOCK_HEAD;
}

void gs_unpacker_init(struct gs_unpacker *u)
{
    *u = (struct gs_unpacker){.zstd = ZSTD_createDCtx()};
    if (!u->zstd)
        abort();
}

void gs_unpacker_destroy(struct gs_unpacker *u)
{
    ZSTD_freeDCtx(u->zstd);
    gs_vec_free(&u->packed.list);
    gs_vec_free(&u->content.list);
}

static void *room_for(struct gs_bytes *bytes, size_t size)
{
    bytes->list.count = 0;
    if (bytes->list.room < size)
        bytes->list.items = gs_vec_grow(bytes->list.items, &bytes->list.room, size, 1);
    return bytes->list.items;
}

bool gs_unpack(struct gs_unpacker *u, const struct gs_source *source, const struct gs_block *block,
               struct gs_bytes_in *content)
{
    unsigned char *packed = room_for(&u->packed, (size_t)block->packed + 1);
    if (!gs_source_read(source, block->offset + GS_BLOCK_HEAD, packed, block->packed) ||
        ZSTD_getFrameContentSize(packed, block->packed) != block->unpacked)
        return false;
    unsigned char *room = room_for(&u->content, (size_t)block->unpacked + 1);
    size_t size = ZSTD_decompressDCtx(u->zstd, room, block->unpacked, packed, block->packed);
    *content = (struct gs_bytes_in){.at = room, .end = room + block->unpacked};
    return size == block->unpacked;
}

static bool read_listed(const struct gs_source *source, const struct gs_block *listed,
                        struct gs_block *head)
{
    return gs_source_head(source, listed->offset, head) && head->kind == listed->kind &&
           head->events == listed->events;
}

bool gs_unpack_listed(struct gs_unpacker *u, const struct gs_source *source,
                      const struct gs_block *listed, struct gs_bytes_in *content)
{
    struct gs_block head;
    return read_listed(source, listed, &head) && gs_unpack(u, source, &head, content);
}

bool gs_unpack_events(struct gs_unpacker *u, const struct gs_source *source,
                      const struct gs_block *listed, struct gs_unpacked *to)
{
    struct gs_block head;
    struct gs_bytes_in in;
    to->events.count = 0;
    if (!read_listed(source, listed, &head) || !gs_unpack(u, source, &head, &in))
        return false;
    if (to->events.room <= head.events)
        to->events.items = gs_vec_grow(to->events.items, &to->events.room, head.events + 1u,
                                       sizeof *to->events.items);
    to->live = gs_bytes_take(&in);
    to->before = head.before;
    to->events.count = head.events;
    return gs_columns_read(&in, to->events.items, head.events, head.from) && in.at == in.end;
}
