/** Why the numbers of a file cannot be measured, told from its header. */
import {grouped, listed, shown} from "../../wording.ts";
import type {Container} from "./container.ts";
import type {Keys} from "./keys.ts";
import {isReadable, READABLE_DTYPES} from "./storage.ts";

/** A fault of a whole file: numbers are missing or are not read here. */
export interface Fault {
  /** "empty": some tensors have no numbers. "unread": some factors have a number format that is not read here. */
  kind: "empty" | "unread";
  /** For a headline: it begins with a capital and ends with a full stop. */
  sentence: string;
}

/** The faults of a file, the worst first. */
export function faultsOf({tensors}: Container, {modules}: Keys): Fault[] {
  const faults: Fault[] = [];
  const empty = [...tensors.values()].filter(({shape}) => shape.includes(0)).length;
  if (empty > 0)
    faults.push({
      kind: "empty",
      sentence:
        `${empty === tensors.size ? "The" : "Some"} numbers are not in this file: ${shareText(empty, tensors.size)} empty, as ` +
        "DeepSpeed’s ZeRO-3 leaves them. Save again with stage3_gather_16bit_weights_on_model_save, or run zero_to_fp32.py on " +
        "the checkpoint.",
    });
  const unread = [...modules.values()]
    .flatMap(({parts: {A, B}}) => [A, B])
    .flatMap((name) => tensors.get(name ?? "")?.dtype ?? [])
    .filter((dtype) => !isReadable(dtype));
  if (unread.length > 0)
    faults.push({
      kind: "unread",
      sentence:
        `${shareText(unread.length, tensors.size)} stored as ${[...new Set(unread)].map(shown).join(" and ")}, which is not ` +
        `read here: ${listed(READABLE_DTYPES)} are.`,
    });
  return faults;
}

/** "12 of 96 tensors are". */
const shareText = (count: number, of: number) =>
  `${grouped(count)} of ${grouped(of)} tensor${of === 1 ? "" : "s"} ${count === 1 ? "is" : "are"}`;
