/* The keys that ask for words, what is done with the answers, and hits of a search. */
#include "tui/views/lanes/acts.h"

#include "tui/export.h"
#include "tui/look/search.h"
#include "tui/record.h"

void gs_lanes_act_compare(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_COMPARE, "");
}

void gs_lanes_act_record(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_record_ask(ui);
}

void gs_lanes_act_export(struct gs_ui *ui, void *state)
{
    gs_export_ask(ui, ((struct gs_lanes_state *)state)->boxes);
}

void gs_lanes_act_filter(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_FILTER, ui->look.filter);
}

void gs_lanes_act_search(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_SEARCH, "");
}

void gs_lanes_act_next_hit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_search_go(&ui->look, 1);
}

void gs_lanes_act_previous_hit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_search_go(&ui->look, -1);
}

void gs_lanes_answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                       enum gs_prompt_answer answer)
{
    (void)state;
    if (purpose == GS_PROMPT_FORMAT || purpose == GS_PROMPT_EXPORT)
        gs_export_answer(ui, purpose, answer);
    if (purpose == GS_PROMPT_FILTER && answer != GS_PROMPT_GOES_ON)
        gs_lanes_set_filter(&ui->look, answer == GS_PROMPT_LEFT ? "" : ui->prompt.text);
    if (purpose == GS_PROMPT_SEARCH && answer == GS_PROMPT_ENTERED)
        gs_search_start(&ui->look, ui->prompt.text);
    if (purpose == GS_PROMPT_COMPARE && answer == GS_PROMPT_ENTERED &&
        !gs_ui_compare_typed(ui, ui->prompt.text))
        gs_prompt_again(&ui->prompt, purpose);
    if (purpose == GS_PROMPT_RECORD && answer == GS_PROMPT_ENTERED &&
        !gs_record_into(ui, ui->prompt.text))
        gs_prompt_again(&ui->prompt, purpose);
}
