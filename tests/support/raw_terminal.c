#include "support/raw_terminal.h"

#include "base/clock.h"

#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

struct raw_terminal raw_terminal_open(void (*child)(void *context), void *context)
{
    struct winsize size = {.ws_col = 120, .ws_row = 40};
    struct raw_terminal t = {.started = gs_clock_system()};
    int slave;
    if (openpty(&t.master, &slave, NULL, NULL, &size) != 0)
        exit(EXIT_FAILURE);
    t.pid = fork();
    if (t.pid == 0) {
        close(t.master);
        login_tty(slave);
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        child(context);
    }
    close(slave);
    return t;
}

void raw_terminal_keys(const struct raw_terminal *t, const char *keys)
{
    if (write(t->master, keys, strlen(keys)) < 0)
        exit(EXIT_FAILURE);
}

uint64_t raw_terminal_await(struct raw_terminal *t, const char *text)
{
    size_t seen = 0;
    char byte;
    while (text[seen] && read(t->master, &byte, 1) == 1) {
        seen = byte == text[seen] ? seen + 1 : byte == *text;
        t->bytes++;
    }
    return gs_clock_system();
}

uint64_t raw_terminal_read(struct raw_terminal *t, int first_ms, int quiet_ms)
{
    char bytes[65536];
    uint64_t last = 0;
    struct pollfd p = {.fd = t->master, .events = POLLIN};
    while (poll(&p, 1, last ? quiet_ms : first_ms) > 0) {
        ssize_t n = read(t->master, bytes, sizeof bytes);
        if (n <= 0)
            break;
        t->bytes += (uint64_t)n;
        last = gs_clock_system();
    }
    return last;
}

void raw_terminal_close(struct raw_terminal *t)
{
    raw_terminal_keys(t, "q");
    while (raw_terminal_read(t, 200, 200))
        ;
    waitpid(t->pid, NULL, 0);
    close(t->master);
}
