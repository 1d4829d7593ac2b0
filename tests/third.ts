/**
 * How much of the large matrix (every widget or page × every check) a run takes on. `npm test` asks some things of everything,
 * what the shell does of three widgets, and of the rest a third, or a half or a quarter of it: the one that the commit falls on,
 * or that THIRD (1, 2 or 3) and QUARTER (1 to 4) name. `npm run test:all` sets THIRD=all.
 */
import {spawnSync} from "node:child_process";

function byCommit(parts: number): string {
  const {stdout} = spawnSync("git", ["rev-parse", "HEAD"], {cwd: import.meta.dirname, encoding: "utf8"});
  // Without git there is no number here, and the first part runs.
  return String(((Number.parseInt((stdout ?? "").slice(0, 8), 16) || 0) % parts) + 1);
}

// Set for the processes that run the tests, which import this file again.
process.env.THIRD ??= byCommit(3);
process.env.QUARTER ??= byCommit(4);
export const third = process.env.THIRD;
if (!/^([123]|all)$/.test(third)) throw new Error(`THIRD is ${third}; 1, 2, 3 or all was due`);
export const isAll = third === "all";

/** Every third of a list. */
export const aThird = <T>(list: readonly T[]): T[] => list.filter((_, i) => isAll || i % 3 === Number(third) - 1);

/** Of every third of a list each of so many. */
const partOfThird = <T>(list: readonly T[], parts: 2 | 4): T[] =>
  aThird(list).filter((_, i) => isAll || i % parts === (Number(process.env.QUARTER) - 1) % parts);

/** Every sixth of a list. */
export const aSixth = <T>(list: readonly T[]): T[] => partOfThird(list, 2);

/** Every twelfth of a list: of what takes seconds for each page or widget. */
export const aTwelfth = <T>(list: readonly T[]): T[] => partOfThird(list, 4);

/** One of a list, another with each third: of runs that are trained again, which takes long. */
export const oneOf = <T>(list: readonly T[]): T[] => (isAll ? [...list] : [list[(Number(third) - 1) % list.length]!]);

/** The same of what a third has chosen already. */
export const oneOfQuarter = <T>(list: readonly T[]): T[] =>
  isAll ? [...list] : [list[(Number(process.env.QUARTER) - 1) % list.length]!];

/** What the shell does, it does for every widget alike: one that answers at once, one that trains, one with stored runs. */
const three = ["rank", "train", "sweep"];
export const ofThree = <Name extends string>(names: readonly Name[]): Name[] =>
  names.filter((name) => isAll || three.includes(name));
