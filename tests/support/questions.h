/* Questions as a host has them, small. */
#ifndef GS_TEST_QUESTIONS_H
#define GS_TEST_QUESTIONS_H

#include "tui/decision.h"

/* Does it wait? Yes: threads, gil/one. No: must it share? No: processes, sync/two. Yes: none, which
 * no scene shows. All of it is static. */
struct gs_decision fake_questions(void);

#endif
