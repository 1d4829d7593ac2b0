# Runs a reader's program and calls its function, in MicroPython. Everything here is handed over as text.
import json

scope = {"__name__": "__main__"}
# The most values in a result, lists included; how deep lists may be nested; and the most characters of a text.
MAX_VALUES, MAX_DEPTH, MAX_TEXT_LENGTH = 2000, 6, 60


class Problem(Exception):
    """A sentence of ours, which is shown without the name of an exception."""


def begin(program):
    """Runs the program, so that its functions are defined. Its lines count from 1 in what Python says of an error."""
    exec(compile(program, "program", "exec"), scope)


def has(name):
    """Whether the program has defined a function of this name."""
    return callable(scope.get(name))


def call(name, args):
    """The result for arguments in JSON, as JSON."""
    value = scope[name](*json.loads(args))
    if value is None:
        raise Problem("The result is None: is there a return?")
    return to_json(value, [MAX_VALUES], 0)


def to_json(value, room, depth):
    """A value as JSON. room[0] counts down the values that it may still have."""
    room[0] -= 1
    if room[0] < 0 or depth > MAX_DEPTH:
        raise Problem("The result is larger than any that is asked for.")
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        # JSON has no text for nan and inf.
        return repr(value) if value - value == 0 else json.dumps(str(value))
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([to_json(one, room, depth + 1) for one in value]) + "]"
    return json.dumps(str(value)[:MAX_TEXT_LENGTH])
