/* What the sanitizers ask the program for; built in with AddressSanitizer only. */
const char *__lsan_default_suppressions(void);
const char *__asan_default_options(void);

/* What a library keeps for the life of the process on purpose is no leak of ours; ncurses says so
 * in its manual (curs_memleaks). */
const char *__lsan_default_suppressions(void)
{
    return "leak:libtinfo\nleak:libncurses\n";
}

/* A crash stays a crash: the program restores the terminal and dies of the signal, and tests look
 * at just that. */
const char *__asan_default_options(void)
{
    return "handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_abort=0:allocator_may_return_null="
           "1";
}
