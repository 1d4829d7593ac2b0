/**
 * Regular expressions of untrusted files, matched in bounded time: each part of a pattern maps the places where it
 * may begin to the places where it may end, so there is no backtracking, and a budget of steps ends what is too costly.
 * Read are what PEFT's patterns use: characters, . \d \w \s and their opposites, [classes], groups, |, * + ? {m,n}, ^
 * $.
 */

/** The work that matching may still do; one budget can serve many patterns. */
export interface Budget {
  /** What is left. */
  steps: number;
}

/** A plain name costs one step; a set of places is slower by about this much. */
const PLACE = 20;

type Places = ReadonlySet<number>;
type Part = (text: string, starts: Places, budget: Budget) => Places;

const LONGEST_PATTERN = 256;
const MOST_REPEATS = 1000;

function spend(budget: Budget, cost: number): void {
  budget.steps -= cost;
  if (budget.steps < 0) throw new Error("peft: the patterns and module names are too many or too intricate to match");
}

/**
 * A pattern → a function that tells whether it matches the end of a module's name from its beginning or from behind
 * a dot, as PEFT does with ^(.*\.)?(pattern)$. undefined when the pattern is longer than 256 characters or uses what
 * is not read here (look-around, back references, flags). The function throws when the budget is spent.
 */
export function moduleMatcher(pattern: string): ((name: string, budget: Budget) => boolean) | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  if (/^[\w.-]*$/.test(pattern)) return (name, budget) => endsPlainly(name, pattern, budget);
  const reader: Reader = {pattern, at: 0};
  const part = readChoice(reader);
  if (!part || reader.at < pattern.length) return undefined;
  return (name, budget) => part(name, beginnings(name), budget).has(name.length);
}

/** The same for a pattern that is not read here: it stands for itself, the end of a name. */
export function endMatcher(pattern: string): (name: string, budget: Budget) => boolean {
  return (name, budget) => {
    spend(budget, PLACE);
    return name === pattern || name.endsWith(`.${pattern}`);
  };
}

/** Most patterns are plain names, in which only the dot stands for something else. */
function endsPlainly(name: string, pattern: string, budget: Budget): boolean {
  spend(budget, 1);
  const from = name.length - pattern.length;
  if (from < 0 || (from > 0 && name[from - 1] !== ".")) return false;
  for (let i = 0; i < pattern.length; i++) if (pattern[i] !== "." && pattern[i] !== name[from + i]) return false;
  return true;
}

function beginnings(name: string): Places {
  const places = new Set([0]);
  for (let i = 0; i < name.length; i++) if (name[i] === ".") places.add(i + 1);
  return places;
}

const keep =
  (test: (text: string, at: number) => boolean, width: number): Part =>
  (text, starts, budget) => {
    const ends = new Set<number>();
    for (const at of starts) {
      spend(budget, PLACE);
      if (test(text, at)) ends.add(at + width);
    }
    return ends;
  };

const character = (test: (character: string) => boolean) => keep((text, at) => at < text.length && test(text[at]), 1);
const atStart = keep((_, at) => at === 0, 0);
const atEnd = keep((text, at) => at === text.length, 0);

const sequence =
  (parts: readonly Part[]): Part =>
  (text, starts, budget) =>
    parts.reduce((places, part) => part(text, places, budget), starts);

const choice =
  (parts: readonly Part[]): Part =>
  (text, starts, budget) =>
    new Set(parts.flatMap((part) => [...part(text, starts, budget)]));

/** A place once reached needs no second visit: whoever came earlier has more repetitions left. */
const repeat =
  (part: Part, least: number, most: number): Part =>
  (text, starts, budget) => {
    let fresh = starts;
    for (let i = 0; i < least; i++) {
      spend(budget, PLACE);
      fresh = part(text, fresh, budget);
    }
    const reached = new Set(fresh);
    for (let i = least; i < most && fresh.size > 0; i++) {
      spend(budget, PLACE);
      fresh = new Set([...part(text, fresh, budget)].filter((place) => !reached.has(place)));
      for (const place of fresh) reached.add(place);
    }
    return reached;
  };

interface Reader {
  pattern: string;
  at: number;
}

/** The text that the (sticky) expression matches next, stepped over. */
function next(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.pattern);
  if (!found) return undefined;
  reader.at = expression.lastIndex;
  return found;
}

/** sequence | sequence | … ; like the three below, undefined for what is not read here. */
function readChoice(reader: Reader): Part | undefined {
  const parts: Part[] = [];
  do {
    const part = readSequence(reader);
    if (!part) return undefined;
    parts.push(part);
  } while (next(reader, /\|/y));
  return parts.length === 1 ? parts[0] : choice(parts);
}

function readSequence(reader: Reader): Part | undefined {
  const parts: Part[] = [];
  while (reader.at < reader.pattern.length && !"|)".includes(reader.pattern[reader.at])) {
    const part = readRepeat(reader);
    if (!part) return undefined;
    parts.push(part);
  }
  return sequence(parts);
}

/** An atom and what follows it: nothing, or one of * + ? {m} {m,} {m,n}; a lazy ? after it changes no full match. */
function readRepeat(reader: Reader): Part | undefined {
  const part = readAtom(reader);
  const found = part && next(reader, /(?:([*+?])|\{(\d{1,4})(,(\d{1,4})?)?\})\??/y);
  if (!part || !found) return part;
  if ("*+?{".includes(reader.pattern[reader.at] ?? " ")) return undefined;
  const [, sign, least, comma, most] = found;
  if (sign) return repeat(part, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
  const from = Number(least);
  const to = comma ? Number(most ?? Infinity) : from;
  return from <= to && from <= MOST_REPEATS ? repeat(part, from, to) : undefined;
}

function readAtom(reader: Reader): Part | undefined {
  if (next(reader, /\((?:\?:)?(?!\?)/y)) {
    const part = readChoice(reader);
    return part && next(reader, /\)/y) ? part : undefined;
  }
  if (next(reader, /\^(?![*+?{])/y)) return atStart;
  if (next(reader, /\$(?![*+?{])/y)) return atEnd;
  if (next(reader, /\./y)) return character((one) => one !== "\n");
  const set = next(reader, /\\[dDwWsS]|\[\^?(?:\\[dDwWsS\]\\.^-]|[\w.$ ^-])+\]/y)?.[0];
  if (set !== undefined) return characterSet(set);
  const literal = next(reader, /\\([^\w\s])|([^\\[\](){}*+?|^$])/y);
  if (!literal) return undefined;
  const due = literal[1] ?? literal[2];
  return character((one) => one === due);
}

/** A set of characters is handed to the built-in engine, which sees one character at a time. */
function characterSet(source: string): Part | undefined {
  try {
    const set = new RegExp(`^${source}$`);
    return character((one) => set.test(one));
  } catch {
    return undefined;
  }
}
