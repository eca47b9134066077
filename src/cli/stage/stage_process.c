#include "cli/stage/stage_process.h"

#include "base/ending.h"
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
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SEGMENT_FD 3 /* in the stage; behind the three that every process has */

static const struct gs_stage_process no_stage = {
    .process_fd = -1, .stderr_fd = -1, .outside = {.fd = -1}, .leash_fd = -1};

/* The stage's ends of its pipes. A Lua scene has no standard output: nothing in it writes there. */
struct ends {
    int segment, output, errors;
};

/* Set in every stage. What is started is this program once more: one that does not know `--stage`
 * would start itself without end. */
#define INSIDE "GILSCOPE_INSIDE_STAGE"

/* The stage gets nothing but its segment and where to write, a Python also standard input if that
 * is a file or a pipe: not the terminal, and what else this process has open it closes itself,
 * since not every C library can do that here. */
static void describe_files(posix_spawn_file_actions_t *files, bool input, const struct ends *ends)
{
    posix_spawn_file_actions_init(files);
    if (!input)
        posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (ends->output < 0)
        posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    else
        posix_spawn_file_actions_adddup2(files, ends->output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(files, ends->errors, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(files, ends->segment, SEGMENT_FD);
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

static int spawn(pid_t *pid, const struct gs_order *order, const struct ends *ends)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    char fd[16], parent[16];
    snprintf(fd, sizeof fd, "%d", SEGMENT_FD);
    snprintf(parent, sizeof parent, "%d", (int)getpid());
    bool lua = order->guest == GS_GUEST_LUA;
    char program[] = "gilscope", for_lua[] = "--stage", for_python[] = "--stage-python";
    char *argv[] = {program, lua ? for_lua : for_python, fd, parent, NULL};
    describe_files(&files, !lua && !isatty(STDIN_FILENO), ends);
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

static struct gs_pipe identity(int fd)
{
    struct stat st = {0};
    (void)fstat(fd, &st);
    return gs_pipe_of(&st);
}

/* For the stage to write into. */
static bool open_writable(int ends[2], struct gs_pipe *called, struct gs_error *err)
{
    if (!open_pipe(ends))
        return gs_error_system(err, errno, "cannot start the stage: no pipe for what it writes");
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    *called = identity(ends[0]);
    return true;
}

/* What is open on either side is closed by whoever ends the stage, or here. */
static bool open_pipes(struct gs_stage_process *stage, struct ends *ends, int *leash,
                       struct gs_error *err)
{
    struct gs_control *control = gs_segment_control(stage->segment);
    bool lua = control->order.guest == GS_GUEST_LUA;
    int errors[2], output[2] = {-1, -1}, pair[2];
    if (!open_writable(errors, &control->errors, err))
        return false;
    stage->stderr_fd = errors[0];
    ends->errors = errors[1];
    if (!lua && !open_writable(output, &control->output, err))
        return false;
    stage->outside.fd = output[0];
    ends->output = output[1];
    if (!open_pipe(pair))
        return gs_error_system(err, errno, "cannot start the stage: no pipe for its leash");
    *leash = pair[0];
    stage->leash_fd = control->keeper_leash = pair[1];
    return true;
}

static bool start_process(struct gs_stage_process *stage, struct gs_error *err)
{
    struct gs_control *control = gs_segment_control(stage->segment);
    struct ends ends = {.segment = gs_segment_fd(stage->segment), .output = -1, .errors = -1};
    int leash = -1, code = 0;
    bool opened = open_pipes(stage, &ends, &leash, err);
    if (opened)
        code = spawn(&stage->pid, &control->order, &ends);
    close_pair((const int[]){ends.output, ends.errors});
    close_pair((const int[]){leash, -1});
    if (!opened)
        return false;
    if (code != 0) {
        stage->pid = 0;
        return gs_error_system(err, code, "cannot start the stage");
    }
    atomic_store(&control->stage_pid, stage->pid);
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

/* Where words of the stage go that are not in the trace. */
struct reading {
    struct gs_stage_process *stage;
    gs_stage_process_sink *sink;
    void *context;
};

static void hand_on(void *context, const char *text, size_t length)
{
    const struct reading *reading = context;
    keep(reading->stage, text, length);
    if (reading->sink)
        reading->sink(reading->context, text, length);
}

/* Of a run that ended by itself: what was cut off had no time to take its names away. */
static void tell_left(struct gs_stage_process *stage, struct reading *reading)
{
    char words[256];
    if (WIFEXITED(stage->wait_status) && *gs_trackers_words(words, sizeof words, &stage->left))
        hand_on(reading, words, strlen(words));
    stage->left = (struct gs_left){0};
}

void gs_stage_process_read(struct gs_stage_process *stage, gs_stage_process_sink *sink,
                           void *context)
{
    struct reading reading = {stage, sink, context};
    char buffer[4096];
    ssize_t n;
    /* A stage that writes without end must not keep the reader here. */
    for (int turn = 0; turn < 64 && stage->stderr_fd >= 0; turn++) {
        n = read(stage->stderr_fd, buffer, sizeof buffer);
        if (n <= 0)
            break;
        hand_on(&reading, buffer, (size_t)n);
    }
    gs_outside_read(&stage->outside, stage->segment, hand_on, &reading);
    if (stage->pid == 0) {
        gs_outside_finish(&stage->outside, stage->segment);
        tell_left(stage, &reading);
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
        stage->left = gs_trackers_stand_in(gs_segment_control(stage->segment)->run);
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
    gs_outside_close(&stage->outside);
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
