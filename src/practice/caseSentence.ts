import {counted} from "../figure/plot/text/format.ts";
import type {Base, Case, PracticeTask} from "./cases.ts";

const DOES: Readonly<Record<PracticeTask, readonly [does: string, thing: string]>> = {
  imitation: ["learns to imitate", "example"],
  preference: ["learns from", "preference"],
  rl: ["learns from the rewards of", "question"],
  images: ["learns from", "image"],
};

const BASE: Readonly<Record<Base, string>> = {bf16: "16 bits", int8: "8 bits", nf4: "4 bits"};

/** A case in a sentence, for paper and for those who get its address. */
export function caseSentence({preset, task, subject, base, examples, tokens, card, cards}: Case): string {
  const [does, thing] = DOES[task];
  const length = `of up to ${counted(tokens, "token")}`;
  const about = subject === "other" ? ` ${length}` : ` of ${subject}, ${length} each`;
  const long = task === "images" ? "" : task === "rl" ? `, with answers ${length}` : about;
  const gigabytes = card.toLocaleString("en-US");
  const on = cards === 1 ? `one GPU of ${gigabytes} GB` : `${counted(cards, "GPU")} of ${gigabytes} GB each`;
  const sentence = `${preset.name} ${does} ${counted(examples, thing)}${long}, on ${on}, with the base model in ${BASE[base]}.`;
  return sentence[0]!.toUpperCase() + sentence.slice(1);
}
