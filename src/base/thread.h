/* Threads of gilscope's own that work behind its back: signals are for the threads that wait for
 * them, so such a one takes none. */
#ifndef GS_BASE_THREAD_H
#define GS_BASE_THREAD_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

/* Starts run(context) in a thread, which is joined or detached by the caller. False: there can be
 * none. */
static inline bool gs_thread_start(pthread_t *thread, void *(*run)(void *), void *context)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = pthread_create(thread, NULL, run, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

#endif
