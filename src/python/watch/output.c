#include "python/watch/output.h"

#include "base/vec.h"
#include "python/watch/files.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 1 << 20 }; /* what is longer is more than one line */

/* What was written without a line's end yet. */
static _Thread_local GS_VEC(char) partial;

/* The first so many bytes of it become a line. */
static void put_line(struct gs_watched *self, size_t length)
{
    gs_watch_put_line(self, gs_watch_now(), GS_EVENT_OUTPUT, 0,
                      gs_segment_add_output(gs_watch.segment, partial.items, length), 0);
    partial.count -= length;
    memmove(partial.items, partial.items + length, partial.count);
}

/* Without the beginning of a character whose rest is still to come. */
static size_t whole_characters(const char *text, size_t length)
{
    for (size_t back = 1; back < 4 && back <= length; back++) {
        unsigned char c = (unsigned char)text[length - back];
        size_t needs = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 0;
        if (needs)
            return needs > back ? length - back : length;
    }
    return length;
}

static void add(struct gs_watched *self, const char *text, size_t length)
{
    while (length) {
        if (partial.count == LONGEST)
            put_line(self, whole_characters(partial.items, LONGEST));
        size_t room = LONGEST - partial.count, n = length < room ? length : room;
        if (partial.count + n > partial.room)
            partial.items = gs_vec_grow(partial.items, &partial.room, partial.count + n, 1);
        memcpy(partial.items + partial.count, text, n);
        partial.count += n;
        text += n;
        length -= n;
    }
}

bool gs_output_is_the_runs(void)
{
    struct stat st, nothing;
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    return flags >= 0 && (flags & (O_ACCMODE | O_APPEND)) == GS_OUTPUT_FLAGS &&
           fstat(STDOUT_FILENO, &st) == 0 && stat("/dev/null", &nothing) == 0 &&
           S_ISCHR(st.st_mode) && st.st_rdev == nothing.st_rdev;
}

void gs_output_note(const void *text, ssize_t length)
{
    struct gs_watched *self = gs_watched_self;
    if (!self || gs_watch.mute || length <= 0 ||
        !atomic_load_explicit(&gs_watch.begun, memory_order_relaxed))
        return;
    if (!self->holds)
        gs_gil_settle(self, GS_STATE_IO, gs_files_object(STDOUT_FILENO));
    gs_places_look(gs_gil_python_of(self), &self->line, &self->place);
    const char *at = text, *end = at + length;
    for (const char *stop; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        add(self, at, (size_t)(stop - at));
        put_line(self, partial.count);
    }
    add(self, at, (size_t)(end - at));
}

void gs_output_finish(void)
{
    if (gs_watched_self && partial.count)
        put_line(gs_watched_self, partial.count);
    gs_vec_free(&partial);
}

void gs_output_forget(void)
{
    partial.count = 0;
}
