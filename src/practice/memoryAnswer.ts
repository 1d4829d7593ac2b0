/** The answer on memory: whether the run fits, as the page's headline, with a note and the claims behind it. */
import type {Case} from "./cases.ts";
import {memoryText} from "./format.ts";
import {
  bytesWhenSplit,
  canBeSplit,
  fitOf,
  freeShare,
  isSplit,
  type MemoryUse,
  memoryUse,
  wouldFitShorter,
} from "./memory.ts";

/** The share by which the one measurement of a split base that we found is above our count. */
export const EXTRA_OF_SPLIT = 0.4;

/** The answer on memory, as the page prints it. */
interface MemoryAnswer {
  headline: string;
  /** Whether the run does not fit. */
  isShort: boolean;
  note: string;
  /** Ids of content/practice/claims.json. */
  claims: readonly string[];
}

/** The most bytes that a GPU holds at a time; of a base that the GPUs split or would have to, its share. */
export const bytesOnGpu = (one: Case, use: MemoryUse): number => {
  const isShared = isSplit(one, use) || (fitOf(one, use) === "no" && canBeSplit(one));
  return isShared ? bytesWhenSplit(one, use) : use.total;
};

/** What would make a run fit, with the memory of a 4-bit base. */
function waysOut(one: Case, use: MemoryUse): string {
  const {base, micro} = one;
  const fourBitCase = {...one, base: "nf4"} as const;
  const fourBitUse = memoryUse(fourBitCase);
  const stillText = fitOf(fourBitCase, fourBitUse) === "no" ? ", still too much" : "";
  const ways = [
    ...(base === "nf4" ? [] : [`a 4-bit base, ${memoryText(bytesOnGpu(fourBitCase, fourBitUse))}${stillText}`]),
    ...(use.adapter > 0.05 * use.weights ? ["a lower rank"] : []),
    ...(micro > 1 ? ["fewer sequences at once"] : []),
    ...(wouldFitShorter(one, use) ? ["shorter examples"] : []),
    base === "nf4" ? "more GPUs that split the base" : "more GPUs",
    ...(base === "nf4" ? ["a smaller model"] : []),
  ];
  const noGuideText =
    one.cards > 1 && base === "int8" ? " We found no guide that splits a base of 8 bits between GPUs." : "";
  return `Ways out: ${ways.join("; ")}.${noGuideText}`;
}

/** The note below the headline. */
function noteOf(one: Case, use: MemoryUse): string {
  const {cards, task} = one;
  const uncountedText = `Not counted: buffers of the kernels${task === "rl" ? ", the questions" : ""} and fragmentation`;
  switch (fitOf(one, use)) {
    case "fits":
      return `${uncountedText}. ${100 * freeShare(one)}% of the GPU is left free for them.`;
    case "tight":
      return `Little is left for what we do not count: buffers of the kernels and fragmentation. ${waysOut(one, use)}`;
    case "split":
      return `The ${cards.toLocaleString("en-US")} GPUs split the base (FSDP); on one alone it would be ${memoryText(use.total)}. The one measurement of this that we found took ${100 * EXTRA_OF_SPLIT}% more than we count, for its buffers hold whole layers; here that would be ${memoryText((1 + EXTRA_OF_SPLIT) * bytesOnGpu(one, use))}.`;
    case "no":
      return waysOut(one, use);
  }
}

/** The answer for images, whose activations are not counted, so that nobody knows whether a run fits. */
function imageAnswer({preset}: Case, use: MemoryUse): MemoryAnswer {
  const isFlux = preset.id === "flux";
  const others = isFlux
    ? "The decoder of images and, for a time, the text encoders"
    : "Both text encoders and the decoder of images";
  const measurement = isFlux
    ? "The source says what others saw."
    : "Others stayed below 16 GB with the two options that the script names.";
  return {
    headline: `${memoryText(use.total)} and the activations.`,
    isShort: false,
    note: `We have no formula for the activations of image models, so we cannot say whether it fits. ${others} are on the GPU as well. ${measurement}`,
    claims: isFlux ? ["memory-flux", "memory-images"] : ["memory-sdxl", "memory-sdxl-parts", "memory-images"],
  };
}

/** The claims that the count of a language model rests on. */
const claimsOf = (one: Case, use: MemoryUse): string[] => [
  "memory-checkpointing",
  one.base === "bf16" ? "memory-precision" : "memory-quantized",
  ...(isSplit(one, use) ? ["memory-fsdp", "memory-fsdp-file"] : []),
  ...(one.task === "preference" ? ["memory-reference"] : []),
  ...(one.task === "rl" ? ["memory-answers"] : []),
  "memory-float32",
  one.task === "imitation" ? "memory-chunked" : "memory-logits",
  "memory-qlora",
];

/** The answer for a case whose memory is `use`. */
export function memoryAnswer(one: Case, use: MemoryUse): MemoryAnswer {
  if (one.preset.kind === "images") return imageAnswer(one, use);
  const {card, cards} = one;
  const fit = fitOf(one, use);
  const heldText = memoryText(bytesOnGpu(one, use));
  const where = cards > 1 ? ` on each of ${cards.toLocaleString("en-US")} GPUs` : "";
  const size = `${card.toLocaleString("en-US")} GB`;
  const partText = `${heldText.replace(/ GB$/, "")} of ${size}${where}`;
  const headline = {
    fits: `${partText}: it fits.`,
    split: `${partText}: it fits.`,
    tight: `${partText}: it may just fit.`,
    no: `${heldText} do not fit into ${size}${where}.`,
  }[fit];
  return {headline, isShort: fit === "no", note: noteOf(one, use), claims: claimsOf(one, use)};
}
