/** Which controls the common options hide or lock. */
import type {Controls} from "../controls.ts";
import {plain} from "../symbols.ts";

/** What the options `lock`, `controls` and `hide` mean for a figure. */
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

/** "r, seed" → ["r", "seed"] */
const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/** What `hide` can name: the sentence, all controls, and what only Explore shows. */
const PARTS = ["says", "controls", "explore"] as const;
type HiddenPart = (typeof PARTS)[number];

/** The parts that the option `hide` names, and a sentence on each word that names none. */
export function hiddenParts(hide: string): {parts: readonly HiddenPart[]; notes: readonly string[]} {
  const asked = names(hide);
  return {
    parts: PARTS.filter((part) => asked.includes(part)),
    notes: asked
      .filter((name) => !(PARTS as readonly string[]).includes(name))
      .map((name) => `hide takes ${PARTS.join(", ")}; “${name.slice(0, 40)}” is none of them and hides nothing.`),
  };
}

/**
 * Which controls the reader sees and can change. `lock` names controls to disable. `controls` shows all, those
 * not behind "More" (`basic`), `none`, or those it names. Unknown names are ignored. `hide=controls` is `controls=none`.
 */
export function locksOf(
  controls: Controls,
  {lock, controls: named, hide}: Readonly<Record<"lock" | "controls" | "hide", string>>,
): Locks {
  const asked = hiddenParts(hide).parts.includes("controls") ? "none" : named;
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
