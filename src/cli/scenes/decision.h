/* The decision tree that lies beside the scene which is held to it: scenes/choose/decision/tree
 * says how it is written. */
#ifndef GS_CLI_SCENES_DECISION_H
#define GS_CLI_SCENES_DECISION_H

#include "cli/scenes/scenes.h"
#include "tui/decision.h"

/* Of the scenes' own; empty where they have none. Free it with gs_decision_free. */
void gs_decision_read(struct gs_decision *decision, const struct gs_scenes *scenes);

/* Reads a file into an empty one, which stays empty if that is false: it cannot be read, or some
 * answer leads nowhere. */
bool gs_decision_read_file(struct gs_decision *decision, const char *path);

void gs_decision_free(struct gs_decision *decision);

#endif
