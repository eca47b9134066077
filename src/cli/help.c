#include "cli/cli.h"

#include "sched/costs.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char overview[] =
    "gilscope runs real concurrency scenes and draws what the scheduler does with\n"
    "them: one lane a thread, who owns the GIL, who waits, for what, and who ended\n"
    "the wait.\n"
    "\n"
    "  gilscope [OPTIONS]          choose a scene; takes run's options, but for those\n"
    "                              that print\n"
    "  gilscope run SCENE          watch it on a terminal; else its lanes as text\n"
    "  gilscope list [--json]      every scene: name, title, document\n"
    "  gilscope check SCENE...     does every claim hold? exit 1 if one fails\n"
    "  gilscope help [COMMAND]     this, or all about one command\n"
    "  gilscope --version\n"
    "\n"
    "A SCENE is a name from the list or a path to a .lua file. Start with:\n"
    "  gilscope run gil/cpu-threads\n"
    "\n"
    "Exit status: 0 good, 1 a check failed or the scene broke, 2 wrong usage or an\n"
    "unreadable scene, 128 + n ended by signal n.\n"
    "Environment: GILSCOPE_SCENES names more folders of scenes, divided by colons;\n"
    "NO_COLOR, unless it is empty, leaves the colours out.\n";

#define ORDER_HELP                                                                                 \
    "      --gil 3.12|3.9|2.7|off  whose rules the GIL follows; off: free-threaded\n"              \
    "      --interval MS           the GIL's switch interval, 5 unless the scene says\n"           \
    "      --cores N               virtual cores (virtual clock)\n"                                \
    "      --seed N                another order of chance; real clock: math.random's\n"           \
    "      --cost NAME=NS          another price in the virtual clock's model;\n"                  \
    "                              may be repeated\n"

static const char run_help[] =
    "gilscope run [OPTIONS] SCENE [-- ARGS]\n"
    "\n"
    "Runs a scene. On a terminal it is watched live; on a pipe, or with --print,\n"
    "--stats or --verify, it runs to its end and the results are printed. ARGS are\n"
    "the scene's own.\n"
    "\n"
    "  how it runs\n"
    "      --clock real|virtual    real threads in real time, or a model of them:\n"
    "                              the same on every machine, and it can be stepped.\n"
    "                              Unless the scene says: virtual\n" ORDER_HELP "\n"
    "  what is shown\n"
    "      --speed X               playback: 1 is real time, 0.01 a hundredth of it\n"
    "      --ascii                 no characters outside ASCII\n"
    "      --print lanes           lanes and results, as text (what a pipe gets)\n"
    "      --print text            the run told in sentences\n"
    "      --print json            one JSON object a line\n"
    "      --print none            only the exit status\n"
    "      --width N               columns of the lanes\n"
    "      --stats                 statistics after the run\n"
    "      --verify                test the rules that hold in every trace; exit 1\n"
    "                              if one is broken\n";

static const char check_help[] =
    "gilscope check [OPTIONS] SCENE...\n"
    "\n"
    "Runs scenes on the virtual clock and reports each claim that they make. SCENE\n"
    "may also be a chapter (gil), or all. Exit 1 if a claim fails.\n"
    "\n"
    "      --clock real|virtual    the clock; virtual unless said\n" ORDER_HELP;

static const char list_help[] = "gilscope list [--json]\n"
                                "\n"
                                "Every scene by chapter: name, title, and the documents that\n"
                                "it comes from. --json: one JSON object a line.\n";

static const char help_help[] = "gilscope help [COMMAND]\n";

static void print_costs(void)
{
    struct gs_costs costs;
    gs_costs_init(&costs);
    puts("\n  what things cost on the virtual clock, in ns (--cost)");
    for (int i = 0; i < GS_COSTS; i++)
        printf("      %-12s %8llu  %s\n", gs_cost_name((enum gs_cost)i),
               (unsigned long long)costs.ns[i], gs_cost_doc((enum gs_cost)i));
}

void gs_cli_print_help(const char *command)
{
    static const struct {
        const char *name, *text;
        bool ordered; /* takes the options that change the model */
    } helps[] = {{"run", run_help, true},
                 {"check", check_help, true},
                 {"list", list_help, false},
                 {"help", help_help, false}};
    for (size_t i = 0; command && i < sizeof helps / sizeof helps[0]; i++) {
        if (strcmp(command, helps[i].name) == 0) {
            fputs(helps[i].text, stdout);
            if (helps[i].ordered)
                print_costs();
            return;
        }
    }
    fputs(overview, stdout);
}
