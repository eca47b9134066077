/* Functions of other objects that an interpreter calls are bound at their first call, unless it was
 * linked otherwise. What it calls only to end, or in a forked process, each child that is forked
 * would look up anew, in pages of all libraries that it has to be given first: a twentieth of what
 * such a process takes from its start to its end. */
#ifndef GS_PYTHON_PRELOAD_BIND_H
#define GS_PYTHON_PRELOAD_BIND_H

/* Binds all that the interpreter has not called yet, as the linker would; what is not there, and
 * what the linker may see otherwise, is left to it. Once, before there is a second thread, and with
 * gs_cpython there. */
void gs_bind_interpreter(void);

#endif
