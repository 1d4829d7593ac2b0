/** What the forge figure must say: its forge run by loops of its own, with BA added to the weights, and a plain sampler. */
import {readFileSync} from "node:fs";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {type ForgeParams, WRITTEN_WORDS} from "../../../src/figures/forge/controls.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {readForge} from "../../../src/tools/sweepForge.ts";
import type {Claims} from "./oracle.ts";
import {dot, type Rows, rowsOf, times} from "./rows.ts";

const {sizes, weights} = baseNamed("word-forge");
type Weights = Readonly<Record<string, Rows>>;
const W0: Weights = Object.fromEntries(weights.layout.map(([name]) => [name, rowsOf(weights.views[name])]));
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../content/lab/${name}`, import.meta.url), "utf8"));
const [adapters, tuned, numbers] = [read("forge.adapters.json"), read("forge.full.json"), readForge()];
const storedOf = (lesson: ForgeParams["lesson"]): string =>
  lesson === "twenty" ? read("forge.twenty.json").base64 : adapters[lesson]["200"];

/** Half-precision numbers, bit by bit. */
export function halvesOf(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({length: bytes.length / 2}, (_, i) => {
    const code = bytes.readUInt16LE(2 * i);
    const [exponent, fraction] = [(code >> 10) & 31, code & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return code >> 15 ? -size : size;
  });
}

/** Cuts rows off the front of a list of numbers. */
function taker(all: readonly number[]) {
  let at = 0;
  return (rows: number, cols: number): number[][] =>
    Array.from({length: rows}, () => {
      at += cols;
      return all.slice(at - cols, at);
    });
}

/** The base with twice B·A added to queries and values, or to every matrix: α is 8, r is 4. */
function adapted(text: string, targets: readonly string[]): Weights {
  const take = taker(halvesOf(text));
  const merged: Record<string, Rows> = {...W0};
  for (let l = 0; l < sizes.L; l++)
    for (const target of targets) {
      const name = `layers.${l}.${target}`;
      const [A, B] = [take(4, W0[name]![0]!.length), take(W0[name]!.length, 4)];
      merged[name] = W0[name]!.map((row, i) =>
        row.map((w, j) => w + 2 * A.reduce((sum, line, k) => sum + B[i]![k]! * line[j]!, 0)),
      );
    }
  return merged;
}

function fully(): Weights {
  const take = taker(halvesOf(tuned.base64));
  return Object.fromEntries(weights.layout.map(([name, rows, cols]) => [name, take(rows, cols)]));
}

const plus = (one: readonly number[], other: readonly number[]): number[] => one.map((x, i) => x + other[i]!);
const normed = (v: readonly number[], gain: Rows): number[] =>
  v.map((x, i) => (x * gain[0]![i]!) / Math.sqrt(dot(v, v) / v.length + 1e-5));

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
  return scores.map((score) => Math.exp(score - most) / sum);
}

function attended(W: Weights, rows: Rows, l: number): number[] {
  const [q, k, v] = ["Wq", "Wk", "Wv"].map((name) => rows.map((row) => times(W[`layers.${l}.${name}`]!, row)));
  const width = sizes.C / sizes.H;
  const mix = (i: number) =>
    Array.from({length: sizes.H}, (_, h) => {
      const head = (row: readonly number[]) => row.slice(h * width, (h + 1) * width);
      const shares = softmax(k!.slice(0, i + 1).map((key) => dot(head(q![i]!), head(key)) / Math.sqrt(width)));
      return head(v![0]!).map((_, c) => shares.reduce((sum, share, j) => sum + share * head(v![j]!)[c]!, 0));
    }).flat();
  return mix(rows.length - 1);
}

/** The chances of the token after these. Each shorter beginning is done anew: slow, and simple. */
const streams = (W: Weights, tokens: readonly number[]): number[][] => {
  let x = tokens.map((token, place) => plus(W.wte![token]!, W.wpe![place]!));
  for (let l = 0; l < sizes.L; l++) {
    const at = `layers.${l}`;
    const seen = x.map((row) => normed(row, W[`${at}.norm1`]!));
    x = x.map((row, i) => plus(row, times(W[`${at}.Wo`]!, attended(W, seen.slice(0, i + 1), l))));
    x = x.map((row) => {
      const active = times(W[`${at}.W1`]!, normed(row, W[`${at}.norm2`]!)).map((value) => Math.max(value, 0));
      return plus(row, times(W[`${at}.W2`]!, active));
    });
  }
  return x;
};
const chancesAfter = (W: Weights, tokens: readonly number[]): number[] =>
  softmax(times(W.head!, normed(streams(W, tokens).at(-1)!, W.norm!)));

/** One word, letter by letter: the first token at which the chances add up to more than the draw. */
function spell(W: Weights, draws: readonly number[]) {
  const tokens = [0];
  const chances: number[][] = [];
  for (const draw of draws) {
    const next = chancesAfter(W, tokens);
    chances.push(next);
    let sum = 0;
    const token = next.findIndex((chance) => {
      sum += chance;
      return draw < sum;
    });
    tokens.push(token);
    if (token === 0) break;
  }
  return {
    word: tokens
      .slice(1)
      .map((token) => (token ? String.fromCharCode(96 + token) : ""))
      .join(""),
    tokens: tokens.slice(1),
    chances,
  };
}

const kept = new Map<string, ReturnType<typeof spell>[]>();
function written(key: string, W: () => Weights, draw: number): ReturnType<typeof spell>[] {
  const name = `${key} ${draw}`;
  if (!kept.has(name)) {
    const random = mulberry32(draw);
    const own = W();
    const draws = Array.from({length: WRITTEN_WORDS}, () => Array.from({length: 11}, random));
    kept.set(
      name,
      draws.map((one) => spell(own, one)),
    );
  }
  return kept.get(name)!;
}

/** The chances of the letters of a word and of its end, each after all before it: of the base, with the adapter for names, fully tuned. */
export function chancesOf(word: string) {
  const tokens = [...Array.from(word, (letter) => letter.charCodeAt(0) - 96), 0];
  const of = (W: Weights) => tokens.map((token, t) => chancesAfter(W, [0, ...tokens.slice(0, t)])[token]!);
  return {base: of(W0), lora: of(adapted(adapters.names["200"], ["Wq", "Wv"])), full: of(fully())};
}

export function spelled({adapter, lesson, draw}: ForgeParams) {
  const learned = adapter === "full" ? "names" : lesson;
  const off = written("off", () => W0, draw);
  const targets = learned === "twenty" ? ["Wq", "Wk", "Wv", "Wo", "W1", "W2"] : ["Wq", "Wv"];
  const on =
    adapter === "full"
      ? written("full", fully, draw)
      : written(learned, () => adapted(storedOf(learned), targets), draw);
  return {off, on, now: adapter === "off" ? off : on};
}

/** Where a word parts with the adapter on, whether it is on or off now. */
function placeOf(off: readonly number[], on: readonly number[]): number {
  const parted = on.findIndex((token, i) => token !== off[i]);
  if (parted >= 0) return parted + 1;
  return Math.max(1, off.filter((token) => token > 0).length);
}

export function forge(params: ForgeParams): Claims {
  const {adapter, lesson, word} = params;
  const learned = adapter === "full" ? "names" : lesson;
  const {off, on, now} = spelled(params);
  const [was, is] = [off[word - 1]!, now[word - 1]!];
  const place = placeOf(was.tokens, on[word - 1]!.tokens) || 1;
  const isNames = learned === "names" || learned === "twenty";
  const loss = isNames ? numbers.base : numbers[learned].base;
  const adapterLoss = learned === "twenty" ? numbers.twentyNames : isNames ? numbers.adapter[0]! : numbers[learned].on;
  const after = {off: loss, full: numbers.full[0]!, on: adapterLoss}[adapter];
  const [before, doubt] = [Math.exp(loss), Math.exp(after)];
  const shown = now.map(({word: whole}, i) => [off[i]!.word, whole] as const);
  const changed = shown.filter(([one, other]) => one !== other).length;
  const kept = WRITTEN_WORDS - changed;
  const scores = WRITTEN_WORDS * Math.max(...off.map(({chances}) => chances.length)) * sizes.V;
  const [x, y] = [was.chances[place - 1]!, is.chances[place - 1]!];
  const [p, q] = [100 * x[was.tokens[place - 1]!]!, 100 * y[is.tokens[place - 1]!]!];
  const all = weights.flat.length;
  const size = learned === "twenty" ? 4608 : 1024;
  const trained = {off: 0, on: size, full: all}[adapter];
  const end = [word, place];
  const again = adapter === "full" ? [] : [[scores, scores]];
  const isThree = params.show === "three" && adapter !== "full" && learned !== "twenty";
  const customers = adapter === "off" ? [] : [1024, before, doubt];
  const words = adapter === "off" ? [before] : [...(kept && changed ? [kept] : []), before, doubt];
  const card = isThree ? customers : words;
  return {
    summary: {
      off: [...card, scores, scores, ...end],
      on: [...card, 200, trained, all, scores, scores, ...end],
      full: [...card, trained, ...end],
    }[adapter],
    readouts: [
      adapter === "off" ? [doubt] : [doubt, before],
      [],
      [trained, all],
      adapter === "off" ? [place, p] : [place, p, q],
      ...again,
    ],
    caption: [place, word],
    rows: [
      ...shown.map(([one, other], i) => [i + 1, Array.from(other).filter((a, j) => a !== one[j]).length]),
      ...x.map((chance, token) => [100 * chance, 100 * y[token]!]),
    ],
  };
}
