#include "tui/loop.h"

#include "base/clock.h"
#include "tui/term/input.h"

#include <errno.h>
#include <ev.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A key waits for a drain at most this long; the rest of a frame's worth follows in the next turn
 * of the loop, with a look at the keys in between. */
#define DRAIN_NS 500000u

/* So long keys are taken at a stretch; then what ends the screen is looked for, and it is painted.
 */
#define KEYS_NS 10000000u

/* An Escape alone is known by the silence after it. */
#define ESCAPE_SECONDS 0.03

static const int ending[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
enum { ENDING = sizeof ending / sizeof *ending };

struct loop {
    struct ev_loop *ev;
    struct gs_ui *ui;
    struct gs_term *term;
    struct gs_input input;
    ev_io keys;
    ev_timer frame, escape;
    ev_idle backlog;
    ev_prepare paint;
    ev_signal resize, stop, resumed, ends[ENDING];
    uint64_t last_frame; /* wall clock, ns */
    bool dirty;
    bool put_off; /* events, until it is painted */
    int ended_by;
};

static void mask_ends(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ENDING; i++)
        sigaddset(&set, ending[i]);
    sigprocmask(how, &set, NULL);
}

void gs_loop_hold_ends(void)
{
    mask_ends(SIG_BLOCK);
}

void gs_loop_let_ends_go(void)
{
    mask_ends(SIG_UNBLOCK);
}

static void end(struct loop *l, int signal_number)
{
    l->ended_by = signal_number;
    ev_break(l->ev, EVBREAK_ALL);
}

/* Frames come only as often as there can be something new. */
static void set_pace(struct loop *l)
{
    double pace = gs_ui_next_frame(l->ui);
    if (pace > 0 && ev_is_active(&l->frame) && l->frame.repeat >= pace * 0.99 &&
        l->frame.repeat <= pace * 1.01)
        return;
    if (pace > 0 && !ev_is_active(&l->frame))
        l->last_frame = gs_clock_system();
    l->frame.repeat = pace;
    ev_timer_again(l->ev, &l->frame);
}

/* What is due to be painted, the answer to a key, does not wait for it; but where keys come without
 * end events are taken in every second time. */
static void drain(struct loop *l)
{
    l->put_off = l->dirty && !l->put_off;
    if (l->put_off || gs_ui_drain(l->ui, DRAIN_NS))
        ev_idle_start(l->ev, &l->backlog);
    else
        ev_idle_stop(l->ev, &l->backlog);
}

static void on_backlog(struct ev_loop *ev, ev_idle *watcher, int events)
{
    (void)ev;
    (void)events;
    drain(watcher->data);
}

static void on_frame(struct ev_loop *ev, ev_timer *watcher, int events)
{
    struct loop *l = watcher->data;
    (void)ev;
    (void)events;
    uint64_t now = gs_clock_system();
    drain(l);
    if (gs_ui_advance(l->ui, now - l->last_frame))
        l->dirty = true;
    l->last_frame = now;
    set_pace(l);
}

static void on_said(void *context, const struct gs_said *said)
{
    struct loop *l = context;
    gs_ui_take(l->ui, said);
    l->dirty = true;
    if (l->ui->quit)
        ev_break(l->ev, EVBREAK_ALL);
}

static void after_keys(struct loop *l)
{
    gs_term_set_mouse(l->term, l->ui->mouse);
    gs_ui_advance(l->ui, 0);
    set_pace(l);
    ev_timer_stop(l->ev, &l->escape);
    if (gs_input_pending(&l->input)) {
        ev_timer_set(&l->escape, ESCAPE_SECONDS, 0);
        ev_timer_start(l->ev, &l->escape);
    }
}

/* How many bytes can be read without waiting. */
static int bytes_waiting(void)
{
    int count = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &count) == 0 ? count : 0;
}

/* Whether the next key is to wait. What began is read to its end: the silence after an Escape must
 * not be ours. */
static bool is_turn_over(const struct loop *l, uint64_t begin)
{
    bool late = gs_clock_system() - begin >= KEYS_NS && !gs_input_pending(&l->input);
    return l->ui->quit || late || bytes_waiting() == 0;
}

/* Keys that were typed ahead stay with the terminal until it is their turn: what ends the screen
 * must not wait behind all of them. */
static void on_input(struct ev_loop *ev, ev_io *watcher, int events)
{
    struct loop *l = watcher->data;
    uint64_t begin = gs_clock_system();
    (void)ev;
    (void)events;
    do {
        char byte;
        ssize_t count = read(STDIN_FILENO, &byte, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            break;
        /* Nothing to read from a terminal that is ready: it went away. */
        if (count <= 0) {
            end(l, SIGHUP);
            return;
        }
        gs_input_feed(&l->input, &byte, 1, on_said, l);
    } while (!is_turn_over(l, begin));
    after_keys(l);
}

static void on_escape(struct ev_loop *ev, ev_timer *watcher, int events)
{
    struct loop *l = watcher->data;
    (void)ev;
    (void)events;
    gs_input_flush(&l->input, on_said, l);
    after_keys(l);
}

static void look_at_size(struct loop *l)
{
    int width, height;
    gs_term_size(l->term, &width, &height);
    gs_ui_resize(l->ui, width, height);
    l->dirty = true;
}

static void on_resize(struct ev_loop *ev, ev_signal *watcher, int events)
{
    (void)ev;
    (void)events;
    look_at_size(watcher->data);
}

static void come_back(struct loop *l)
{
    gs_term_resume(l->term);
    look_at_size(l);
    l->last_frame = gs_clock_system();
}

/* Ctrl-Z: the terminal goes back to the shell, then the signal does what it always does. */
static void on_stop(struct ev_loop *ev, ev_signal *watcher, int events)
{
    struct loop *l = watcher->data;
    (void)events;
    gs_term_suspend(l->term);
    ev_signal_stop(ev, watcher);
    raise(SIGTSTP);
    ev_signal_start(ev, watcher);
    come_back(l);
}

/* Continued after a stop that could not be seen (SIGSTOP): somebody else used the terminal. */
static void on_resumed(struct ev_loop *ev, ev_signal *watcher, int events)
{
    (void)ev;
    (void)events;
    come_back(watcher->data);
}

static void on_end(struct ev_loop *ev, ev_signal *watcher, int events)
{
    (void)ev;
    (void)events;
    end(watcher->data, watcher->signum);
}

/* One repaint a wake, whatever and however much woke the loop. */
static void on_prepare(struct ev_loop *ev, ev_prepare *watcher, int events)
{
    struct loop *l = watcher->data;
    (void)ev;
    (void)events;
    if (!l->dirty)
        return;
    gs_ui_draw(l->ui);
    gs_term_draw(l->term, &l->ui->canvas);
    l->dirty = false;
}

static void watch(struct loop *l)
{
    l->keys.data = l->frame.data = l->escape.data = l->backlog.data = l->paint.data = l;
    l->resize.data = l->stop.data = l->resumed.data = l;
    ev_io_init(&l->keys, on_input, STDIN_FILENO, EV_READ);
    ev_set_priority(&l->keys, 1); /* before the frame that is due in the same turn */
    ev_timer_init(&l->frame, on_frame, 0, 0);
    ev_timer_init(&l->escape, on_escape, ESCAPE_SECONDS, 0);
    ev_idle_init(&l->backlog, on_backlog);
    ev_prepare_init(&l->paint, on_prepare);
    ev_signal_init(&l->resize, on_resize, SIGWINCH);
    ev_signal_init(&l->stop, on_stop, SIGTSTP);
    ev_signal_init(&l->resumed, on_resumed, SIGCONT);
    ev_io_start(l->ev, &l->keys);
    ev_prepare_start(l->ev, &l->paint);
    ev_signal_start(l->ev, &l->resize);
    ev_signal_start(l->ev, &l->stop);
    ev_signal_start(l->ev, &l->resumed);
    /* Of what comes in one turn, an end is first. */
    for (size_t i = 0; i < ENDING; i++) {
        ev_signal_init(&l->ends[i], on_end, ending[i]);
        ev_set_priority(&l->ends[i], EV_MAXPRI);
        l->ends[i].data = l;
        ev_signal_start(l->ev, &l->ends[i]);
    }
}

/* Signals must find their default action again once the terminal is given back. */
static void unwatch(struct loop *l)
{
    ev_io_stop(l->ev, &l->keys);
    ev_timer_stop(l->ev, &l->frame);
    ev_timer_stop(l->ev, &l->escape);
    ev_idle_stop(l->ev, &l->backlog);
    ev_prepare_stop(l->ev, &l->paint);
    ev_signal_stop(l->ev, &l->resize);
    ev_signal_stop(l->ev, &l->stop);
    ev_signal_stop(l->ev, &l->resumed);
    for (size_t i = 0; i < ENDING; i++)
        ev_signal_stop(l->ev, &l->ends[i]);
}

int gs_loop_run(struct gs_ui *ui, struct gs_term *term)
{
    /* Not the default loop: that one reaps every child, and the stage is the host's to reap. */
    struct loop l = {.ui = ui, .term = term, .ev = ev_loop_new(EVFLAG_AUTO), .dirty = true};
    l.last_frame = gs_clock_system();
    watch(&l);
    gs_term_set_mouse(term, ui->mouse);
    gs_loop_let_ends_go();
    set_pace(&l);
    ev_run(l.ev, 0);
    unwatch(&l);
    ev_loop_destroy(l.ev);
    return l.ended_by;
}
