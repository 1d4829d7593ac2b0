import type {Controls} from "../controls.ts";
import {plain} from "../symbols.ts";

export interface Locks {
  /** Controls that are shown but disabled. */
  locked: readonly string[];
  /** Controls that are not shown. */
  unseen: readonly string[];
  /** What readers cannot change, in the form or in the picture: locked controls, and those whose field is not shown. */
  fixed: readonly string[];
  /** A sentence for each option that could not be taken, and one on what is locked. */
  notes: readonly string[];
}

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * What the options `lock` and `controls` leave to the reader. `lock` names controls to disable. `controls` shows all, those
 * not behind "More" (`basic`), `none`, or those it names. Unknown names are ignored.
 */
export function locksOf(
  controls: Controls,
  {lock, controls: asked}: Readonly<Record<"lock" | "controls", string>>,
): Locks {
  const all = Object.keys(controls);
  const own = (list: readonly string[]) => all.filter((name) => list.includes(name));
  const locked = own(names(lock));
  const notes = locked.length
    ? [`Locked by this link: ${locked.map((name) => plain(controls[name]!.label)).join(", ")}.`]
    : [];
  const showing = (seen: readonly string[]): Locks => {
    const unseen = all.filter((name) => !seen.includes(name));
    // Controls without a field belong to the picture and stay free.
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
