/** The threads counted column by column, from the widths that the paper's models have. */
import numbers from "../../../content/paper/numbers.json" with {type: "json"};
import type {ThreadsParams} from "../../../src/figures/threads/model.ts";
import type {Claims} from "./oracle.ts";

/** Parameters of GPT-3 in millions, as the paper counts them. */
const all = 175_255.8;
const sides = {gpt3: 12_288, deberta: 1536, roberta: 768};

/** 1, 2, 3, 4, 6, 8, 12 …: each power of two, and half as much again. */
function stops(last: number): number[] {
  const all = [];
  for (let rank = 1; rank < last; rank++)
    if (Number.isInteger(Math.log2(rank)) || rank === 3 * 2 ** Math.floor(Math.log2(rank / 2))) all.push(rank);
  return [...all, last];
}

/** Layer by layer: W_q, W_k, W_v, W_o, and the MLP's two of 12,288 × 49,152; and what the paper says that GPT-3 has. */
function wholeModel(r: number, pair: number, scale: readonly number[]): number[] {
  let [threads, weights, trained] = [0, 0, 0];
  for (let layer = 0; layer < 96; layer++) {
    for (const wide of [12_288, 12_288, 12_288, 12_288, 49_152, 49_152]) weights += 12_288 * wide;
    for (const _ of ["q", "v"]) {
      threads += 1;
      trained += pair;
    }
  }
  const fields = weights / 1000 ** 2 / (105 * 68);
  // The 3 of its name comes first.
  return [
    ...[3, 96, fields, threads, trained / 1000 ** 2, ...scale],
    ...[r, threads, pair, trained, 1, (1e6 * all) / trained, all],
  ];
}

/** What is said of GPT-3 as a whole, if a part of it is marked. */
function ofMark({mark, r}: ThreadsParams, pair: number, unmarked: readonly number[]): readonly number[] {
  const printed = (id: string) => numbers.find((one) => one.id === id)!.value as number;
  const trained = 2 * 96 * pair;
  switch (mark) {
    case "none":
      return unmarked;
    case "all":
      return [3, all, trained, r];
    case "threads":
      return [2 * 96, trained, 1, (1e6 * all) / trained, 3, r];
    case "memory":
      return [printed("vram-ft"), printed("vram-lora"), (1000 * printed("vram-ft")) / printed("vram-lora")];
    case "merged":
      return [2 * 96];
  }
}

export function threads(params: ThreadsParams): Claims {
  const {zoom, r, matrix} = params;
  const d = sides[matrix];
  let [full, pair] = [0, 0];
  for (let row = 0; row < d; row++) full += d;
  for (let column = 0; column < r; column++) pair += d + d;
  const most = d / 2;
  const long = (weights: number) => (weights < 1000 ? weights : weights / 1000);
  const times = zoom ? [Number((10 ** zoom).toPrecision(2))] : [];
  // A picture as wide as the square with B at × 1; a thread of at least a 360th of it, from × 0.56 on.
  const picture = (d + r) / 10 ** zoom;
  const hair = zoom < 0 ? (picture / 360) * Math.min(Math.abs(zoom) * 4, 1) : 0;
  const scale = hair > 1.05 * r ? [Number((hair / r).toPrecision(2))] : times;
  const ofMatrix = pair === full ? [r, ...scale, pair] : [long(d), long(r), ...scale, r, pair, 1, full / pair, full];
  return {
    summary: zoom < -0.8 ? ofMark(params, pair, wholeModel(r, pair, scale)) : ofMatrix,
    readouts: [[pair, r, d, d], [full, d, d], [1, full / pair], [1, d / r], [most]],
    caption: [d, d, full],
    rows: [...new Set([...stops(most), r])]
      .sort((a, b) => a - b)
      .map((rank) => [rank, rank * d + d * rank, full / (2 * rank * d)]),
  };
}
