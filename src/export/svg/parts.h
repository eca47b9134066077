/* What the parts of an SVG share. The picture is drawn twice by draw/: on a canvas of characters
 * for its words, and on one whose cells are COLUMN pixels wide for its states, its owners and its
 * bars. So it shows what the screen shows, by the same rules, only finer. Private to export/svg/.
 */
#ifndef GS_EXPORT_SVG_PARTS_H
#define GS_EXPORT_SVG_PARTS_H

#include "draw/lanes.h"
#include "export/export.h"

/* In pixels of the picture's own, which are what its numbers count: a character's cell, a cell of
 * the fine canvas, the space around it all, a lane's bar, an owner's. */
enum { GS_SVG_CELL = 8, GS_SVG_COLUMN = 2, GS_SVG_MARGIN = 16, GS_SVG_BAR = 14, GS_SVG_BOX = 18 };

enum gs_svg_line_kind {
    GS_SVG_PHASES,
    GS_SVG_AXIS,
    GS_SVG_GROUP,
    GS_SVG_OWNERS,
    GS_SVG_WORDS, /* of the lane whose bar is the next line */
    GS_SVG_STATES,
    GS_SVG_TASKS,
    GS_SVG_MARKS,
    GS_SVG_BRACKET,
    GS_SVG_TOTAL
};

/* A row of the canvases, and where it is in the picture. */
struct gs_svg_line {
    enum gs_svg_line_kind kind;
    uint32_t actor; /* whose lane it is; 0: it is none */
    int top, height;
};

struct gs_svg {
    FILE *out;
    const struct gs_export_source *source;
    const struct gs_rows *rows;
    struct gs_rows own;        /* … unless the source has them */
    struct gs_lanes_view view; /* of the words */
    struct gs_canvas words, states;
    struct gs_lanes_signs signs;
    GS_VEC(struct gs_svg_line) lines;
    int left, right;   /* the lanes' edges */
    int bottom;        /* of what is laid out so far */
    int lanes, foot;   /* where the lanes begin and end */
    int width, height; /* of the whole; the height is known at the end */
};

/* layout.c: draws both canvases and finds each line its place from `top` on. The source is
 * borrowed. */
void gs_svg_layout(struct gs_svg *svg, const struct gs_export_source *source, int top);
void gs_svg_free(struct gs_svg *svg);
/* The pixel of a time, clamped to the lanes' edges. */
int gs_svg_x(const struct gs_svg *svg, uint64_t time);
/* The line with an actor's states; NULL: it is not shown. */
const struct gs_svg_line *gs_svg_lane(const struct gs_svg *svg, uint32_t actor);

/* strips.c: what a line is filled with; swatch: so is the legend's sign of that cell. */
void gs_svg_strip(const struct gs_svg *svg, size_t line);
void gs_svg_swatch(const struct gs_svg *svg, const struct gs_cell *cell, int x, int y);

/* words.c: the text of a line's cells from … until, beside lanes each at its time; and the
 * brackets that stand among it. */
void gs_svg_words(const struct gs_svg *svg, size_t line, int from, int until);
void gs_svg_brackets(const struct gs_svg *svg, size_t line);
/* A text of one style at a baseline, escaped. */
void gs_svg_text(const struct gs_svg *svg, int x, int y, const char *style, const char *text);

/* phases.c: a phase's title, with how long it took; text is written to. */
void gs_svg_phase(const struct gs_svg *svg, int x, int y, uint64_t begin, char *text);

/* legend.c, captions.c: from svg->bottom on, which they move. */
void gs_svg_legend(struct gs_svg *svg);
void gs_svg_captions(struct gs_svg *svg);

/* arrows.c: messages from lane to lane, if there are few enough to follow. */
void gs_svg_arrows(const struct gs_svg *svg);

/* style.c: the colours and patterns of all roles, and the class that a role's marks have. */
void gs_svg_style(const struct gs_svg *svg);
const char *gs_svg_class(unsigned role);

/* animation.c, of which nothing is there unless it is asked for: the style; the line that moves,
 * once the lanes are laid out; a group that is uncovered as time goes, ended by </g>; one that
 * appears at a time. */
void gs_svg_keyframes(const struct gs_svg *svg);
void gs_svg_playhead(const struct gs_svg *svg);
void gs_svg_past(const struct gs_svg *svg);
void gs_svg_since(const struct gs_svg *svg, uint64_t time);
void gs_svg_since_end(const struct gs_svg *svg);

/* describe.c: what somebody hears who does not see it, as <title> and <desc>. */
void gs_svg_describe(const struct gs_svg *svg);

/* xml.c: text of the trace made safe and escaped, for content and for attributes. What XML does not
 * allow becomes U+FFFD. */
void gs_xml_text(FILE *out, const char *text);

#endif
