/* The lower half of a driven run: the C library's functions that wait, wake, sleep or tell the
 * time, made on the scheduler's virtual clock. What stands above them (watch.h) tells what a
 * program does in the same way on both clocks.
 *
 * One thread of the process has the baton. Whatever another thread may change is looked at only
 * after everybody who is earlier has gone (gs_drive_touch), and what would block is a wait in the
 * parking lot, so that the clock goes on. Threads that the program did not start through
 * pthread_create are none of ours: their calls go to the library. */
#ifndef GS_PYTHON_DRIVE_DRIVE_H
#define GS_PYTHON_DRIVE_DRIVE_H

#include "base/error.h"
#include "python/front/front.h"
#include "sched/actor.h"
#include "sched/costs.h"
#include "sched/lot.h"
#include "trace/control.h"

/* A thread of the program. */
struct gs_driven {
    struct gs_runner runner; /* first: gs_self is its actor */
    uint64_t owed_ns;        /* what it has computed and the clock does not know yet */
    uint64_t untold_ns;      /* … and gs_drive_computed does not, … */
    unsigned untold_times;   /* … in so many parts */
    uint64_t slack_ns;       /* so much may be owed at most */
    int importing;           /* how deep it is in imports, which cost nothing: … */
    uint32_t imported;       /* … so many lines of modules that they have run, … */
    uint32_t looked;         /* … and so many looks at a clock */
    bool starting;           /* its program has not begun: nothing costs anything, see below */
    bool heard;              /* a signal came before its next wait that one ends */
    pthread_t thread;
    struct gs_driven *next; /* of those that run */
};

static inline struct gs_driven *gs_driven_self(void)
{
    return (struct gs_driven *)gs_self;
}

/* What an import does costs nothing so many times. A module that goes on and on, since it waits for
 * another thread by looking whether that is done, must not keep its time from coming. */
enum { GS_DRIVE_FREE = 1000000 };

/* Makes the calling thread the first driven one of its process and fills the table with the
 * functions that drive; it begins as a copy of the library's. slot: 0, or the one that was taken
 * for a program that is started in a run: it awaits its turn. After gs_runtime_init or _join.
 *
 * What the interpreter does until its program begins depends on what was compiled before, so one
 * that is started has the baton and keeps it, and takes no time. */
bool gs_drive_open(struct gs_front *table, uint32_t slot, struct gs_error *err);

/* The run's first program begins: it is time 0; another one: an interpreter has started. The
 * caller's lines are counted from now on. */
void gs_drive_begin(void);
void gs_drive_begin_program(void);

/* A place on the clock for a program that the caller is about to start, which begins when it is its
 * turn; false: there is none, or the caller is not on the clock. And nothing became of it. */
bool gs_drive_reserve(struct gs_family_place *place);
void gs_drive_give_up(const struct gs_family_place *place);

/* Awaits a place for the calling process, which nobody has made one for; false: there is none. And
 * who has the baton lets those in who wait for one; false: nobody does. */
bool gs_drive_knock(struct gs_family_place *place);
bool gs_drive_answer_door(void);

/* The calling process's own, with its calling thread; false: it is not on the clock. */
bool gs_drive_own_place(struct gs_family_place *place);

/* The process becomes this program, a string of the trace, which is another Python: its other
 * threads leave the clock. */
void gs_drive_go_on(uint32_t program);

/* The clock gets to know what the caller has computed; then everybody who is earlier goes first. */
void gs_drive_settle(void);
void gs_drive_touch(void);

/* What the caller's process has in hand from now on, a string of the trace; 0: nothing any more. */
void gs_drive_hold(uint32_t task);

/* The caller, which runs Python, has done something of that cost so often. */
void gs_drive_owe(enum gs_cost cost, uint64_t times);

/* Called now and then by a thread whose lines are counted, in which Python it runs, with how much
 * it has computed since; NULL: nobody wants to know. */
extern void (*gs_drive_computed)(uint64_t ns);

/* The caller, without a GIL, computes for so long. */
void gs_drive_work(uint64_t ns);

/* Whether it is the kernel's source of chance: /dev/random or /dev/urandom. errno stays. */
bool gs_drive_is_chance(int fd);

/* One of the files in which the kernel tells of the machine's time and load, as the run's machine
 * would have it: a descriptor, or -1 with errno; *is: whether it is one of these. */
int gs_drive_open_machine(const char *path, int flags, bool *is);

/* The caller has waited for the child, which has ended; used: NULL, or what that has used. */
void gs_drive_reaped(pid_t child, struct rusage *used);

/* What time it is for the caller, with what it owes. */
uint64_t gs_drive_now(void);

/* Called by a thread that is about to wait in gs_drive_park; NULL: nobody wants to know. */
extern void (*gs_drive_before_wait)(void);

/* Waits in the parking lot as a blocking call of the kernel's does: a signal that the program has a
 * handler for ends it, once that has run, with GS_WAIT_INTERRUPTED and EINTR in errno. */
enum gs_wait_end gs_drive_park(uint64_t key, uint64_t deadline);

/* Whether signals have come that no handler knows of yet; the caller has the baton and calls those
 * handlers, or lets the main thread do it. */
extern _Atomic bool gs_drive_signalled;
void gs_drive_hear(void);

/* For whoever chooses the next to run: the main thread gets to know of signals that have come, not
 * before that time. True: it was made ready for it. */
bool gs_drive_wake_for_signals(uint64_t time);

/* At that time the process of the family gets this signal. */
void gs_drive_signal(uint32_t process, int number, uint64_t time);

/* The key in the parking lot of something at this address of the process. Two kinds at one address
 * do not meet. */
enum gs_drive_kind {
    GS_DRIVE_CONDITION = 1,
    GS_DRIVE_MUTEX,
    GS_DRIVE_SEMAPHORE,
    GS_DRIVE_THREAD,
    GS_DRIVE_SLEEP
};
uint64_t gs_drive_key(enum gs_drive_kind kind, const volatile void *address);

/* The key of all who wait for files; no address is as low. */
#define GS_DRIVE_FILES 1u

/* All who wait for files look again, or others do for them: something was read, written, opened,
 * closed, or ended. */
void gs_drive_files_changed(void);

/* Who ended the wait of the caller's last call that one file may keep waiting: an actor. 0: it did
 * not wait, or nobody of the family did. */
uint32_t gs_drive_ended_by(void);

/* A call that has to do with files begins: it has its cost, and everybody who is earlier goes
 * first. */
void gs_drive_begin_call(void);

/* Opens what is a FIFO as open(2) does, whose other end somebody has to open, too; what is none
 * like any other file. */
int gs_drive_open_fifo(const char *path, int flags, mode_t mode);

/* What the caller writes to standard output is told, and goes nowhere: it has cost what writing
 * that many bytes to a device costs. */
void gs_drive_write_nothing(size_t bytes);

/* For what comes from outside: whether anybody waits for a file, how often something has happened
 * to one, and all who wait look again at that time. */
bool gs_drive_files_awaited(void);
uint64_t gs_drive_files_calls(void);
void gs_drive_files_look(uint64_t time);

/* See struct gs_runtime. */
bool gs_drive_idle(uint64_t until);

/* Threads of the program may have started programs since this was called last. */
void gs_drive_look_for_outsiders(void);

/* The process has been forked: its one thread is the caller, nothing has come, nothing is set. */
void gs_drive_forget_threads(void);
void gs_drive_forget_signals(void);
void gs_drive_forget_alarm(void);

/* The process has been forked and is not on the clock: its signals are its own. */
void gs_drive_leave_signals(void);

/* The process leaves the clock, whatever its other threads are doing: it ends (0), or is replaced
 * by this program, a string of the trace. */
void gs_drive_leave(enum gs_death how, uint32_t program);

/* The run is over, whichever process finds that out: the first ends, by gs_runtime.over. */
_Noreturn void gs_drive_end_run(void);

/* The lanes that the process and the calling thread have; who puts it into the trace when one ends
 * with its process, this one or another, wherever its thread was. */
void gs_drive_lanes(uint32_t process, uint32_t thread);
extern void (*gs_drive_died)(struct gs_event death);

/* Whether the wait that the calling thread is about to begin has a limit only so that it looks
 * around: nobody is helped by its end. */
void gs_drive_serve(bool serves);

/* The calling thread is about to tell an event of its lane. */
void gs_drive_told(uint64_t time);

/* The lane of a child just forked, which may be killed before it gets to say it itself. */
void gs_drive_child_lane(pid_t child, uint32_t process);

/* An absolute time of the program's clocks, in ns of the run; and back. Dates are told apart from
 * times since the start by their size. */
uint64_t gs_drive_deadline(const struct timespec *t);
uint64_t gs_drive_date(uint64_t now);

/* A file each. */
void gs_drive_threads(struct gs_front *table);
void gs_drive_conditions(struct gs_front *table);
void gs_drive_semaphores(struct gs_front *table);
void gs_drive_clocks(struct gs_front *table);
void gs_drive_sleeps(struct gs_front *table);
void gs_drive_signals(struct gs_front *table);
void gs_drive_alarms(struct gs_front *table);
void gs_drive_files(struct gs_front *table);
void gs_drive_ports(struct gs_front *table);
void gs_drive_file_locks(struct gs_front *table);
void gs_drive_chance(struct gs_front *table);
void gs_drive_machine(struct gs_front *table);
void gs_drive_usage(struct gs_front *table);
void gs_drive_shared_names(struct gs_front *table);
void gs_drive_folders(struct gs_front *table);
void gs_drive_processes(struct gs_front *table);

/* The calling thread, which runs Python and has its GIL, has its lines counted from now on, in the
 * interpreter that it is in; begins: it is about to run a program there. */
void gs_drive_count_lines(bool begins);

#endif
