/** What the question figure must say: its forge run by loops of its own, with b·aᵀ added to the last matrix. */

import {type QuestionParams, STORED_SEEDS} from "../../../src/figures/question/controls.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {questionAdapter, readQuestionRuns} from "../../../src/tools/sweepQuestion.ts";
import type {Claims} from "../oracles/oracle.ts";
import {dot, type Rows, rowsOf, times} from "../oracles/rows.ts";

const {sizes, weights} = baseNamed("word-forge");
const W = Object.fromEntries(weights.layout.map(([name]) => [name, rowsOf(weights.views[name])])) as Record<
  string,
  Rows
>;
const stored = readQuestionRuns();

/** a and b of a run, read from the file byte by byte. */
function adapterOf(seed: number): {a: number[]; b: number[]} {
  const bytes = Buffer.from(stored.runs.find((run) => run.seed === seed)!.numbers, "base64");
  const all = Array.from({length: bytes.length / 4}, (_, i) => bytes.readFloatLE(4 * i));
  return {a: all.slice(0, stored.inputs), b: all.slice(stored.inputs)};
}

const plus = (one: readonly number[], other: readonly number[]): number[] => one.map((x, i) => x + other[i]!);
const inverseOf = (v: readonly number[]): number => 1 / Math.sqrt(dot(v, v) / v.length + 1e-5);
const normed = (v: readonly number[], gain: string): number[] => v.map((x, i) => x * inverseOf(v) * W[gain]![0]![i]!);

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
  return scores.map((score) => Math.exp(score - most) / sum);
}

function attended(rows: Rows, l: number): number[][] {
  const [q, k, v] = ["Wq", "Wk", "Wv"].map((name) => rows.map((row) => times(W[`layers.${l}.${name}`]!, row)));
  const width = sizes.C / sizes.H;
  return rows.map((_, i) =>
    Array.from({length: sizes.H}, (_, h) => {
      const head = (row: readonly number[]) => row.slice(h * width, (h + 1) * width);
      const seen = k!.slice(0, i + 1).map((key) => dot(head(q![i]!), head(key)) / Math.sqrt(width));
      const shares = softmax(seen);
      return head(v![0]!).map((_, c) => shares.reduce((sum, share, j) => sum + share * head(v![j]!)[c]!, 0));
    }).flat(),
  );
}

/** The forge at every place of a word; with an adapter, b·aᵀ is added to W2 of its last layer. */
export function forged(word: string, adapter?: {a: number[]; b: number[]}) {
  const last = sizes.L - 1;
  let x = [0, ...Array.from(word, (letter) => letter.charCodeAt(0) - 96)].map((token, place) =>
    plus(W.wte![token]!, W.wpe![place]!),
  );
  let inputs: number[][] = [];
  for (let l = 0; l <= last; l++) {
    const at = `layers.${l}`;
    const mixed = attended(
      x.map((row) => normed(row, `${at}.norm1`)),
      l,
    );
    x = x.map((row, i) => plus(row, times(W[`${at}.Wo`]!, mixed[i]!)));
    inputs = x.map((row) => times(W[`${at}.W1`]!, normed(row, `${at}.norm2`)).map((value) => Math.max(value, 0)));
    const own = W[`${at}.W2`]!;
    const merged =
      adapter && l === last ? own.map((row, i) => row.map((w, j) => w + adapter.b[i]! * adapter.a[j]!)) : own;
    x = x.map((row, i) => plus(row, times(merged, inputs[i]!)));
  }
  return {
    inputs,
    lengths: x.map((row) => 1 / inverseOf(row)),
    scores: x.map((row) => times(W.head!, normed(row, "norm"))),
  };
}

const angle = (x: readonly number[], y: readonly number[]): number =>
  Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y));

/** The least and the greatest |cosine| of two of these. */
function agreement(vectors: Rows): [number, number] {
  const all = vectors.flatMap((one, i) => vectors.slice(i + 1).map((other) => angle(one, other)));
  return [Math.min(...all), Math.max(...all)];
}

const adapters = STORED_SEEDS.map(adapterOf);
const agreed = {
  start: agreement(STORED_SEEDS.map((seed) => Array.from(questionAdapter(seed).params.flat.slice(0, stored.inputs)))),
  a: agreement(adapters.map(({a}) => a)),
  b: agreement(adapters.map(({b}) => b)),
};
/** b through the gains of the final norm and the head. */
const answers = adapters.map(({b}) =>
  times(
    W.head!,
    b.map((x, i) => x * W.norm![0]![i]!),
  ),
);
const letters = Array.from({length: sizes.V}, (_, token) => token);

const texts = new Map<string, ReturnType<typeof measured>>();

function measured(word: string) {
  const base = forged(word);
  return {
    base,
    replies: adapters.map(({a}) => base.inputs.map((x) => dot(a, x))),
    tuned: adapters.map((adapter) => forged(word, adapter)),
  };
}

export function question({word, letter, runs, step}: QuestionParams): Claims {
  const {base, replies, tuned} = texts.get(word) ?? measured(word);
  texts.set(word, {base, replies, tuned});
  const order = letters.toSorted((one, other) => answers[0]![other]! - answers[0]![one]!);
  if (runs === "five") {
    const losses = stored.runs.map(({loss}) => loss);
    const heard = replies.map((run) => run[letter]!);
    const cosines = stored.path[step / 10]!;
    return {
      summary: [
        ...[...(step && step < 200 ? [step] : []), Math.min(...cosines), Math.max(...cosines)],
        ...[...replies.map((run) => run[letter]!), agreed.start[1], ...agreed.b],
      ],
      readouts: [
        agreed.a,
        agreed.b,
        agreed.start,
        [Math.min(...heard), Math.max(...heard)],
        [Math.min(...losses), Math.max(...losses)],
      ],
      caption: [],
      rows: [
        ...order.map((token) => answers.map((answer) => answer[token]!)),
        ...base.inputs.map((_, i) => replies.map((run) => run[i]!)),
      ],
    };
  }
  const run = tuned[0]!;
  const [long, short] = [run, base].map(({lengths}) => lengths[letter]!);
  // A score times what the norm divides by is the score before it.
  const pushes = letters.map((token) => long! * run.scores[letter]![token]! - short! * base.scores[letter]![token]!);
  const [before, after] = [base, run].map(({scores}) => softmax(scores[letter]!).map((chance) => 100 * chance));
  const first = letters.toSorted((one, other) => pushes[other]! - pushes[one]!).slice(0, 3);
  const raised = letters.toSorted((one, other) => after![other]! - before![other]! - after![one]! + before![one]!)[0]!;
  const reply = replies[0]![letter]!;
  const {loss} = stored.runs.find((one) => one.seed === STORED_SEEDS[0])!;
  return {
    summary: [reply, before![raised]!, after![raised]!, ...first.map((token) => pushes[token]!)],
    readouts: [
      [reply],
      [after![0]!, before![0]!],
      [Math.exp(loss), Math.exp(stored.base)],
      [(100 * (stored.base - loss)) / (stored.base - stored.full)],
    ],
    caption: [],
    rows: [
      ...order.map((token) => [pushes[token]!, before![token]!, after![token]!]),
      ...replies[0]!.map((one) => [one]),
    ],
  };
}
