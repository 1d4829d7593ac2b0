/**
 * f → a function that answers the latest call again from memory when every argument is identical (`Object.is`) to
 * that call's. One call is remembered, not a table. Meant for pure functions: the costly tier of a widget's model.
 * A call that throws is not remembered.
 */
export function lastOf<Arguments extends readonly unknown[], Result>(
  f: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let last: {args: Arguments; result: Result} | undefined;
  return (...args) => {
    const known =
      last !== undefined &&
      last.args.length === args.length &&
      last.args.every((argument, i) => Object.is(argument, args[i]));
    if (last === undefined || !known) last = {args, result: f(...args)};
    return last.result;
  };
}
