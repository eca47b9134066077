#include "python/front/front.h"

#include "base/sanitizers.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

struct gs_front gs_real, gs_below;

/* Other objects' constructors may call before ours has run: the first call finds the library. */
#define GS_FRONT(result, name, parameters, arguments)                                              \
    static result first_##name parameters                                                          \
    {                                                                                              \
        gs_front_open();                                                                           \
        return gs_real.name arguments;                                                             \
    }
#include "python/front/front.def"
#undef GS_FRONT

static const struct gs_front first = {
#define GS_FRONT(result, name, parameters, arguments) .name = first_##name,
#include "python/front/front.def"
#undef GS_FRONT
};

static const struct gs_front *_Atomic now = &first;

/* glibc has two generations of condition variables, and the plain look-up may give the old one. */
static void *find(const char *name)
{
    static const char *const generations[] = {"GLIBC_2.3.2", "GLIBC_2.17"};
    void *found = NULL;
    for (size_t i = 0; i < 2 && !found && strncmp(name, "pthread_cond_", 13) == 0; i++)
        found = dlvsym(RTLD_NEXT, name, generations[i]);
    return found ? found : dlsym(RTLD_NEXT, name);
}

void gs_front_open(void)
{
#define GS_FRONT(result, name, parameters, arguments) *(void **)&gs_real.name = find(#name);
#include "python/front/front.def"
#undef GS_FRONT
    *(void **)&gs_real.sem_open = find("sem_open");
    *(void **)&gs_real.open64 = find("open64");
    *(void **)&gs_real.fcntl64 = find("fcntl64");
    *(void **)&gs_real.syscall = find("syscall");
    const struct gs_front *unused = &first;
    atomic_compare_exchange_strong(&now, &unused, &gs_real);
}

void gs_front_use(const struct gs_front *table)
{
    atomic_store_explicit(&now, table, memory_order_release);
}

/* glibc declares an address as a union of pointers to all its kinds, which is passed the same way.
 */
#pragma GCC diagnostic ignored "-Wpedantic"
#ifndef GS_DRIVES
#define GS_FRONT_DRIVEN(result, name, parameters, arguments)
#endif
#define GS_FRONT(result, name, parameters, arguments)                                              \
    __attribute__((visibility("default"))) result name parameters                                  \
    {                                                                                              \
        return atomic_load_explicit(&now, memory_order_relaxed)->name arguments;                   \
    }
#include "python/front/front.def"
#undef GS_FRONT

__attribute__((visibility("default"))) int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (GS_OPEN_MAKES(flags)) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (!gs_real.open64)
        gs_front_open();
    return atomic_load_explicit(&now, memory_order_relaxed)->open64(path, flags, mode);
}

/* As with syscall, below: one argument or none. */
__attribute__((visibility("default"), no_sanitize("address"))) int fcntl64(int fd, int what, ...)
{
    va_list more;
    va_start(more, what);
    void *argument = va_arg(more, void *);
    va_end(more);
    if (!gs_real.fcntl64)
        gs_front_open();
    return atomic_load_explicit(&now, memory_order_relaxed)->fcntl64(fd, what, argument);
}

#ifdef GS_DRIVES
__attribute__((visibility("default"))) sem_t *sem_open(const char *name, int flags, ...)
{
    mode_t mode = 0;
    unsigned value = 0;
    if (flags & O_CREAT) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        value = va_arg(more, unsigned);
        va_end(more);
    }
    if (!gs_real.sem_open)
        gs_front_open();
    return atomic_load_explicit(&now, memory_order_relaxed)->sem_open(name, flags, mode, value);
}

/* How many arguments there are only the kernel knows: what is none is passed as well, as the
 * library's does, and its reading is no mistake. */
__attribute__((visibility("default"), no_sanitize("address"))) long syscall(long number, ...)
{
    va_list more;
    long a[6];
    va_start(more, number);
    for (size_t i = 0; i < 6; i++)
        a[i] = va_arg(more, long);
    va_end(more);
    if (!gs_real.syscall)
        gs_front_open();
    return atomic_load_explicit(&now, memory_order_relaxed)
        ->syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#ifdef __x86_64__
/* Comes back twice on one stack, the second time under what the child has left there: so the return
 * address is kept in a register, as the library does it, and no function can stand in front of it.
 */
__asm__(".globl vfork\n"
        ".type vfork, @function\n"
        "vfork:\n"
        "    pop %rdi\n"
        "    mov $58, %eax\n" /* SYS_vfork */
        "    syscall\n"
        "    push %rdi\n"
        "    mov %eax, %edi\n"
        "    jmp gs_front_vforked\n"
        ".size vfork, . - vfork\n");

pid_t gs_front_vforked(int result);

/* What the child has left on the stack is nobody's any more: the sanitizer's own vfork, which this
 * one is not, says so. */
static void forget_child(void)
{
#if GS_ADDRESS_SANITIZER
    void __asan_handle_vfork(void *stack);
    __asan_handle_vfork(__builtin_frame_address(0));
#endif
}

pid_t gs_front_vforked(int result)
{
    const struct gs_front *table = atomic_load_explicit(&now, memory_order_relaxed);
    forget_child();
    if (result < 0) {
        errno = -result;
        return -1;
    }
    return result > 0 && table->vforked ? table->vforked(result) : result;
}
#endif
#endif

/* The library's own cannot be called: nothing would come back from it to be returned. */
static _Noreturn void leave(int status)
{
    const struct gs_front *table = atomic_load_explicit(&now, memory_order_relaxed);
    if (table->leaving)
        table->leaving(status);
    for (;;)
        syscall(SYS_exit_group, status);
}

__attribute__((visibility("default"))) _Noreturn void _exit(int status)
{
    leave(status);
}

__attribute__((visibility("default"))) _Noreturn void _Exit(int status)
{
    leave(status);
}
