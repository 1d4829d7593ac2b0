/** Which controls the common options hide or lock. */
import type {Controls} from "../controls.ts";
import {plainText} from "../symbols.ts";

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
const splitNames = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/** What `hide` can name: the sentence, all controls, and what only Explore shows. */
const HIDEABLE_PARTS = ["says", "controls", "explore"] as const;
type HiddenPart = (typeof HIDEABLE_PARTS)[number];

/** The parts that the option `hide` names, and a sentence on each word that names none. */
export function hiddenParts(hide: string): {parts: readonly HiddenPart[]; notes: readonly string[]} {
  const requestedNames = splitNames(hide);
  return {
    parts: HIDEABLE_PARTS.filter((part) => requestedNames.includes(part)),
    notes: requestedNames
      .filter((name) => !(HIDEABLE_PARTS as readonly string[]).includes(name))
      .map(
        (name) => `hide takes ${HIDEABLE_PARTS.join(", ")}; “${name.slice(0, 40)}” is none of them and hides nothing.`,
      ),
  };
}

/**
 * Which controls the reader sees and can change. `lock` names controls to disable. `controls` shows all, those not behind "More"
 * (`basic`), `none`, or those it names. Unknown names are ignored; if it names no control, all are shown. `hide=controls` is
 * `controls=none`.
 */
export function locksOf(
  controls: Controls,
  {lock, controls: controlNames, hide}: Readonly<Record<"lock" | "controls" | "hide", string>>,
): Locks {
  const visible = hiddenParts(hide).parts.includes("controls") ? "none" : controlNames;
  const names = Object.keys(controls);
  const controlsIn = (list: readonly string[]) => names.filter((name) => list.includes(name));
  const locked = controlsIn(splitNames(lock));
  const notes = locked.length
    ? [`Locked by this link: ${locked.map((name) => plainText(controls[name]!.label)).join(", ")}.`]
    : [];
  const locksShowing = (shownNames: readonly string[]): Locks => {
    const unseen = names.filter((name) => !shownNames.includes(name));
    // Controls without a field belong to the picture and stay free.
    const fixed = controlsIn([...locked, ...unseen.filter((name) => controls[name]!.kind !== "hidden")]);
    return {locked, unseen, fixed, notes};
  };
  if (visible === "all") return locksShowing(names);
  if (visible === "none") return locksShowing([]);
  if (visible === "basic") return locksShowing(names.filter((name) => !controls[name]!.more));
  const visibleNames = controlsIn(splitNames(visible));
  if (visibleNames.length) return locksShowing(visibleNames);
  notes.push(
    `controls should be all, basic, none or names of controls; “${visible.slice(0, 40)}” is not, so all are shown.`,
  );
  return locksShowing(names);
}
