#include "cli/options/option_list.h"

#include "cli/exports.h"
#include "lua/scene/meta.h"
#include "sched/costs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool take_clock(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    static const char *const clocks[] = {"real", "virtual", NULL};
    return gs_value_word(value, clocks, "real or virtual", &o->order.clock, err);
}

static bool take_gil(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_gil_profile_parse(value->text, &o->order.gil) ||
           gs_value_wrong(value, "3.12, 3.9, 2.7 or off", err);
}

static bool take_interval(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    double ms;
    if (!gs_value_number(value, 0.001, 1e6, &ms, err))
        return false;
    o->order.interval_ns = (uint64_t)llround(ms * 1e6);
    return true;
}

static bool take_cores(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    uint64_t cores;
    if (!gs_value_count(value, 1, GS_CORES_MAX, &cores, err))
        return false;
    o->order.cores = (uint32_t)cores;
    return true;
}

static bool take_seed(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_count(value, 0, UINT64_MAX, &o->order.seed, err);
}

static bool take_cost(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    char *costs = o->order.costs;
    size_t used = strlen(costs), size = sizeof o->order.costs;
    struct gs_costs table;
    gs_costs_init(&table);
    if (!gs_costs_apply(&table, value->text, err))
        return false;
    int n = snprintf(costs + used, size - used, "%s%s", used ? "," : "", value->text);
    return (size_t)n < size - used || gs_error_set(err, "there are too many --cost options");
}

static bool take_module(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    (void)err;
    o->order.guest = GS_GUEST_PYTHON_MODULE;
    snprintf(o->order.scene, sizeof o->order.scene, "%s", value->text);
    snprintf(o->order.name, sizeof o->order.name, "%s", value->text);
    return true;
}

static bool take_python(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    (void)err;
    snprintf(o->order.python, sizeof o->order.python, "%s", value->text);
    return true;
}

static bool take_until(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_time(value, &o->until, err);
}

static bool take_from(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_time(value, &o->from, err);
}

static bool take_memory(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_size(value, (uint64_t)16 << 20, &o->memory, err);
}

static bool take_record(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    o->record = value->text;
    return *value->text || gs_value_wrong(value, "the name of a file", err);
}

static bool take_to(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    (void)err;
    o->to = value->text;
    return true;
}

static bool take_output(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    o->output = value->text;
    return *value->text || gs_value_wrong(value, "the name of a file", err);
}

static bool take_export(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    char format[32];
    const char *equals = strchr(value->text, '=');
    if (!equals || equals == value->text || !equals[1])
        return gs_value_wrong(value, "a format and a file, such as json=run.json", err);
    snprintf(format, sizeof format, "%.*s", (int)(equals - value->text), value->text);
    const struct gs_exporter *exporter = gs_exports_find(format, err);
    if (!exporter)
        return false;
    if (o->export_count == GS_EXPORT_MOST)
        return gs_error_set(err, "--export may stand %d times, and no more", GS_EXPORT_MOST);
    o->exports[o->export_count++] =
        (struct gs_asked_export){.exporter = exporter, .path = equals + 1};
    return true;
}

static bool take_vary(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    const char *equals = strchr(value->text, '=');
    if (!equals || equals == value->text || !equals[1])
        return gs_value_wrong(value, "an option and its values, such as cores=1,4", err);
    if (o->vary_count == GS_VARY_MOST)
        return gs_error_set(err, "--vary may stand %d times, and no more", GS_VARY_MOST);
    o->vary[o->vary_count++] = value->text;
    return true;
}

static bool take_speed(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_number(value, 1e-6, 1e6, &o->speed, err);
}

static bool take_print(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    static const char *const prints[] = {"lanes", "boxes", "text", "json", "none", NULL};
    unsigned print;
    if (!gs_value_word(value, prints, "lanes, boxes, text, json or none", &print, err))
        return false;
    o->print = (enum gs_print)print;
    return true;
}

static bool take_color(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    unsigned colours;
    if (!gs_value_word(value, words, "auto, always or never", &colours, err))
        return false;
    o->colours = (enum gs_colours)colours;
    return true;
}

static bool take_theme(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    static const char *const words[] = {"auto", "light", "dark", NULL};
    unsigned theme;
    if (!gs_value_word(value, words, "auto, light or dark", &theme, err))
        return false;
    o->theme = (enum gs_theme)(theme - 1);
    return true;
}

static bool take_at(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    return gs_value_time(value, &o->at, err);
}

static bool take_width(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    uint64_t width;
    if (!gs_value_count(value, 20, GS_WIDTH_MAX, &width, err))
        return false;
    o->width = (int)width;
    return true;
}

static bool take_height(struct gs_options *o, const struct gs_value *value, struct gs_error *err)
{
    uint64_t height;
    if (!gs_value_count(value, 12, GS_HEIGHT_MAX, &height, err))
        return false;
    o->height = (int)height;
    return true;
}

static bool take_idle_limit(struct gs_options *o, const struct gs_value *value,
                            struct gs_error *err)
{
    return gs_value_time(value, &o->idle_limit, err) &&
           (o->idle_limit > 0 || gs_value_wrong(value, "a time such as 2s or 500ms", err));
}

static bool take_cast_version(struct gs_options *o, const struct gs_value *value,
                              struct gs_error *err)
{
    uint64_t version;
    if (!gs_value_count(value, 2, 3, &version, err))
        return false;
    o->cast_version = (unsigned)version;
    return true;
}

#define SWITCH(field)                                                                              \
    static bool take_##field(struct gs_options *o, const struct gs_value *value,                   \
                             struct gs_error *err)                                                 \
    {                                                                                              \
        (void)value;                                                                               \
        (void)err;                                                                                 \
        return o->field = true;                                                                    \
    }
SWITCH(animate)
SWITCH(ascii)
SWITCH(helpers)
SWITCH(compat)
SWITCH(pause_on_marks)
SWITCH(no_mouse)
SWITCH(present)
SWITCH(stats)
SWITCH(verify)
SWITCH(json)
SWITCH(help)
#undef SWITCH

/* Who takes it. */
enum {
    RUN = 1u << GS_OPTIONS_RUN,
    TRACE = 1u << GS_OPTIONS_TRACE,
    CHECK = 1u << GS_OPTIONS_CHECK,
    COMPARE = 1u << GS_OPTIONS_COMPARE,
    LIST = 1u << GS_OPTIONS_LIST,
    PLAY = 1u << GS_OPTIONS_PLAY,
    STATS = 1u << GS_OPTIONS_STATS,
    VERIFY = 1u << GS_OPTIONS_VERIFY,
    EXPORT = 1u << GS_OPTIONS_EXPORT,
    HELP = 1u << GS_OPTIONS_HELP,
    CHOOSE = 1u << GS_OPTIONS_CHOOSE,
};

/* A line of help breaks where it must, and at each line's end in the text. */
const struct gs_option gs_option_list[] = {
    {.name = "clock",
     .value = "real|virtual",
     .help = "real threads in real time, or a model of them: the same on every machine, and it can "
             "be stepped. Unless said: virtual, or for run what the scene says",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_clock},
    {.name = "gil",
     .value = "3.12|3.9|2.7|off",
     .help = "whose rules the GIL follows; off: free-threaded",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_gil},
    {.name = "interval",
     .value = "MS",
     .help = "the GIL's switch interval, 5 unless the scene says",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_interval},
    {.name = "cores",
     .value = "N",
     .help = "virtual cores (virtual clock)",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_cores},
    {.name = "seed",
     .value = "N",
     .help = "another order of chance; real clock: math.random's",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_seed},
    {.name = "cost",
     .value = "NAME=NS",
     .help = "another price in the virtual clock's model; may be repeated",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE | CHOOSE,
     .take = take_cost},
    {.name = "module",
     .letter = 'm',
     .value = "MODULE",
     .help = "no file but a Python module, as python3 -m runs it",
     .group = GS_GROUP_RUN,
     .sets = RUN,
     .take = take_module},
    {.name = "python",
     .value = "PROGRAM",
     .help = "the interpreter of a Python program; else $GILSCOPE_PYTHON, the active virtual "
             "environment's, python3",
     .group = GS_GROUP_RUN,
     .sets = RUN | CHECK | COMPARE,
     .take = take_python},
    {.name = "until",
     .value = "T",
     .help = "cut the run at this time of its clock: 2s, 300ms. What is there by then counts",
     .group = GS_GROUP_RUN,
     .sets = RUN | TRACE | CHECK | COMPARE,
     .take = take_until},
    {.name = "record",
     .value = "FILE",
     .help = "record the run: play, stats, verify, export and compare take the file. Whatever ends "
             "the recording, all but its last tenth of a second can be read",
     .group = GS_GROUP_RUN,
     .sets = RUN | TRACE,
     .take = take_record},
    {.name = "vary",
     .value = "NAME=A,B",
     .help = "each scene once with --NAME A, once with --NAME B: cores=1,4, gil=3.12,off. May be "
             "repeated: then with each pair",
     .group = GS_GROUP_RUN,
     .sets = COMPARE,
     .take = take_vary},
    {.name = "to",
     .value = "FORMAT",
     .help = "lanes: lanes and results, as text\n"
             "boxes: processes, interpreters, threads at one instant, as text\n"
             "text: the run told in sentences\n"
             "json: one JSON object a line\n"
             "chrome: Trace Event JSON, for Perfetto's and Chrome's viewers\n"
             "perfetto: a trace for Perfetto's viewer, with states and flows\n"
             "gecko: a profile for the Firefox Profiler, beside one of CPython's own\n"
             "cast: a film of the lanes, for asciinema\n"
             "html: a page with the lanes, a sentence on each change, and the source\n"
             "svg: the lanes as a picture for a page",
     .group = GS_GROUP_SHOW,
     .sets = EXPORT,
     .take = take_to},
    {.name = "compat",
     .help = "perfetto: slices in place of state tracks, which are read from its version 57 on",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_compat},
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .help = "write it there; else to standard output",
     .group = GS_GROUP_SHOW,
     .sets = EXPORT,
     .take = take_output},
    {.name = "from",
     .value = "T",
     .help = "only what is from this time of the run's clock on: 2s, 300ms",
     .group = GS_GROUP_SHOW,
     .sets = EXPORT,
     .take = take_from},
    {.name = "until",
     .value = "T",
     .help = "… and up to this one",
     .group = GS_GROUP_SHOW,
     .sets = EXPORT,
     .take = take_until},
    {.name = "speed",
     .value = "X",
     .help = "playback: 1 is the run's clock, 0.01 a hundredth of it. Without it, live on the real "
             "clock, else what the scene says or what fits the run",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT | CHOOSE,
     .take = take_speed},
    {.name = "idle-limit",
     .value = "T",
     .help = "a film spends no longer than this where nothing changes: 2s, 500ms",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_idle_limit},
    {.name = "cast-version",
     .value = "2|3",
     .help = "of asciicast; 2, which every player knows, unless said",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_cast_version},
    {.name = "pause-on-marks",
     .help = "the screen pauses at every mark of the program; p changes that",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | CHOOSE,
     .take = take_pause_on_marks},
    {.name = "present",
     .help = "the screen for an audience: large lanes, a caption, a pause at every mark; space or "
             "page down goes on, page up back",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | CHOOSE,
     .take = take_present},
    {.name = "no-mouse",
     .help = "the screen leaves the mouse to the terminal; M changes that",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | COMPARE | CHOOSE,
     .take = take_no_mouse},
    {.name = "memory",
     .value = "SIZE",
     .help =
         "the memory that gilscope itself keeps to: 64M, 2G; unless said 512M. What is older of "
         "a long run lies in a temporary file, and is read back where it is looked at",
     .group = GS_GROUP_OTHER,
     .sets = RUN | TRACE | COMPARE | PLAY | STATS | VERIFY | EXPORT | CHOOSE,
     .take = take_memory},
    {.name = "ascii",
     .help = "no characters outside ASCII",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | COMPARE | PLAY | STATS | VERIFY | EXPORT | CHOOSE,
     .take = take_ascii},
    {.name = "color",
     .value = "auto|always|never",
     .help =
         "colours of the lanes and boxes that are printed; auto: on a terminal, unless NO_COLOR "
         "is set. The screen goes by NO_COLOR alone",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | COMPARE | PLAY | EXPORT,
     .take = take_color},
    {.name = "theme",
     .value = "auto|light|dark",
     .help = "the ground of a picture for a page; auto: as its reader likes",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_theme},
    {.name = "animate",
     .help = "a picture for a page plays the run, once; who wants no motion sees all of it",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_animate},
    {.name = "helpers",
     .help = "what is printed has the lanes of helpers, too: threads of a pool's, a queue's or a "
             "manager's own, processes that only serve others. On the screen z shows them",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | COMPARE | PLAY | STATS | EXPORT,
     .take = take_helpers},
    {.name = "print",
     .value = "FORMAT",
     .help = "lanes: lanes and results, as text (what a pipe gets)\n"
             "boxes: processes, interpreters, threads at one instant, as text\n"
             "text: the run told in sentences\n"
             "json: one JSON object a line\n"
             "none: only the exit status\n"
             "compare has lanes and json",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | COMPARE | PLAY,
     .take = take_print},
    {.name = "export",
     .value = "FORMAT=FILE",
     .help = "write it into the file, in one of the formats of gilscope export, as that does with "
             "a recording; - is standard output, which then has nothing else. May be repeated",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY,
     .take = take_export},
    {.name = "at",
     .value = "T",
     .help = "the instant that boxes shows: 2s, 300ms; else one at which most threads live",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_at},
    {.name = "width",
     .value = "N",
     .help = "columns of the lanes, boxes and tables",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | COMPARE | PLAY | STATS | EXPORT,
     .take = take_width},
    {.name = "height",
     .value = "N",
     .help = "lines of a film; else as many as its lanes need, 40 at most",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY | EXPORT,
     .take = take_height},
    {.name = "stats",
     .help = "statistics after the run",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY,
     .take = take_stats},
    {.name = "verify",
     .help = "test the rules that hold in every trace; exit 1 if one is broken",
     .group = GS_GROUP_SHOW,
     .sets = RUN | TRACE | PLAY,
     .take = take_verify},
    {.name = "json",
     .help = "one JSON object a line",
     .group = GS_GROUP_SHOW,
     .sets = LIST | COMPARE | STATS,
     .take = take_json},
    {.name = "help",
     .letter = 'h',
     .help = "this text",
     .group = GS_GROUP_OTHER,
     .sets = RUN | TRACE | CHECK | COMPARE | LIST | PLAY | STATS | VERIFY | EXPORT | HELP | CHOOSE,
     .take = take_help},
    {0},
};
