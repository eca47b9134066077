#include "cli/stage/aside.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The screen comes first. */
enum { NICER = 5 };

/* What signals mean to the screen they do not mean to the writer. It ends with the screen, however
 * that does. */
static void be_nobodys_screen(pid_t screen)
{
    static const int taken[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
    sigset_t none;
    signal(SIGPIPE, SIG_IGN); /* that a pipe's reader has left is an error with words */
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        signal(taken[i], SIG_DFL);
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != screen)
        _exit(EXIT_FAILURE);
    errno = 0;
    if (nice(NICER) < 0 && errno)
        errno = 0; /* then it is as quick as the screen */
}

static void write_there(const struct gs_aside *aside, const struct gs_export_source *source,
                        const struct gs_exporter *exporter, pid_t screen)
{
    be_nobodys_screen(screen);
    bool good =
        exporter->write(aside->file.out, source, aside->why) && fflush(aside->file.out) == 0;
    _exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void forget(struct gs_aside *aside)
{
    munmap(aside->why, sizeof *aside->why);
    free(aside->path);
    *aside = (struct gs_aside){0};
}

bool gs_aside_begin(struct gs_aside *aside, const struct gs_export_source *source,
                    const struct gs_exporter *exporter, const char *path, struct gs_error *err)
{
    pid_t screen = getpid();
    void *shared =
        mmap(NULL, sizeof *aside->why, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *aside = (struct gs_aside){.path = strdup(path), .why = shared};
    if (shared == MAP_FAILED || !aside->path)
        abort();
    if (!gs_replace_begin(&aside->file, aside->path, NULL, err)) {
        forget(aside);
        return false;
    }
    aside->pid = fork();
    if (aside->pid == 0)
        write_there(aside, source, exporter, screen);
    if (aside->pid > 0)
        return true;
    gs_error_system(err, errno, "cannot write %s", path);
    gs_replace_end(&aside->file, false, err);
    forget(aside);
    return false;
}

static uint64_t size_of(const struct gs_aside *aside)
{
    struct stat st;
    return fstat(fileno(aside->file.out), &st) == 0 ? (uint64_t)st.st_size : 0;
}

static void explain(const struct gs_aside *aside, int status, struct gs_error *err)
{
    const char *why = aside->why->text;
    if (WIFSIGNALED(status))
        gs_error_set(err, "cannot write %s: whoever wrote it was ended by signal %d", aside->path,
                     WTERMSIG(status));
    else
        gs_error_set(err, "cannot write %s: %s", aside->path, *why ? why : "its writer has failed");
}

enum gs_aside_state gs_aside_look(struct gs_aside *aside, uint64_t *bytes, struct gs_error *err)
{
    int status;
    *bytes = size_of(aside);
    pid_t ended = waitpid(aside->pid, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR))
        return GS_ASIDE_WRITES;
    bool good = ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    if (!good)
        explain(aside, status, err);
    good = gs_replace_end(&aside->file, good, err);
    forget(aside);
    return good ? GS_ASIDE_DONE : GS_ASIDE_FAILED;
}

bool gs_aside_leave(struct gs_aside *aside, struct gs_error *err)
{
    uint64_t bytes;
    if (!aside->pid)
        return true;
    enum gs_aside_state state = gs_aside_look(aside, &bytes, err);
    if (state != GS_ASIDE_WRITES)
        return state == GS_ASIDE_DONE;
    gs_error_set(err, "the export to %s was not finished before the screen ended%s", aside->path,
                 aside->file.beside ? "; what was there before is as it was" : "");
    gs_aside_stop(aside);
    return false;
}

void gs_aside_stop(struct gs_aside *aside)
{
    struct gs_error none;
    if (!aside->pid)
        return;
    kill(aside->pid, SIGKILL);
    while (waitpid(aside->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    gs_replace_end(&aside->file, false, &none);
    forget(aside);
}
