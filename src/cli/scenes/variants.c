#include "cli/scenes/variants.h"

#include "base/text.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scenes.h"
#include "draw/differences.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next of "A,B" behind text, which it moves on; NULL: there is none. */
static char *next_value(char **text)
{
    char *value = *text, *comma = value ? strchr(value, ',') : NULL;
    if (comma)
        *comma = '\0';
    *text = comma ? comma + 1 : NULL;
    return value;
}

static bool settle(struct gs_variant *variant, const char *word, struct gs_error *err)
{
    struct gs_order *order = &variant->options.order;
    if (!gs_scenes_find(word, order, &variant->meta, err))
        return false;
    gs_scenes_order(&variant->meta, order);
    return gs_cli_python(order, err);
}

static bool add(struct gs_variants *variants, const char *word, const char *called,
                const struct gs_options *options, struct gs_error *err)
{
    if (variants->list.count == GS_DIFFERENCES_MOST)
        return gs_error_set(err, "that makes more than %d runs", (int)GS_DIFFERENCES_MOST);
    struct gs_variant *variant = calloc(1, sizeof *variant);
    if (!variant)
        abort();
    gs_text_copy(variant->called, sizeof variant->called, called);
    variant->options = *options;
    gs_vec_push(&variants->list, variant);
    return settle(variant, word, err);
}

/* The scene with each combination of the values from the i-th --vary on. */
static bool vary(struct gs_variants *variants, const char *word, const char *called,
                 const struct gs_options *options, int i, struct gs_error *err)
{
    if (i == options->vary_count)
        return add(variants, word, called, options, err);
    char text[256], more[256];
    gs_text_copy(text, sizeof text, options->vary[i]);
    char *values = strchr(text, '=');
    *values++ = '\0';
    for (char *value; (value = next_value(&values));) {
        struct gs_options varied = *options;
        snprintf(more, sizeof more, "%s, %s=%s", called, text, value);
        if (!gs_options_vary(&varied, text, value, err) ||
            !vary(variants, word, more, &varied, i + 1, err))
            return false;
    }
    return true;
}

bool gs_variants_take(struct gs_variants *variants, const struct gs_options *options,
                      struct gs_error *err)
{
    for (int i = 0; i < options->word_count; i++)
        if (!vary(variants, options->words[i], options->words[i], options, 0, err))
            return false;
    return true;
}

void gs_variants_free(struct gs_variants *variants)
{
    for (size_t i = 0; i < variants->list.count; i++)
        free(variants->list.items[i]);
    gs_vec_free(&variants->list);
}
