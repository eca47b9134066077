#include "trace/recording/bytes.h"

void gs_bytes_put(struct gs_bytes *bytes, const void *from, size_t size)
{
    size_t need = bytes->list.count + size;
    if (need > bytes->list.room)
        bytes->list.items = gs_vec_grow(bytes->list.items, &bytes->list.room, need, 1);
    if (size)
        memcpy(bytes->list.items + bytes->list.count, from, size);
    bytes->list.count = need;
}

void gs_bytes_number(struct gs_bytes *bytes, uint64_t value)
{
    unsigned char out[10];
    size_t size = 0;
    for (; value > 0x7f; value >>= 7)
        out[size++] = (unsigned char)(value | 0x80);
    out[size++] = (unsigned char)value;
    gs_bytes_put(bytes, out, size);
}

void gs_bytes_signed(struct gs_bytes *bytes, uint64_t difference)
{
    gs_bytes_number(bytes, gs_bytes_fold(difference));
}

void gs_bytes_text(struct gs_bytes *bytes, const char *text, size_t size)
{
    gs_bytes_number(bytes, size);
    gs_bytes_put(bytes, text, size);
}

uint64_t gs_bytes_take(struct gs_bytes_in *in)
{
    uint64_t value = 0;
    for (int shift = 0; in->at < in->end && shift < 70; shift += 7) {
        unsigned char byte = *in->at++;
        value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        if (byte < 0x80)
            return value;
    }
    in->broken = true;
    in->at = in->end;
    return 0;
}

uint64_t gs_bytes_take_signed(struct gs_bytes_in *in)
{
    return gs_bytes_unfold(gs_bytes_take(in));
}

uint32_t gs_bytes_take_id(struct gs_bytes_in *in)
{
    uint64_t value = gs_bytes_take(in);
    in->broken |= value > UINT32_MAX;
    return (uint32_t)value;
}

struct gs_bytes_in gs_bytes_take_text(struct gs_bytes_in *in)
{
    uint64_t size = gs_bytes_take(in);
    struct gs_bytes_in text = {.at = in->at, .end = in->at};
    if (size > (uint64_t)(in->end - in->at)) {
        in->broken = true;
        in->at = in->end;
        return text;
    }
    in->at += size;
    text.end = in->at;
    return text;
}
