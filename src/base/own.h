/* The kernel's own numbers of the calling process and thread. In a driven Python the C library's
 * getpid and the system call gettid tell those that the program sees (see drive/numbers.h). */
#ifndef GS_BASE_OWN_H
#define GS_BASE_OWN_H

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static inline pid_t gs_own_pid(void)
{
    return (pid_t)syscall(SYS_getpid);
}

static inline pid_t gs_own_thread(void)
{
    return gettid();
}

#endif
