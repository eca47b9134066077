/* Runs that are to be compared: scenes, each with every combination of the values that vary. */
#ifndef GS_CLI_SCENES_VARIANTS_H
#define GS_CLI_SCENES_VARIANTS_H

#include "base/vec.h"
#include "cli/options/options.h"
#include "lua/scene/meta.h"

struct gs_variant {
    char called[256]; /* "gil/cpu-threads, cores=1" */
    struct gs_scene_meta meta;
    struct gs_options options; /* its own; its order can be started */
};

struct gs_variants {
    GS_VEC(struct gs_variant *) list;
};

/* Adds those of each word of options->words, with what options->vary says. False with err: a word
 * is no scene, a value none of its option's, there is no Python for one of them, or there are more
 * than GS_DIFFERENCES_MOST. */
bool gs_variants_take(struct gs_variants *variants, const struct gs_options *options,
                      struct gs_error *err);
/* The same of what somebody types who looks at a run: "cores=1,4 gil=off" is its scene with each
 * pair of these values, a word without "=" is another scene. `shown` has started it, `asked` has
 * the options of the command line alone. */
bool gs_variants_read(struct gs_variants *variants, const struct gs_order *asked,
                      const struct gs_order *shown, const char *text, struct gs_error *err);
void gs_variants_free(struct gs_variants *variants);

#endif
