/* Which lanes of runs that are compared stand in their strips: those of the selected run that its
 * selected row asks for, and of the others the same, by their titles. */
#ifndef GS_TUI_VIEWS_COMPARE_SAME_H
#define GS_TUI_VIEWS_COMPARE_SAME_H

#include "tui/look/look.h"

/* A lane that other runs may have nothing beside: the first GIL. Its row; -1: there is none. */
long gs_same_gil(const struct gs_look *look);
/* Whether its first row is the name of a process, which can be missed before a lane. */
bool gs_same_has_name(const struct gs_look *look);

/* Scrolls so that the selected row is among so many; *first is kept from one call to the next. */
void gs_same_scroll(const struct gs_look *look, size_t room, size_t *first);
/* Scrolls to what the other look shows from its row `from` on. */
void gs_same_follow(const struct gs_look *look, size_t room, size_t *first,
                    const struct gs_look *other, size_t from);

#endif
