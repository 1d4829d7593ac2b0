import type {Base, Case, Task} from "./cases.ts";

const DOES: Readonly<Record<Task, (examples: string) => string>> = {
  imitation: (examples) => `learns to imitate ${examples} examples`,
  preference: (examples) => `learns from ${examples} preferences`,
  rl: (examples) => `learns from the rewards of ${examples} questions`,
  images: (examples) => `learns from ${examples} images`,
};

const BASE: Readonly<Record<Base, string>> = {bf16: "16 bits", int8: "8 bits", nf4: "4 bits"};

/** A case in a sentence, for paper and for those who get its address. */
export function said({preset, task, base, examples, tokens, card, cards}: Case): string {
  const does = DOES[task](examples.toLocaleString("en-US"));
  const long = task === "images" ? "" : ` of up to ${tokens.toLocaleString("en-US")} tokens`;
  const on = cards === 1 ? `a card of ${card} GB` : `${cards} cards of ${card} GB`;
  return `${preset.name} ${does}${long}, on ${on}, with its base in ${BASE[base]}.`;
}
