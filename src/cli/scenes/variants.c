#include "cli/scenes/variants.h"

#include "base/text.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scene_file.h"
#include "cli/scenes/scenes.h"
#include "cli/stage/recorded.h"
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

/* What is run: the scene of a word, or the one that an order has run. */
struct what {
    const char *called, *word;    /* NULL: … */
    const struct gs_order *shown; /* … this one's */
};

/* A module's or a command's order has all that there is to know of it. */
static bool is_file(const struct gs_order *shown)
{
    return shown->guest == GS_GUEST_LUA || shown->guest == GS_GUEST_PYTHON_FILE;
}

/* Its own file, as long as nothing is asked that only the other one of its name can do. */
static bool settle_again(struct gs_variant *variant, const struct gs_order *shown,
                         struct gs_error *err)
{
    struct gs_order *order = &variant->options.order;
    if (shown->guest == GS_GUEST_RECORDING)
        return gs_error_set(err, "a recording is as it was recorded, nothing of it can vary");
    bool same = gs_scenes_can_run(shown->guest, order) || gs_scene_file_is_path(shown->name);
    if (!is_file(shown))
        return true;
    if (!(same ? gs_scene_file_read(shown->scene, &variant->meta, err)
               : gs_scenes_find(shown->name, order, &variant->meta, err)))
        return false;
    gs_text_copy(variant->meta.name, sizeof variant->meta.name, shown->name);
    gs_scenes_order(&variant->meta, order);
    return true;
}

static bool settle_recording(struct gs_variant *variant, const char *path, struct gs_error *err)
{
    if (variant->options.vary_count > 0)
        return gs_error_set(err, "%s is as it was recorded, nothing of it can vary", path);
    struct gs_player *player = gs_player_open(path, err);
    if (!player)
        return false;
    const struct gs_about *about = gs_player_about(player);
    variant->options.order.guest = GS_GUEST_RECORDING;
    gs_text_copy(variant->options.order.scene, sizeof variant->options.order.scene, path);
    gs_text_copy(variant->options.order.name, sizeof variant->options.order.name, about->name);
    gs_text_copy(variant->meta.name, sizeof variant->meta.name, about->name);
    gs_text_copy(variant->meta.title, sizeof variant->meta.title, about->title);
    gs_player_close(player);
    return true;
}

static bool settle_word(struct gs_variant *variant, const char *word, struct gs_error *err)
{
    if (gs_recorded_is_one(word))
        return settle_recording(variant, word, err);
    struct gs_order *order = &variant->options.order;
    if (!gs_scenes_find(word, order, &variant->meta, err))
        return false;
    gs_scenes_order(&variant->meta, order);
    return true;
}

static bool settle(struct gs_variant *variant, const struct what *what, struct gs_error *err)
{
    return (what->word ? settle_word(variant, what->word, err)
                       : settle_again(variant, what->shown, err)) &&
           (variant->options.order.guest == GS_GUEST_RECORDING ||
            gs_cli_python_later(&variant->options.order, err));
}

static bool add(struct gs_variants *variants, const struct what *what, const char *called,
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
    return settle(variant, what, err);
}

/* The scene with each combination of the values from the i-th --vary on. */
static bool vary(struct gs_variants *variants, const struct what *what, const char *called,
                 const struct gs_options *options, int i, struct gs_error *err)
{
    if (i == options->vary_count)
        return add(variants, what, called, options, err);
    char text[256], more[256];
    gs_text_copy(text, sizeof text, options->vary[i]);
    char *values = strchr(text, '=');
    *values++ = '\0';
    for (char *value; (value = next_value(&values));) {
        struct gs_options varied = *options;
        snprintf(more, sizeof more, "%s, %s=%s", called, text, value);
        if (!gs_options_vary(&varied, text, value, err) ||
            !vary(variants, what, more, &varied, i + 1, err))
            return false;
    }
    return true;
}

bool gs_variants_take(struct gs_variants *variants, const struct gs_options *options,
                      struct gs_error *err)
{
    for (int i = 0; i < options->word_count; i++) {
        const struct what what = {.called = options->words[i], .word = options->words[i]};
        if (!vary(variants, &what, what.called, options, 0, err))
            return false;
    }
    return true;
}

/* Words without "=" are scenes, the others vary. */
static bool take_word(struct gs_options *options, char **words, char *word, struct gs_error *err)
{
    const char *equals = strchr(word, '=');
    if (!equals) {
        words[options->word_count++] = word;
        return true;
    }
    if (equals == word || !equals[1])
        return gs_error_set(
            err, "'%s' is no option with its values: write it like cores=1,4 or gil=off", word);
    if (options->vary_count == GS_VARY_MOST)
        return gs_error_set(err, "no more than %d options can vary at a time", GS_VARY_MOST);
    options->vary[options->vary_count++] = word;
    return true;
}

/* For another scene the words of a command are no arguments. */
static struct gs_order base_of(const struct gs_order *asked, const struct gs_order *shown,
                               bool named)
{
    struct gs_order base = named || is_file(shown) ? *asked : *shown;
    if (named && shown->guest == GS_GUEST_COMMAND)
        base.argument_count = 0;
    return base;
}

bool gs_variants_read(struct gs_variants *variants, const struct gs_order *asked,
                      const struct gs_order *shown, const char *text, struct gs_error *err)
{
    enum { TYPED = 256 };
    char copy[TYPED], *words[TYPED / 2], *rest;
    struct gs_options options = {.words = words};
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        if (!take_word(&options, words, word, err))
            return false;
    options.order = base_of(asked, shown, options.word_count > 0);
    const struct what again = {.called = shown->name, .shown = shown};
    if (options.word_count > 0)
        return gs_variants_take(variants, &options, err);
    if (options.vary_count == 0)
        return gs_error_set(err, "say what is to be different, such as cores=1, or name a scene");
    return vary(variants, &again, again.called, &options, 0, err);
}

void gs_variants_free(struct gs_variants *variants)
{
    for (size_t i = 0; i < variants->list.count; i++)
        free(variants->list.items[i]);
    gs_vec_free(&variants->list);
}
