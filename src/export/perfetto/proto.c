#include "export/perfetto/proto.h"

enum wire_type { VARINT = 0, FIXED64 = 1, LENGTH_DELIMITED = 2 };

static void put_tag(struct gs_bytes *message, uint32_t field, enum wire_type type)
{
    gs_bytes_number(message, (uint64_t)field << 3 | type);
}

void gs_proto_number(struct gs_bytes *message, uint32_t field, uint64_t value)
{
    put_tag(message, field, VARINT);
    gs_bytes_number(message, value);
}

void gs_proto_fixed64(struct gs_bytes *message, uint32_t field, uint64_t value)
{
    unsigned char bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(value >> 8 * i);
    put_tag(message, field, FIXED64);
    gs_bytes_put(message, bytes, sizeof bytes);
}

void gs_proto_text(struct gs_bytes *message, uint32_t field, const char *text)
{
    put_tag(message, field, LENGTH_DELIMITED);
    gs_bytes_text(message, text, strlen(text));
}

void gs_proto_message(struct gs_bytes *message, uint32_t field, struct gs_bytes *part)
{
    put_tag(message, field, LENGTH_DELIMITED);
    gs_bytes_text(message, (const char *)part->list.items, part->list.count);
    part->list.count = 0;
}
