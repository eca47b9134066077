/* A question of the program's: the picture stands until whoever looks on has answered it, or goes
 * on without. Nothing of that gets to the program: on the virtual clock it is held meanwhile, and
 * then does what it always does. */
#ifndef GS_TUI_LOOK_ASKING_H
#define GS_TUI_LOOK_ASKING_H

#include "timeline/question.h"
#include "tui/look/look.h"

/* The question at which the picture stands, its text, and the answer that is selected. False: at
 * none. */
bool gs_asking(const struct gs_look *look, struct gs_question *question);

/* Selects the next answer or the one before. */
void gs_asking_select(struct gs_look *look, int step);

/* Takes an answer, from 0, and plays on; false: there is none of that number. */
bool gs_asking_answer(struct gs_look *look, unsigned answer);

/* Plays on without one. */
void gs_asking_skip(struct gs_look *look);

/* What was answered to a question, from 0; -1: nothing. */
int gs_asking_given(const struct gs_look *look, const struct gs_event *question);

#endif
