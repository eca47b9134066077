#include "trace/control.h"

#include "base/clock.h"
#include "trace/event.h"

#include <linux/futex.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

uint64_t gs_control_now(const struct gs_control *control)
{
    if (atomic_load(&control->phase) != GS_STAGE_RUNNING)
        return 0;
    uint64_t start = atomic_load(&control->start_ns), now = gs_clock_system();
    if (!start)
        return atomic_load(&control->now_ns);
    return now > start ? now - start : 0;
}

/* Not FUTEX_PRIVATE: screen and stage are two processes. */
static void futex(_Atomic uint32_t *word, int operation, uint32_t value)
{
    syscall(SYS_futex, word, operation, value, NULL, NULL, 0);
}

void gs_control_note_death(struct gs_control *control, const struct gs_event *death, uint32_t hand)
{
    struct gs_killed *killed = &control->killed;
    if (death->flags != GS_DEATH_KILLED)
        return;
    uint32_t i = atomic_fetch_add(&killed->count, 1);
    if (i >= GS_KILLED_MOST)
        return;
    atomic_store(&killed->row[i].by, (uint32_t)death->a);
    atomic_store(&killed->row[i].hand, hand);
    atomic_store(&killed->row[i].process, death->actor);
}

void gs_control_set_horizon(struct gs_control *control, uint64_t ns)
{
    atomic_store(&control->horizon, ns);
    atomic_fetch_add(&control->horizon_bell, 1);
    futex(&control->horizon_bell, FUTEX_WAKE, INT32_MAX);
}

void gs_control_await_horizon(struct gs_control *control, uint64_t ns)
{
    for (;;) {
        uint32_t bell = atomic_load(&control->horizon_bell);
        if (atomic_load(&control->horizon) > ns)
            return;
        futex(&control->horizon_bell, FUTEX_WAIT, bell);
    }
}

static const char *const profiles[] = {
    [GS_GIL_312] = "3.12", [GS_GIL_39] = "3.9", [GS_GIL_27] = "2.7", [GS_GIL_OFF] = "off"};

const char *gs_gil_profile_word(unsigned profile)
{
    return profile > GS_GIL_UNSET && profile <= GS_GIL_OFF ? profiles[profile] : "?";
}

bool gs_gil_profile_parse(const char *word, uint32_t *profile)
{
    for (uint32_t p = GS_GIL_312; p <= GS_GIL_OFF; p++) {
        if (strcmp(word, profiles[p]) == 0) {
            *profile = p;
            return true;
        }
    }
    return false;
}

const char *gs_python_word(char *buffer, size_t size, uint32_t python)
{
    snprintf(buffer, size, "python %u.%u.%u", python >> 16, python >> 8 & 255, python & 255);
    return buffer;
}
