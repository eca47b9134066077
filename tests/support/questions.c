#include "support/questions.h"

struct gs_decision fake_questions(void)
{
    static struct gs_decision_line lines[] = {
        {GS_DECISION_QUESTION, 0, "Does it wait?", NULL, NULL},
        {GS_DECISION_ANSWER, 2, "Yes, it waits.", "waits", NULL},
        {GS_DECISION_END, 4, "They wait at the same time, all of them, as long as there are few.",
         "threads", "gil/one"},
        {GS_DECISION_ANSWER, 2, "No, it computes.", "computes", NULL},
        {GS_DECISION_QUESTION, 4, "Must it share?", NULL, NULL},
        {GS_DECISION_ANSWER, 6, "No, nothing.", "no", NULL},
        {GS_DECISION_END, 8, "All cores compute.", "processes", "sync/two"},
        {GS_DECISION_ANSWER, 6, "Yes, all.", "yes", NULL},
        {GS_DECISION_END, 8, "Nothing helps.", "none", "gil/none"},
    };
    struct gs_decision decision = {0};
    decision.lines.items = lines;
    decision.lines.count = decision.lines.room = sizeof lines / sizeof *lines;
    return decision;
}
