#include "tui/look/asking.h"

#include "tui/look/play.h"

bool gs_asking(const struct gs_look *look, struct gs_question *question)
{
    if (!look->run.asks)
        return false;
    gs_question_read(question, gs_timeline_tables(look->run.timeline), &look->run.question);
    return true;
}

void gs_asking_select(struct gs_look *look, int step)
{
    struct gs_question question;
    if (!gs_asking(look, &question) || question.count == 0)
        return;
    unsigned forward = step > 0 ? 1 : question.count - 1;
    look->answer = (look->answer + forward) % question.count;
}

void gs_asking_skip(struct gs_look *look)
{
    look->run.asks = false;
    look->answer = 0;
    gs_play_toggle(look);
}

bool gs_asking_answer(struct gs_look *look, unsigned answer)
{
    struct gs_question question;
    if (!gs_asking(look, &question) || answer >= question.count)
        return false;
    const struct gs_event *e = &look->run.question;
    gs_vec_push(&look->answers, ((struct gs_answer_given){e->time, e->a, answer}));
    gs_asking_skip(look);
    return true;
}

/* Who played it again may have given several: the last one counts. */
int gs_asking_given(const struct gs_look *look, const struct gs_event *question)
{
    for (size_t i = look->answers.count; i > 0; i--) {
        const struct gs_answer_given *given = &look->answers.items[i - 1];
        if (given->time == question->time && given->text == question->a)
            return (int)given->answer;
    }
    return -1;
}
