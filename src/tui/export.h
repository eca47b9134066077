/* `x`: what is on the screen into a file, in a format that is asked for first: the range that was
 * chosen, else the window, with the lanes that are shown. The screen goes on while it is written.
 */
#ifndef GS_TUI_EXPORT_H
#define GS_TUI_EXPORT_H

#include "tui/ui.h"

/* Asks for the format, or says why there is nothing to export. boxes: they are what is shown. */
void gs_export_ask(struct gs_ui *ui, bool boxes);

/* The answer to one of its two prompts: the next one is opened, or the file begun; what cannot be
 * is said and asked for again. */
void gs_export_answer(struct gs_ui *ui, enum gs_prompt_purpose purpose,
                      enum gs_prompt_answer answer);

/* Says how far the file is that is being written, and that it is there. True: something new. */
bool gs_export_tell(struct gs_ui *ui);

/* Ends it, and says so; what was at its path stays. False: nothing is being written. */
bool gs_export_stop(struct gs_ui *ui);

/* Whether the user stays, who wants to leave while a file is being written: he is told so, once. */
bool gs_export_holds(struct gs_ui *ui);

#endif
