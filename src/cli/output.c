#include "cli/output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* How long printing may go on after the program was told to end, in s. */
enum { SECONDS_LEFT = 1 };

/* How long a line that was begun may then wait for its reader, in ms. */
enum { PATIENCE_MS = 200 };

static struct {
    volatile sig_atomic_t told;    /* the signal to end by, now; 0: none */
    volatile sig_atomic_t due;     /* … and when the time is up */
    volatile sig_atomic_t writing; /* lines have begun to go out: their end is the time to end */
} state;

/* Async-signal-safe. */
static _Noreturn void leave(void)
{
    static const char cut[] = "gilscope: told to end, so the rest of the output is missing\n";
    (void)!write(STDERR_FILENO, cut, sizeof cut - 1);
    _exit(128 + state.told);
}

static void on_signal(int number)
{
    if (number != SIGALRM)
        state.told = number;
    else if (state.told == 0)
        state.told = state.due;
    if (!state.writing)
        leave();
    alarm(1); /* it may have come just before the write, which then blocks and does not know */
}

static bool takes_more(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, PATIENCE_MS) == 1 && (out.revents & POLLOUT);
}

/* Whole lines. Up to PIPE_BUF bytes a pipe takes all or nothing; a longer line has to be finished.
 */
static bool write_lines(const char *lines, size_t size)
{
    size_t done = 0;
    state.writing = 1;
    while (done < size) {
        if (state.told && (done == 0 || !takes_more()))
            leave();
        ssize_t n = write(STDOUT_FILENO, lines + done, size - done);
        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    state.writing = 0;
    if (state.told)
        leave();
    return done == size;
}

/* As many whole lines as go out at once; one at least. 0: the first has no end yet. */
static size_t lines_in(const char *text, size_t size)
{
    const char *end = size > PIPE_BUF ? memrchr(text, '\n', PIPE_BUF) : memrchr(text, '\n', size);
    if (!end && size > PIPE_BUF)
        end = memchr(text + PIPE_BUF, '\n', size - PIPE_BUF);
    return end ? (size_t)(end - text) + 1 : 0;
}

struct output {
    char *line; /* the last one, until it has an end */
    size_t length, size;
};

static void keep(struct output *o, const char *text, size_t size)
{
    if (o->length + size > o->size) {
        o->size = (o->length + size) * 2;
        o->line = realloc(o->line, o->size);
        if (!o->line)
            abort();
    }
    memcpy(o->line + o->length, text, size);
    o->length += size;
}

static ssize_t put(void *cookie, const char *text, size_t size)
{
    struct output *o = cookie;
    size_t done = 0, length;
    keep(o, text, size);
    while ((length = lines_in(o->line + done, o->length - done)) > 0) {
        if (!write_lines(o->line + done, length))
            return 0;
        done += length;
    }
    memmove(o->line, o->line + done, o->length -= done);
    return (ssize_t)size;
}

static int finish(void *cookie)
{
    struct output *o = cookie;
    bool ok = o->length == 0 || write_lines(o->line, o->length);
    free(o->line);
    free(o);
    return ok ? 0 : EOF;
}

FILE *gs_output_open(void)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGALRM};
    const struct sigaction act = {.sa_handler = on_signal};
    struct sigaction before;
    struct output *o = calloc(1, sizeof *o);
    FILE *out =
        o ? fopencookie(o, "w", (cookie_io_functions_t){.write = put, .close = finish}) : NULL;
    if (!out)
        abort();
    setvbuf(out, NULL, _IOFBF, 1 << 16);
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        sigaction(ending[i], NULL, &before);
        if (before.sa_handler == SIG_DFL)
            sigaction(ending[i], &act, NULL);
    }
    return out;
}

void gs_output_hurry(int signal_number)
{
    state.due = signal_number;
    alarm(SECONDS_LEFT);
}
