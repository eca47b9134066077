#include "cli/exports.h"

#include "base/replace.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say/say.h"
#include "cli/source.h"
#include "cli/stage/recorded.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

const char *gs_exports_formats(char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; gs_exporters[i] && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", i ? ", " : "",
                                 gs_exporters[i]->name);
    return buffer;
}

const struct gs_exporter *gs_exports_find(const char *format, struct gs_error *err)
{
    char formats[256];
    const struct gs_exporter *exporter = gs_exporter_find(format);
    if (!exporter)
        gs_error_set(err, "there is no format '%s'; there are %s", format,
                     gs_exports_formats(formats, sizeof formats));
    return exporter;
}

static bool is_output(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool gs_exports_take_output(const struct gs_options *options)
{
    bool take = false;
    for (int i = 0; i < options->export_count; i++)
        take |= is_output(options->exports[i].path);
    return take;
}

static bool have(const struct gs_options *options, const char *format)
{
    bool any = false;
    for (int i = 0; i < options->export_count; i++)
        any |= strcmp(options->exports[i].exporter->name, format) == 0;
    return any;
}

bool gs_exports_fit(const struct gs_options *options, const char *command)
{
    bool boxes = options->print == GS_PRINT_BOXES || have(options, "boxes");
    if (options->at && !boxes)
        gs_cli_misuse(command,
                      "--at is the instant that --%s boxes shows, which is not asked for: "
                      "say both, or neither",
                      options->to ? "to" : "print");
    else if (options->compat && !have(options, "perfetto"))
        gs_cli_misuse(command, "--compat is for the format perfetto, which is not asked for: say "
                               "both, or neither");
    else
        return true;
    return false;
}

/* Two names of one file are the same place. */
static bool is_same(const char *one, const char *other)
{
    if (!one || !other || is_output(one) || is_output(other))
        return one && other && strcmp(one, other) == 0;
    char *a = gs_replace_place(one, NULL), *b = gs_replace_place(other, NULL);
    bool same = a && b && strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

/* What stands there is nobody's, or may be written over; err says why not. */
static bool is_free(const struct gs_options *options, int i, const char *own, struct gs_error *err)
{
    const char *path = options->exports[i].path;
    for (int before = 0; before < i; before++)
        if (is_same(path, options->exports[before].path))
            return gs_error_set(err, "two exports go to %s: name a file for each",
                                is_output(path) ? "standard output" : path);
    if (is_output(path))
        return true;
    if (is_same(path, options->record))
        return gs_error_set(
            err, "%s is where the run is recorded: name another file to export into", path);
    if (gs_recorded_is_one(path))
        return gs_error_set(err, "%s is a recording and is not overwritten: name another file",
                            path);
    if (is_same(path, own))
        return gs_error_set(err,
                            "%s is the program itself and is not overwritten: name another "
                            "file",
                            path);
    return gs_replace_can(path, err);
}

bool gs_exports_can(const struct gs_options *options, const char *command, const char *own)
{
    struct gs_error err;
    for (int i = 0; i < options->export_count; i++)
        if (!is_free(options, i, own, &err)) {
            gs_cli_misuse(command, "%s", err.text);
            return false;
        }
    bool prints = (options->print != GS_PRINT_UNSET && options->print != GS_PRINT_NONE) ||
                  options->stats || options->verify;
    if (!gs_exports_take_output(options) || !prints)
        return true;
    gs_cli_misuse(command, "--export to standard output leaves no room there for --print, --stats "
                           "or --verify: export into a file");
    return false;
}

static bool write_output(const struct gs_export_source *source, const struct gs_exporter *exporter,
                         struct gs_error *err)
{
    FILE *out = gs_output_open();
    bool ok = exporter->write(out, source, err);
    fclose(out);
    return ok;
}

/* Whoever reads it may come later than what writes it, as with any program. */
static void say_unread(const char *path)
{
    gs_cli_say("%s is a pipe that nobody reads yet: waiting for whoever does", path);
}

static bool write_file(const struct gs_export_source *source, const struct gs_exporter *exporter,
                       const char *path, struct gs_error *err)
{
    struct gs_replacement file;
    if (!gs_replace_begin(&file, path, say_unread, err))
        return false;
    struct gs_error why;
    bool good = exporter->write(file.out, source, &why);
    if (!good)
        gs_error_set(err, "cannot write %s: %s", path, why.text);
    return gs_replace_end(&file, good, err);
}

/* A file that is a pipe, whose reader leaves, is one that cannot be written: that is said, and the
 * others follow. Standard output ends as that of any program does. */
static bool write_one(const struct gs_export_source *source, const struct gs_exporter *exporter,
                      const char *path, struct gs_error *err)
{
    if (is_output(path))
        return write_output(source, exporter, err);
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    bool ok = write_file(source, exporter, path, err);
    signal(SIGPIPE, before);
    return ok;
}

bool gs_exports_write(const struct gs_export_source *source, const struct gs_options *options,
                      int signal)
{
    const struct gs_export_source to_file = gs_cli_file_source(source, options);
    bool ok = true;
    for (int i = 0; i < options->export_count; i++) {
        const struct gs_asked_export *e = &options->exports[i];
        bool output = is_output(e->path);
        struct gs_error err;
        if (signal && output)
            gs_output_hurry(signal);
        if (write_one(output ? source : &to_file, e->exporter, e->path, &err))
            continue;
        gs_cli_say("%s", err.text);
        ok = false;
    }
    return ok;
}
