/* A recording from its beginning to its end: the same events in the same order as when it was
 * recorded, with the tables that grow alongside. What is damaged is left out; where events are
 * missing, one LOST event of actor 0 says how many and since when, see event.def. For one thread.
 */
#ifndef GS_TRACE_RECORDING_PLAYER_H
#define GS_TRACE_RECORDING_PLAYER_H

#include "base/error.h"
#include "trace/collector.h"
#include "trace/recording/about.h"

struct gs_player; /* free with gs_player_close */

/* NULL with err: as gs_reader_open says, or it has not even its beginning. */
struct gs_player *gs_player_open(const char *path, struct gs_error *err);
struct gs_player *gs_player_open_fd(int fd, const char *called, struct gs_error *err);
void gs_player_close(struct gs_player *player);

const char *gs_player_called(const struct gs_player *player);
const struct gs_tables *gs_player_tables(const struct gs_player *player);
const struct gs_about *gs_player_about(const struct gs_player *player);

/* How it ended; NULL: it was cut, and nobody knows. */
const struct gs_recorded_end *gs_player_end(const struct gs_player *player);

/* Hands on at most about `most` events (0: all that are left); returns how many there were. 0:
 * there are no more. */
uint64_t gs_player_drain(struct gs_player *player, uint64_t most, gs_collector_sink *sink,
                         void *context);
/* How far the run's clock had come with what was handed on. */
uint64_t gs_player_live(const struct gs_player *player);

/* What is not as it was written, in a sentence: "" if all is. After the last event. Returns
 * buffer. */
const char *gs_player_trouble(const struct gs_player *player, char *buffer, size_t size);
bool gs_player_is_damaged(const struct gs_player *player); /* beyond being cut */

/* The text of one of the program's files, as it was when it was recorded; the caller's, to be
 * freed. NULL: it is not in there. */
char *gs_player_file(struct gs_player *player, const char *path, size_t *size);

#endif
