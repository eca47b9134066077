/* The lanes as lines of text, and a legend below them. Private to export/. */
#ifndef GS_EXPORT_PICTURE_H
#define GS_EXPORT_PICTURE_H

#include "export/print.h"

struct gs_picture {
    uint64_t from, until; /* the window of time, ns; until > from */
    int title_width;      /* columns left of the lanes; 0: as wide as they need */
};

/* The rows that it has: the source's, or the usual ones, built into own, which is to be freed. */
const struct gs_rows *gs_picture_rows(const struct gs_export_source *source, struct gs_rows *own);

/* How many columns left of its lanes the picture needs. */
int gs_picture_titles(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture);
void gs_picture_print(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture);

/* The next entry of a legend that gs_lanes_legend drew in row 0 and that ends at `end`: from is 0
 * or where the one before ended, and moves to where this one begins. False: there is none. */
bool gs_legend_entry(const struct gs_canvas *canvas, int end, int *from, int *until);

#endif
