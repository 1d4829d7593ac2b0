/** What the addition figure must say: its stored numbers read bit by bit, and every product by loops of its own. */
import {readFileSync} from "node:fs";
import type {AdditionParams} from "../../../src/figures/addition/model.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {readForge} from "../../../src/tools/sweepForge.ts";
import {halvesOf} from "./forge.ts";
import type {Claims} from "./oracle.ts";
import {dot, lengthOf, rowsOf, times} from "./rows.ts";

const numbers = readForge();
const stored = JSON.parse(readFileSync(new URL("../../../content/lab/forge.addition.json", import.meta.url), "utf8"));
/** Not the stored copy. */
const W0 = rowsOf(baseNamed("word-forge").weights.views["layers.1.Wv"]!);

export function addition({phase, look, step, word, letter, row, column}: AdditionParams): Claims {
  const both = halvesOf(stored.steps[phase === "training" ? step : "200"]);
  const [A, B] = [both.slice(0, 32), both.slice(32)];
  const x = halvesOf(stored.inputs[word]).slice(32 * (letter - 1), 32 * letter);
  const loud = dot(A, x);
  const frozen = times(W0, x);
  const push = B.map((value) => 2 * loud * value);
  const [w, b, a] = [W0[row - 1]![column - 1]!, B[row - 1]!, A[column - 1]!];
  const change = 2 * b * a;
  const sum = phase === "merged" ? [w, 2, b, a, w + change] : [2, b, a, change];
  const said = {
    cell: [b, a, change],
    update: [1024, 64],
    other: phase === "training" ? [Number(step), 1024] : phase === "merged" ? [] : [loud],
  }[look === "cell" || look === "update" ? look : "other"];
  return {
    summary: [...said, row, column, ...sum, 1024 + 64 + 1, 1024],
    readouts: [
      [Math.exp(numbers.oneMatrix.Wv.losses[0]!), 200, Math.exp(numbers.base)],
      ...[
        [loud, 2],
        [change, w],
      ],
      [lengthOf(B.map((one) => A.map((other) => 2 * one * other)))],
      [lengthOf(W0)],
      ...[
        [64, 1024],
        [phase === "merged" ? 1024 : 1089, 1024],
      ],
    ],
    caption: [letter],
    rows: x.map((value, i) => [i + 1, value, A[i]!, B[i]!, frozen[i]!, push[i]!, frozen[i]! + push[i]!]),
  };
}
