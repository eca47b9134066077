/* Gives the terminal back, whatever happens: the settings found at the start and the bytes that
 * undo what the screen did. Works inside a signal handler, so a crash leaves a usable terminal and
 * then goes its way (core dump, sanitizer report, exit status) as if nobody had looked. */
#ifndef GS_TUI_TERM_RESTORE_H
#define GS_TUI_TERM_RESTORE_H

#include <stdbool.h>
#include <stddef.h>

/* Keeps fd's settings. False: fd is no terminal. */
bool gs_restore_keep(int fd);

/* From now on a crash restores; bytes (copied, cut to what a screen needs) are written first. */
void gs_restore_arm(const char *bytes, size_t count);
void gs_restore_disarm(void);

/* Puts the kept settings back without touching the screen. */
void gs_restore_settings(void);

#endif
