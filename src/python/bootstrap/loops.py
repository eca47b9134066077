"""Runs behind exchange.py: event loops and their tasks, at what of asyncio runs them.

Given: see_steps(module, step, wake_up), in front of the C functions that run tasks; see_lock(type),
in front of what is written into a lock; in_front(type, name, function, text), what stands in a type
instead of its method; and the same function, but seen: warning(function), making(function, text),
which makes a task.
"""


def asked_to_call(module):
    """What a loop is asked to call for a task's next step, and behind a future that a task awaits:
    the module shows them to nobody else."""
    asked = []

    class Loop:
        def call_soon(self, callback, *arguments, context=None):
            asked.append(callback)

        def get_debug(self):
            return False

    async def wait(future):
        await future

    loop = Loop()
    future = module.Future(loop=loop)
    task = module.Task(wait(future), loop=loop, name="")
    step = asked.pop()
    step()
    future.set_result(None)
    wake_up = asked.pop()
    wake_up(future)
    asked.clear()
    return step, wake_up


def steps(module):
    """Once: the module may import itself."""
    if seen.pop("_asyncio", None):
        see_steps(module, *asked_to_call(module))


def tasks(module):
    module.create_task = making(module.create_task, described(module.create_task, ("module",)))
    import warnings
    warnings._warn_unawaited_coroutine = warning(warnings._warn_unawaited_coroutine)


def see_methods(kind, *names):
    for name in names:
        function = getattr(kind, name)
        setattr(kind, name, in_front(kind, name, function, described(function)))


def base_events(module):
    see_methods(module.BaseEventLoop, "call_soon", "call_soon_threadsafe", "call_at",
                "close", "call_exception_handler", "create_task")


def uvloop(module):
    see_methods(module.Loop, "call_soon", "call_soon_threadsafe", "create_task")


def locks(module):
    see_lock(module.Lock)


def taskgroups(module):
    see_methods(module.TaskGroup, "create_task")


for name, see in (("_asyncio", steps), ("asyncio.tasks", tasks), ("asyncio.base_events", base_events),
                  ("asyncio.locks", locks), ("asyncio.taskgroups", taskgroups), ("uvloop", uvloop)):
    seen[name] = see
    if name in sys.modules:
        see(sys.modules[name])
