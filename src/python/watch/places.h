/* Where lines are, as rows of the trace's table of places: which file, and in which call of the
 * library's. */
#ifndef GS_PYTHON_WATCH_PLACES_H
#define GS_PYTHON_WATCH_PLACES_H

#include "python/cpython/spot.h"
#include "python/cpython/ways.h"
#include "python/watch/watch.h"

/* The run's own file, where it was given one; before the program can go elsewhere. */
void gs_places_open(const struct gs_order *order);

/* Which line of the user's own code a thread is on: its innermost one; 0: it is on none. May be
 * asked by the thread itself and by whoever has its GIL. False: no Python runs in the thread, it
 * begins or ends. */
bool gs_places_look(gs_py *thread, uint32_t *line, uint16_t *place);

/* The same of a way that it has gone. False: that is not known of it yet. */
bool gs_places_of_way(const struct gs_way *way, uint32_t *line, uint16_t *place);

/* The same of a spot that the caller has found; 0 where it has no line. */
void gs_places_of_spot(const struct gs_spot *spot, uint32_t *line, uint16_t *place);

/* The place of a file's lines that call this of the library, "": nothing. False: the table is full.
 */
bool gs_places_find(const char *file, const char *call, uint16_t *place);

struct gs_glance;

/* The place of what was glanced at. May be asked in the middle of anything: it locks and allocates
 * nothing. False: the table is full. */
bool gs_places_glanced(const struct gs_glance *glance, uint16_t *place);

/* Which file a place is in: its path. */
const char *gs_places_file(uint16_t place);

/* The place of the lines of a file. False: the table is full. */
bool gs_places_of_file(const char *file, uint16_t *place);

#endif
