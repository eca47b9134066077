/* What a recording says of the run as a whole: what ran and by which rules (an ABOUT block), and
 * how it ended (END). Each field is a word and its text in the file; numbers are decimal. */
#ifndef GS_TRACE_RECORDING_ABOUT_H
#define GS_TRACE_RECORDING_ABOUT_H

#include "trace/control.h"
#include "trace/recording/bytes.h"
#include "trace/tables.h"

struct gs_about {
    char program[32];                /* "gilscope 0.1.0", which wrote it */
    char begun[32];                  /* "2025-03-09T12:00:00Z" */
    char name[256];                  /* as the user calls it: "gil/cpu-threads" */
    char title[256];                 /* the scene's; "": none */
    char scene[GS_PATH_MAX];         /* its own file; "": events' places say in which they are */
    char python[GS_PATH_MAX];        /* the interpreter; "": the embedded Lua */
    char arguments[GS_ARGUMENT_MAX]; /* of the program, with blanks between */
    char costs[512];                 /* over the model's table */
    uint64_t guest;                  /* enum gs_guest */
    uint64_t speed;                  /* of playback that the scene asks for, in millionths, or 0 */
    uint64_t clock, gil, cores, version, interval_ns, seed; /* struct gs_facts; 0: not known */
};

struct gs_recorded_end {
    uint64_t now;       /* how far the run's clock had come */
    uint64_t cut;       /* 1: it would have gone on, but was cut there */
    uint64_t status;    /* exit status, 128 + n after signal n */
    char message[1024]; /* what the program said last on stderr, as it came, cut */
};

void gs_about_write(struct gs_bytes *bytes, const struct gs_about *about);
void gs_recorded_end_write(struct gs_bytes *bytes, const struct gs_recorded_end *end);

/* Fields that are there are set, all others stay. False: the bytes are broken. */
bool gs_about_read(struct gs_bytes_in *in, struct gs_about *about);
bool gs_recorded_end_read(struct gs_bytes_in *in, struct gs_recorded_end *end);

void gs_about_set_facts(struct gs_about *about, const struct gs_facts *facts);
struct gs_facts gs_about_facts(const struct gs_about *about);

#endif
