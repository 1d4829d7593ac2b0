import cutLosses from "../../../../content/lab/cut.json" with {type: "json"};
import rateRuns from "../../../../content/lab/rates.json" with {type: "json"};
import sweeps from "../../../../content/lab/sweep.json" with {type: "json"};
import memory from "../../../../content/paper/memory.json" with {type: "json"};
import timing from "../../../../content/paper/table-1.json" with {type: "json"};
import scores from "../../../../content/paper/table-4.json" with {type: "json"};
import {spectra} from "../../../widgets/floor/controls.ts";
import {box, disc, each, path, through} from "./shapes.ts";

/** GPU memory while GPT-3 is fine-tuned, as the paper gives it: all of it, of which the weights are the dark part, and with LoRA. */
export function cost(): string {
  const full = 1000 * memory["vram-ft"].value;
  const width = (gigabytes: number) => (108 * gigabytes) / full;
  const lora = width(memory["vram-lora"].value);
  const weights = width(memory["ckpt-350gb"].value);
  return (
    box("w", 6, 12, weights, 24) +
    box("w soft", 6 + weights, 12, 108 - weights, 24) +
    box("w", 6, 46, lora, 24) +
    box("d", 6 + lora, 46, 1.5, 24)
  );
}

/** Four layers in a row, and the same with adapter layers between them, as much longer as the paper measured at batch 1. */
export function latency(): string {
  const [plain, , slower] = timing.rows.filter(({batch}) => batch === 1).map(({latencyMs}) => latencyMs);
  const [block, gap] = [17, 3];
  const length = 4 * block + 3 * gap;
  const more = (length * (slower! / plain! - 1)) / 4;
  const step = block + gap;
  const upper = each(4, (i) => box("w soft", 6 + step * i, 12, block, 20) + box("d", 6 + step * i, 27, block, 5));
  const lower = each(4, (i) => {
    const x = 6 + (step + more) * i;
    return box("w soft", x, 48, block, 20) + box("b", x + block + gap / 2, 48, more - gap / 2, 20);
  });
  const end = (x: number, y: number) =>
    through("k line thin dash", [
      [x, y],
      [x, y + 28],
    ]);
  return upper + lower + end(6 + length, 8) + end(6 + length + 4 * more, 44);
}

/** WikiSQL on GPT-3: the band is full fine-tuning with its ±, a filled mark lies clearly outside. */
export function results(): string {
  const spread = scores.typicalFluctuation.wikisql;
  const x = (score: number) => 8 + ((score - 69) / 6) * 104;
  const [full, ...others] = scores.rows;
  const shown = others.filter(({wikisql}) => wikisql > 69);
  const marks = shown.map(({method, wikisql}, i) => {
    const y = 12 + (56 / (shown.length - 1)) * i;
    const look = method === "LoRA" ? "d" : "n";
    const isClear = Math.abs(wikisql - full!.wikisql) > 2 * spread;
    const whisker = through(`${look} line thin`, [
      [x(wikisql - spread), y],
      [x(wikisql + spread), y],
    ]);
    return whisker + disc(isClear ? look : `${look} line ground`, x(wikisql), y, 3.2);
  });
  return box("w faint", x(full!.wikisql - spread), 2, x(2 * spread) - x(0), 76) + marks.join("");
}

/** The stored runs on names: a row for each choice of matrices, a dot for each seed. */
export function sweep(): string {
  const chosen = ["Wq", "Wk", "Wv", "Wo", "Wq,Wk,Wv,Wo,W1,W2"];
  const rows = sweeps.matrices.filter(({subject, plan}) => subject === "names" && chosen.includes(plan.targets.join()));
  const all = rows.flatMap(({results}) => results);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return rows
    .map(({results}, i) => {
      const y = 10 + 15 * i;
      const rule = through("n line thin faint", [
        [6, y],
        [114, y],
      ]);
      return rule + results.map((loss) => disc("d soft", 10 + (100 * (loss - least)) / (most - least), y, 3)).join("");
    })
    .join("");
}

/** The least loss of each rank, from the figure's singular values, and runs that have come down to it. */
export function floor(): string {
  const s = Array.from({length: 16}, (_, i) => spectra.power(i));
  const floors = Array.from({length: 10}, (_, r) => s.slice(r + 1).reduce((sum, one) => sum + (one * one) / 2, 0));
  const height = (loss: number) => (58 * loss) / floors[0]!;
  return floors
    .map((loss, i) => {
      const x = 6 + 11 * i;
      return box("w soft", x, 74 - height(loss), 9, height(loss)) + disc("d", x + 4.5, 70 - height(loss), 3);
    })
    .join("");
}

/** The stored bowls: full fine-tuning and LoRA at rank 4, seed 1 at each learning rate up to 0.0562. */
export function rates(): string {
  const [full, lora] = [rateRuns.forge.full.slice(0, 10), rateRuns.forge["4 double"].slice(0, 10)];
  const bowl = (look: string, losses: readonly number[][]) =>
    through(
      look,
      losses.map((seeds, i) => [8 + 11.5 * i, 70 - 187 * (seeds[0]! - 1.88)] as const),
    );
  return bowl("w line", full) + bowl("d line", lora);
}

/** The factor in front of BA over the rank, both on scales of powers: constant, as 1/√r and as 1/r. */
export const scaling = (): string =>
  [
    ["n", 0],
    ["d", 0.5],
    ["w", 1],
  ]
    .map(
      ([look, power]) =>
        through(`${look} line`, [
          [14, 14],
          [108, 14 + 52 * Number(power)],
        ]) + disc(`${look}`, 108, 14 + 52 * Number(power), 3),
    )
    .join("") + path("n line thin", "M8 6V74H114");

/** Bands of an equalizer: what W₀ has in each direction, and what the update adds in a few. */
export const amplify = (): string =>
  each(9, (i) => {
    const x = 8 + 12 * i;
    const own = 44 * 0.72 ** i;
    const added = [0, 0, 0, 0, 0, 30, 52, 20, 0][i]!;
    return box("w soft", x, 72 - own, 8, own) + (added ? box("d", x, 71 - own - added, 8, added) : "");
  }) +
  through("n line thin", [
    [4, 73],
    [116, 73],
  ]);

/** Letters in doubt over pieces: those of the change fall at once, those of the weights at the very end. */
export function cut(): string {
  const x = (r: number) => 10 + (100 * r) / 32;
  const y = (loss: number) => 70 - 25 * (loss - 1.9);
  const line = (look: string, losses: readonly number[]) =>
    through(
      look,
      losses.map((loss, r) => [x(r), y(loss)] as const),
    );
  return (
    path("k line thin dash", `M10 ${y(cutLosses.change[0]!)}H110`) +
    line("w line", cutLosses.weights) +
    line("d line", cutLosses.change) +
    disc("d", x(4), y(cutLosses.change[4]!), 4)
  );
}
