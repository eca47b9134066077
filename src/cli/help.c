#include "cli/help.h"

#include "cli/options/option_list.h"
#include "sched/costs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 80, BEHIND_CALL = 30 /* where what something does begins */ };

const char gs_help_what[] =
    "gilscope runs real concurrency scenes and draws what the scheduler does with "
    "them: one lane a thread, who owns the GIL, who waits, for what, and who ended "
    "the wait.";

const char gs_help_scene[] = "A SCENE is a name from the list, or a path to a .py or .lua file, or "
                             "to a folder or an archive "
                             "with a __main__.py. Start with:\n"
                             "  gilscope run gil/cpu-threads";

const char gs_help_status[] =
    "Exit status: 0 good, 1 a check failed or the scene broke, 2 wrong usage or an "
    "unreadable scene, 128 + n ended by signal n.";

const char gs_help_environment[] =
    "Environment: GILSCOPE_SCENES names more folders of scenes, divided by colons; "
    "NO_COLOR, unless it is empty, leaves the colours out.";

static const char *const headings[] = {
    [GS_GROUP_RUN] = "  how it runs", [GS_GROUP_SHOW] = "  what is shown", [GS_GROUP_OTHER] = ""};

/* Bytes up to the text's next line's end, or the last blank before it leaves so many columns. All
 * of it is ASCII. */
static size_t line_length(const char *text, size_t room)
{
    size_t length = strcspn(text, "\n");
    if (length <= room)
        return length;
    while (room > 0 && text[room] != ' ')
        room--;
    return room > 0 ? room : length;
}

/* From column `at` on, in lines of that indent. */
static void print_text(int at, const char *text)
{
    size_t length = line_length(text, (size_t)(WIDTH - at));
    printf("%.*s\n", (int)length, text);
    for (text += length; *text; text += length) {
        text++; /* the blank or line's end */
        length = line_length(text, (size_t)(WIDTH - at));
        printf("%*s%.*s\n", at, "", (int)length, text);
    }
}

/* How something is called, and what it does behind it. */
static void print_row(const char *call, const char *text)
{
    if (strlen(call) >= BEHIND_CALL)
        printf("%s\n%*s", call, BEHIND_CALL, "");
    else
        printf("%-*s", BEHIND_CALL, call);
    print_text(BEHIND_CALL, text);
}

static void print_option(const struct gs_option *option)
{
    char call[64], letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(call, sizeof call, "  %s--%s %s", letter, option->name,
             option->value ? option->value : "");
    print_row(call, option->help);
}

static void print_group(enum gs_option_set set, enum gs_option_group group)
{
    bool any = false;
    for (const struct gs_option *o = gs_option_list; o->name; o++) {
        if (!(o->sets & 1u << set) || o->group != group)
            continue;
        if (!any)
            printf("\n%s%s", headings[group], headings[group][0] ? "\n" : "");
        any = true;
        print_option(o);
    }
}

static void print_costs(void)
{
    struct gs_costs costs;
    gs_costs_init(&costs);
    puts("\n  what things cost on the virtual clock, in ns (--cost)");
    for (int i = 0; i < GS_COSTS; i++)
        printf("      %-12s %8" PRIu64 "  %s\n", gs_cost_name((enum gs_cost)i), costs.ns[i],
               gs_cost_doc((enum gs_cost)i));
}

static bool takes(enum gs_option_set set, const char *option)
{
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (strcmp(o->name, option) == 0)
            return o->sets & 1u << set;
    return false;
}

void gs_help_command(const struct gs_command *command)
{
    printf("gilscope %s %s\n\n", command->name, command->usage);
    print_text(0, command->about);
    for (int group = GS_GROUP_RUN; group <= GS_GROUP_OTHER; group++)
        print_group(command->options, (enum gs_option_group)group);
    if (takes(command->options, "cost"))
        print_costs();
}

void gs_help_overview(void)
{
    print_text(0, gs_help_what);
    putchar('\n');
    print_row("  gilscope [OPTIONS]", "choose a scene; takes run's options, but for those that "
                                      "print");
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        char call[64];
        snprintf(call, sizeof call, "  gilscope %s %s", c->name, c->call);
        print_row(call, c->brief);
    }
    puts("  gilscope --version\n");
    print_text(0, gs_help_scene);
    putchar('\n');
    print_text(0, gs_help_status);
    print_text(0, gs_help_environment);
}
