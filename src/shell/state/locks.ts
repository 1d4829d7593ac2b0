import type {Controls} from "../controls.ts";
import {plain} from "../signs.ts";
import type {Options} from "./commonOptions.ts";

export interface Locks {
  /** Controls that are shown and do not answer. */
  locked: readonly string[];
  /** Controls that are not shown. */
  unseen: readonly string[];
  /** What no reader may change, in the form or in the picture: what is locked, and what has a field that is not shown. */
  fixed: readonly string[];
  /** What could not be taken as it came, and what is fixed, one sentence each. */
  notes: readonly string[];
}

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * What is left to the reader: `lock` fixes some controls, `controls` shows all of them, none behind "More" (basic), none,
 * or those it names. A name that is no control is ignored.
 */
export function locksOf(controls: Controls, {lock, controls: asked}: Pick<Options, "lock" | "controls">): Locks {
  const all = Object.keys(controls);
  const own = (list: readonly string[]) => all.filter((name) => list.includes(name));
  const locked = own(names(lock));
  const notes = locked.length
    ? [`Held by this link: ${locked.map((name) => plain(controls[name]!.label)).join(", ")}.`]
    : [];
  const showing = (seen: readonly string[]): Locks => {
    const unseen = all.filter((name) => !seen.includes(name));
    // What never has a field is the picture's own.
    const fixed = own([...locked, ...unseen.filter((name) => controls[name]!.kind !== "hidden")]);
    return {locked, unseen, fixed, notes};
  };
  if (asked === "all") return showing(all);
  if (asked === "none") return showing([]);
  if (asked === "basic") return showing(all.filter((name) => !controls[name]!.more));
  const seen = own(names(asked));
  if (seen.length) return showing(seen);
  notes.push(
    `controls should be all, basic, none or names of controls; “${asked.slice(0, 40)}” is not, so all are shown.`,
  );
  return showing(all);
}
