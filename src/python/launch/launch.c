#include "python/launch/launch.h"

#include "trace/segment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

enum { UNREADABLE = 2, MOST_WORDS = 2 * GS_ARGUMENT_MAX };

static bool find_preload(bool driven, char *path, size_t size)
{
    char program[GS_PATH_MAX] = "";
    if (readlink("/proc/self/exe", program, sizeof program - 1) > 0)
        *strrchr(program, '/') = '\0';
    snprintf(path, size, "%s/%s/gilscope_%s.so", program, GS_PRELOAD, driven ? "drive" : "watch");
    return access(path, R_OK) == 0;
}

/* Ours first: what stands in front of a function there is found by it. The library of a sanitizer
 * that it was built with is one more of ours. */
static void set_environment(char *preload, const struct gs_control *control)
{
    char segment[48], list[3 * GS_PATH_MAX];
    const char *others = getenv("LD_PRELOAD");
    bool any = others && *others;
    /* As long in every run: where the stack begins depends on it. */
    snprintf(segment, sizeof segment, "%010d:%05d:%05d", control->keeper, control->keeper_fd,
             control->keeper_leash);
#ifdef GS_SANITIZER
    preload = strcat(preload, ":" GS_SANITIZER);
#endif
    snprintf(list, sizeof list, "%s%s%s", preload, any ? ":" : "", any ? others : "");
    setenv("LD_PRELOAD", list, 1);
    setenv("GILSCOPE_SEGMENT", segment, 1);
}

struct words {
    char *at[MOST_WORDS];
    size_t count;
};

/* So many, one behind the other. */
static void add_all(struct words *words, const char *at, size_t size, uint32_t count)
{
    const char *end = at + size;
    for (; count > 0 && at < end && words->count < MOST_WORDS - 1; count--) {
        words->at[words->count++] = (char *)at;
        at += strlen(at) + 1;
    }
}

static void collect(const struct gs_order *order, struct words *words)
{
    static char module[] = "-m";
    if (order->guest != GS_GUEST_COMMAND) {
        words->at[words->count++] = (char *)order->python;
        add_all(words, order->options, sizeof order->options, order->option_count);
    }
    if (order->guest == GS_GUEST_PYTHON_MODULE)
        words->at[words->count++] = module;
    if (order->guest != GS_GUEST_COMMAND)
        words->at[words->count++] = (char *)order->scene;
    add_all(words, order->arguments, sizeof order->arguments, order->argument_count);
}

int gs_launch(int segment_fd)
{
    static struct words words;
    char preload[3 * GS_PATH_MAX];
    struct gs_error err;
    struct gs_segment *segment = gs_segment_attach(segment_fd, &err);
    if (!segment) {
        fprintf(stderr, "%s\n", err.text);
        return UNREADABLE;
    }
    const struct gs_control *control = gs_segment_control(segment);
    const struct gs_order *order = &control->order;
    bool driven = order->clock == GS_CLOCK_VIRTUAL;
    if (!find_preload(driven, preload, sizeof preload)) {
        fprintf(stderr, "%s is missing: gilscope is not installed completely\n", preload);
        return UNREADABLE;
    }
    collect(order, &words);
    set_environment(preload, control);
    gs_segment_close_fd(segment);
    /* Addresses show: in what objects print of themselves, and in the order of sets. */
    if (driven)
        (void)personality(ADDR_NO_RANDOMIZE);
    execvp(words.at[0], words.at);
    fprintf(stderr, "cannot start %s: %s\n", words.at[0], strerror(errno));
    return UNREADABLE;
}
