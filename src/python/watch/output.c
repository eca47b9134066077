#include "python/watch/output.h"

#include "base/by_line.h"
#include "python/drive/drive.h"
#include "python/watch/files.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of what was written without a line's end yet; by stream. */
enum stream { ON_STDOUT, ON_STDERR, ELSEWHERE };
static _Thread_local struct gs_by_line lines[ELSEWHERE];

static void put_line(void *flags, const char *text, size_t length)
{
    gs_watch_put_line(gs_watched_self, gs_watch_now(), GS_EVENT_OUTPUT, *(const uint8_t *)flags,
                      gs_segment_add_output(gs_watch.segment, text, length), 0);
}

static uint8_t flags_of[] = {[ON_STDOUT] = 0, [ON_STDERR] = GS_OUTPUT_ON_STDERR};

/* By what is behind it: the program may have put something else there. */
static enum stream stream_of(int fd)
{
    struct stat st;
    int code = errno;
    bool is = fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
    errno = code;
    return is && gs_pipe_is(&gs_watch.control->output, &st)   ? ON_STDOUT
           : is && gs_pipe_is(&gs_watch.control->errors, &st) ? ON_STDERR
                                                              : ELSEWHERE;
}

bool gs_output_is_the_runs(void)
{
    return stream_of(STDOUT_FILENO) == ON_STDOUT;
}

/* It is told to whom it belongs only as long as there are lanes. */
static bool tells(void)
{
    return gs_watched_self && atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
}

static void note(enum stream stream, const void *text, size_t length)
{
    struct gs_watched *self = gs_watched_self;
    if (!tells() || length == 0)
        return;
    if (!self->holds)
        gs_gil_settle(self, GS_STATE_IO,
                      gs_files_object(stream == ON_STDERR ? STDERR_FILENO : STDOUT_FILENO));
    gs_places_look(gs_gil_python_of(self), &self->line, &self->place);
    gs_by_line_take(&lines[stream], text, length, put_line, &flags_of[stream]);
}

void gs_output_note(bool on_stderr, const void *text, size_t length)
{
    note(on_stderr ? ON_STDERR : ON_STDOUT, text, length);
}

ssize_t gs_output_put(int fd, const void *text, size_t length, gs_output_write *write)
{
    enum stream stream = stream_of(fd);
    ssize_t written = (ssize_t)length;
    if (stream == ON_STDOUT && tells()) {
        gs_output_settle();
        gs_drive_write_nothing(length);
    } else {
        written = write(fd, text, length);
        stream = stream == ON_STDERR ? stream : ELSEWHERE;
    }
    if (stream != ELSEWHERE && written > 0)
        note(stream, text, (size_t)written);
    return written;
}

/* What was written and not read yet, and what is read and not told yet. */
static bool is_settled(void)
{
    int bytes = 0;
    return atomic_load(&gs_watch.control->output_is_read) == 0 &&
           (syscall(SYS_ioctl, STDOUT_FILENO, FIONREAD, &bytes) != 0 || bytes == 0);
}

void gs_output_settle(void)
{
    enum { TURNS = 1000 }; /* of a millisecond: whoever reads may have been stopped */
    int code = errno;
    bool due = gs_watch.driven && gs_output_is_the_runs();
    for (int i = 0; due && i < TURNS && !is_settled(); i++)
        (void)syscall(SYS_ppoll, NULL, 0, &(struct timespec){.tv_nsec = 1000000}, NULL, 0);
    errno = code;
}

void gs_output_finish(void)
{
    for (int stream = 0; stream < ELSEWHERE && gs_watched_self; stream++)
        gs_by_line_finish(&lines[stream], put_line, &flags_of[stream]);
}

void gs_output_forget(void)
{
    for (int stream = 0; stream < ELSEWHERE; stream++)
        lines[stream].begun.count = 0;
}
