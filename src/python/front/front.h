/* The front: what stands before the C library in a process with a Python. Each function of
 * front.def asks one table what it does now. There are three: the library's own functions (no run,
 * no Python, a forked child), those that watch (the real clock), and those that decide (the virtual
 * one). A table begins as a copy of the library's; each file of drive/, watch/, sync/ and family/
 * puts its own functions into it, so what a clock leaves alone costs a jump. There are two objects,
 * one a clock: that for the real one has nothing in front of what only the virtual one changes. */
#ifndef GS_PYTHON_FRONT_FRONT_H
#define GS_PYTHON_FRONT_FRONT_H

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct gs_front {
#define GS_FRONT(result, name, parameters, arguments) result(*name) parameters;
#include "python/front/front.def"
#undef GS_FRONT
    /* They take as many arguments as their flags say. */
    int (*open64)(const char *path, int flags, ...);
    int (*fcntl64)(int fd, int what, ...); /* always three */
    /* On the virtual clock alone. */
    sem_t *(*sem_open)(const char *name, int flags, ...);
    long (*syscall)(long number, ...); /* always six */
    pid_t (*vforked)(pid_t child);     /* what the parent gets for it; may be NULL */
    void (*leaving)(int status);       /* the process ends at once, as os._exit does; may be NULL */
};

/* Whether open64 is called with a mode. */
#define GS_OPEN_MAKES(flags) (((flags)&O_CREAT) || ((flags)&O_TMPFILE) == O_TMPFILE)

/* The C library's own. NULL where it lacks one. */
extern struct gs_front gs_real;

/* What the functions that watch stand upon: the library's own on the real clock, those that drive
 * on the virtual one. */
extern struct gs_front gs_below;

/* Fills gs_real; harmless to call again. */
void gs_front_open(void);

/* From now on the process's calls go here; the table must stay. gs_real: nobody stands before. */
void gs_front_use(const struct gs_front *table);

#endif
