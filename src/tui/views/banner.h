/* What there is to say of a run: why the selected lane is as it is, its notes and output at the
 * cursor, and what nobody may miss: a deadlock, an error, a failed check, a stage that died, how it
 * all ended. */
#ifndef GS_TUI_VIEWS_BANNER_H
#define GS_TUI_VIEWS_BANNER_H

#include "tui/look/look.h"

/* Words into buffer ("": there are none); returns their role. */
unsigned gs_banner_words(const struct gs_look *look, bool ascii, char *buffer, size_t size);
/* At the end, behind what is in buffer: what was answered to each question, in a line of its own.
 */
void gs_verdicts_words(const struct gs_look *look, bool ascii, char *buffer, size_t size);
/* The question at which the picture stands with its answers, a line each, or one behind the other;
 * "": at none. */
unsigned gs_question_panel(const struct gs_look *look, bool ascii, bool lines, char *buffer,
                           size_t size);
/* At the end every check that the banner does not have, those that failed first: a line each, or
 * one behind the other; "" before. */
void gs_checks_words(const struct gs_look *look, bool ascii, bool lines, char *buffer, size_t size);
/* What is said by an event of gs_told, NULL: nothing; of a question also what was answered, and
 * what would have been right. */
unsigned gs_note_words(const struct gs_look *look, bool ascii, const struct gs_event *event,
                       char *buffer, size_t size);
/* Whether it is news: at the end, where the banner tells of the run, not of a lane that nobody
 * chose. */
bool gs_sentence_is_due(const struct gs_look *look);
/* The sentence about the selected lane at the cursor; "": there are no lanes. */
void gs_sentence_words(const struct gs_look *look, char *buffer, size_t size);

#endif
