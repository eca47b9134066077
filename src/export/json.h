/* JSON, one object a line, for the exporters that programs read: UTF-8 whatever the locale, so that
 * a run gives the same bytes everywhere; ASCII where that was asked for. Private to export/. */
#ifndef GS_EXPORT_JSON_H
#define GS_EXPORT_JSON_H

#include "export/export.h"

#include <jansson.h>

struct gs_json {
    FILE *out;
    size_t flags; /* of jansson's encoder */
    const struct gs_tables *tables;
};

struct gs_json gs_json_open(FILE *out, const struct gs_export_source *source);
/* False, with the system's reason, if anything could not be written. */
bool gs_json_end(const struct gs_json *j, struct gs_error *err);

/* Writes a line and takes the record. */
void gs_json_put(const struct gs_json *j, json_t *record);
/* Parts of a line that is longer than memory is large: a value as it is, and an object without its
 * last brace, so that more can follow. Both take it. */
void gs_json_write(const struct gs_json *j, json_t *value);
void gs_json_write_open(const struct gs_json *j, json_t *object);

/* Values; new references. Text that is no UTF-8 shows its bytes as \xNN, numbers beyond JSON's
 * signed ones stop there. */
json_t *gs_json_text(const char *raw);
json_t *gs_json_string(const struct gs_json *j, uint64_t id);
json_t *gs_json_number(uint64_t value);
json_t *gs_json_object(const struct gs_json *j, uint64_t id); /* its name; null: none */
/* Puts "on", an object's name, "on_id", which tells two of one name apart, and "on_kind" into a
 * record; null: none. */
void gs_json_add_object(const struct gs_json *j, json_t *record, uint64_t id);
/* Puts "line" into a record, null: none; and of a line that is in another file than the program's
 * own "file", of one that calls the library "call". */
void gs_json_add_line(const struct gs_json *j, json_t *record, uint32_t line, uint16_t place);
json_t *gs_json_actor(const struct gs_json *j, uint64_t id); /* its id; null: no actor */

#endif
