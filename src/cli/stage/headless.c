#include "cli/stage/headless.h"

#include "timeline/ends.h"

#include "base/clock.h"
#include "base/ending.h"
#include "base/give_way.h"
#include "base/text.h"
#include "cli/say/lines.h"
#include "cli/say/say.h"
#include "trace/intake.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* The longest sleep between two looks at what has come, in ns. */
#define LONGEST_REST 5000000

/* Events between two looks at the rest of the world: some milliseconds of work. */
#define DRAIN_STEP 65536

/* When whoever waits for the end of a run is told that it may have none, in ns. */
#define LONG_RUN 10000000000u

static int block_signals(sigset_t *before)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, before);
    return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The signal that has come, or 0. */
static int signal_come(int fd)
{
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

/* The sink of the trace: what comes at the cut or behind it is no part of the run. */
static void add(void *context, const struct gs_event *event)
{
    struct gs_headless *run = context;
    if (event->time >= run->until) {
        run->beyond = true;
        return;
    }
    gs_timeline_add(run->timeline, event);
    if (run->recorder)
        gs_recorder_put(run->recorder, event);
}

static uint64_t now_of(const struct gs_headless *run)
{
    return gs_control_now(gs_segment_control(run->stage.segment));
}

static void record_so_far(struct gs_headless *run)
{
    uint64_t now = now_of(run);
    if (run->recorder)
        gs_recorder_flush(run->recorder, now < run->until ? now : run->until);
}

/* After it was judged. What cannot be written is no fault of the program's. */
static void record_end(struct gs_headless *run)
{
    struct gs_recorded_end end = {
        .now = run->now, .cut = run->cut, .status = (uint64_t)run->status};
    struct gs_error err;
    if (!run->recorder)
        return;
    snprintf(end.message, sizeof end.message, "%s", run->stage.text);
    if (gs_recorder_finish(run->recorder, &end, &err))
        return;
    gs_cli_say("%s; the run has gone on without it", err.text);
    run->status = run->status == GS_EXIT_GOOD ? GS_EXIT_FAILED : run->status;
}

enum { STAGE, MESSAGES, OUTPUT, SIGNALS, FILES };

/* Sleeps until something happens, or it is time to look at what has come. */
static void rest(struct gs_headless *run, struct pollfd *fds, struct gs_by_line *lines, uint64_t ns)
{
    ppoll(fds, FILES, &(struct timespec){.tv_nsec = (long)ns}, NULL);
    gs_stage_process_read(&run->stage, gs_lines_pass, lines);
    /* A closed pipe would be ready for ever. */
    for (int i = MESSAGES; i <= OUTPUT; i++)
        if (fds[i].revents & (POLLHUP | POLLERR))
            fds[i].fd = -1;
    run->signal = signal_come(fds[SIGNALS].fd);
}

static void tell_long_run(const struct gs_headless *run, uint64_t begin, bool *told)
{
    if (*told || run->until != UINT64_MAX || gs_clock_system() - begin < LONG_RUN)
        return;
    gs_cli_say("10 s have passed and the run goes on; Ctrl-C ends it, --until T cuts it at a time "
               "of its own clock");
    *told = true;
}

/* Drains until the stage is gone or at the cut, where the virtual clock waits; or a signal comes.
 */
static void follow(struct gs_headless *run, struct gs_intake *intake, struct gs_by_line *lines,
                   int signal_fd)
{
    struct pollfd fds[FILES] = {[STAGE] = {.fd = run->stage.process_fd, .events = POLLIN},
                                [MESSAGES] = {.fd = run->stage.stderr_fd, .events = POLLIN},
                                [OUTPUT] = {.fd = run->stage.outside.fd, .events = POLLIN},
                                [SIGNALS] = {.fd = signal_fd, .events = POLLIN}};
    uint64_t begin = gs_clock_system();
    bool gone = false, told = false;
    while (!gone && !run->cut && run->signal == 0) {
        run->cut = now_of(run) >= run->until;
        gone = gs_stage_process_gone(&run->stage);
        gs_intake_drain(intake, DRAIN_STEP, add, run);
        record_so_far(run);
        bool idle = !gone && !run->cut && !gs_intake_has_more(intake);
        rest(run, fds, lines, idle ? LONGEST_REST : 0);
        tell_long_run(run, begin, &told);
    }
    uint64_t now = now_of(run);
    gs_stage_process_kill(&run->stage);
    gs_stage_process_read(&run->stage, gs_lines_pass, lines);
    gs_lines_finish(lines);
    gs_intake_finish(intake, add, run);
    if (gone && !run->cut)
        gs_intake_end(intake, run->stage.wait_status, add, run);
    /* It ended by itself, but later. */
    run->cut = run->cut || (gone && run->beyond);
    run->now = run->cut ? run->until : now;
    gs_timeline_extend(run->timeline, run->now);
}

static bool stands_still(const struct gs_timeline *timeline)
{
    struct gs_points found = gs_timeline_points(timeline, GS_EVENT_DEADLOCK);
    bool any = found.list.count > 0;
    gs_vec_free(&found.list);
    return any;
}

/* As the stage would have judged what there is. */
static int judge_cut(const struct gs_timeline *timeline)
{
    return stands_still(timeline) ? GS_EXIT_FAILED : gs_end_verdict(timeline, GS_EXIT_GOOD);
}

static bool is_lua(const struct gs_headless *run)
{
    return gs_segment_control(run->stage.segment)->order.guest == GS_GUEST_LUA;
}

static void say_killed(const struct gs_headless *run, int signal)
{
    char when[32], word[32];
    gs_cli_say("%s was killed by %s %s into the run; what it did until then is shown",
               is_lua(run) ? "the stage" : "the program",
               gs_ending_signal(word, sizeof word, signal),
               gs_text_duration(when, sizeof when, gs_timeline_end(run->timeline)));
}

static int judge(const struct gs_headless *run)
{
    int status = gs_stage_process_status(&run->stage);
    if (run->signal != 0)
        return 128 + run->signal;
    if (gs_end_was_expected(run->timeline) && !WIFSIGNALED(run->stage.wait_status))
        return GS_EXIT_GOOD;
    if (run->cut)
        return judge_cut(run->timeline);
    if (WIFSIGNALED(run->stage.wait_status))
        say_killed(run, status - 128);
    else if (!is_lua(run))
        return gs_end_verdict(run->timeline, status); /* the user's own program has said it */
    else if (status > GS_EXIT_USAGE)
        gs_cli_say("the stage ended with status %d, which it never should", status);
    return status > GS_EXIT_USAGE && status <= 128 ? GS_EXIT_FAILED : status;
}

bool gs_headless_run(struct gs_headless *run, const struct gs_order *order, uint64_t until,
                     struct gs_recorder *recorder, struct gs_error *err)
{
    sigset_t before;
    struct gs_by_line lines = {0};
    *run = (struct gs_headless){.until = until ? until : UINT64_MAX, .recorder = recorder};
    int signal_fd = block_signals(&before);
    bool ok = gs_stage_process_start(&run->stage, order, run->until, err);
    if (ok) {
        gs_give_way();
        struct gs_intake *intake = gs_intake_new(run->stage.segment);
        run->timeline = gs_timeline_new(gs_segment_tables(run->stage.segment));
        if (recorder)
            gs_recorder_follow(recorder, gs_segment_tables(run->stage.segment));
        follow(run, intake, &lines, signal_fd);
        gs_intake_free(intake);
        run->status = judge(run);
        record_end(run);
    }
    close(signal_fd);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}

void gs_headless_free(struct gs_headless *run)
{
    if (run->timeline)
        gs_timeline_free(run->timeline);
    gs_stage_process_end(&run->stage);
}
