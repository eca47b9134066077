/* `w`: the run into a file, from its beginning on, whenever it is asked for. */
#ifndef GS_TUI_RECORD_H
#define GS_TUI_RECORD_H

#include "tui/ui.h"

/* Asks for the file's name, and offers one; or says why there is nothing to ask. */
void gs_record_ask(struct gs_ui *ui);
/* The answer. False: it cannot be, which was said. */
bool gs_record_into(struct gs_ui *ui, const char *path);

/* A name for a file of the run's, that of its scene: "gil-fight.gsr". */
void gs_record_offer(const struct gs_ui *ui, const char *ending, char *name, size_t size);

/* Why something cannot be, in the notice, as a sentence. */
void gs_record_say_wrong(struct gs_ui *ui, const char *text);

/* Each frame: says once what came of it. True: it did. */
bool gs_record_tell(struct gs_ui *ui);

#endif
