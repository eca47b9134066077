#include "base/merge.h"

static uint64_t value_of(const struct gs_merge_list *list)
{
    return gs_sorted_value(list->items, list->next);
}

static bool is_before(const struct gs_merge_list *a, const struct gs_merge_list *b)
{
    uint64_t left = value_of(a), right = value_of(b);
    return left != right ? left < right : a->number < b->number;
}

static void swap(struct gs_merge *m, size_t i, size_t k)
{
    struct gs_merge_list list = m->heap.items[i];
    m->heap.items[i] = m->heap.items[k];
    m->heap.items[k] = list;
}

static void rise(struct gs_merge *m, size_t i)
{
    for (size_t up; i > 0; i = up) {
        up = (i - 1) / 2;
        if (!is_before(&m->heap.items[i], &m->heap.items[up]))
            return;
        swap(m, i, up);
    }
}

static void sink(struct gs_merge *m, size_t i)
{
    for (size_t least;; i = least) {
        least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < m->heap.count; child++)
            if (is_before(&m->heap.items[child], &m->heap.items[least]))
                least = child;
        if (least == i)
            return;
        swap(m, i, least);
    }
}

static void add(struct gs_merge *m, struct gs_sorted_items items, size_t from, size_t until,
                uint64_t whose)
{
    if (from == until)
        return;
    gs_vec_push(&m->heap, ((struct gs_merge_list){items, from, until, m->added++, whose}));
    rise(m, m->heap.count - 1);
}

void gs_merge_add(struct gs_merge *m, struct gs_sorted_items items, size_t count, uint64_t whose)
{
    add(m, items, 0, count, whose);
}

void gs_merge_add_stretches(struct gs_merge *m, struct gs_sorted_items items, size_t count)
{
    size_t from = 0;
    for (size_t i = 1; i < count; i++)
        if (gs_sorted_value(items, i) < gs_sorted_value(items, i - 1)) {
            add(m, items, from, i, 0);
            from = i;
        }
    add(m, items, from, count, 0);
}

bool gs_merge_next(struct gs_merge *m, struct gs_merged *at)
{
    if (m->heap.count == 0)
        return false;
    struct gs_merge_list *first = &m->heap.items[0];
    *at = (struct gs_merged){value_of(first), first->next++, first->whose};
    if (first->next == first->end)
        *first = m->heap.items[--m->heap.count];
    sink(m, 0);
    return true;
}

void gs_merge_free(struct gs_merge *m)
{
    gs_vec_free(&m->heap);
}
