#include "support/recorded.h"

#include "trace/recording/columns.h"
#include "trace/recording/recorder.h"
#include "trace/recording/tails.h"
#include "trace/recording/writer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

char *recorded_path(void)
{
    const char *folder = getenv("TMPDIR");
    char *path;
    static unsigned count;
    if (asprintf(&path, "%s/gilscope-%d-%u.gsr", folder ? folder : "/tmp", (int)getpid(), ++count) <
        0)
        abort();
    unlink(path);
    return path;
}

struct recorded recorded_read(const char *path)
{
    struct recorded r = {0};
    unsigned char part[4096];
    FILE *file = fopen(path, "rb");
    size_t n;
    while (file && (n = fread(part, 1, sizeof part, file)) > 0)
        for (size_t i = 0; i < n; i++)
            gs_vec_push(&r.list, part[i]);
    if (file)
        fclose(file);
    return r;
}

static void must(bool ok, const struct gs_error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->text);
    abort();
}

struct recorded recorded_of(const struct fake_trace *f, size_t part)
{
    struct gs_error err;
    char *path = recorded_path();
    struct gs_writer *w = gs_writer_open(path, &err);
    must(w != NULL, &err);
    struct gs_tails rows = {.tables = f->tables};
    struct gs_about about = {.name = "fake", .title = "A fake", .clock = GS_CLOCK_VIRTUAL};
    struct gs_bytes bytes = {0};
    gs_about_write(&bytes, &about);
    must(gs_writer_put(w, GS_BLOCK_ABOUT, &bytes, &err), &err);
    for (size_t i = 0; i < f->events.count; i += part) {
        size_t left = f->events.count - i, count = left < part ? left : part;
        for (size_t k = 0; k < count; k++)
            gs_tails_mention(&rows, &f->events.items[i + k]);
        gs_tails_collect(&rows);
        must(gs_writer_put(w, GS_BLOCK_ROWS, &rows.bytes, &err), &err);
        rows.bytes.list.count = 0;
        must(gs_writer_put_events(w, f->events.items + i, count,
                                  f->events.items[i + count - 1].time, &err),
             &err);
    }
    const struct gs_recorded_end end = {.now = f->events.items[f->events.count - 1].time};
    must(gs_writer_end(w, &end, &err), &err);
    gs_writer_close(w);
    gs_tails_free(&rows);
    gs_vec_free(&bytes.list);
    struct recorded r = recorded_read(path);
    unlink(path);
    free(path);
    return r;
}

struct gs_player *recorded_play(const unsigned char *bytes, size_t size, struct gs_error *err)
{
    int fd = memfd_create("recording", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
        abort();
    return gs_player_open_fd(fd, "FILE", err);
}

static void keep(void *context, const struct gs_event *event)
{
    gs_vec_push(&((struct recorded_events *)context)->list, *event);
}

struct recorded_events recorded_events(struct gs_player *player)
{
    struct recorded_events events = {0};
    while (gs_player_drain(player, 1, keep, &events) > 0)
        ;
    return events;
}
