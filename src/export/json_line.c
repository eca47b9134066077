#include "export/json_line.h"

#include "base/text.h"

#include <string.h>

static void add(struct gs_line *line, const char *text, size_t length)
{
    if (line->text.room - line->text.count < length)
        line->text.items =
            gs_vec_grow(line->text.items, &line->text.room, line->text.count + length, 1);
    memcpy(line->text.items + line->text.count, text, length);
    line->text.count += length;
}

static void add_word(struct gs_line *line, const char *word)
{
    add(line, word, strlen(word));
}

static void add_key(struct gs_line *line, const char *key)
{
    add_word(line, line->text.count > 1 ? ",\"" : "\"");
    add_word(line, key);
    add_word(line, "\":");
}

static void add_escape(struct gs_line *line, uint32_t unit)
{
    char escape[16];
    add(line, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04X", (unsigned)unit));
}

/* Beyond 16 bits as the two halves that JSON has for it. */
static void add_escaped(struct gs_line *line, uint32_t code)
{
    if (code > 0xffff) {
        add_escape(line, 0xd800 + ((code - 0x10000) >> 10));
        code = 0xdc00 + ((code - 0x10000) & 0x3ff);
    }
    add_escape(line, code);
}

/* Of the characters that JSON's grammar does not let stand, those that have a letter; else 0. */
static char letter_of(uint32_t code)
{
    static const char letters[0x80] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                       ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    return code < sizeof letters ? letters[code] : '\0';
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* One character: of those that a terminal would obey, too, only the number. Bytes that are none
 * stand as \xNN. Returns how many bytes it was. */
static size_t add_character(struct gs_line *line, const char *at, size_t left)
{
    uint32_t code;
    size_t n = gs_text_decode(at, left, &code);
    char shown[] = {'\\', n ? letter_of(code) : '\0'}, byte[8];
    if (n == 0)
        add(line, byte, (size_t)snprintf(byte, sizeof byte, "\\\\x%02x", (unsigned char)*at));
    else if (shown[1])
        add(line, shown, sizeof shown);
    else if (code < 0x20 || code == 0x7f || gs_text_steers(code) ||
             (code > 0x7f && (line->json->flags & JSON_ENSURE_ASCII)))
        add_escaped(line, code);
    else
        add(line, at, n);
    return n ? n : 1;
}

static void add_text(struct gs_line *line, const char *text)
{
    const char *end = text + strlen(text);
    add(line, "\"", 1);
    while (text < end) {
        size_t plain = 0;
        while (is_plain((unsigned char)text[plain]))
            plain++;
        add(line, text, plain);
        text += plain;
        if (text < end)
            text += add_character(line, text, (size_t)(end - text));
    }
    add(line, "\"", 1);
}

static void add_number(struct gs_line *line, uint64_t value)
{
    char digits[20], *first = digits + sizeof digits;
    value = value > INT64_MAX ? INT64_MAX : value;
    do
        *--first = (char)('0' + value % 10);
    while (value /= 10);
    add(line, first, (size_t)(digits + sizeof digits - first));
}

void gs_line_begin(struct gs_line *line, const char *type)
{
    line->text.count = 0;
    add(line, "{", 1);
    gs_line_text(line, "type", type);
}

void gs_line_end(struct gs_line *line)
{
    add(line, "}\n", 2);
    fwrite(line->text.items, 1, line->text.count, line->json->out);
}

void gs_line_free(struct gs_line *line)
{
    gs_vec_free(&line->text);
}

void gs_line_null(struct gs_line *line, const char *key)
{
    add_key(line, key);
    add_word(line, "null");
}

void gs_line_bool(struct gs_line *line, const char *key, bool value)
{
    add_key(line, key);
    add_word(line, value ? "true" : "false");
}

void gs_line_number(struct gs_line *line, const char *key, uint64_t value)
{
    add_key(line, key);
    add_number(line, value);
}

void gs_line_text(struct gs_line *line, const char *key, const char *text)
{
    if (!text) {
        gs_line_null(line, key);
        return;
    }
    add_key(line, key);
    add_text(line, text);
}

void gs_line_string(struct gs_line *line, const char *key, uint64_t id)
{
    const struct gs_tables *tables = line->json->tables;
    gs_line_text(line, key, id <= UINT32_MAX ? tables->string(tables, (uint32_t)id) : "?");
}

void gs_line_actor(struct gs_line *line, const char *key, uint64_t id)
{
    const struct gs_tables *tables = line->json->tables;
    if (id >= 1 && id <= tables->actors(tables))
        gs_line_number(line, key, id);
    else
        gs_line_null(line, key);
}

/* Few are: jansson knows how they are written. */
void gs_line_real(struct gs_line *line, const char *key, double value)
{
    json_t *real = json_real(value);
    char *text = json_dumps(real, line->json->flags | JSON_ENCODE_ANY);
    if (!text)
        abort();
    add_key(line, key);
    add_word(line, text);
    free(text);
    json_decref(real);
}

void gs_line_open_list(struct gs_line *line, const char *key)
{
    add_key(line, key);
    add(line, "[", 1);
}

void gs_line_add_text(struct gs_line *line, const char *text)
{
    if (line->text.items[line->text.count - 1] != '[')
        add(line, ",", 1);
    add_text(line, text);
}

void gs_line_close_list(struct gs_line *line)
{
    add(line, "]", 1);
}

void gs_line_object(struct gs_line *line, uint64_t id)
{
    const struct gs_tables *tables = line->json->tables;
    const struct gs_object_row *row =
        id <= UINT32_MAX ? tables->object(tables, (uint32_t)id) : NULL;
    if (!id) {
        add_word(line, ",\"on\":null,\"on_id\":null");
    } else {
        gs_line_text(line, "on", row ? tables->string(tables, row->name) : "?");
        gs_line_number(line, "on_id", id);
    }
    gs_line_text(line, "on_kind", row ? gs_object_kind_word(row->kind) : NULL);
}

void gs_line_place(struct gs_line *line, uint32_t number, uint16_t place)
{
    const struct gs_tables *tables = line->json->tables;
    const struct gs_place_row *row = tables->place(tables, place);
    if (!number) {
        gs_line_null(line, "line");
        return;
    }
    gs_line_number(line, "line", number);
    if (row->file)
        gs_line_string(line, "file", row->file);
    if (row->call)
        gs_line_string(line, "call", row->call);
}
