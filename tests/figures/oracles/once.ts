/** f, computed once for each list of arguments. These are compared as JSON. */
export function once<Arguments extends readonly unknown[], Result>(
  f: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const known = new Map<string, Result>();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!known.has(key)) known.set(key, f(...args));
    return known.get(key)!;
  };
}
