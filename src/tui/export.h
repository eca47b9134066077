/* `x`: what is on the screen into a file, in a format that is asked for first: the range that was
 * chosen, else the window, with the lanes that are shown. */
#ifndef GS_TUI_EXPORT_H
#define GS_TUI_EXPORT_H

#include "tui/ui.h"

/* Asks for the format, or says why there is nothing to export. boxes: they are what is shown. */
void gs_export_ask(struct gs_ui *ui, bool boxes);

/* The answer to one of its two prompts: the next one is opened, or the file is written; what cannot
 * be is said and asked for again. */
void gs_export_answer(struct gs_ui *ui, enum gs_prompt_purpose purpose,
                      enum gs_prompt_answer answer);

#endif
