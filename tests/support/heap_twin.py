"""What CPython's PriorityQueue gives for what tests/cmd/heap.sh puts and gets: objects whose __lt
looks at their priority alone. The numbers come from a generator that Lua has in the same way."""
import queue


class Task:
    def __init__(self, priority, number):
        self.priority, self.number = priority, number

    def __lt__(self, other):
        return self.priority < other.priority


state = 1


def below(n):
    global state
    state = state * 48271 % 2147483647
    return state // 1000 % n


for turn in range(200):
    tasks, order = queue.PriorityQueue(), []
    spread = 1 + below(6)
    for number in range(1 + below(30)):
        tasks.put(Task(below(spread), number))
        if below(3) == 0:
            order.append(tasks.get().number)
    while not tasks.empty():
        order.append(tasks.get().number)
    print(*order)
