/* Protocol Buffers, as far as a Perfetto trace needs them: fields are a tag (number and wire type)
 * and a value; a message is a field whose bytes come behind their number. Numbers are the
 * recording's, seven bits a byte with the lowest first: the format is the same. Written after
 * https://protobuf.dev/programming-guides/encoding/. */
#ifndef GS_EXPORT_PERFETTO_PROTO_H
#define GS_EXPORT_PERFETTO_PROTO_H

#include "trace/recording/bytes.h"

void gs_proto_number(struct gs_bytes *message, uint32_t field, uint64_t value);
void gs_proto_fixed64(struct gs_bytes *message, uint32_t field, uint64_t value);
void gs_proto_text(struct gs_bytes *message, uint32_t field, const char *text); /* UTF-8 */
/* part as a field; it is empty then, and keeps its memory. */
void gs_proto_message(struct gs_bytes *message, uint32_t field, struct gs_bytes *part);

#endif
