/* A line of JSON, an object, that is written as it goes. The lines of a run are millions, and a
 * tree of each in memory (export/json.h) takes ten times as long as its text; the text is the same,
 * to the byte. Private to export/. */
#ifndef GS_EXPORT_JSON_LINE_H
#define GS_EXPORT_JSON_LINE_H

#include "base/vec.h"
#include "export/json.h"

/* {.json = …} is a writer without a line; to be freed. */
struct gs_line {
    const struct gs_json *json; /* where it goes, and what names are taken from */
    GS_VEC(char) text;
};

void gs_line_begin(struct gs_line *line, const char *type);
void gs_line_end(struct gs_line *line); /* writes it */
void gs_line_free(struct gs_line *line);

/* What stands in it, in this order. A key is as it is to be read: nothing in it is escaped. Values
 * are as export/json.h has them. */
void gs_line_null(struct gs_line *line, const char *key);
void gs_line_bool(struct gs_line *line, const char *key, bool value);
void gs_line_number(struct gs_line *line, const char *key, uint64_t value);
void gs_line_text(struct gs_line *line, const char *key, const char *text); /* NULL: null */
void gs_line_string(struct gs_line *line, const char *key, uint64_t id);
void gs_line_actor(struct gs_line *line, const char *key, uint64_t id);
void gs_line_real(struct gs_line *line, const char *key, double value);
void gs_line_open_list(struct gs_line *line, const char *key);
void gs_line_add_text(struct gs_line *line, const char *text); /* into the open list */
void gs_line_close_list(struct gs_line *line);
/* As gs_json_add_object and gs_json_add_line. */
void gs_line_object(struct gs_line *line, uint64_t id);
void gs_line_place(struct gs_line *line, uint32_t number, uint16_t place);

#endif
