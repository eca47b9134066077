/* A run, written out: one exporter a format, each a file with one ops struct, looked up by the name
 * that `--print` and `--to` take. An exporter only reads the timeline, so that it does not matter
 * whether the run has ended, is going on or came out of a recording. */
#ifndef GS_EXPORT_EXPORT_H
#define GS_EXPORT_EXPORT_H

#include "base/error.h"
#include "timeline/judge/stats.h"
#include "timeline/judge/verify.h"
#include "timeline/rows.h"
#include "trace/control.h"

#include <stdio.h>

enum gs_theme { GS_THEME_AUTO, GS_THEME_LIGHT, GS_THEME_DARK };

/* How a film of the run is made, and what else is a file by itself: nothing of the terminal that it
 * is written from goes into it. */
struct gs_film {
    int width, height;   /* columns, lines; 0: what suits it */
    bool plain;          /* without colours */
    double speed;        /* ns of the run a ns of the film; 0: that of … */
    double scene_speed;  /* … the scene, of the virtual clock; 0: what fits the run */
    uint64_t idle_limit; /* ns that a stretch without a change lasts at most; 0: as it does */
    unsigned version;    /* of asciicast; 0: 2 */
};

struct gs_export_source {
    const struct gs_timeline *timeline;
    const char *name;  /* "gil/cpu-threads"; NULL: not known */
    const char *title; /* the scene's; NULL or "": none */
    uint32_t clock;    /* enum gs_clock_kind; 0: not known */
    uint32_t gil;      /* enum gs_gil_profile */
    uint32_t python;   /* see struct gs_facts */
    uint32_t cores;    /* 0: not known */
    uint64_t interval_ns;
    uint64_t seed;              /* told on the virtual clock only */
    int width;                  /* columns of what is drawn; 0: 80 */
    enum gs_theme theme;        /* of a picture for a page … */
    bool animate;               /* … which plays the run, once */
    bool helpers;               /* a picture has their lanes, too */
    const struct gs_rows *rows; /* the lanes that are wanted; NULL: in a picture the usual ones, as
                                   data all */
    bool colour;                /* cells of pictures have theirs, as SGR of 256 colours */
    bool ascii;                 /* nothing outside ASCII in what people read … */
    bool ascii_json;            /* … and in JSON, which else is UTF-8 in every locale */
    bool compat;                /* a format that has grown is written as older readers know it */
    uint64_t from, until;       /* ns; until 0: the run's end */
    uint64_t at;                /* the instant of a picture that shows one; 0: which tells most */
    struct gs_film film;
    const char *scene; /* path of the program's own file; NULL: its lines say in which they are */
    /* The text of one of its files; the caller's. NULL: there is none. NULL itself: it is read
     * where it lies. */
    char *(*text_of)(void *files, const char *path, size_t *size);
    void *files;
};

struct gs_exporter {
    const char *name;
    const char *meaning; /* one line for --help */
    const char *ending;  /* of its files' names, without the dot; NULL: the format's name */
    bool (*write)(FILE *out, const struct gs_export_source *source, struct gs_error *err);
};

/* All of them, ended by NULL; and the one of that name or NULL. */
extern const struct gs_exporter *const gs_exporters[];
const struct gs_exporter *gs_exporter_find(const char *name);

/* What `--stats` prints: a table of the GILs and one of the lanes; or the same as JSON, one object
 * a line, `"type"` "run", "phase_stats", "gil", "lane" … */
bool gs_export_stats(FILE *out, const struct gs_export_source *source, struct gs_error *err);
bool gs_export_stats_json(FILE *out, const struct gs_export_source *source, struct gs_error *err);

/* What `--stats` prints before them where the lanes, which have it too, are not printed: the phases
 * of the run side by side. */
bool gs_export_phases(FILE *out, const struct gs_export_source *source, struct gs_error *err);

/* What `--verify` prints: that every invariant holds, or the first violations and their number. */
bool gs_export_violations(FILE *out, const struct gs_export_source *source,
                          const struct gs_violations *violations, struct gs_error *err);

/* "virtual clock · GIL 3.12 · switch interval 5.0 ms · 2 cores · seed 1" with separator " · ";
 * of a Python "python 3.11.2" in the GIL's place.
 * Returns buffer. */
const char *gs_export_rules(char *buffer, size_t size, const char *separator,
                            const struct gs_export_source *source);

/* What an exporter returns when it has written all: false, with the system's reason, if anything
 * could not be written. */
bool gs_export_end(FILE *out, struct gs_error *err);

/* The window of time with its defaults filled in: until is behind from. */
void gs_export_window(const struct gs_export_source *source, uint64_t *from, uint64_t *until);

#endif
