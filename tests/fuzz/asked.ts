import {randomInt} from "node:crypto";
import {parseArgs} from "node:util";

/** What a run of `npm run fuzz` was asked for. */
export interface Asked {
  /** Widgets and readers by name, `readers` and `widgets` for all of them, `pages`, or a file that exports a widget. */
  names: readonly string[];
  /** Cases of each widget; readers, whose cases are quick, have ten times as many. */
  count: number;
  seed: number;
  /** One case alone, as the line of a failure says it. */
  only?: number;
  /** Minutes after which a subject stops, however many cases it has done. */
  minutes: number;
  /** Seconds without a sign of life after which a case counts as hung. */
  patience: number;
}

export const usage = `npm run fuzz -- [names] [--count N] [--seed N] [--case N] [--minutes N] [--patience N]
names: widgets, readers, pages, a widget's or a reader's name, a file that exports a widget; widgets and readers without any.
--count: cases of each widget (10000), ten times as many of each reader, a fiftieth of each page. --case: that one alone.
--minutes: for each at most; it says how many cases it did. --patience: seconds without a sign of life (30).
`;

const whole = (name: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is ${text}; a whole number was due`);
  return value;
};

export function askedFor(args: readonly string[]): Asked {
  const text = {type: "string"} as const;
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {count: text, seed: text, case: text, minutes: text, patience: text},
  });
  return {
    names: positionals.length ? positionals : ["widgets", "readers"],
    count: whole("count", values.count, 10_000),
    seed: whole("seed", values.seed, randomInt(2 ** 31)),
    ...(values.case !== undefined && {only: whole("case", values.case, 0)}),
    minutes: whole("minutes", values.minutes, 600),
    patience: whole("patience", values.patience, 30),
  };
}
