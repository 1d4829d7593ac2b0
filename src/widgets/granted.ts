import type {Controls} from "./controls.ts";
import {plain} from "./signs.ts";

export interface Granted {
  /** Controls that are shown and do not answer. */
  locked: readonly string[];
  /** Controls that are not shown; their values stay. */
  unseen: readonly string[];
  /** What could not be taken as it came, and what is fixed, one sentence each. */
  notes: readonly string[];
}

const names = (text: string | null): string[] =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * What an address leaves to the reader: `lock=r,alpha` fixes some controls, `controls=basic` shows none behind "More",
 * `none` none at all, a list those it names. A name that is no control is ignored.
 */
export function granted(controls: Controls, query: URLSearchParams): Granted {
  const all = Object.keys(controls);
  const own = (list: readonly string[]) => all.filter((name) => list.includes(name));
  const locked = own(names(query.get("lock")));
  const notes = locked.length
    ? [`Held by this link: ${locked.map((name) => plain(controls[name]!.label)).join(", ")}.`]
    : [];
  const asked = query.get("controls") ?? "all";
  if (asked === "all") return {locked, unseen: [], notes};
  if (asked === "none") return {locked, unseen: all, notes};
  if (asked === "basic") return {locked, unseen: all.filter((name) => controls[name]!.more), notes};
  const seen = own(names(asked));
  if (seen.length) return {locked, unseen: all.filter((name) => !seen.includes(name)), notes};
  return {
    locked,
    unseen: [],
    notes: [
      ...notes,
      `controls should be all, basic, none or names of controls; “${asked.slice(0, 40)}” is not, so all are shown.`,
    ],
  };
}
