/* The fields of a scene's table: each with its type and its limits, and a clear word on what is
 * wrong with it. */
#include "lua/scene/meta_parts.h"

#include "sched/costs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool wrong(const struct gs_meta_reading *r, const char *field, const char *expected)
{
    return gs_error_set(r->err, "%s:%u: the scene's %s must be %s", r->path,
                        gs_opening_field_line(r->opening, field), field, expected);
}

/* Pushes the field; false if the scene does not give it (then nothing is pushed). */
static bool push_field(const struct gs_meta_reading *r, const char *field)
{
    if (lua_getfield(r->L, -1, field) != LUA_TNIL)
        return true;
    lua_pop(r->L, 1);
    return false;
}

static bool read_text(const struct gs_meta_reading *r, const char *field, char *out, size_t size)
{
    if (!push_field(r, field))
        return true;
    size_t length = 0;
    const char *text = lua_type(r->L, -1) == LUA_TSTRING ? lua_tolstring(r->L, -1, &length) : NULL;
    bool ok = text && length < size && !memchr(text, '\0', length);
    if (ok)
        memcpy(out, text, length + 1);
    lua_pop(r->L, 1);
    char expected[64];
    snprintf(expected, sizeof expected, "a string of at most %zu bytes", size - 1);
    return ok || wrong(r, field, expected);
}

static bool read_number(const struct gs_meta_reading *r, const char *field, double least,
                        double most, double *out)
{
    if (!push_field(r, field))
        return true;
    bool ok = lua_type(r->L, -1) == LUA_TNUMBER;
    double value = ok ? lua_tonumber(r->L, -1) : NAN;
    lua_pop(r->L, 1);
    if (!(value >= least && value <= most)) {
        char expected[64];
        snprintf(expected, sizeof expected, "a number from %g to %g", least, most);
        return wrong(r, field, expected);
    }
    *out = value;
    return true;
}

/* Reads a field of one short word; "" if the scene does not give it. */
static bool read_word(const struct gs_meta_reading *r, const char *field, char word[16],
                      const char *expected)
{
    word[0] = '\0';
    return read_text(r, field, word, 16) || wrong(r, field, expected);
}

static bool read_clock(const struct gs_meta_reading *r, uint32_t *clock)
{
    static const char expected[] = "\"real\" or \"virtual\"";
    char word[16];
    if (!read_word(r, "clock", word, expected))
        return false;
    *clock = strcmp(word, "real") == 0      ? GS_CLOCK_REAL
             : strcmp(word, "virtual") == 0 ? GS_CLOCK_VIRTUAL
                                            : 0;
    return word[0] == '\0' || *clock != 0 || wrong(r, "clock", expected);
}

static bool read_expect(const struct gs_meta_reading *r, enum gs_expectation *expects)
{
    static const char expected[] = "\"deadlock\", \"stall\", or left out";
    char word[16];
    if (!read_word(r, "expect", word, expected))
        return false;
    *expects = strcmp(word, "deadlock") == 0 ? GS_EXPECT_DEADLOCK
               : strcmp(word, "stall") == 0  ? GS_EXPECT_STALL
                                             : GS_EXPECT_END;
    return word[0] == '\0' || *expects != GS_EXPECT_END || wrong(r, "expect", expected);
}

static bool read_gil(const struct gs_meta_reading *r, uint32_t *gil)
{
    static const char expected[] = "\"3.12\", \"3.9\", \"2.7\" or \"off\"";
    char word[16];
    if (!read_word(r, "gil", word, expected))
        return false;
    return word[0] == '\0' || gs_gil_profile_parse(word, gil) || wrong(r, "gil", expected);
}

/* `from` names one document, or a list of them. */
static bool read_from(const struct gs_meta_reading *r, char *out, size_t size)
{
    if (!push_field(r, "from"))
        return true;
    if (lua_type(r->L, -1) != LUA_TTABLE) {
        lua_pop(r->L, 1);
        return read_text(r, "from", out, size);
    }
    size_t used = 0;
    bool ok = true;
    lua_Unsigned count = lua_rawlen(r->L, -1);
    for (lua_Unsigned i = 1; ok && i <= count; i++) {
        ok = lua_rawgeti(r->L, -1, (lua_Integer)i) == LUA_TSTRING;
        if (ok)
            used += (size_t)snprintf(out + used, size - used, "%s%s", i == 1 ? "" : ", ",
                                     lua_tostring(r->L, -1));
        ok = ok && used < size;
        lua_pop(r->L, 1);
    }
    lua_pop(r->L, 1);
    return ok || wrong(r, "from", "a document's name or a short list of them");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

#define COSTS     32
#define COST_TEXT 64

static bool costs_exist(const struct gs_meta_reading *r, const char *list)
{
    struct gs_costs costs;
    struct gs_error err;
    gs_costs_init(&costs);
    return gs_costs_apply(&costs, list, &err) ||
           gs_error_set(r->err, "%s:%u: %s", r->path, gs_opening_field_line(r->opening, "costs"),
                        err.text);
}

/* Lua walks a table in an order that changes from run to run; what a scene says may not. */
static bool read_costs(const struct gs_meta_reading *r, char *out, size_t size)
{
    char list[COSTS][COST_TEXT];
    size_t count = 0;
    bool ok = true;
    if (!push_field(r, "costs"))
        return true;
    ok = lua_type(r->L, -1) == LUA_TTABLE;
    if (ok)
        lua_pushnil(r->L);
    while (ok && lua_next(r->L, -2)) {
        ok = count < COSTS && lua_type(r->L, -2) == LUA_TSTRING &&
             lua_type(r->L, -1) == LUA_TNUMBER && lua_tonumber(r->L, -1) >= 0 &&
             snprintf(list[count++], COST_TEXT, "%s=%.15g", lua_tostring(r->L, -2),
                      lua_tonumber(r->L, -1)) < COST_TEXT;
        lua_pop(r->L, ok ? 1 : 2);
    }
    lua_pop(r->L, 1);
    qsort(list, ok ? count : 0, COST_TEXT, by_text);
    size_t used = 0;
    for (size_t i = 0; ok && i < count; i++) {
        used += (size_t)snprintf(out + used, size - used, "%s%s", i == 0 ? "" : ",", list[i]);
        ok = used < size;
    }
    return ok ? costs_exist(r, out)
              : wrong(r, "costs", "a table of names and numbers: { instruction = 20 }");
}

static bool is_field(const char *name)
{
    static const char *const fields[] = {"title", "chapter", "from",     "summary",
                                         "gil",   "cores",   "interval", "clock",
                                         "speed", "costs",   "expect"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcmp(name, fields[i]) == 0)
            return true;
    }
    return false;
}

/* A misspelt field would be ignored without a word. */
static bool only_known_fields(const struct gs_meta_reading *r)
{
    lua_pushnil(r->L);
    while (lua_next(r->L, -2)) {
        lua_pop(r->L, 1);
        const char *name = lua_type(r->L, -1) == LUA_TSTRING ? lua_tostring(r->L, -1) : NULL;
        if (!name || !is_field(name))
            return gs_error_set(r->err,
                                "%s:%u: the scene table has an unknown field%s%s; the fields are "
                                "title, chapter, from, summary, gil, cores, interval, clock, "
                                "speed, costs and expect",
                                r->path, gs_opening_field_line(r->opening, name ? name : ""),
                                name ? " " : "", name ? name : "");
    }
    return true;
}

bool gs_meta_fields(const struct gs_meta_reading *r, struct gs_scene_meta *meta)
{
    double cores = 0, interval_ms = 0;
    bool ok = only_known_fields(r) && read_text(r, "title", meta->title, sizeof meta->title) &&
              read_text(r, "chapter", meta->chapter, sizeof meta->chapter) &&
              read_text(r, "summary", meta->summary, sizeof meta->summary) &&
              read_from(r, meta->from, sizeof meta->from) && read_gil(r, &meta->gil) &&
              read_number(r, "cores", 1, GS_CORES_MAX, &cores) &&
              read_number(r, "speed", 1e-6, 1e6, &meta->speed) &&
              read_number(r, "interval", 0.001, 1e6, &interval_ms) && read_clock(r, &meta->clock) &&
              read_expect(r, &meta->expects) && read_costs(r, meta->costs, sizeof meta->costs);
    meta->cores = (uint32_t)cores;
    meta->interval_ns = (uint64_t)(interval_ms * 1e6 + 0.5);
    if (ok && meta->title[0] == '\0')
        return wrong(r, "title", "given: it is what lists show");
    return ok;
}
