/** A case as a sentence. */
import {capital, counted} from "../figure/plot/text/format.ts";
import {BASE_WORDS, type Case, type PracticeTask} from "./cases.ts";

/** What the model does in each task, and with what. */
const DOES: Readonly<Record<PracticeTask, readonly [does: string, thing: string]>> = {
  imitation: ["learns to imitate", "example"],
  preference: ["learns from", "preference"],
  rl: ["learns from the rewards of", "question"],
  images: ["learns from", "image"],
};

/** A case as a sentence, for paper and for readers without scripts. */
export function caseSentence({preset, task, subject, base, examples, tokens, card, cards}: Case): string {
  const [does, thing] = DOES[task];
  const length = `of up to ${counted(tokens, "token")}`;
  const about = subject === "other" ? ` ${length}` : ` of ${subject}, ${length} each`;
  const long = task === "images" ? "" : task === "rl" ? `, with answers ${length}` : about;
  const gigabytes = card.toLocaleString("en-US");
  const on = cards === 1 ? `one GPU of ${gigabytes} GB` : `${counted(cards, "GPU")} of ${gigabytes} GB each`;
  const sentence = `${preset.name} ${does} ${counted(examples, thing)}${long}, on ${on}, with the base model in ${BASE_WORDS[base]}.`;
  return capital(sentence);
}
