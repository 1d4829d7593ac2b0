import type {Base, Case, Task} from "./cases.ts";

const DOES: Readonly<Record<Task, readonly [does: string, thing: string]>> = {
  imitation: ["learns to imitate", "example"],
  preference: ["learns from", "preference"],
  rl: ["learns from the rewards of", "question"],
  images: ["learns from", "image"],
};

const BASE: Readonly<Record<Base, string>> = {bf16: "16 bits", int8: "8 bits", nf4: "4 bits"};

/** A case in a sentence, for paper and for those who get its address. */
export function said({preset, task, base, examples, tokens, card, cards}: Case): string {
  const [does, thing] = DOES[task];
  const many = `${examples.toLocaleString("en-US")} ${thing}${examples === 1 ? "" : "s"}`;
  const length = `of up to ${tokens.toLocaleString("en-US")} tokens`;
  const long = task === "images" ? "" : task === "rl" ? `, with answers ${length}` : ` ${length}`;
  const on = cards === 1 ? `one GPU of ${card} GB` : `${cards} GPUs of ${card} GB each`;
  return `${preset.name} ${does} ${many}${long}, on ${on}, with the base model in ${BASE[base]}.`;
}
