import type {Tape} from "../../figure/widget.ts";
import {medianRange} from "../shared/medianRange.ts";
import {storedNorms} from "../shared/storedTwins.ts";
import type {AmplifyParams} from "./controls.ts";
import type {AmplifySnapshot, Look} from "./model.ts";
import type {Band} from "./norms.ts";

export interface MeasuredNorms extends Omit<Look, "bands"> {
  /** The lowest, median and highest factor of nine stored seeds after the last step. */
  stored: {low: number; median: number; high: number};
}

export interface AmplifyResult {
  step: number;
  low: MeasuredNorms;
  high: MeasuredNorms;
  /** At the chosen rank and for the chosen side. */
  bands: readonly Band[];
}

/** The figure shows the paper's numbers: nothing was trained. */
export interface PrintedOnly {
  isPrinted: true;
}
export const printedAlone: PrintedOnly = {isPrinted: true};
export const isPrinted = (result: AmplifyResult | PrintedOnly): result is PrintedOnly => "isPrinted" in result;

/** What the figure shows at the clock, from the tape of both runs as far as it has been computed. */
export function see([tape]: readonly Tape<AmplifySnapshot>[], params: AmplifyParams): AmplifyResult {
  const {subject, weight, rank, bands, until} = params;
  const frames = tape!.slice(0, until + 1);
  const step = frames.findLastIndex(({looks}) => looks);
  const looks = frames[step]!.looks![weight];
  const [low, high] = looks.map(({bands: _, ...look}, n): MeasuredNorms => {
    const {on, delta} = storedNorms(subject, weight)[n]!;
    return {...look, stored: medianRange(on.map((one, i) => delta[i]! / one))};
  });
  return {step, low: low!, high: high!, bands: looks[rank === "low" ? 0 : 1]!.bands[bands]};
}
