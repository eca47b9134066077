#include "trace/recording/writer.h"

#include "base/open_text.h"
#include "base/scratch.h"
#include "trace/recording/columns.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

/* Twice as fast as zstd's own choice, for a tenth more bytes. */
enum { LEVEL = 1 };

/* A file of the program's that is longer is not one to read beside its lanes. */
enum { MOST_FILE_BYTES = 8 << 20 };

struct gs_writer {
    int fd;
    char path[GS_PATH_MAX]; /* "": it has no name */
    bool begun;             /* what was in the file before is gone */
    bool full;              /* nothing can be appended any more */
    uint64_t offset, events, latest;
    ZSTD_CCtx *zstd;
    struct gs_bytes content, packed;
    GS_VEC(struct gs_block) blocks;
};

static bool write_all(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t n = write(fd, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static bool fail(struct gs_writer *w, int code, struct gs_error *err)
{
    w->full = true;
    /* Half a block would only be damage. */
    if (ftruncate(w->fd, (off_t)w->offset) == 0)
        (void)lseek(w->fd, (off_t)w->offset, SEEK_SET);
    if (!w->path[0])
        return gs_error_system(err, code, "there is no more room for it in a temporary file");
    return gs_error_system(err, code, "the recording %s ends here", w->path);
}

/* Not before there is something to write: what a run that was refused has not recorded over is
 * still there. */
static bool begin(struct gs_writer *w)
{
    unsigned char head[GS_FORMAT_HEAD];
    gs_format_put_head(head);
    w->begun = true;
    return ftruncate(w->fd, 0) == 0 && write_all(w->fd, head, sizeof head);
}

static bool append(struct gs_writer *w, const void *bytes, size_t size, struct gs_error *err)
{
    if (w->full)
        return gs_error_set(err, "the recording %s has ended", w->path);
    if (!w->begun && !begin(w))
        return fail(w, errno, err);
    if (!write_all(w->fd, bytes, size))
        return fail(w, errno, err);
    w->offset += size;
    return true;
}

/* Empty, or a recording: any other file may be dear to somebody; and what is none may have nobody
 * at its other end. */
static bool may_be_overwritten(int fd, const char *path, struct gs_error *err)
{
    struct stat st;
    char magic[8];
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return gs_error_set(err, "cannot record into %s: it is no regular file", path);
    if (st.st_size == 0 || (pread(fd, magic, sizeof magic, 0) == sizeof magic &&
                            memcmp(magic, GS_FORMAT_MAGIC, sizeof magic) == 0))
        return true;
    return gs_error_set(err, "%s is there and is no recording, so it is not overwritten", path);
}

/* made: there was no file of that name before. */
static int open_named(const char *path, bool *made, struct gs_error *err)
{
    enum { FLAGS = O_CREAT | O_CLOEXEC | O_NOCTTY };
    int fd = open(path, O_RDWR | O_EXCL | FLAGS, 0666);
    *made = fd >= 0;
    if (fd < 0)
        fd = open(path, O_RDWR | FLAGS, 0666);
    if (fd < 0 && errno == EACCES)
        fd = open(path, O_WRONLY | FLAGS, 0666);
    if (fd < 0) {
        gs_error_system(err, errno, "cannot record into %s", path);
        return -1;
    }
    if (may_be_overwritten(fd, path, err))
        return fd;
    close(fd);
    return -1;
}

static int open_unnamed(struct gs_error *err)
{
    struct gs_scratch scratch;
    if (!gs_scratch_open(&scratch))
        gs_error_system(err, errno, "there is no place for a file in /var/tmp, nor in /tmp");
    return scratch.fd;
}

struct gs_writer *gs_writer_open(const char *path, struct gs_error *err)
{
    bool made;
    int fd = path ? open_named(path, &made, err) : open_unnamed(err);
    if (fd < 0)
        return NULL;
    struct gs_writer *w = calloc(1, sizeof *w);
    if (!w || !(w->zstd = ZSTD_createCCtx()))
        abort();
    w->fd = fd;
    if (path)
        strncpy(w->path, path, sizeof w->path - 1);
    ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_checksumFlag, 1);
    w->offset = GS_FORMAT_HEAD;
    return w;
}

void gs_writer_close(struct gs_writer *w)
{
    if (!w)
        return;
    close(w->fd);
    ZSTD_freeCCtx(w->zstd);
    gs_vec_free(&w->content.list);
    gs_vec_free(&w->packed.list);
    gs_vec_free(&w->blocks);
    free(w);
}

/* Head and content go out together: who is killed in between has written neither. */
static bool put(struct gs_writer *w, struct gs_block block, const struct gs_bytes *content,
                struct gs_error *err)
{
    size_t most = GS_BLOCK_HEAD + ZSTD_compressBound(content->list.count);
    struct gs_bytes *out = &w->packed;
    if (out->list.room < most)
        out->list.items = gs_vec_grow(out->list.items, &out->list.room, most, 1);
    size_t packed = ZSTD_compress2(w->zstd, out->list.items + GS_BLOCK_HEAD, most - GS_BLOCK_HEAD,
                                   content->list.items, content->list.count);
    if (ZSTD_isError(packed))
        return gs_error_set(err, "zstd: %s", ZSTD_getErrorName(packed));
    block.offset = w->offset;
    block.packed = (uint32_t)packed;
    block.unpacked = (uint32_t)content->list.count;
    block.before = w->events;
    gs_block_put(out->list.items, &block);
    if (!append(w, out->list.items, GS_BLOCK_HEAD + packed, err))
        return false;
    w->events += block.events;
    gs_vec_push(&w->blocks, block);
    return true;
}

bool gs_writer_put(struct gs_writer *w, enum gs_block_kind kind, const struct gs_bytes *content,
                   struct gs_error *err)
{
    return put(w, (struct gs_block){.kind = kind}, content, err);
}

static struct gs_block of_events(const struct gs_event *events, size_t count, uint64_t latest)
{
    struct gs_block b = {.kind = GS_BLOCK_EVENTS, .events = (uint32_t)count};
    b.from = b.until = count ? events[0].time : latest;
    for (size_t i = 0; i < count; i++) {
        b.from = events[i].time < b.from ? events[i].time : b.from;
        b.until = events[i].time > b.until ? events[i].time : b.until;
    }
    return b;
}

bool gs_writer_put_events(struct gs_writer *w, const struct gs_event *events, size_t count,
                          uint64_t live, struct gs_error *err)
{
    struct gs_block block = of_events(events, count, w->latest);
    w->latest = block.until > w->latest ? block.until : w->latest;
    w->content.list.count = 0;
    gs_bytes_number(&w->content, live);
    gs_columns_write(&w->content, events, count, block.from);
    return put(w, block, &w->content, err);
}

bool gs_writer_put_file(struct gs_writer *w, const char *path, struct gs_error *err)
{
    char part[4096];
    size_t size = 0;
    ssize_t n;
    int fd = gs_open_text(path, MOST_FILE_BYTES);
    if (fd < 0)
        return true;
    w->content.list.count = 0;
    gs_bytes_text(&w->content, path, strlen(path));
    for (; size < MOST_FILE_BYTES && (n = read(fd, part, sizeof part)) > 0; size += (size_t)n)
        gs_bytes_put(&w->content, part, (size_t)n);
    close(fd);
    return gs_writer_put(w, GS_BLOCK_FILE, &w->content, err);
}

static void list_blocks(struct gs_writer *w)
{
    uint64_t offset = 0, from = 0;
    w->content.list.count = 0;
    gs_bytes_number(&w->content, w->blocks.count);
    for (size_t i = 0; i < w->blocks.count; i++) {
        const struct gs_block *b = &w->blocks.items[i];
        gs_bytes_number(&w->content, b->kind);
        gs_bytes_number(&w->content, b->offset - offset);
        gs_bytes_number(&w->content, b->events);
        gs_bytes_signed(&w->content, b->from - from);
        gs_bytes_number(&w->content, b->until - b->from);
        offset = b->offset;
        from = b->from;
    }
}

bool gs_writer_end(struct gs_writer *w, const struct gs_recorded_end *end, struct gs_error *err)
{
    unsigned char tail[GS_FORMAT_TAIL];
    w->content.list.count = 0;
    gs_recorded_end_write(&w->content, end);
    if (!gs_writer_put(w, GS_BLOCK_END, &w->content, err))
        return false;
    gs_format_put_tail(tail, w->offset);
    list_blocks(w);
    bool ok =
        gs_writer_put(w, GS_BLOCK_INDEX, &w->content, err) && append(w, tail, sizeof tail, err);
    w->full = true;
    return ok;
}

static bool copy(int from, int to, uint64_t size)
{
    enum { PART = 1 << 20 };
    char *part = malloc(PART);
    uint64_t at = 0;
    if (!part)
        abort();
    while (at < size) {
        size_t left = size - at < PART ? (size_t)(size - at) : PART;
        ssize_t n = pread(from, part, left, (off_t)at);
        if (n <= 0 || !write_all(to, part, (size_t)n))
            break;
        at += (uint64_t)n;
    }
    free(part);
    return at >= size;
}

bool gs_writer_move(struct gs_writer *w, const char *path, struct gs_error *err)
{
    bool made;
    int fd = open_named(path, &made, err);
    if (fd < 0)
        return false;
    if (ftruncate(fd, 0) != 0 || (!w->begun && !begin(w)) || !copy(w->fd, fd, w->offset)) {
        gs_error_system(err, errno, "cannot record into %s", path);
        /* A part would look like a recording that was cut, and keep the disk full. */
        (void)ftruncate(fd, 0);
        if (made)
            unlink(path);
        close(fd);
        return false;
    }
    close(w->fd);
    w->fd = fd;
    memset(w->path, 0, sizeof w->path);
    strncpy(w->path, path, sizeof w->path - 1);
    return true;
}

void gs_writer_sync(const struct gs_writer *w)
{
    (void)fdatasync(w->fd);
}

uint64_t gs_writer_bytes(const struct gs_writer *w)
{
    return w->offset;
}

uint64_t gs_writer_room(const struct gs_writer *w)
{
    return gs_scratch_room(w->fd);
}

uint64_t gs_writer_events(const struct gs_writer *w)
{
    return w->events;
}
