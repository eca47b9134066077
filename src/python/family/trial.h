/* Whether an exec would succeed. Only the kernel knows: a file that is there and may be executed
 * can be of a format that it does not, name a loader or an interpreter that is missing, be open for
 * writing, or have been given too many words. And who calls exec must know before, since nobody
 * comes back from one that succeeds to tell of it.
 *
 * So a child tries first: it shares the caller's memory, as vfork's do, and is traced, which stops
 * it before the program's first instruction; there it is killed. */
#ifndef GS_PYTHON_FAMILY_TRIAL_H
#define GS_PYTHON_FAMILY_TRIAL_H

#include <stdbool.h>

/* True, too, where tracing is forbidden or somebody traces the caller already: then nobody can
 * tell. Takes as long as an exec; errno stays. */
bool gs_trial_succeeds(const char *path, char *const words[], char *const variables[]);

#endif
