#include "export/json.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct gs_json gs_json_open(FILE *out, const struct gs_export_source *source)
{
    size_t ascii = source->ascii_json ? JSON_ENSURE_ASCII : 0;
    return (struct gs_json){.out = out,
                            .flags = JSON_COMPACT | JSON_PRESERVE_ORDER | ascii,
                            .tables = gs_timeline_tables(source->timeline)};
}

bool gs_json_end(const struct gs_json *j, struct gs_error *err)
{
    return gs_export_end(j->out, err);
}

/* Text as JSON: what is no UTF-8 stands as \xNN; what is a control character stays one: gs_json_put
 * escapes it. */
json_t *gs_json_text(const char *raw)
{
    json_t *whole = json_string(raw);
    if (whole)
        return whole;
    size_t length = strlen(raw), used = 0;
    char *valid = malloc(length * 4 + 1);
    if (!valid)
        abort();
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t n = gs_text_decode(raw + i, length - i, &code);
        if (n)
            memcpy(valid + used, raw + i, n);
        else
            snprintf(valid + used, 5, "\\x%02x", (unsigned char)raw[i]);
        used += n ? n : 4;
        i += n ? n : 1;
    }
    json_t *value = json_stringn(valid, used);
    free(valid);
    return value;
}

json_t *gs_json_string(const struct gs_json *j, uint64_t id)
{
    return gs_json_text(id <= UINT32_MAX ? j->tables->string(j->tables, (uint32_t)id) : "?");
}

json_t *gs_json_number(uint64_t value)
{
    return json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value);
}

json_t *gs_json_object(const struct gs_json *j, uint64_t id)
{
    if (!id)
        return json_null();
    return gs_json_text(
        gs_tables_object_name(j->tables, id <= UINT32_MAX ? (uint32_t)id : UINT32_MAX));
}

void gs_json_add_object(const struct gs_json *j, json_t *record, uint64_t id)
{
    const struct gs_object_row *row =
        id <= UINT32_MAX ? j->tables->object(j->tables, (uint32_t)id) : NULL;
    json_object_set_new(record, "on", gs_json_object(j, id));
    json_object_set_new(record, "on_id", id ? gs_json_number(id) : json_null());
    json_object_set_new(record, "on_kind",
                        row ? json_string(gs_object_kind_word(row->kind)) : json_null());
}

void gs_json_add_line(const struct gs_json *j, json_t *record, uint32_t line, uint16_t place)
{
    const struct gs_place_row *row = j->tables->place(j->tables, place);
    json_object_set_new(record, "line", line ? gs_json_number(line) : json_null());
    if (line && row->file)
        json_object_set_new(record, "file", gs_json_string(j, row->file));
    if (line && row->call)
        json_object_set_new(record, "call", gs_json_string(j, row->call));
}

/* Causes that are no actor are beyond every id. */
json_t *gs_json_actor(const struct gs_json *j, uint64_t id)
{
    return id >= 1 && id <= j->tables->actors(j->tables) ? gs_json_number(id) : json_null();
}

/* The encoder escapes what JSON's grammar asks for. A terminal takes more for orders: DEL, C1
 * controls, marks of direction; they can only stand in strings, so that they can be escaped here.
 */
static void write_visible(FILE *out, const char *text, size_t length)
{
    const char *plain = text, *end = text + length;
    size_t n;
    for (const char *c = text; c < end; c += n) {
        uint32_t code = 0;
        n = gs_text_decode(c, (size_t)(end - c), &code);
        n = n ? n : 1;
        if (code != 0x7f && !gs_text_steers(code))
            continue;
        fwrite(plain, 1, (size_t)(c - plain), out);
        fprintf(out, "\\u%04X", (unsigned)code);
        plain = c + n;
    }
    fwrite(plain, 1, (size_t)(end - plain), out);
}

static void write_value(const struct gs_json *j, json_t *value, size_t without)
{
    char *text = json_dumps(value, j->flags | JSON_ENCODE_ANY);
    if (!text)
        abort();
    write_visible(j->out, text, strlen(text) - without);
    free(text);
    json_decref(value);
}

void gs_json_write(const struct gs_json *j, json_t *value)
{
    write_value(j, value, 0);
}

void gs_json_write_open(const struct gs_json *j, json_t *object)
{
    write_value(j, object, 1);
}

void gs_json_put(const struct gs_json *j, json_t *record)
{
    gs_json_write(j, record);
    fputc('\n', j->out);
}
