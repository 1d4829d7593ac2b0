import {arrow, box, disc, each, path, through} from "./shapes.ts";

/** A falling curve from (x, y) to (toX, toY), halving every `half` units. */
function falling(x: number, y: number, toX: number, toY: number, half: number): [number, number][] {
  const height = (at: number) => 0.5 ** ((at - x) / half);
  const rest = height(toX);
  return Array.from({length: 25}, (_, i) => {
    const at = x + ((toX - x) * i) / 24;
    return [at, toY - ((toY - y) * (height(at) - rest)) / (1 - rest)];
  });
}

/** The hidden change, what B and A have found of it, and the loss that falls meanwhile. */
export function train(): string {
  const [down, across] = [
    [0.3, 1, 0.6, 0.2],
    [0.5, 1, 0.25, 0.75],
  ] as const;
  const map = (x: number) =>
    each(16, (i) => {
      const strength = Math.ceil(4 * down[Math.floor(i / 4)]! * across[i % 4]!);
      return box(`d s${strength}`, x + 8 * (i % 4), 8 + 8 * Math.floor(i / 4), 7, 7);
    });
  return (
    path("d line thin dash", "M4 5h37v37h-37z") +
    map(7) +
    map(82) +
    box("b", 76, 8, 3, 31) +
    box("a", 82, 42, 31, 3) +
    through("d line", falling(7, 50, 113, 74, 14)) +
    disc("d", 113, 74, 3)
  );
}

/** What a hears of each input, at the left; at the right every output pushed along b. */
export function listener(): string {
  const places = [
    [-17, -9],
    [-6, 18],
    [4, -20],
    [12, 8],
    [19, -6],
    [-20, 8],
    [2, 3],
  ] as const;
  const heard = ([x, y]: readonly [number, number]) => (0.8 * x - 0.4 * y) / 1.6;
  const lines = each(3, (i) => path("a line thin dash", `M${12 + 16 * i} 6l26 68`));
  const inputs = places.map(([x, y]) => disc("x", 32 + x, 40 + y, 2.6)).join("");
  const outputs = places.map(([x, y]) => {
    const [fromX, fromY] = [88 + 0.7 * y, 40 + 0.9 * x];
    const by = heard([x, y]);
    const to = [fromX + by, fromY - 0.9 * by] as const;
    return through("d line thin", [[fromX, fromY], to]) + disc("x", ...to, 2.6);
  });
  return lines + inputs + arrow("a line", 32, 40, 50, 33) + outputs.join("") + arrow("b line", 88, 40, 101, 28);
}

/** Of many directions, a few are chosen. */
export const intrinsic = (): string =>
  each(24, (i) => {
    const angle = (i * Math.PI) / 12;
    const isChosen = i === 2 || i === 9 || i === 17;
    const length = isChosen ? 37 : 28;
    const end = [60 + length * Math.cos(angle), 40 - length * Math.sin(angle)] as const;
    const start = [60 + 6 * Math.cos(angle), 40 - 6 * Math.sin(angle)] as const;
    return isChosen
      ? through("d line", [start, end]) + disc("d", ...end, 3)
      : through("w line thin soft", [start, end]);
  }) + disc("k", 60, 40, 3);

/** A run that goes wrong, under a magnifying glass. */
export const clinic = (): string =>
  path("n line thin", "M8 6V74H114") +
  through("d line", [...falling(12, 12, 60, 62, 12), [66, 58], [74, 18], [80, 50], [86, 8]]) +
  disc("n line", 76, 34, 20) +
  path("n line thick", "M91 49L106 66");
