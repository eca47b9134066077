#include "python/cpython/program.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The loader finds by their names what a program gives and what it needs; this one of CPython's is
 * among them whether the interpreter is a library or in the program itself. */
static const char sign[] = "Py_BytesMain";

/* The virtual clock has nothing to do with it. */
static void close_quietly(int fd)
{
    syscall(SYS_close, fd);
}

struct file {
    const char *bytes;
    size_t size;
};

static const void *part_of(const struct file *file, size_t from, size_t size)
{
    return from <= file->size && size <= file->size - from ? file->bytes + from : NULL;
}

static const ElfW(Phdr) *
    program_header(const struct file *file, const ElfW(Ehdr) * head, unsigned index)
{
    return part_of(file, (size_t)head->e_phoff + (size_t)index * head->e_phentsize,
                   sizeof(ElfW(Phdr)));
}

/* Where in the file lies what is to lie at this address? */
static bool offset_of(const struct file *file, const ElfW(Ehdr) * head, ElfW(Addr) address,
                      size_t *offset)
{
    for (unsigned i = 0; i < head->e_phnum; i++) {
        const ElfW(Phdr) *part = program_header(file, head, i);
        if (part && part->p_type == PT_LOAD && address >= part->p_vaddr &&
            address - part->p_vaddr < part->p_filesz) {
            *offset = (size_t)(part->p_offset + (address - part->p_vaddr));
            return true;
        }
    }
    return false;
}

static bool names_sign(const struct file *file, const ElfW(Ehdr) * head, const ElfW(Phdr) * dynamic)
{
    ElfW(Addr) at = 0;
    size_t size = 0, offset;
    for (size_t i = 0; i < dynamic->p_filesz / sizeof(ElfW(Dyn)); i++) {
        const ElfW(Dyn) *entry =
            part_of(file, (size_t)dynamic->p_offset + i * sizeof(ElfW(Dyn)), sizeof(ElfW(Dyn)));
        if (entry && entry->d_tag == DT_STRTAB)
            at = entry->d_un.d_ptr;
        if (entry && entry->d_tag == DT_STRSZ)
            size = (size_t)entry->d_un.d_val;
    }
    const char *names =
        at && offset_of(file, head, at, &offset) ? part_of(file, offset, size) : NULL;
    return names && memmem(names, size, sign, sizeof sign) != NULL;
}

/* The object is one of this machine's, and the calling program too. */
static bool same_machine(const ElfW(Ehdr) * head)
{
    ElfW(Ehdr) own = {0};
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && pread(fd, &own, sizeof own, 0) == (ssize_t)sizeof own &&
                memcmp(own.e_ident, head->e_ident, EI_DATA + 1) == 0 &&
                own.e_machine == head->e_machine;
    if (fd >= 0)
        close_quietly(fd);
    return same;
}

static bool is_python_object(const struct file *file)
{
    const ElfW(Ehdr) *head = part_of(file, 0, sizeof *head);
    if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || !same_machine(head))
        return false;
    for (unsigned i = 0; i < head->e_phnum; i++) {
        const ElfW(Phdr) *part = program_header(file, head, i);
        if (part && part->p_type == PT_DYNAMIC)
            return names_sign(file, head, part);
    }
    return false;
}

bool gs_program_find(const char *word, char *path, size_t size)
{
    const char *folders = getenv("PATH");
    if (strchr(word, '/')) {
        snprintf(path, size, "%s", word);
        return access(path, X_OK) == 0;
    }
    for (const char *at = folders ? folders : "/bin:/usr/bin"; *at;) {
        size_t length = strcspn(at, ":");
        snprintf(path, size, "%.*s/%s", (int)length, at, word);
        if (length && access(path, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

static bool is_python(const char *path, int depth);

/* "#!/usr/bin/python3 -u", "#!/usr/bin/env python3". */
static bool is_script_for_python(const struct file *file, int depth)
{
    char line[256], path[4096], *rest = line + 2;
    snprintf(line, sizeof line, "%.*s", (int)(file->size < 255 ? file->size : 255), file->bytes);
    line[strcspn(line, "\n")] = '\0';
    const char *program = strtok_r(rest, " \t", &rest), *word = strtok_r(rest, " \t", &rest);
    const char *base = program ? strrchr(program, '/') : NULL;
    bool asks = base && strcmp(base, "/env") == 0;
    while (asks && word && (*word == '-' || strchr(word, '=')))
        word = strtok_r(rest, " \t", &rest);
    if (asks)
        return word && gs_program_find(word, path, sizeof path) && is_python(path, depth + 1);
    return program && is_python(program, depth + 1);
}

/* The loader leaves our object out of a program that has other rights than who starts it. */
static bool has_other_rights(const struct stat *st)
{
    return ((st->st_mode & S_ISUID) && st->st_uid != geteuid()) ||
           ((st->st_mode & S_ISGID) && st->st_gid != getegid());
}

static bool look(const struct file *file, int depth)
{
    bool script = file->size > 2 && memcmp(file->bytes, "#!", 2) == 0;
    return script ? is_script_for_python(file, depth) : is_python_object(file);
}

static bool is_python(const char *path, int depth)
{
    enum { DEEPEST = 4 };
    struct stat st;
    bool found = false;
    int fd = depth < DEEPEST ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && !has_other_rights(&st)) {
        struct file file = {.size = (size_t)st.st_size};
        void *bytes = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            file.bytes = bytes;
            found = look(&file, depth);
            munmap(bytes, file.size);
        }
    }
    close_quietly(fd);
    return found;
}

bool gs_program_is_python(const char *path)
{
    return access(path, X_OK) == 0 && is_python(path, 0);
}
