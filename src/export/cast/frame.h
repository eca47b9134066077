/* One picture of a film: the lanes up to an instant of the run, what it is of and how fast it goes
 * above them, below them what the program said last and a sentence on what goes on. The last one
 * has the whole run and what came of it. */
#ifndef GS_EXPORT_CAST_FRAME_H
#define GS_EXPORT_CAST_FRAME_H

#include "draw/lanes.h"
#include "draw/overview.h"
#include "export/cast/pace.h"

struct gs_film_said {
    GS_VEC(struct gs_event) list; /* by time */
};

struct gs_film_set {
    const struct gs_export_source *source;
    struct gs_film_pace pace;
    struct gs_film_said captions; /* notes, marks, questions, troubles */
    uint64_t from, until;         /* of the run */
    int width, height;
    int tall;      /* lines that a lane takes */
    uint64_t span; /* of the run that a picture shows, but for the last one */
    uint64_t rows_for;
    struct gs_rows rows; /* … of the window that begins there */
    int title_width;     /* … and what stands before them */
    struct gs_overview overview;
    /* Many pictures differ in no more than the time: what was drawn last, of which window and up to
     * which column; what the sentence says, of which second of the film. */
    struct gs_canvas lanes;
    uint64_t drawn_from;
    int drawn_column;
    char sentence[1024];
    uint64_t sentence_of; /* + 1; 0: none yet */
};

/* Works out size, pace and window. Borrows source; give back what it holds with gs_film_free. */
void gs_film_init(struct gs_film_set *film, const struct gs_export_source *source);
void gs_film_free(struct gs_film_set *film);

/* The picture at an instant of the film, in its ns: of what comes later nothing is seen; and the
 * last one. Canvas: of the film's size, blank. */
void gs_film_draw(struct gs_film_set *film, struct gs_canvas *canvas, double shown);
void gs_film_draw_last(struct gs_film_set *film, struct gs_canvas *canvas);

#endif
