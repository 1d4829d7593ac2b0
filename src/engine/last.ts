/**
 * Remembers the latest call of a pure function f: called again with identical arguments (`Object.is`), the returned
 * function gives the same result without computing it. It remembers one call only, and none that throws. Meant for the
 * costly part of a widget's model.
 */
export function lastOf<Arguments extends readonly unknown[], Result>(
  f: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let last: {args: Arguments; result: Result} | undefined;
  return (...args) => {
    const isSame =
      last !== undefined &&
      last.args.length === args.length &&
      last.args.every((argument, i) => Object.is(argument, args[i]));
    if (last === undefined || !isSame) last = {args, result: f(...args)};
    return last.result;
  };
}
