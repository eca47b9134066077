/* A file that is written beside its place and moved into it once it is whole: whatever goes wrong,
 * what was there is still there. Where the file system can do that it has no name until then, so
 * that nothing is left of it, however its writer ends; elsewhere INT, TERM and HUP take it away
 * first, of one such file at a time and unless they have another meaning. What is no regular file
 * (a pipe, a terminal, /dev/null) is written as it is: nothing in it can be lost. A pipe without a
 * reader keeps nobody without a word, see gs_replace_begin. */
#ifndef GS_BASE_REPLACE_H
#define GS_BASE_REPLACE_H

#include "base/error.h"

#include <stdio.h>

struct gs_replacement {
    FILE *out;          /* to write to, until the end */
    const char *called; /* as the caller does; borrowed, for messages */
    char *place;        /* where it goes, links followed … */
    char *beside;       /* … and what it is called before; NULL: it is written in its place */
    int nameless;       /* open, and without a name so far; -1: it has one */
};

/* Where a file of this name is or would be: absolute, links followed, so that two names of one file
 * are one. The caller's; NULL with err: its folder is not there. */
char *gs_replace_place(const char *path, struct gs_error *err);

/* Whether it could be begun, without a trace of it: the folder is there and can be written in.
 * False with err. */
bool gs_replace_can(const char *path, struct gs_error *err);

/* path stays the caller's until the end. A pipe that nobody reads yet: unread(path) is called, and
 * then it blocks until somebody does; NULL: that is refused, and nothing blocks. False with err,
 * and nothing to end. */
bool gs_replace_begin(struct gs_replacement *r, const char *path, void (*unread)(const char *path),
                      struct gs_error *err);

/* All went well: it is moved into its place, with the rights of the file that was there. Else it is
 * taken away. False with err, which stays as it is if it was not good: the old file is there. */
bool gs_replace_end(struct gs_replacement *r, bool good, struct gs_error *err);

#endif
