/* Signals on the virtual clock. The kernel may deliver one while its thread is in the middle of the
 * scheduler's tables, or without the baton, where a handler could do nothing that is driven:
 * CPython's writes to a pipe. So what the kernel calls only notes that the signal has come; the
 * handler runs a little later, in the main thread, where that has the baton and is about to do
 * something else. That is early enough, since what a Python program does about a signal it does in
 * the main thread, between two of its instructions. What the process signals itself comes at once,
 * in the same place in every run. Signals that say that an instruction has failed are left alone.
 */
#include "python/drive/drive.h"

#include "sched/baton.h"
#include "sched/bury.h"

#include "base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static struct {
    struct sigaction action; /* the program's, while the kernel calls `note` */
    _Atomic bool pending;
} signals[_NSIG];

_Atomic bool gs_drive_signalled;

void (*gs_drive_before_wait)(void);

static struct gs_driven *main_thread;

static void note(int number)
{
    atomic_store(&signals[number].pending, true);
    atomic_store(&gs_drive_signalled, true);
}

static bool can_wait(int number)
{
    return number > 0 && number < _NSIG && number != SIGSEGV && number != SIGBUS &&
           number != SIGFPE && number != SIGILL && number != SIGTRAP && number != SIGSYS &&
           number != SIGABRT;
}

static bool has_handler(const struct sigaction *action)
{
    return action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
}

/* The kernel knows better than any note of ours: a child may have changed it in memory that it
 * shares with us until its exec. */
static bool is_noted(int number)
{
    struct sigaction now;
    return can_wait(number) && gs_real.sigaction(number, NULL, &now) == 0 && now.sa_handler == note;
}

static int driven_sigaction(int number, const struct sigaction *new, struct sigaction *old)
{
    if (!gs_self || !can_wait(number))
        return gs_real.sigaction(number, new, old);
    struct sigaction before = signals[number].action, ours;
    bool noted = is_noted(number), handled = new &&has_handler(new);
    if (handled) {
        ours = *new;
        ours.sa_handler = note;
        ours.sa_flags = (new->sa_flags & ~(SA_SIGINFO | SA_RESETHAND)) | SA_RESTART;
    }
    if (gs_real.sigaction(number, handled ? &ours : new, old) != 0)
        return -1;
    if (handled)
        signals[number].action = *new;
    if (old && noted)
        *old = before;
    return 0;
}

/* --- the handlers */

static void handle(int number)
{
    const struct sigaction *action = &signals[number].action;
    siginfo_t info = {.si_signo = number};
    if (action->sa_flags & SA_SIGINFO)
        action->sa_sigaction(number, &info, NULL);
    else
        action->sa_handler(number);
    gs_driven_self()->heard = true;
}

void gs_drive_hear(void)
{
    if (gs_driven_self() != main_thread) {
        (void)gs_drive_wake_for_signals(gs_drive_now());
        return;
    }
    atomic_store(&gs_drive_signalled, false);
    for (int number = 1; number < _NSIG; number++)
        if (atomic_exchange(&signals[number].pending, false))
            handle(number);
}

/* The main thread of that process, if it is in a wait that a signal ends. */
static bool interrupt(uint32_t process, uint64_t time)
{
    uint32_t slot = gs_family->processes[process].hearer;
    return slot && gs_family->slot[slot].interruptible && gs_interrupt(slot, time);
}

bool gs_drive_wake_for_signals(uint64_t time)
{
    return atomic_load(&gs_drive_signalled) && interrupt(gs_family_self(), time);
}

enum gs_wait_end gs_drive_park(uint64_t key, uint64_t deadline)
{
    struct gs_driven *self = gs_driven_self();
    enum gs_wait_end end = GS_WAIT_INTERRUPTED;
    /* It may have come while others had the baton: a child's end, which is awaited then. */
    bool come = self == main_thread && atomic_load(&gs_drive_signalled);
    if (!self->heard && !come) {
        if (gs_drive_before_wait)
            gs_drive_before_wait();
        gs_baton_slot()->interruptible = self == main_thread;
        end = gs_park(key, deadline);
        gs_baton_slot()->interruptible = false;
    }
    if (end == GS_WAIT_INTERRUPTED) {
        gs_drive_hear();
        self->heard = false;
        errno = EINTR;
    }
    return end;
}

/* --- what processes signal themselves, and each other */

static bool is_blocked(int number)
{
    sigset_t blocked;
    pthread_sigmask(SIG_BLOCK, NULL, &blocked);
    return sigismember(&blocked, number);
}

/* What the kernel says of a process's signals. */
struct dispositions {
    unsigned long long blocked, ignored, caught;
};

static bool read_dispositions(pid_t pid, struct dispositions *found)
{
    char path[48], text[4096] = "";
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = gs_real.read(fd, text, sizeof text - 1);
    gs_real.close(fd);
    const char *at = length > 0 ? strstr(text, "SigBlk:") : NULL;
    return at && sscanf(at, "SigBlk: %llx SigIgn: %llx SigCgt: %llx", &found->blocked,
                        &found->ignored, &found->caught) == 3;
}

/* It ends the process: that neither handles nor ignores it. */
static bool is_fatal(int number, const struct dispositions *its)
{
    unsigned long long bit = 1ull << (number - 1);
    if (number == SIGKILL)
        return true;
    if ((its->blocked | its->ignored | its->caught) & bit)
        return false;
    return number != SIGCHLD && number != SIGCONT && number != SIGURG && number != SIGWINCH &&
           number != SIGSTOP && number != SIGTSTP && number != SIGTTIN && number != SIGTTOU;
}

/* To another process of the family. It is asleep, since the caller has the baton: so it dies at
 * once and in the order of the clock, or has noted the signal before it goes on. */
static int signal_other(uint32_t process, int number, uint64_t time)
{
    struct dispositions its = {0};
    pid_t pid = gs_family->processes[process].pid;
    bool known = number > 0 && read_dispositions(pid, &its);
    unsigned long long bit = known ? 1ull << (number - 1) : 0;
    int result = gs_real.kill(pid, number);
    if (result != 0 || !bit)
        return result;
    if (is_fatal(number, &its)) {
        gs_bury_the_dead(process, time, number);
        gs_bury_await_ending();
    } else if (its.caught & ~its.blocked & bit) {
        (void)interrupt(process, time);
    }
    gs_drive_files_look(time); /* it may be the end of something, or be in sigwait */
    return 0;
}

/* If it is the end, the process, or the run, came as far as this. */
static void come_to(int number, uint64_t time)
{
    struct dispositions own;
    struct gs_slot *self = gs_baton_slot();
    if (read_dispositions(gs_own_pid(), &own) && is_fatal(number, &own) && self->at < time)
        self->at = time;
    gs_baton_await_screen(time);
}

void gs_drive_signal(uint32_t process, int number, uint64_t time)
{
    if (process != gs_family_self())
        (void)signal_other(process, number, time);
    else if (is_noted(number) && !is_blocked(number)) {
        note(number);
        (void)gs_drive_wake_for_signals(time);
    } else {
        come_to(number, time);
        gs_real.kill(gs_own_pid(), number);
        gs_drive_files_look(time); /* somebody may be in sigwait */
    }
}

/* False: it is the kernel's to deliver. */
static bool deliver(int number)
{
    gs_drive_touch();
    if (!is_noted(number) || is_blocked(number))
        return false;
    note(number);
    gs_drive_hear();
    return true;
}

static int done(int result)
{
    int code = errno;
    gs_drive_files_changed();
    errno = code;
    return result;
}

static int driven_kill(pid_t pid, int number)
{
    uint32_t process;
    if (!gs_self)
        return gs_real.kill(pid, number);
    if (pid == gs_own_pid())
        return deliver(number) ? 0 : done(gs_real.kill(pid, number));
    gs_drive_touch();
    return gs_bury_find(pid, &process) ? signal_other(process, number, gs_now())
                                       : done(gs_real.kill(pid, number));
}

static int driven_raise(int number)
{
    if (!gs_self)
        return gs_real.raise(number);
    return deliver(number) ? 0 : done(gs_real.raise(number));
}

static int driven_pthread_kill(pthread_t thread, int number)
{
    if (!gs_self)
        return gs_real.pthread_kill(thread, number);
    return deliver(number) ? 0 : done(gs_real.pthread_kill(thread, number));
}

/* --- waiting for one: looked for again whenever something happens, as files are */

static int driven_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *t)
{
    if (!gs_self)
        return gs_real.sigtimedwait(set, info, t);
    gs_drive_touch();
    uint64_t deadline =
        t ? gs_drive_now() + (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_nsec : GS_NEVER;
    for (;;) {
        int number = gs_real.sigtimedwait(set, info, &(struct timespec){0});
        if (number > 0 || errno != EAGAIN || gs_drive_now() >= deadline)
            return number;
        if (gs_drive_park(GS_DRIVE_FILES, deadline) == GS_WAIT_INTERRUPTED)
            return -1;
    }
}

static int driven_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    if (!gs_self)
        return gs_real.sigwaitinfo(set, info);
    return driven_sigtimedwait(set, info, NULL);
}

static int driven_sigwait(const sigset_t *set, int *number)
{
    int got;
    if (!gs_self)
        return gs_real.sigwait(set, number);
    do
        got = driven_sigtimedwait(set, NULL, NULL);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno;
    *number = got;
    return 0;
}

void gs_drive_forget_signals(void)
{
    main_thread = gs_driven_self();
    gs_family_process()->hearer = gs_baton_self();
    main_thread->heard = false;
    atomic_store(&gs_drive_signalled, false);
    for (int number = 1; number < _NSIG; number++)
        atomic_store(&signals[number].pending, false);
}

void gs_drive_leave_signals(void)
{
    for (int number = 1; number < _NSIG; number++)
        if (is_noted(number))
            gs_real.sigaction(number, &signals[number].action, NULL);
}

void gs_drive_signals(struct gs_front *table)
{
    gs_drive_forget_signals();
    table->sigaction = driven_sigaction;
    table->kill = driven_kill;
    table->raise = driven_raise;
    table->pthread_kill = driven_pthread_kill;
    table->sigtimedwait = driven_sigtimedwait;
    table->sigwaitinfo = driven_sigwaitinfo;
    table->sigwait = driven_sigwait;
}
