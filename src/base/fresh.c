#include "base/fresh.h"

#include "base/thread.h"

#include <sys/mman.h>

/* So many arrays are waited for at once; who asks for more does it himself. */
enum { MOST = 64 };

struct ask {
    char *at;
    size_t bytes; /* 0: nobody wants it any more */
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t asks, done;
    struct ask ring[MOST];
    size_t asked, made; /* of all so far; made … asked - 1 stand in the ring */
    bool working;       /* on the one that is to be made next */
    bool started, alone;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER,
         .asks = PTHREAD_COND_INITIALIZER,
         .done = PTHREAD_COND_INITIALIZER};

void gs_fresh_make(char *at, size_t bytes)
{
    (void)madvise(at, bytes, MADV_POPULATE_WRITE);
}

/* A process that is forked has the state of this one and none of its threads: nobody is to be in
 * the middle of a change then, and what was asked for is not made there. */
static void hold(void)
{
    pthread_mutex_lock(&all.lock);
}

static void let_go(void)
{
    pthread_mutex_unlock(&all.lock);
}

static void begin_anew(void)
{
    pthread_mutex_init(&all.lock, NULL);
    pthread_cond_init(&all.asks, NULL);
    pthread_cond_init(&all.done, NULL);
    all.made = all.asked;
    all.working = all.started = false;
}

void gs_fresh_watch_forks(void)
{
    static bool watched;
    if (!watched)
        watched = pthread_atfork(hold, let_go, begin_anew) == 0;
}

static void *make_on(void *context)
{
    pthread_mutex_lock(&all.lock);
    for (;;) {
        while (all.made == all.asked)
            pthread_cond_wait(&all.asks, &all.lock);
        struct ask ask = all.ring[all.made % MOST];
        all.working = true;
        pthread_mutex_unlock(&all.lock);
        if (ask.bytes)
            gs_fresh_make(ask.at, ask.bytes);
        pthread_mutex_lock(&all.lock);
        all.working = false;
        all.made++;
        pthread_cond_broadcast(&all.done);
    }
    return context;
}

static bool start(void)
{
    pthread_t thread;
    if (all.started || all.alone)
        return all.started;
    all.started = gs_thread_start(&thread, make_on, NULL);
    all.alone = !all.started;
    if (all.started)
        pthread_detach(thread);
    return all.started;
}

bool gs_fresh_ask(char *at, size_t bytes)
{
    pthread_mutex_lock(&all.lock);
    bool taken = all.asked - all.made < MOST && start();
    if (taken) {
        all.ring[all.asked++ % MOST] = (struct ask){.at = at, .bytes = bytes};
        pthread_cond_signal(&all.asks);
    }
    pthread_mutex_unlock(&all.lock);
    return taken;
}

bool gs_fresh_take(const char *at)
{
    bool ready = true;
    pthread_mutex_lock(&all.lock);
    for (size_t i = all.made; i < all.asked; i++) {
        struct ask *ask = &all.ring[i % MOST];
        if (ask->at != at || !ask->bytes)
            continue;
        ready = false;
        if (i > all.made || !all.working)
            ask->bytes = 0;
    }
    pthread_mutex_unlock(&all.lock);
    return ready;
}

static bool lies_in(const struct ask *ask, const char *at, size_t bytes)
{
    return ask->bytes && ask->at >= at && ask->at < at + bytes;
}

void gs_fresh_settle(const char *at, size_t bytes)
{
    pthread_mutex_lock(&all.lock);
    size_t first = all.made;
    bool now = first < all.asked && all.working && lies_in(&all.ring[first % MOST], at, bytes);
    for (size_t i = first + now; i < all.asked; i++)
        if (lies_in(&all.ring[i % MOST], at, bytes))
            all.ring[i % MOST].bytes = 0;
    while (now && all.made == first)
        pthread_cond_wait(&all.done, &all.lock);
    pthread_mutex_unlock(&all.lock);
}
