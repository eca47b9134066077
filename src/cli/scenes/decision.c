#include "cli/scenes/decision.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char scene[] = "choose/which-model";

/* A copy of so many bytes, without blanks around them and safe to print. */
static char *trimmed(const char *text, size_t length)
{
    while (length && *text == ' ') {
        text++;
        length--;
    }
    while (length && strchr(" \n", text[length - 1]))
        length--;
    size_t size = length * sizeof "\\xNN";
    size += size == 0;
    char *copy = malloc(size);
    if (!copy)
        abort();
    gs_text_visible(copy, size, text, length);
    return copy;
}

/* What stands before the mark is cut off the text, and given back. */
static char *cut(const char **text, char mark)
{
    const char *end = strchrnul(*text, mark);
    char *before = trimmed(*text, (size_t)(end - *text));
    *text = *end ? end + 1 : end;
    return before;
}

static void go_on(struct gs_decision_line *line, const char *text)
{
    char *more = trimmed(text, strlen(text)), *whole;
    if (asprintf(&whole, "%s %s", line->text, more) < 0)
        abort();
    free(more);
    free(line->text);
    line->text = whole;
}

static void add_line(struct gs_decision *decision, int depth, const char *text)
{
    struct gs_decision_line *line = gs_vec_add(&decision->lines);
    *line = (struct gs_decision_line){.depth = depth};
    if (*text == '?') {
        text++;
    } else if (*text == '=') {
        text++;
        line->kind = GS_DECISION_END;
        line->word = cut(&text, ',');
        line->scene = cut(&text, ':');
    } else {
        line->kind = GS_DECISION_ANSWER;
        line->word = cut(&text, ':');
    }
    line->text = trimmed(text, strlen(text));
}

/* Before the first question stands what the file is. */
static void read_line(struct gs_decision *decision, const char *raw)
{
    int depth = (int)strspn(raw, " ");
    const char *text = raw + depth;
    size_t count = decision->lines.count;
    struct gs_decision_line *last = count ? &decision->lines.items[count - 1] : NULL;
    if (*text == '\n' || !*text || (!last && *text != '?'))
        return;
    if (last && last->kind == GS_DECISION_END && depth > last->depth)
        go_on(last, text);
    else
        add_line(decision, depth, text);
}

/* Whoever follows the answers comes to an end. */
static bool is_whole(const struct gs_decision *decision)
{
    size_t count = decision->lines.count;
    for (size_t i = 0; i < count; i++) {
        const struct gs_decision_line *line = &decision->lines.items[i], *next = line + 1;
        bool below = i + 1 < count && next->depth > line->depth;
        bool answered = below && next->kind == GS_DECISION_ANSWER;
        bool leads_on = below && next->kind != GS_DECISION_ANSWER;
        if (line->kind == GS_DECISION_QUESTION ? !answered
            : line->kind == GS_DECISION_ANSWER ? !leads_on
                                               : below)
            return false;
    }
    return true;
}

bool gs_decision_read_file(struct gs_decision *decision, const char *path)
{
    char *line = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    while (getline(&line, &size, file) > 0)
        read_line(decision, line);
    free(line);
    fclose(file);
    if (is_whole(decision))
        return true;
    gs_decision_free(decision);
    return false;
}

void gs_decision_read(struct gs_decision *decision, const struct gs_scenes *scenes)
{
    char path[GS_PATH_MAX + sizeof "/decision/tree"];
    *decision = (struct gs_decision){0};
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        const char *slash = strrchr(meta->path, '/');
        if (strcmp(meta->name, scene) != 0 || !slash)
            continue;
        snprintf(path, sizeof path, "%.*s/decision/tree", (int)(slash - meta->path), meta->path);
        if (gs_decision_read_file(decision, path))
            return;
    }
}

void gs_decision_free(struct gs_decision *decision)
{
    for (size_t i = 0; i < decision->lines.count; i++) {
        free(decision->lines.items[i].text);
        free(decision->lines.items[i].word);
        free(decision->lines.items[i].scene);
    }
    gs_vec_free(&decision->lines);
}
