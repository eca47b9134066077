/* Fresh memory made ready before it is needed: a thread has the system find and clear the pages
 * while whoever is going to fill them fills others. The one takes about as long as the other.
 *
 * Any thread may call this; what is asked for at an address is one thread's at a time. */
#ifndef GS_BASE_FRESH_H
#define GS_BASE_FRESH_H

#include <stdbool.h>
#include <stddef.h>

/* Whole pages at addresses that are mapped and can be written, and stay so until they are settled.
 * Returns at once. False: too much is asked for already, or there can be no thread. */
bool gs_fresh_ask(char *at, size_t bytes);

/* Whether all is ready that was asked for there. If not, nobody begins with it any more; who is in
 * the middle of it goes on, which disturbs nobody who does the same. */
bool gs_fresh_take(const char *at);

/* Nothing between those addresses is worked on when this returns. It may wait for a step that is
 * being made: some hundred microseconds, where the machine has a core for it. */
void gs_fresh_settle(const char *at, size_t bytes);

/* A process that is forked may ask, too. Who does so with a lock of his own held, and takes that
 * before a fork (pthread_atfork), calls this first: what is watched last is taken first. */
void gs_fresh_watch_forks(void);

/* Now, by the caller. A kernel before 5.14 refuses, and gives the pages one by one when each is
 * touched, which costs a third more. */
void gs_fresh_make(char *at, size_t bytes);

#endif
