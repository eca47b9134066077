/* Standard output for results of any size. Whole lines go out, whatever ends the program: whoever
 * reads them, up to a signal or the last one, never meets half of one. */
#ifndef GS_CLI_OUTPUT_H
#define GS_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

/* From now on INT, TERM and HUP end the process at once with 128 + n: nothing may be left to clean
 * up. To be closed with fclose, which writes the last line if it has no end. One at a time. */
FILE *gs_output_open(void);

/* The program was told to end by that signal before it began to print: what there is may take
 * some more seconds, then the rest of it is given up and said so. */
void gs_output_hurry(int signal_number);

#endif
