/* The one shared memory segment between the screen and the stage: control block, rings, tables.
 * It is a memfd: it has no name, so nothing of it can stay behind when both processes are gone.
 * The segment is sparse: what was never written takes no memory.
 *
 * The screen creates it, the stage attaches to the inherited descriptor. */
#ifndef GS_TRACE_SEGMENT_H
#define GS_TRACE_SEGMENT_H

#include "base/error.h"
#include "trace/control.h"
#include "trace/ring.h"
#include "trace/tables.h"

#include <stddef.h>
#include <sys/types.h>

/* An event has 16 bits for its place. */
enum { GS_PLACES = UINT16_MAX };

struct gs_segment_conf {
    uint32_t ring_events; /* per ring, a power of two */
    uint32_t rings;       /* how many OS threads can be traced at a time */
    uint32_t actors;
    uint32_t objects;
    uint32_t places; /* up to GS_PLACES */
    uint32_t string_bytes;
    uint32_t channels;        /* a power of two; 0: none */
    uint32_t scheduler_bytes; /* what the stage's processes share beside the trace */
};

/* What a run gets: 2,048 rings of 32,768 events, a million actors, four million objects,
 * GS_PLACES places, 64 MiB of strings, 65,536 channels. The hostile build's rings have 8 events. */
extern const struct gs_segment_conf gs_segment_default;

struct gs_segment; /* a process's view of it; free with gs_segment_close */

struct gs_segment *gs_segment_create(const struct gs_segment_conf *conf, struct gs_error *err);
/* Maps the segment behind fd (ownership of fd goes to the segment) and checks that it is one. From
 * then on neither who created it nor who attached to it reads how it is laid out once more. */
struct gs_segment *gs_segment_attach(int fd, struct gs_error *err);
void gs_segment_close(struct gs_segment *segment);

int gs_segment_fd(const struct gs_segment *segment); /* -1: it is closed */
/* The memory stays; the descriptor's number is free again. */
void gs_segment_close_fd(struct gs_segment *segment);
struct gs_control *gs_segment_control(struct gs_segment *segment);

/* What a reader has of actors, objects and strings: for one thread, see mirror.h. */
const struct gs_tables *gs_segment_tables(const struct gs_segment *segment);

/* Once, before the run's first event. */
void gs_segment_tell_facts(struct gs_segment *segment, const struct gs_facts *facts);

/* Any thread of the stage may add; ids count from 1 in the order of adding. 0: the table is full
 * (strings: the text is left out; a reader shows "?"), and the reader is told how often. Text is
 * copied; a NUL in it becomes ^@, as control characters are shown, since what readers get ends in
 * one. */
uint32_t gs_segment_add_actor(struct gs_segment *segment, const struct gs_actor_row *row);
uint32_t gs_segment_add_object(struct gs_segment *segment, const struct gs_object_row *row);
uint16_t gs_segment_add_place(struct gs_segment *segment, const struct gs_place_row *row);
uint32_t gs_segment_add_string(struct gs_segment *segment, const char *text, size_t length);

/* Likewise, for what a program prints, which may be any amount: it has most of the table, and what
 * it leaves is enough for names and errors. */
uint32_t gs_segment_add_output(struct gs_segment *segment, const char *text, size_t length);

/* The stage's own way to a string that it added; stays there. */
const char *gs_segment_text(const struct gs_segment *segment, uint32_t string);

/* Takes a free ring for the calling thread; waits says whether a full ring makes its producer wait
 * instead of losing events, and whether others may put into it, see ring.h. False: all rings are
 * owned. */
bool gs_segment_open_ring(struct gs_segment *segment, uint32_t actor, bool waits,
                          struct gs_ring *ring);

/* The process has ended, as waitpid tells it (-1: nobody knows how), and was seen to at that time
 * of the run. What it left in rings that it did not close is told, and behind that its death. Rings
 * that several processes share are none of its. False: it has left none. */
bool gs_segment_bury(struct gs_segment *segment, pid_t pid, uint64_t time, int status);

/* Another way to the ring with this index, which was opened to wait: for a process that attached to
 * the segment and has no copy of the opener's handle. */
void gs_segment_join_ring(struct gs_segment *segment, uint32_t index, struct gs_ring *ring);

/* Gives the first rings their memory (1 MB each by default) at once and maps it into the caller's
 * process, in about a millisecond for eight. What the kernel does a page at a time, and after it
 * (RCU), would come while threads wait for each other: two that fight for a GIL at 0.1 ms lost 3 %
 * of their hand-overs by it. False where the kernel cannot (before Linux 5.14): then memory comes
 * with gs_ring_warm, a little at a time. */
bool gs_segment_warm(struct gs_segment *segment, uint32_t rings);

/* Room for what the processes of a run share of their scheduler: all zero at first, never read by
 * the screen. bytes gets its size. */
void *gs_segment_scheduler(struct gs_segment *segment, size_t *bytes);

/* Reader's side, for the collector. */
uint32_t gs_segment_rings(const struct gs_segment *segment); /* ever used */
struct gs_ring_shared *gs_segment_ring(const struct gs_segment *segment, uint32_t index);
const struct gs_event *gs_segment_ring_events(const struct gs_segment *segment, uint32_t index);
uint32_t gs_segment_ring_size(const struct gs_segment *segment);

#endif
