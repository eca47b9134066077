/* Where a program stands that is named by a word, as a shell looks for it. */
#ifndef GS_BASE_WHICH_H
#define GS_BASE_WHICH_H

#include <stdbool.h>
#include <stddef.h>

/* path gets the file that can be executed: the word itself if it has a slash, else what is found in
 * $PATH's folders, or in these where there is no $PATH. False: nowhere. May be called in a forked
 * child of a process with several threads. */
bool gs_which(const char *word, const char *otherwise, char *path, size_t size);

#endif
