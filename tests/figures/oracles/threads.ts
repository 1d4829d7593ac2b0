/** The threads counted column by column, from the widths that the paper's models have. */
import type {ThreadsParams} from "../../../src/figures/threads/model.ts";
import type {Claims} from "./oracle.ts";

const sides = {gpt3: 12_288, deberta: 1536, roberta: 768};

/** 1, 2, 3, 4, 6, 8, 12 …: each power of two, and half as much again. */
function stops(last: number): number[] {
  const all = [];
  for (let rank = 1; rank < last; rank++)
    if (Number.isInteger(Math.log2(rank)) || rank === 3 * 2 ** Math.floor(Math.log2(rank / 2))) all.push(rank);
  return [...all, last];
}

export function threads({zoom, r, matrix}: ThreadsParams): Claims {
  const d = sides[matrix];
  let [full, pair] = [0, 0];
  for (let row = 0; row < d; row++) full += d;
  for (let column = 0; column < r; column++) pair += d + d;
  const most = d / 2;
  const long = (weights: number) => (weights < 1000 ? weights : weights / 1000);
  const times = zoom ? [Number((10 ** zoom).toPrecision(2))] : [];
  return {
    summary: pair === full ? [r, ...times, pair] : [long(d), long(r), ...times, r, pair, 1, full / pair, full],
    readouts: [[pair, r, d, d], [full, d, d], [1, full / pair], [1, d / r], [most]],
    caption: [d, d, full],
    rows: [...new Set([...stops(most), r])]
      .sort((a, b) => a - b)
      .map((rank) => [rank, rank * d + d * rank, full / (2 * rank * d)]),
  };
}
