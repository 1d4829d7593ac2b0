import {mulberry32} from "../../engine/linalg/random.ts";
import type {Attachment, Brought} from "../../engine/lora/attachment.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {type Sizes, targetShape} from "../../engine/network/architecture.ts";
import {allocate, type Layout, type Tensors} from "../../engine/network/parameters.ts";

/** The matrix beside which a and b are put: the last one before the head. */
const TARGET = "W2";
/** alpha, and so alpha / r. */
export const QUESTION_ALPHA = 2;

/**
 * One row a (1,k) and one column b (d,1) beside W2 of the last layer: 160 parameters in the word forge. They start as every
 * LoRA here does, a drawn and b zero.
 */
export function oneQuestion(sizes: Sizes, seed: number): Attachment {
  const {A, B} = initLora({...targetShape(sizes, TARGET), r: 1, alpha: QUESTION_ALPHA}, mulberry32(seed));
  // The kernels look for the parameters by these names.
  const at = `layers.${sizes.L - 1}.${TARGET}`;
  const layout: Layout = [
    [`${at}.A`, A.rows, A.cols],
    [`${at}.B`, B.rows, B.cols],
  ];
  const params = allocate(layout);
  params.views[`${at}.A`]!.data.set(A.data);
  const view = ({views}: Tensors): Brought[] =>
    Array.from({length: sizes.L}, (_, l) =>
      l === sizes.L - 1
        ? {loras: {[TARGET]: {A: views[`${at}.A`]!, B: views[`${at}.B`]!, alpha: QUESTION_ALPHA, r: 1}}}
        : {},
    );
  return {params, view, scaling: QUESTION_ALPHA};
}
