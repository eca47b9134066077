#include "trace/recording/reader.h"

#include "trace/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct gs_reader {
    struct gs_source source;
    bool whole;
    uint64_t damaged;
    GS_VEC(struct gs_block) blocks;
    GS_VEC(uint64_t) latest; /* of the block and all in front of it */
    struct gs_unpacker unpacker;
};

/* The next offset from `from` on at which a block begins; the file's size: there is none. */
static uint64_t find_block(const struct gs_reader *r, uint64_t from, struct gs_block *block)
{
    enum { PART = 1 << 16 };
    unsigned char mark[4], part[PART];
    gs_format_put_u32(mark, GS_BLOCK_MARK);
    while (from < r->source.size) {
        size_t size = r->source.size - from < PART ? (size_t)(r->source.size - from) : PART;
        if (!gs_source_read(&r->source, from, part, size))
            break;
        const unsigned char *at = part;
        while ((at = memmem(at, size - (size_t)(at - part), mark, sizeof mark))) {
            uint64_t offset = from + (uint64_t)(at - part);
            if (gs_source_head(&r->source, offset, block))
                return offset;
            at++;
        }
        from += size < sizeof mark ? size : size - (sizeof mark - 1);
        if (size < PART)
            break;
    }
    return r->source.size;
}

static void add(struct gs_reader *r, const struct gs_block *block)
{
    uint64_t before = r->latest.count ? r->latest.items[r->latest.count - 1] : 0;
    gs_vec_push(&r->blocks, *block);
    gs_vec_push(&r->latest, block->until > before ? block->until : before);
}

/* Without an index. What is left at the end is a block that was being written. */
static void scan(struct gs_reader *r)
{
    uint64_t offset = GS_FORMAT_HEAD;
    while (offset < r->source.size) {
        struct gs_block block;
        bool here = gs_source_head(&r->source, offset, &block);
        uint64_t found = here ? offset : find_block(r, offset, &block);
        if (found == r->source.size)
            return;
        r->damaged += found - offset;
        if (block.kind != GS_BLOCK_INDEX)
            add(r, &block);
        offset = found + GS_BLOCK_HEAD + block.packed;
    }
}

static bool take_entry(struct gs_bytes_in *in, const struct gs_block *last, uint64_t most,
                       struct gs_block *block)
{
    *block = (struct gs_block){.kind = gs_bytes_take_id(in)};
    uint64_t step = gs_bytes_take(in);
    block->events = gs_bytes_take_id(in);
    block->from = last->from + gs_bytes_take_signed(in);
    uint64_t lasts = gs_bytes_take(in);
    block->until = block->from + lasts;
    block->offset = last->offset + step;
    block->before = last->before + last->events;
    return !in->broken && step <= most && block->offset > last->offset && block->offset < most &&
           block->until >= block->from && block->events <= GS_BLOCK_MOST_EVENTS;
}

static bool take_entries(struct gs_reader *r, struct gs_bytes_in *in, uint64_t index)
{
    uint64_t count = gs_bytes_take(in);
    struct gs_block last = {0};
    for (uint64_t i = 0; i < count; i++) {
        struct gs_block block;
        if (!take_entry(in, &last, index, &block))
            return false;
        add(r, &block);
        last = block;
    }
    return !in->broken && in->at == in->end;
}

static bool read_index(struct gs_reader *r)
{
    unsigned char tail[GS_FORMAT_TAIL];
    struct gs_block block;
    struct gs_bytes_in content;
    uint64_t offset;
    if (r->source.size < GS_FORMAT_HEAD + sizeof tail ||
        !gs_source_read(&r->source, r->source.size - sizeof tail, tail, sizeof tail) ||
        !gs_format_take_tail(tail, &offset))
        return false;
    if (gs_source_head(&r->source, offset, &block) && block.kind == GS_BLOCK_INDEX &&
        gs_unpack(&r->unpacker, &r->source, &block, &content) && take_entries(r, &content, offset))
        return true;
    r->blocks.count = r->latest.count = 0;
    r->damaged++;
    return false;
}

static bool check_version(const struct gs_reader *r, const char *called, struct gs_error *err)
{
    unsigned char head[GS_FORMAT_HEAD];
    /* The head is written with the first block. */
    if (r->source.size == 0)
        return gs_error_set(err,
                            "%s is empty, as a recording is whose recorder was ended before it had "
                            "written anything: record the run again",
                            called);
    if (!gs_source_read(&r->source, 0, head, sizeof head) || memcmp(head, GS_FORMAT_MAGIC, 8) != 0)
        return gs_error_set(err,
                            "%s is no recording of gilscope's; 'gilscope run --record FILE SCENE' "
                            "makes one",
                            called);
    uint32_t version = gs_format_u32(head + 8);
    bool sealed = gs_format_u32(head + 12) == gs_format_crc(head, 12);
    if (sealed && version > GS_FORMAT_VERSION)
        return gs_error_set(err,
                            "%s was recorded by a newer gilscope (format %u; this one reads up to "
                            "%u): take that to read it",
                            called, version, GS_FORMAT_VERSION);
    return true;
}

struct gs_reader *gs_reader_open_fd(int fd, const char *called, struct gs_error *err)
{
    struct stat st = {0};
    struct gs_reader *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    gs_unpacker_init(&r->unpacker);
    r->source.fd = fd;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!ok && S_ISDIR(st.st_mode))
        gs_error_set(err, "%s is a folder: name a recording in it", called);
    else if (!ok)
        gs_error_set(err, "%s is no regular file, which a recording is: copy it into one", called);
    r->source.size = ok ? (uint64_t)st.st_size : 0;
    if (!ok || !check_version(r, called, err)) {
        gs_reader_close(r);
        return NULL;
    }
    r->whole = read_index(r);
    if (!r->whole)
        scan(r);
    return r;
}

struct gs_reader *gs_reader_open(const char *path, struct gs_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0)
        return gs_reader_open_fd(fd, path, err);
    gs_error_system(err, errno, "cannot read the recording %s", path);
    return NULL;
}

void gs_reader_close(struct gs_reader *r)
{
    if (!r)
        return;
    close(r->source.fd);
    gs_unpacker_destroy(&r->unpacker);
    gs_vec_free(&r->blocks);
    gs_vec_free(&r->latest);
    free(r);
}

const struct gs_block *gs_reader_blocks(const struct gs_reader *r, size_t *count)
{
    *count = r->blocks.count;
    return r->blocks.items;
}

bool gs_reader_is_whole(const struct gs_reader *r)
{
    return r->whole;
}

uint64_t gs_reader_damaged(const struct gs_reader *r)
{
    return r->damaged;
}

void gs_reader_found_damage(struct gs_reader *r)
{
    r->damaged++;
}

const struct gs_source *gs_reader_source(const struct gs_reader *r)
{
    return &r->source;
}

size_t gs_reader_at(const struct gs_reader *r, uint64_t time)
{
    size_t low = 0, high = r->latest.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->latest.items[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < r->blocks.count &&
           (r->blocks.items[low].kind != GS_BLOCK_EVENTS || r->blocks.items[low].until < time))
        low++;
    return low;
}

bool gs_reader_content(struct gs_reader *r, size_t i, struct gs_bytes_in *content)
{
    if (gs_unpack_listed(&r->unpacker, &r->source, &r->blocks.items[i], content))
        return true;
    r->damaged++;
    return false;
}
