/**
 * What the card needs of content/methods.json. The reasons are most of that file, and only the full size shows them (rules.ts); a
 * test compares the two.
 */

/** Whether a method provides a fact; `untested` if we know no source that has tried. */
export type MethodVerdict = "meets" | "pays" | "fails" | "untested";

export const methodNames: Readonly<Record<string, string>> = {
  full: "Full fine-tuning",
  bitfit: "BitFit",
  adapters: "Adapter layers",
  "prefix-embed": "Prefix-embedding",
  "prefix-layer": "Prefix-layer",
  "lora-merged": "LoRA, merged",
  "lora-unmerged": "LoRA, unmerged",
};

const letters: Readonly<Record<string, MethodVerdict>> = {m: "meets", p: "pays", f: "fails", u: "untested"};

/** A letter for each method, in their order. */
const verdicts: Readonly<Record<string, string>> = {
  latency: "mmpuump",
  batch: "fmmmmfm",
  tasks: "pmmmmmm",
  few: "puufpmm",
  length: "mmmppmm",
  memory: "pmmmmmm",
  usual: "mpmfpmm",
  unseen: "pumuppp",
  hard: "mpppppp",
  plain: "mmfffmf",
  fixed: "fffmpff",
};

/** What all methods do about a fact, in their order. */
export const verdictsOn = (fact: string): readonly MethodVerdict[] =>
  [...verdicts[fact]!].map((letter) => letters[letter]!);

/** Every work behind the verdicts, with the cited places. */
export const verdictWorks: readonly string[] = [
  "Hu et al. 2021, §2, §3, §4.1, §4.2, §5.1, Table 1, Table 4, Table 14, Table 15, Table 16",
  "Houlsby et al. 2019, §2",
  "Ben Zaken et al. 2021",
  "Li & Liang 2021, §1",
  "Lester et al. 2021, §2",
  "He et al. 2021, §4.2, §4.6",
  "Biderman et al. 2024, §4.1",
];
