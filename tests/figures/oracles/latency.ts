/** What the `latency` widget must say, from the paper's table in its own rows and from loops that count. */
import printed from "../../../content/paper/table-1.json" with {type: "json"};
import type {LatencyParams} from "../../../src/figures/latency/controls.ts";
import type {Claims} from "./oracle.ts";

const settings = ["32x512", "16x256", "1x128"].map((name) => {
  const [batch, tokens] = name.split("x").map(Number) as [number, number];
  const row = (method: string) =>
    printed.rows.find((one) => one.method === method && one.batch === batch && one.seqLen === tokens)!;
  return {
    name,
    batch,
    tokens,
    plain: row("Fine-Tune/LoRA"),
    l: row("AdapterL"),
    h: row("AdapterH"),
  };
});

/** Positions of the prefix for each number of tokens. */
const prefixes: Readonly<Record<string, number>> = {
  "1": 1,
  "16": 2,
  "128": 16,
};

/** Multiply–adds of one token, counted product by product: out = in · Wᵀ takes one for each entry of W. */
export function addsOf({width, r, tokens = "128"}: {width: string; r: number; tokens?: string}) {
  const product = (rows: number, columns: number) => {
    let count = 0;
    for (let i = 0; i < rows; i++) count += columns;
    return count;
  };
  const d = Number(width);
  const merged = product(d, d);
  const [input, prefix] = [Number(tokens), prefixes[tokens]!];
  let all = 0;
  for (let place = 0; place < input + prefix; place++) all += merged;
  return {
    merged,
    unmerged: merged + product(r, d) + product(d, r),
    adapter: merged + product(r, d) + product(d, r),
    prefix: all / input,
  };
}

export const guessOf = (guess: string): number => Number(guess.replace("%", ""));

/** Claims of the first frame, in which nothing is timed. */
export function latency(params: LatencyParams): Claims {
  const {setting, compared, tokens, width, r, guess} = params;
  const at = settings.find(({name}) => name === setting)!;
  const [adapter, plain] = [at[compared], at.plain];
  const added = (row: {latencyMs: number}, base: {latencyMs: number}) =>
    100 * ((row.latencyMs - base.latencyMs) / base.latencyMs);
  const adds = addsOf(params);
  const [pair, bottleneck] = [adds.unmerged / adds.merged, adds.adapter / adds.merged];
  const more = added(adapter, plain);
  const yours = guess && setting === "1x128" ? [guessOf(guess)] : [];
  const prefix = prefixes[tokens]!;
  const longer = adds.prefix / adds.merged;
  const now = (params.after / 100) * plain.latencyMs;
  // The card says how far the passes are.
  const apart = adapter.latencyMs - plain.latencyMs;
  const card =
    now >= adapter.latencyMs
      ? [apart, more]
      : params.after < 100
        ? [now, apart]
        : params.after > 100
          ? [now]
          : [now, adapter.latencyMs - now, more];
  const printed = {
    summary: [...card, 1, at.batch, at.tokens, adapter.latencyMs, plain.latencyMs, more, ...yours],
    readouts: [
      [more, adapter.overheadPct!],
      [adapter.latencyMs - plain.latencyMs, plain.sd, adapter.sd],
    ],
  };
  const here = {
    summary: [Number(width), Number(width), Number(width), r, pair, prefix, longer],
    readouts: [[pair], [bottleneck], [longer], [1]],
  };
  return {
    ...(params.times === "paper" ? printed : here),
    caption: [1, Number(width), r],
    rows: [
      ...settings.flatMap(({batch, tokens: length, plain: base, l, h}) => [
        [batch, length, base.latencyMs, base.sd],
        ...[l, h].map((row) => [batch, length, row.latencyMs, row.sd, added(row, base), row.overheadPct!]),
      ]),
      ...(["merged", "unmerged", "adapter", "prefix"] as const).map((way) => [Number(tokens), adds[way]]),
    ],
  };
}
