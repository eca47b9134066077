/* The tree that rows are taken from: every actor at its place, and which of them a choice leaves.
 * Private to rows.c and what belongs to it. */
#ifndef GS_TIMELINE_ROWS_TREE_H
#define GS_TIMELINE_ROWS_TREE_H

#include "timeline/rows.h"

/* An actor's place in the tree, by id. Its parent is of a kind that comes before its own, or of the
 * same and older: has the smaller id; whatever says otherwise hangs from the root. */
struct gs_rows_node {
    const struct gs_actor_row *row;
    uint32_t parent, first_child, last_child, next;
    bool placed;
    bool shown;   /* born, or above one that was */
    bool matches; /* the filter by its name, or what is above it does */
    bool kept;    /* matches, does what the filter says, or is above one that is kept */
};

struct gs_rows_tree {
    const struct gs_timeline *timeline;
    const struct gs_row_choice *choice;
    struct gs_rows_node *nodes; /* [0] is the root */
    uint32_t count;             /* without the root */
    bool together;              /* a process of one thread is one row */
    uint32_t most_tasks;        /* more of a loop are one lane */
    uint32_t *locks;            /* that have rows, by number … */
    size_t lock_count;          /* … so many … */
    bool locks_hidden;          /* … where there is room */
    size_t group;        /* the row of the innermost group that is being built, + 1; 0: none */
    bool stands_still;   /* and it was told */
    enum gs_state state; /* that the filter names */
    struct gs_rows *rows;
};

/* Fills the nodes of a tree whose timeline, choice, count and state are set. */
void gs_rows_tree_grow(struct gs_rows_tree *tree);

#endif
