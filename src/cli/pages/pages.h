/* What is installed beside the program and says what it takes: the manual page, and completions for
 * shells. All of it is written when the program is built, from the lists that its help is printed
 * from: commands.c and options/option_list.c. */
#ifndef GS_CLI_PAGES_PAGES_H
#define GS_CLI_PAGES_PAGES_H

#include <stdio.h>

/* For man(1): groff_man(7)'s macros, nothing outside ASCII. */
void gs_page_man(FILE *out);
void gs_page_bash(FILE *out);
void gs_page_zsh(FILE *out);
void gs_page_fish(FILE *out);

#endif
