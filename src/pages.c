/* A program of the build's own: writes one of the files that are installed beside gilscope. */
#include "cli/pages/pages.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out);
    } pages[] = {
        {"man", gs_page_man}, {"bash", gs_page_bash}, {"zsh", gs_page_zsh}, {"fish", gs_page_fish}};
    for (size_t i = 0; argc == 2 && i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i].name, argv[1]) == 0) {
            pages[i].write(stdout);
            return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
        }
    fprintf(stderr, "usage: %s man|bash|zsh|fish\n", argv[0]);
    return 2;
}
