/* What is traced: the 32-byte event, the states, the reasons. Producers fill events, everything
 * that reads a trace takes them apart with the helpers below. */
#ifndef GS_TRACE_EVENT_H
#define GS_TRACE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Latest time there is, in ns: 52 days. No run goes on beyond, and what a broken trace says beyond
 * is cut to it, so that sums of times and products with a column's number cannot overflow. */
#define GS_TIME_MAX ((uint64_t)1 << 52)

enum gs_event_kind {
#define GS_EVENT(name, text, words, doc) GS_EVENT_##name,
#include "trace/event.def"
#undef GS_EVENT
    GS_EVENT_KINDS
};

enum gs_state {
#define GS_STATE(name, word, utf8, ascii, meaning) GS_STATE_##name,
#include "trace/state.def"
#undef GS_STATE
    GS_STATES
};

/* Why a GIL was let go. */
enum gs_drop { GS_DROP_ASKED, GS_DROP_BLOCKING, GS_DROP_EXIT };

/* WAKE: where the kernel chooses whom it wakes, the woken one tells of his waker, in his own ring
 * and later than it was: the time may lie behind the waker's last event. */
#define GS_WAKE_TOLD_BY_WOKEN 1u

/* LOST: events of all actors are missing in a recording that is damaged. */
#define GS_LOST_OF_ALL 1u
/* … because there was no room to keep them; no producer tells that. */
#define GS_LOST_NO_ROOM 2u

/* OUTPUT: on standard error; without it, on standard output. */
#define GS_OUTPUT_ON_STDERR 1u

/* COUNTER: who runs the program has looked, not the actor, which may have told something later. */
#define GS_COUNTER_FROM_OUTSIDE 1u

/* NOTE: the actor is whom it is about; who says it is not told. */
#define GS_NOTE_ABOUT_ACTOR 1u
#define GS_MEMBER_HANDED    1u
#define GS_DUE_LIMIT        1u

/* How an actor died, where it did not just end: by an error that nobody caught; killed, or replaced
 * by another program (exec), which are a process's deaths, and with it die all that live in it;
 * cut off by the end of its process, a task by that of its loop; cancelled, which are tasks. */
enum gs_death {
    GS_DEATH_ERROR = 1,
    GS_DEATH_KILLED,
    GS_DEATH_CUT_OFF,
    GS_DEATH_REPLACED,
    GS_DEATH_CANCELLED
};

/* It was in the middle of something, and could tell nothing of that any more. */
static inline bool gs_death_is_sudden(unsigned death)
{
    return death >= GS_DEATH_KILLED && death <= GS_DEATH_REPLACED;
}

enum gs_actor_kind {
    GS_ACTOR_PROCESS = 1,
    GS_ACTOR_INTERPRETER,
    GS_ACTOR_THREAD,
    GS_ACTOR_LOOP,
    GS_ACTOR_TASK
};

enum gs_object_kind {
    GS_OBJECT_NONE,
#define GS_OBJECT(name, word, what) GS_OBJECT_##name,
#include "trace/object.def"
#undef GS_OBJECT
    GS_OBJECTS
};

/* Causes of a state change that are no actor. Actor ids start at 1. */
#define GS_CAUSE_NONE   0u          /* nobody: the first state, or the actor's own doing */
#define GS_CAUSE_CLOCK  0xffffffffu /* a time ran out: a sleep's end, a timeout */
#define GS_CAUSE_WORK   0xfffffffeu /* the actor's own work was done: native code, a request */
#define GS_CAUSE_CORE   0xfffffffdu /* a core became free, or was taken away */
#define GS_CAUSE_SIGNAL 0xfffffffcu /* a signal to the process interrupted it */

/* A question has so many answers to choose from. */
enum { GS_ANSWERS_LEAST = 2, GS_ANSWERS_MOST = 9 };

struct gs_event {
    uint64_t time; /* ns since the run began */
    uint32_t actor;
    uint8_t kind; /* enum gs_event_kind */
    uint8_t flags;
    uint16_t place; /* of the line, where the kind has one: see struct gs_place_row */
    uint64_t a, b;
};
_Static_assert(sizeof(struct gs_event) == 32, "two events a cache line");

static inline uint32_t gs_event_line(const struct gs_event *e)
{
    return (uint32_t)e->b;
}

/* STATE: who ended the state before. ACQUIRE, RELEASE: the units held afterwards. LABEL_BEGIN,
 * LABEL_END: the coroutine. */
static inline uint32_t gs_event_high(const struct gs_event *e)
{
    return (uint32_t)(e->b >> 32);
}

/* MESSAGE: through what it went, and which of all that did. */
static inline uint32_t gs_event_through(const struct gs_event *e)
{
    return (uint32_t)e->a;
}

static inline uint32_t gs_event_number(const struct gs_event *e)
{
    return (uint32_t)(e->a >> 32);
}

static inline uint64_t gs_event_pack(uint32_t line, uint32_t high)
{
    return (uint64_t)high << 32 | line;
}

/* The death of a process, as waitpid has told how it ended; -1: nobody knows. */
struct gs_event gs_event_death(uint64_t time, uint32_t process, int status);

/* "state", "gil-take" …; "?" for a number that is no kind. */
const char *gs_event_kind_name(unsigned kind);
/* Notes, marks, checks, output, errors …: their a is a string (0: none). */
bool gs_event_says(unsigned kind);

/* "running", "wants-gil" …; "?" for a number that is no state. */
const char *gs_state_word(unsigned state);
const char *gs_state_glyph(unsigned state, bool ascii);
/* "could run, but the GIL is taken" */
const char *gs_state_meaning(unsigned state);

/* "asked", "blocking", "exit" */
const char *gs_drop_word(unsigned drop);
/* "process", "interpreter", "thread", "loop", "task" */
const char *gs_actor_kind_word(unsigned kind);
/* "lock", "queue", "thread" … */
const char *gs_object_kind_word(unsigned kind);
/* "Lock 3", "RLock 1": one without a name of its own. */
void gs_object_numbered(unsigned kind, unsigned number, char *name, size_t size);

#endif
