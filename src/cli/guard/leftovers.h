/* Ends the processes that a dead child left behind and that became this process's own, because it
 * is their subreaper. */
#ifndef GS_CLI_GUARD_LEFTOVERS_H
#define GS_CLI_GUARD_LEFTOVERS_H

/* Kills and reaps every child, and theirs, until there is none. */
void gs_leftovers_kill(void);

#endif
