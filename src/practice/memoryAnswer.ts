/** What we answer about memory: whether the run fits on a GPU, as the headline of the page, and what it rests on. */
import type {Case} from "./cases.ts";
import {eachOf, fitOf, hasSharers, isSplit, leftFree, memory, type Racks, wouldFitShorter} from "./memory.ts";
import {memoryText} from "./words.ts";

export interface MemoryAnswer {
  headline: string;
  /** Whether the run does not fit. */
  isShort: boolean;
  note: string;
  /** Ids of content/practice/claims.json. */
  claims: readonly string[];
}

/** What a GPU holds at its fullest: its share, where the GPUs split the base or could. */
export const heldOf = (one: Case, racks: Racks): number => {
  const isShared = isSplit(one, racks) || (fitOf(one, racks) === "no" && hasSharers(one));
  return isShared ? eachOf(one, racks) : racks.total;
};

/** What would make a run fit, with what a 4-bit base comes to. */
function waysOut(one: Case, racks: Racks): string {
  const {base, micro} = one;
  const four = {...one, base: "nf4"} as const;
  const fourRacks = memory(four);
  const still = fitOf(four, fourRacks) === "no" ? ", still too much" : "";
  const ways = [
    ...(base === "nf4" ? [] : [`a 4-bit base, ${memoryText(heldOf(four, fourRacks))}${still}`]),
    ...(racks.adapter > 0.05 * racks.weights ? ["a lower rank"] : []),
    ...(micro > 1 ? ["fewer sequences at once"] : []),
    ...(wouldFitShorter(one, racks) ? ["shorter examples"] : []),
    base === "nf4" ? "more GPUs that split the base" : "more GPUs",
    ...(base === "nf4" ? ["a smaller model"] : []),
  ];
  const none = one.cards > 1 && base === "int8" ? " We found no guide that splits a base of 8 bits between GPUs." : "";
  return `Ways out: ${ways.join("; ")}.${none}`;
}

function noteOf(one: Case, racks: Racks): string {
  const {cards, task} = one;
  const free = `Not counted: buffers of the kernels${task === "rl" ? ", the questions" : ""} and fragmentation`;
  switch (fitOf(one, racks)) {
    case "fits":
      return `${free}. ${100 * leftFree(one)}% of the GPU is left free for them.`;
    case "tight":
      return `Little is left for what we do not count: buffers of the kernels and fragmentation. ${waysOut(one, racks)}`;
    case "split":
      return `The ${cards.toLocaleString("en-US")} GPUs split the base (FSDP); on one alone it would be ${memoryText(racks.total)}. The one measurement of this that we found took 40% more than we count, for its buffers hold whole layers; here that would be ${memoryText(1.4 * heldOf(one, racks))}.`;
    case "no":
      return waysOut(one, racks);
  }
}

/** Of images the activations are not counted, so whether it fits is not known. */
function images({preset}: Case, racks: Racks): MemoryAnswer {
  const isFlux = preset.id === "flux";
  const others = isFlux
    ? "The decoder of images and, for a time, the text encoders"
    : "Both text encoders and the decoder of images";
  const seen = isFlux
    ? "The source says what others saw."
    : "Others stayed below 16 GB with the two options that the script names.";
  return {
    headline: `${memoryText(racks.total)} and the activations.`,
    isShort: false,
    note: `We have no formula for the activations of image models, so we cannot say whether it fits. ${others} are on the GPU as well. ${seen}`,
    claims: isFlux ? ["memory-flux", "memory-images"] : ["memory-sdxl", "memory-sdxl-parts", "memory-images"],
  };
}

/** The claims that the count of a language model rests on. */
const claimsOf = (one: Case, racks: Racks): string[] => [
  "memory-checkpointing",
  one.base === "bf16" ? "memory-precision" : "memory-quantized",
  ...(isSplit(one, racks) ? ["memory-fsdp", "memory-fsdp-file"] : []),
  ...(one.task === "preference" ? ["memory-reference"] : []),
  ...(one.task === "rl" ? ["memory-answers"] : []),
  "memory-float32",
  one.task === "imitation" ? "memory-chunked" : "memory-logits",
  "memory-qlora",
];

export function memoryAnswer(one: Case, racks: Racks): MemoryAnswer {
  if (one.preset.kind === "images") return images(one, racks);
  const {card, cards} = one;
  const fit = fitOf(one, racks);
  const held = memoryText(heldOf(one, racks));
  const where = cards > 1 ? ` on each of ${cards.toLocaleString("en-US")} GPUs` : "";
  const size = `${card.toLocaleString("en-US")} GB`;
  const of = `${held.replace(/ GB$/, "")} of ${size}${where}`;
  const headline = {
    fits: `${of}: it fits.`,
    split: `${of}: it fits.`,
    tight: `${of}: it may just fit.`,
    no: `${held} do not fit into ${size}${where}.`,
  }[fit];
  return {headline, isShort: fit === "no", note: noteOf(one, racks), claims: claimsOf(one, racks)};
}
