#include "cli/stage/headless.h"

#include "base/text.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/stage/give_way.h"
#include "trace/collector.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* The longest sleep between two drains, in ns. A ring takes 32 ms to fill at a million events a
 * second. */
#define LONGEST_REST 5000000

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

/* Drains until the stage is gone or a signal comes. */
static void follow(struct gs_headless *run, struct gs_collector *collector, struct gs_lines *lines,
                   int signal_fd)
{
    struct pollfd fds[] = {{.fd = run->stage.process_fd, .events = POLLIN},
                           {.fd = run->stage.stderr_fd, .events = POLLIN},
                           {.fd = signal_fd, .events = POLLIN}};
    bool gone = false;
    while (!gone && run->signal == 0) {
        gone = gs_stage_process_gone(&run->stage);
        gs_collector_drain(collector, 0, gs_timeline_add, run->timeline);
        uint64_t rest = gone ? 0 : gs_collector_rest(collector, LONGEST_REST);
        ppoll(fds, sizeof fds / sizeof fds[0], &(struct timespec){.tv_nsec = (long)rest}, NULL);
        gs_stage_process_read(&run->stage, gs_lines_pass, lines);
        /* A closed pipe would be ready for ever. */
        if (fds[1].revents & (POLLHUP | POLLERR))
            fds[1].fd = -1;
        run->signal = signal_come(signal_fd);
    }
    uint64_t now = gs_control_now(gs_segment_control(run->stage.segment));
    gs_stage_process_kill(&run->stage);
    gs_stage_process_read(&run->stage, gs_lines_pass, lines);
    gs_lines_finish(lines);
    gs_collector_finish(collector, gs_timeline_add, run->timeline);
    gs_timeline_extend(run->timeline, now);
}

static void say_killed(const struct gs_headless *run, int signal)
{
    char when[32];
    gs_cli_say("the stage was killed by signal %d (%s) %s into the run; what it did until then "
               "is shown",
               signal, strsignal(signal),
               gs_text_duration(when, sizeof when, gs_timeline_end(run->timeline)));
}

static int judge(const struct gs_headless *run)
{
    int status = gs_stage_process_status(&run->stage);
    if (run->signal != 0)
        return 128 + run->signal;
    if (status > 128)
        say_killed(run, status - 128);
    else if (status > GS_EXIT_USAGE)
        gs_cli_say("the stage ended with status %d, which it never should", status);
    return status > GS_EXIT_USAGE && status <= 128 ? GS_EXIT_FAILED : status;
}

bool gs_headless_run(struct gs_headless *run, const struct gs_order *order, struct gs_error *err)
{
    sigset_t before;
    struct gs_lines lines = {0};
    *run = (struct gs_headless){0};
    int signal_fd = block_signals(&before);
    bool ok = gs_stage_process_start(&run->stage, order, UINT64_MAX, err);
    if (ok) {
        gs_give_way();
        struct gs_collector *collector = gs_collector_new(run->stage.segment);
        run->timeline = gs_timeline_new(gs_segment_tables(run->stage.segment));
        follow(run, collector, &lines, signal_fd);
        gs_collector_free(collector);
        run->status = judge(run);
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
