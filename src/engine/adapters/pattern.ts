/**
 * Matches the regular expressions of untrusted files in bounded time. The built-in RegExp backtracks, and a hostile
 * pattern could keep it busy for years. Here each part of a pattern maps the set of places where it may begin to the
 * set of places where it may end, so nothing is tried twice, and a budget of steps stops what is still too much work.
 * It reads what PEFT's patterns use: characters, . \d \w \s and their opposites, [classes], groups, |, ^, $ and
 * * + ? {m,n}.
 */

/** The work that matching may still do; many patterns can share one budget. */
export interface Budget {
  /** What is left. */
  steps: number;
}

/** The cost of one place in a set. Comparing a plain name costs 1. */
const PLACE_COST = 20;

type Places = ReadonlySet<number>;
/** Maps the places where a part of a pattern may begin in a text to those where it may end. */
type Part = (text: string, starts: Places, budget: Budget) => Places;

const MAX_PATTERN_LENGTH = 256;
const MAX_REPEATS = 1000;

function spend(budget: Budget, cost: number): void {
  budget.steps -= cost;
  if (budget.steps < 0) throw new Error("peft: the patterns and module names are too many or too intricate to match");
}

/**
 * A pattern → a function that tells whether PEFT's ^(.*\.)?(pattern)$ matches a module's name: whether the pattern
 * matches from the beginning of the name, or from after a dot, to its end. undefined when the pattern is longer than
 * 256 characters or uses more than is read here (look-around, back references, flags). The function throws when the
 * budget is spent.
 */
export function moduleMatcher(pattern: string): ((name: string, budget: Budget) => boolean) | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) return undefined;
  if (/^[\w.-]*$/.test(pattern)) return (name, budget) => endsWithPlain(name, pattern, budget);
  try {
    const part = parse(pattern);
    return (name, budget) => part(name, beginnings(name), budget).has(name.length);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A matcher for a pattern that `moduleMatcher` cannot read, by comparing it with the end of the name. */
export function endMatcher(pattern: string): (name: string, budget: Budget) => boolean {
  return (name, budget) => {
    spend(budget, PLACE_COST);
    return name === pattern || name.endsWith(`.${pattern}`);
  };
}

/** Matches a plain name, in which only the dot has a special meaning. Most patterns are plain. */
function endsWithPlain(name: string, pattern: string, budget: Budget): boolean {
  spend(budget, 1);
  const from = name.length - pattern.length;
  if (from < 0 || (from > 0 && name[from - 1] !== ".")) return false;
  for (let i = 0; i < pattern.length; i++) if (pattern[i] !== "." && pattern[i] !== name[from + i]) return false;
  return true;
}

/** The places where a pattern may begin in a module's name: at its front and after each dot. */
function beginnings(name: string): Places {
  const places = new Set([0]);
  for (let i = 0; i < name.length; i++) if (name[i] === ".") places.add(i + 1);
  return places;
}

/** A part of fixed width that matches where `test` holds. */
const fixed =
  (width: number, test: (text: string, at: number) => boolean): Part =>
  (text, starts, budget) => {
    const ends = new Set<number>();
    for (const at of starts) {
      spend(budget, PLACE_COST);
      if (test(text, at)) ends.add(at + width);
    }
    return ends;
  };

const sequence =
  (parts: readonly Part[]): Part =>
  (text, starts, budget) =>
    parts.reduce((places, part) => part(text, places, budget), starts);

const choice =
  (parts: readonly Part[]): Part =>
  (text, starts, budget) =>
    new Set(parts.flatMap((part) => [...part(text, starts, budget)]));

/**
 * A part that is repeated `minimum` to `maximum` times. A place that was reached with fewer repetitions needs no second visit,
 * because more of them are still allowed there.
 */
const repeat =
  (part: Part, minimum: number, maximum: number): Part =>
  (text, starts, budget) => {
    let newPlaces = starts;
    for (let i = 0; i < minimum; i++) {
      spend(budget, PLACE_COST);
      newPlaces = part(text, newPlaces, budget);
    }
    const reached = new Set(newPlaces);
    for (let i = minimum; i < maximum && newPlaces.size > 0; i++) {
      spend(budget, PLACE_COST);
      newPlaces = new Set([...part(text, newPlaces, budget)].filter((place) => !reached.has(place)));
      for (const place of newPlaces) reached.add(place);
    }
    return reached;
  };

const TOKEN = new RegExp(
  [
    /\((?:\?:)?(?!\?)|[|)]/, // a group that captures or not, its end, and |
    /[\^$](?![*+?{])/,
    /(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??/, // a quantifier, greedy or lazy
    /\\[dDwWsS]|\\[^\w\s]/,
    /\[\^?(?:\\[dDwWsS\]\\.^-]|[\w.$ ^-])+\]/,
    /[^\\[\](){}*+?|^$]/, // any other character
  ]
    .map(({source}) => source)
    .join("|"),
  "g",
);
/** A lazy ? at the end changes nothing here, since only full matches count. */
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??$/;

/** A pattern → its part. Throws a SyntaxError for a pattern that is not read here, like the three functions below. */
function parse(pattern: string): Part {
  const tokens: string[] = pattern.match(TOKEN) ?? [];
  if (tokens.join("") !== pattern) throw new SyntaxError();
  const part = parseChoice(tokens);
  if (tokens.length > 0) throw new SyntaxError();
  return part;
}

/** Takes sequences with | between them from the front of the tokens → their part. */
function parseChoice(tokens: string[]): Part {
  const parts: Part[] = [];
  do {
    const items: Part[] = [];
    while (tokens.length > 0 && tokens[0] !== "|" && tokens[0] !== ")") items.push(parseRepeat(tokens));
    parts.push(sequence(items));
  } while (tokens[0] === "|" && tokens.shift());
  return parts.length === 1 ? parts[0] : choice(parts);
}

/** Takes an atom and its quantifier, if it has one → their part. */
function parseRepeat(tokens: string[]): Part {
  const part = parseAtom(tokens);
  const quantifier = QUANTIFIER.exec(tokens[0] ?? "");
  if (!quantifier) return part;
  tokens.shift();
  const [, sign, digits, comma, limit] = quantifier;
  if (sign) return repeat(part, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
  const minimum = Number(digits);
  const maximum = comma ? Number(limit || Infinity) : minimum;
  if (minimum > maximum || minimum > MAX_REPEATS) throw new SyntaxError();
  return repeat(part, minimum, maximum);
}

/** Takes a group, an anchor, or a character or set of characters → its part. The built-in RegExp tests single characters. */
function parseAtom(tokens: string[]): Part {
  const token = tokens.shift() ?? "";
  if (token.startsWith("(")) {
    const part = parseChoice(tokens);
    if (tokens.shift() !== ")") throw new SyntaxError();
    return part;
  }
  if (token === "^") return fixed(0, (_, at) => at === 0);
  if (token === "$") return fixed(0, (text, at) => at === text.length);
  if (QUANTIFIER.test(token)) throw new SyntaxError();
  const set = new RegExp(`^${token === "." ? "[^\\n]" : token}$`);
  return fixed(1, (text, at) => at < text.length && set.test(text[at]));
}
