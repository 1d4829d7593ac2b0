import {askToKeep} from "./askToKeep.ts";
import type {Entry} from "./entries.ts";
import {countedAll} from "./kindNames.ts";
import {type Comparison, compare, IMPORT, TOO_LARGE} from "./readBackup.ts";
import type {Keep} from "./store.ts";

/** Sentences about entries that could not be read: the first few, and how many more. */
const FEW = 4;

/** Bytes of a character at most. */
const BYTES = 3;

const troubles = (problems: readonly string[]): string[] =>
  problems.length <= FEW
    ? [...problems]
    : [...problems.slice(0, FEW), `${problems.length - FEW} more entries could not be read; they were left out.`];

/** What a file holds beside what is here: one sentence for each part that is not empty. */
export function comparison({fresh, differing, same}: Comparison): string {
  const parts = [
    fresh.length > 0 && `New here: ${countedAll(fresh)}.`,
    differing.length > 0 && `Different here: ${countedAll(differing)}.`,
    same > 0 && `${same} ${same === 1 ? "entry is" : "entries are"} the same here.`,
  ].filter(Boolean);
  return parts.length ? `The file was read. ${parts.join(" ")}` : "The file holds nothing to take.";
}

/**
 * Reads a chosen file and says what it would change, before anything is. What is new is added; what differs replaces what is
 * here only when the reader says so. A file that is none of ours is refused in words.
 */
export function startLoading(root: Document, keep: Keep, changed: () => void): void {
  const field = root.querySelector<HTMLInputElement>(".load input")!;
  const place = root.querySelector<HTMLElement>(".loaded")!;

  const say = (sentences: readonly string[], buttons: readonly (readonly [string, () => void])[] = []) => {
    place.replaceChildren();
    for (const sentence of sentences) place.append(Object.assign(root.createElement("p"), {textContent: sentence}));
    if (!buttons.length) return;
    const row = place.appendChild(Object.assign(root.createElement("p"), {className: "row"}));
    for (const [text, onclick] of buttons)
      row.append(Object.assign(root.createElement("button"), {type: "button", textContent: text, onclick}));
  };

  function take(taken: readonly Entry[]) {
    keep.take(taken);
    const lasting = keep.trouble() ?? (keep.consent === "yes" ? "" : "It lasts until you leave this page.");
    say([`Taken from the file: ${countedAll(taken)}. ${lasting}`.trim()]);
    place.tabIndex = -1;
    place.focus();
    changed();
    askToKeep(keep, root.querySelector(".own-data .needs-script")!, changed);
  }

  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    // The same file may be chosen again after it was mended.
    if (!file) return;
    if (file.size > IMPORT * BYTES) {
      field.value = "";
      return say([TOO_LARGE, "Nothing was changed here."]);
    }
    let found: Comparison;
    try {
      // Nested too deeply, a file cannot be gone through.
      found = compare(keep, await file.text());
    } catch {
      return say(["The file could not be read. Nothing was changed here."]);
    } finally {
      field.value = "";
    }
    const {fresh, differing, problems} = found;
    if (!fresh.length && !differing.length)
      return say(
        found.same ? [comparison(found), ...troubles(problems)] : [...troubles(problems), "Nothing was changed here."],
      );
    const leave = ["Change nothing", () => say(["Nothing was changed here."])] as const;
    const add = ["Add what is new", () => take(fresh)] as const;
    const replace = [
      fresh.length ? "Add it, and replace what differs" : "Replace what differs",
      () => take([...fresh, ...differing]),
    ] as const;
    say(
      [comparison(found), ...troubles(problems)],
      [...(fresh.length ? [add] : []), ...(differing.length ? [replace] : []), leave],
    );
  });
}
