#include "cli/stage/stage_process.h"

#include "base/ending.h"
#include "cli/guard/trackers.h"
#include "python/launch/script.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SEGMENT_FD 3 /* in the stage; behind the three that every process has */

static const struct gs_stage_process no_stage = {.process_fd = -1, .stderr_fd = -1, .leash_fd = -1};

/* Set in every stage. What is started is this program once more: one that does not know `--stage`
 * would start itself without end. */
#define INSIDE "GILSCOPE_INSIDE_STAGE"

/* The stage gets nothing but its segment, a Python also standard input if that is a file or a pipe:
 * not the terminal, and what else this process has open it closes itself, since not every C library
 * can do that here. */
static void describe_files(posix_spawn_file_actions_t *files, bool input, int segment_fd,
                           int stderr_fd)
{
    posix_spawn_file_actions_init(files);
    if (!input)
        posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", GS_OUTPUT_FLAGS, 0);
    posix_spawn_file_actions_adddup2(files, stderr_fd, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(files, segment_fd, SEGMENT_FD);
}

/* A group of its own: the terminal's Ctrl-C and Ctrl-Z are the screen's business, and one kill
 * reaches all that the stage starts. */
static void describe_process(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                             POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
}

/* This process's variables, or those that a script in front of the interpreter gives it; and that
 * it is a stage. Free with free. */
static char **environment(char **given)
{
    static char inside[] = INSIDE "=1";
    char **from = given ? given : environ;
    size_t count = 0;
    while (from[count])
        count++;
    char **variables = calloc(count + 2, sizeof *variables);
    if (!variables)
        abort();
    memcpy(variables, from, count * sizeof *variables);
    variables[count] = inside;
    return variables;
}

static int spawn(pid_t *pid, const struct gs_order *order, int segment_fd, int stderr_fd)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    char fd[16], parent[16];
    snprintf(fd, sizeof fd, "%d", SEGMENT_FD);
    snprintf(parent, sizeof parent, "%d", (int)getpid());
    bool lua = order->guest == GS_GUEST_LUA;
    char program[] = "gilscope", for_lua[] = "--stage", for_python[] = "--stage-python";
    char *argv[] = {program, lua ? for_lua : for_python, fd, parent, NULL};
    describe_files(&files, !lua && !isatty(STDIN_FILENO), segment_fd, stderr_fd);
    describe_process(&attributes);
    char **variables = environment(lua ? NULL : gs_script_environment());
    int code = posix_spawn(pid, "/proc/self/exe", &files, &attributes, argv, variables);
    free(variables);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return code;
}

/* -1 from a kernel older than 5.3, or in a sandbox: who waits for the stage then looks from time to
 * time. The C library has the call only lately. */
static int open_process(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

static void close_pair(const int ends[2])
{
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

/* Both ends behind the numbers that the stage's own files have: none must be laid over another. */
static bool open_pipe(int ends[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, SEGMENT_FD + 1);
        close(low[i]);
    }
    if (ends[0] >= 0 && ends[1] >= 0)
        return true;
    close_pair(ends);
    return false;
}

static bool start_process(struct gs_stage_process *stage, struct gs_error *err)
{
    int ends[2], leash[2];
    if (!open_pipe(ends))
        return gs_error_system(err, errno, "cannot start the stage: no pipe for its messages");
    if (!open_pipe(leash)) {
        int code = errno;
        close_pair(ends);
        return gs_error_system(err, code, "cannot start the stage: no pipe for its leash");
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    struct gs_control *control = gs_segment_control(stage->segment);
    control->keeper_leash = leash[1];
    int code = spawn(&stage->pid, &control->order, gs_segment_fd(stage->segment), ends[1]);
    close(ends[1]);
    close(leash[0]);
    if (code != 0) {
        close(ends[0]);
        close(leash[1]);
        stage->pid = 0;
        return gs_error_system(err, code, "cannot start the stage");
    }
    stage->leash_fd = leash[1];
    atomic_store(&control->stage_pid, stage->pid);
    stage->stderr_fd = ends[0];
    stage->process_fd = open_process(stage->pid);
    return true;
}

/* Processes' numbers come again. */
static uint64_t number_of_run(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool gs_stage_process_start(struct gs_stage_process *stage, const struct gs_order *order,
                            uint64_t horizon, struct gs_error *err)
{
    *stage = no_stage;
    if (getenv(INSIDE))
        return gs_error_set(err, "a stage cannot start another one");
    stage->segment = gs_segment_create(&gs_segment_default, err);
    if (!stage->segment)
        return false;
    struct gs_control *control = gs_segment_control(stage->segment);
    control->order = *order;
    control->keeper = getpid();
    control->keeper_fd = gs_segment_fd(stage->segment);
    control->run = number_of_run();
    stage->driven = order->guest != GS_GUEST_LUA && order->clock == GS_CLOCK_VIRTUAL;
    if (order->guest != GS_GUEST_LUA && !stage->driven)
        stage->lookout = gs_lookout_new();
    if (stage->lookout)
        stage->memory = gs_memory_new();
    gs_control_set_horizon(control, horizon);
    /* What the stage starts and leaves behind becomes a child of this process, to be reaped. */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (start_process(stage, err))
        return true;
    gs_stage_process_end(stage);
    return false;
}

static void keep(struct gs_stage_process *stage, const char *text, size_t length)
{
    if (stage->written < sizeof stage->text - 1) {
        size_t room = sizeof stage->text - 1 - stage->written;
        memcpy(stage->text + stage->written, text, length < room ? length : room);
    }
    stage->written += length;
}

void gs_stage_process_read(struct gs_stage_process *stage, gs_stage_process_sink *sink,
                           void *context)
{
    char buffer[4096];
    ssize_t n;
    /* A stage that writes without end must not keep the reader here. */
    for (int turn = 0; turn < 64 && stage->stderr_fd >= 0; turn++) {
        n = read(stage->stderr_fd, buffer, sizeof buffer);
        if (n <= 0)
            break;
        keep(stage, buffer, (size_t)n);
        if (sink)
            sink(context, buffer, (size_t)n);
    }
}

/* The leader is dead but not yet reaped, so its group's number cannot be anybody else's. */
static void reap_group(struct gs_stage_process *stage)
{
    if (stage->lookout)
        gs_trackers_await(stage->pid);
    kill(-stage->pid, SIGKILL);
    while (waitpid(stage->pid, &stage->wait_status, 0) < 0 && errno == EINTR)
        ;
    while (waitpid(-stage->pid, NULL, 0) > 0 || errno == EINTR)
        ;
    stage->pid = 0;
    if (stage->driven)
        gs_trackers_stand_in(gs_segment_control(stage->segment)->run);
}

static bool dead(const struct gs_stage_process *stage, int flags)
{
    siginfo_t info = {0};
    while (waitid(P_PID, (id_t)stage->pid, &info, WEXITED | WNOWAIT | flags) != 0) {
        if (errno != EINTR)
            return true;
    }
    return info.si_pid == stage->pid;
}

static void look_on(struct gs_stage_process *stage)
{
    gs_lookout_look(stage->lookout, stage->segment);
    gs_memory_look(stage->memory, stage->segment);
}

bool gs_stage_process_gone(struct gs_stage_process *stage)
{
    if (stage->pid != 0 && dead(stage, WNOHANG))
        reap_group(stage);
    else if (stage->pid != 0 && stage->driven)
        gs_watchdog_look(&stage->watchdog, stage->segment);
    else if (stage->pid != 0 && stage->lookout)
        look_on(stage);
    return stage->pid == 0;
}

void gs_stage_process_kill(struct gs_stage_process *stage)
{
    if (stage->pid == 0)
        return;
    if (!stage->lookout)
        kill(-stage->pid, SIGKILL);
    kill(stage->pid, SIGKILL); /* in the moment before the group exists */
    dead(stage, 0);
    reap_group(stage);
}

void gs_stage_process_end(struct gs_stage_process *stage)
{
    if (!stage->segment)
        return;
    gs_stage_process_kill(stage);
    gs_segment_close(stage->segment);
    free(stage->lookout);
    gs_memory_free(stage->memory);
    if (stage->stderr_fd >= 0)
        close(stage->stderr_fd);
    if (stage->process_fd >= 0)
        close(stage->process_fd);
    if (stage->leash_fd >= 0)
        close(stage->leash_fd);
    *stage = no_stage;
}

int gs_stage_process_status(const struct gs_stage_process *stage)
{
    return gs_ending_exit_status(stage->wait_status);
}

/* The folder that lists what is open is open itself for as long. */
static void close_listed(int first)
{
    DIR *files = opendir("/proc/self/fd");
    struct dirent *entry;
    while (files && (entry = readdir(files))) {
        int fd = atoi(entry->d_name); /* 0: no number */
        if (fd >= first && fd != dirfd(files))
            close(fd);
    }
    if (files)
        closedir(files);
}

/* close_range needs Linux 5.9, and a sandbox may know no call that is younger than itself. */
static void close_from(int first)
{
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) != 0)
        close_listed(first);
}

void gs_stage_process_enter(pid_t parent)
{
    close_from(SEGMENT_FD + 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The parent may have gone before the kernel was asked to watch it. */
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
}
