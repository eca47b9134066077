/* What a scene says of itself, read from its opening `scene { … }` without running the rest: the
 * table alone is loaded, in a state with no libraries, so that listing scenes is safe with any
 * file. */
#ifndef GS_LUA_SCENE_META_H
#define GS_LUA_SCENE_META_H

#include "base/error.h"
#include "sched/runtime.h"
#include "trace/control.h"

#define GS_CORES_MAX 256 /* virtual cores a run can have */

struct gs_scene_meta {
    char name[128]; /* "gil/cpu-threads": folder and file, or the path for a file elsewhere */
    char path[GS_PATH_MAX];
    char title[160], chapter[64], from[160]; /* from: the documents, one behind the other */
    char summary[1024];
    uint32_t guest;              /* enum gs_guest */
    uint32_t gil;                /* enum gs_gil_profile; UNSET: 3.12 */
    uint32_t cores;              /* 0: the default, 4 */
    uint32_t clock;              /* enum gs_clock_kind it is best watched on; 0: virtual */
    double speed;                /* of playback; 0: none asked for */
    uint64_t interval_ns;        /* scene's `interval` in ms; 0: 5 ms */
    char costs[512];             /* costs = { instruction = 20 } becomes "instruction=20" */
    enum gs_expectation expects; /* expect = "deadlock": the claim is that the run finds it */
};

/* Reads the file at path. False with err: no such file, no scene table first, a field of the
 * wrong type (named, with its line). */
bool gs_scene_meta_read(const char *path, struct gs_scene_meta *meta, struct gs_error *err);

#endif
