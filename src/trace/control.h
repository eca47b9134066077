/* The control block: what the screen and the stage tell each other outside the trace, and what is
 * of no meaning without them: a recording has none of it. It lies in the segment; the screen writes
 * the order before the stage starts and steers afterwards, the stage reports how far it is. */
#ifndef GS_TRACE_CONTROL_H
#define GS_TRACE_CONTROL_H

#include "base/clock.h"

#include <sys/stat.h>

#define GS_PATH_MAX     4096
#define GS_ARGUMENT_MAX 4096

struct gs_event;

/* What runs: a Lua scene, a Python file or module, a command that starts a Python itself, or a
 * folder or archive with a __main__.py. Of a recording nothing does any more: its file is the
 * order's scene, and no stage is started. Recordings have these numbers. */
enum gs_guest {
    GS_GUEST_LUA,
    GS_GUEST_PYTHON_FILE,
    GS_GUEST_PYTHON_MODULE,
    GS_GUEST_COMMAND,
    GS_GUEST_RECORDING,
    GS_GUEST_PYTHON_APPLICATION
};

enum gs_clock_kind { GS_CLOCK_REAL = 1, GS_CLOCK_VIRTUAL };

/* CPython's rules by version; OFF is free-threaded. UNSET leaves the choice to the scene. */
enum gs_gil_profile { GS_GIL_UNSET, GS_GIL_312, GS_GIL_39, GS_GIL_27, GS_GIL_OFF };

/* What a program says of its end: that it comes (the default), that all wait for each other in a
 * circle, or that all wait and there is no circle. */
enum gs_expectation { GS_EXPECT_END, GS_EXPECT_DEADLOCK, GS_EXPECT_STALL };

enum gs_stage_phase {
    GS_STAGE_STARTING, /* the process is there, the scene not loaded */
    GS_STAGE_RUNNING,
    GS_STAGE_ENDED /* the trace is complete; status says how it went */
};

/* Processes that were killed, which who waits for them may be told: the first few. */
enum { GS_KILLED_MOST = 4 };

struct gs_killed {
    _Atomic uint32_t count; /* of all; a row that is not written yet has no process */
    struct {
        _Atomic uint32_t process; /* its actor */
        _Atomic uint32_t by;      /* number of the signal; 0: not known */
        _Atomic uint32_t hand;    /* string: the task that it had in hand; 0: none is known */
    } row[GS_KILLED_MOST];
};

/* What to run and how. Zero or UNSET means: as the scene says, else the program's default. */
struct gs_order {
    char scene[GS_PATH_MAX];  /* path of the file, of the folder; a module's name */
    char python[GS_PATH_MAX]; /* the interpreter; a Lua scene has none */
    char name[256];           /* as the user calls it: "gil/cpu-threads" */
    uint32_t guest;           /* enum gs_guest */
    uint32_t argument_count;  /* … NUL-terminated, one behind the other */
    char arguments[GS_ARGUMENT_MAX];
    uint32_t option_count; /* likewise, the interpreter's own, before the program */
    char options[1024];
    uint32_t clock;        /* enum gs_clock_kind */
    uint32_t gil;          /* enum gs_gil_profile */
    uint32_t cores;        /* virtual clock; 0: as the scene says */
    uint64_t interval_ns;  /* the GIL's switch interval; 0: 5 ms */
    uint64_t seed;         /* of all chance; on the real clock of the scene's own only */
    uint64_t memory_limit; /* bytes the run may use; 0: the default */
    char costs[512];       /* "instruction=20,spawn=90000": over the model's table */
    uint32_t expects;      /* enum gs_expectation, of a Python file; a Lua scene's is its own */
    bool traced;           /* false: events are not written at all (benchmarks) */
};

/* A pipe, whoever has it under whatever number. */
struct gs_pipe {
    uint64_t device, inode;
};

static inline struct gs_pipe gs_pipe_of(const struct stat *st)
{
    return (struct gs_pipe){st->st_dev, st->st_ino};
}

static inline bool gs_pipe_is(const struct gs_pipe *pipe, const struct stat *st)
{
    return pipe->inode == st->st_ino && pipe->device == st->st_dev;
}

struct gs_control {
    struct gs_order order;

    /* Who has the segment open as long as the run goes: a process, and its descriptor; and another
     * one, a pipe that is closed when the run is over, and that nothing is ever written to. */
    int32_t keeper, keeper_fd, keeper_leash;
    uint64_t run; /* no other run of the machine has this number, nor ever had */

    /* Standard output and error of a Python's run, which the screen reads. output_is_read: just
     * now, and what was read is not told yet. */
    struct gs_pipe output, errors;
    _Atomic uint32_t output_is_read;

    /* The real clock's, for gs_clock_open in every process that traces. */
    _Alignas(64) struct gs_clock clock_lines;

    /* screen → stage. The virtual clock does not go past `horizon` (ns); whoever raises it wakes
     * the futex `horizon_bell`. UINT64_MAX: as far as it likes. Ignored on the real clock. */
    _Atomic uint64_t horizon;
    _Atomic uint32_t horizon_bell;
    _Atomic int32_t stage_pid; /* whose end is the run's */

    /* stage → screen */
    _Atomic uint32_t phase;     /* enum gs_stage_phase */
    _Atomic uint32_t status;    /* exit status once ENDED */
    _Atomic uint32_t guest_pid; /* the first process that has lanes; 0: no Python has begun yet */
    _Atomic uint32_t forked;    /* how many others that has, and they have, forked */
    struct gs_killed killed;    /* of those */
    _Atomic uint64_t start_ns;  /* CLOCK_MONOTONIC at time 0 of the trace; 0: the virtual clock */
    _Atomic uint64_t now_ns;    /* virtual clock: how far it has come */
    _Atomic uint64_t ended_ns;  /* once ENDED: when, on the run's clock */
};

/* Whom the screen sends this signal sleeps where the virtual clock cannot see it: the first time it
 * names itself, the second time it ends the run. On the real clock it waits, and is asked for what:
 * see sched/standing.h. */
#define GS_SIGNAL_BLOCKED SIGRTMAX

/* Of deaths only those of who was killed are noted, and what they had in hand (string, 0: nothing
 * that is known). May be called by several at once. */
void gs_control_note_death(struct gs_control *control, const struct gs_event *death, uint32_t hand);

/* How far a run has come, in ns of its own clock; 0 unless its stage is running. */
uint64_t gs_control_now(const struct gs_control *control);

/* Raises or lowers the horizon and wakes a stage that waits at it. */
void gs_control_set_horizon(struct gs_control *control, uint64_t ns);

/* Blocks while the horizon is at or before ns. */
void gs_control_await_horizon(struct gs_control *control, uint64_t ns);

/* "3.12", "3.9", "2.7", "off"; "?" else. And back: false if word is none of them. */
const char *gs_gil_profile_word(unsigned profile);
bool gs_gil_profile_parse(const char *word, uint32_t *profile);

/* "python 3.11.2" of 0x030b02. Returns buffer. */
const char *gs_python_word(char *buffer, size_t size, uint32_t python);

#endif
