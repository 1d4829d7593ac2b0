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
export const bytesOnGpu = (run: Case, use: MemoryUse): number => {
  const isShared = isSplit(run, use) || (fitOf(run, use) === "no" && canBeSplit(run));
  return isShared ? bytesWhenSplit(run, use) : use.total;
};

/** What would make a run fit, with the memory of a 4-bit base. */
function waysOut(run: Case, use: MemoryUse): string {
  const {base, micro} = run;
  const fourBitCase = {...run, base: "nf4"} as const;
  const fourBitUse = memoryUse(fourBitCase);
  const stillText = fitOf(fourBitCase, fourBitUse) === "no" ? ", still too much" : "";
  const ways = [
    ...(base === "nf4" ? [] : [`a 4-bit base, ${memoryText(bytesOnGpu(fourBitCase, fourBitUse))}${stillText}`]),
    ...(use.adapter > 0.05 * use.weights ? ["a lower rank"] : []),
    ...(micro > 1 ? ["fewer sequences at once"] : []),
    ...(wouldFitShorter(run, use) ? ["shorter examples"] : []),
    base === "nf4" ? "more GPUs that split the base" : "more GPUs",
    ...(base === "nf4" ? ["a smaller model"] : []),
  ];
  const noGuideText =
    run.cards > 1 && base === "int8" ? " We found no guide that splits a base of 8 bits between GPUs." : "";
  return `Ways out: ${ways.join("; ")}.${noGuideText}`;
}

/** The note below the headline. */
function noteOf(run: Case, use: MemoryUse): string {
  const {cards, task} = run;
  const uncountedText = `Not counted: buffers of the kernels${task === "rl" ? ", the questions" : ""} and fragmentation`;
  switch (fitOf(run, use)) {
    case "fits":
      return `${uncountedText}. ${100 * freeShare(run)}% of the GPU is left free for them.`;
    case "tight":
      return `Little is left for what we do not count: buffers of the kernels and fragmentation. ${waysOut(run, use)}`;
    case "split":
      return `The ${cards.toLocaleString("en-US")} GPUs split the base (FSDP); on one alone it would be ${memoryText(use.total)}. The one measurement of this that we found took ${100 * EXTRA_OF_SPLIT}% more than we count, for its buffers hold whole layers; here that would be ${memoryText((1 + EXTRA_OF_SPLIT) * bytesOnGpu(run, use))}.`;
    case "no":
      return waysOut(run, use);
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
const claimsOf = (run: Case, use: MemoryUse): string[] => [
  "memory-checkpointing",
  run.base === "bf16" ? "memory-precision" : "memory-quantized",
  ...(isSplit(run, use) ? ["memory-fsdp", "memory-fsdp-file"] : []),
  ...(run.task === "preference" ? ["memory-reference"] : []),
  ...(run.task === "rl" ? ["memory-answers"] : []),
  "memory-float32",
  run.task === "imitation" ? "memory-chunked" : "memory-logits",
  "memory-qlora",
];

/** The answer for a case whose memory is `use`. */
export function memoryAnswer(run: Case, use: MemoryUse): MemoryAnswer {
  if (run.preset.kind === "images") return imageAnswer(run, use);
  const {card, cards} = run;
  const fit = fitOf(run, use);
  const heldText = memoryText(bytesOnGpu(run, use));
  const where = cards > 1 ? ` on each of ${cards.toLocaleString("en-US")} GPUs` : "";
  const size = `${card.toLocaleString("en-US")} GB`;
  const partText = `${heldText.replace(/ GB$/, "")} of ${size}${where}`;
  const headline = {
    fits: `${partText}: it fits.`,
    split: `${partText}: it fits.`,
    tight: `${partText}: it may just fit.`,
    no: `${heldText} do not fit into ${size}${where}.`,
  }[fit];
  return {headline, isShort: fit === "no", note: noteOf(run, use), claims: claimsOf(run, use)};
}
