/* "Did you mean …?" */
#ifndef GS_CLI_SAY_NEAREST_H
#define GS_CLI_SAY_NEAREST_H

/* Of the words, the one that is nearest to what was typed; NULL if none is near enough to be
 * meant. words ends in NULL. */
const char *gs_cli_nearest(const char *typed, const char *const *words);

#endif
