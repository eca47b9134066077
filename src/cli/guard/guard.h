/* The small parent of the screen. It keeps the terminal's settings and does nothing else that
 * could fail, so that it can put the terminal right after the screen died, even of a signal that
 * cannot be caught. It stops and goes on together with the screen, passes on what ends it, and
 * takes along what the screen leaves behind. */
#ifndef GS_CLI_GUARD_GUARD_H
#define GS_CLI_GUARD_GUARD_H

/* Runs screen(context) in a child process and returns its exit status, 128 + n if it died of
 * signal n. The caller has one thread. */
int gs_guard_run(int (*screen)(void *context), void *context);

#endif
