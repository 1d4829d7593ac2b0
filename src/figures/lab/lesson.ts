import type {Decoder} from "../../engine/kernels/decoder.ts";
import type {Batch, Transformer} from "../../engine/network/transformer.ts";
import type {Draw} from "../../engine/training/adaptation.ts";
import type {Evaluation, LabSetup, Sample} from "./snapshot.ts";

/** What a run teaches to which base, and how it is evaluated. */
export interface LabLesson {
  base: Transformer;
  draw: Draw;
  /** What the model writes, from the same random numbers each time. */
  look(decoder: Pick<Decoder, "logits">): Sample[];
  /** Yields every few milliseconds, so that others get their turn. */
  evaluate(decoder: Decoder): Generator<undefined, Omit<Evaluation, "deltas">>;
  /** Sequences for checking the run in another program; with a batch where their loss is not the score. */
  reference(): {texts: readonly string[]; batch?: Batch};
  setup: Pick<LabSetup, "fresh" | "old" | "pool" | "questions" | "isLearned">;
}
