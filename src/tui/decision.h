/* A tree of questions, each answer of which leads to another question or to an end: a model, the
 * scene that shows it, and why. The host reads it; a view asks it. */
#ifndef GS_TUI_DECISION_H
#define GS_TUI_DECISION_H

#include "base/vec.h"

enum gs_decision_kind { GS_DECISION_QUESTION, GS_DECISION_ANSWER, GS_DECISION_END };

/* Lines stand as the tree does: what belongs to a line follows it, and is deeper. A question's or
 * an end's is the line before it; the first line asks. All texts are the decision's, and safe to
 * print. */
struct gs_decision_line {
    enum gs_decision_kind kind;
    int depth;
    char *text;  /* the question, the answer, why */
    char *word;  /* of an answer: one for it; of an end: the model; else NULL */
    char *scene; /* of an end; else NULL */
};

struct gs_decision {
    GS_VEC(struct gs_decision_line) lines;
};

#endif
