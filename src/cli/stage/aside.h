/* An export that is written beside the screen, which goes on meanwhile: by a child, since a process
 * that has been forked has the run as it was at that moment, whatever comes in later, and nobody
 * copies anything. The screen's own thread calls all of it; nothing blocks. */
#ifndef GS_CLI_STAGE_ASIDE_H
#define GS_CLI_STAGE_ASIDE_H

#include "base/replace.h"
#include "export/export.h"

#include <sys/types.h>

/* {0}: nothing is being written. */
struct gs_aside {
    pid_t pid; /* of the writer; 0: there is none */
    char *path;
    struct gs_replacement file;
    struct gs_error *why; /* shared with the writer: what went wrong */
};

/* False with err: it cannot be begun, into a pipe that nobody reads say; what is at the path is as
 * it was. */
bool gs_aside_begin(struct gs_aside *aside, const struct gs_export_source *source,
                    const struct gs_exporter *exporter, const char *path, struct gs_error *err);

enum gs_aside_state { GS_ASIDE_WRITES, GS_ASIDE_DONE, GS_ASIDE_FAILED };

/* How far it is: bytes that are in the file. Once it is done, which puts the file into its place,
 * or has failed, with err, there is nothing any more. */
enum gs_aside_state gs_aside_look(struct gs_aside *aside, uint64_t *bytes, struct gs_error *err);

/* The screen is gone, so nobody waits for it any more: the last look at it, if it goes on. False
 * with err: it was not finished, and never will be. */
bool gs_aside_leave(struct gs_aside *aside, struct gs_error *err);

/* Ends it, if it goes on; what is at the path stays as it was. */
void gs_aside_stop(struct gs_aside *aside);

#endif
