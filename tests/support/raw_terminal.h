/* A terminal that nobody looks at, for benchmarks: a child on a pseudo-terminal of 120x40, whose
 * output is only waited for. Ends the program where the system refuses one. */
#ifndef GS_TEST_RAW_TERMINAL_H
#define GS_TEST_RAW_TERMINAL_H

#include <stdint.h>
#include <sys/types.h>

struct raw_terminal {
    int master;
    pid_t pid;
    uint64_t started; /* gs_clock_system */
    uint64_t bytes;   /* read so far */
};

/* child does not return. */
struct raw_terminal raw_terminal_open(void (*child)(void *context), void *context);
void raw_terminal_keys(const struct raw_terminal *terminal, const char *keys);

/* Reads until that was written, or the terminal is closed; gives the time. */
uint64_t raw_terminal_await(struct raw_terminal *terminal, const char *text);

/* Reads what comes within first_ms, then until nothing comes for quiet_ms; gives the time of the
 * last byte, 0 if there was none. */
uint64_t raw_terminal_read(struct raw_terminal *terminal, int first_ms, int quiet_ms);

/* Presses "q" and waits for the end. */
void raw_terminal_close(struct raw_terminal *terminal);

#endif
