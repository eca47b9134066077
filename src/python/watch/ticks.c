#include "python/watch/ticks.h"

#include "base/own.h"
#include "python/front/front.h"
#include "python/watch/lines.h"

#include <errno.h>
#include <string.h>

/* GS_SIGNAL_BLOCKED has the last one. */
#define SIGNAL (SIGRTMAX - 1)

enum { TICK_NS = 10000000 };

void (*gs_ticks_busy)(struct gs_watched *self, uint64_t ns);

static void hear(int number, siginfo_t *info, void *unused);

static bool is_ours(const struct sigaction *action)
{
    return action->sa_flags & SA_SIGINFO && action->sa_sigaction == hear;
}

/* --- a tick */

/* Somebody has sent it who knows nothing of us: what it does then is what it does without us. */
static void be_ended(int number)
{
    const struct sigaction before = {.sa_handler = SIG_DFL};
    gs_real.sigaction(number, &before, NULL);
    syscall(SYS_tgkill, gs_own_pid(), gs_own_thread(), number);
}

static void look(struct gs_watched *self, uint64_t ns)
{
    if (gs_ticks_busy && self->busy)
        gs_ticks_busy(self, ns);
    gs_lines_look(self);
}

/* In the middle of anything. On a busy machine the kernel comes late, and one signal stands for
 * several ticks. */
static void hear(int number, siginfo_t *info, void *unused)
{
    int code = errno;
    struct gs_watched *self = gs_watched_self;
    (void)unused;
    if (info->si_code != SI_TIMER)
        be_ended(number);
    else if (self && self->holds)
        look(self, TICK_NS * (1 + (uint64_t)info->si_overrun));
    errno = code;
}

/* --- the timer */

/* Whose it is may have changed since. */
static bool take_signal(void)
{
    const struct sigaction ours = {.sa_sigaction = hear, .sa_flags = SA_SIGINFO | SA_RESTART};
    struct sigaction now;
    sigset_t blocked;
    if (pthread_sigmask(SIG_SETMASK, NULL, &blocked) != 0 || sigismember(&blocked, SIGNAL) ||
        gs_real.sigaction(SIGNAL, NULL, &now) != 0)
        return false;
    if (is_ours(&now))
        return true;
    bool free = !(now.sa_flags & SA_SIGINFO) && now.sa_handler == SIG_DFL;
    return free && gs_real.sigaction(SIGNAL, &ours, NULL) == 0;
}

void gs_ticks_begin(struct gs_watched *self)
{
    struct sigevent to = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGNAL};
    const struct itimerspec every = {.it_interval.tv_nsec = TICK_NS, .it_value.tv_nsec = TICK_NS};
    to._sigev_un._tid = gs_own_thread();
    if (atomic_load(&self->ticks) || !take_signal() ||
        timer_create(CLOCK_THREAD_CPUTIME_ID, &to, &self->timer) != 0)
        return;
    if (!self->lines)
        gs_lines_open(self);
    atomic_store(&self->ticks, true);
    timer_settime(self->timer, 0, &every, NULL);
}

void gs_ticks_end(struct gs_watched *self)
{
    if (atomic_exchange(&self->ticks, false))
        timer_delete(self->timer);
}

/* --- the program's own use of the signal */

static void give_signal(void)
{
    for (struct gs_watched *thread = gs_watched_first(); thread; thread = thread->next)
        gs_ticks_end(thread);
}

static int watched_sigaction(int number, const struct sigaction *new, struct sigaction *old)
{
    if (number == SIGNAL && new)
        give_signal();
    int result = gs_below.sigaction(number, new, old);
    if (number == SIGNAL && result == 0 && old && is_ours(old))
        *old = (struct sigaction){.sa_handler = SIG_DFL};
    return result;
}

/* The mask is the thread's own, and so is what waits behind it. A child that shares the memory of
 * this process has timers of its own: none. */
int gs_ticks_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    struct gs_watched *self = gs_watched_self;
    if (gs_watch.driven || !set || !self || !gs_watch_has_lanes())
        return gs_below.pthread_sigmask(how, set, old);
    if (how != SIG_UNBLOCK && sigismember(set, SIGNAL))
        gs_ticks_end(self);
    int result = gs_below.pthread_sigmask(how, set, old);
    if (how != SIG_BLOCK)
        gs_ticks_begin(self);
    return result;
}

void gs_ticks_watch(struct gs_front *table)
{
    table->sigaction = watched_sigaction;
}
