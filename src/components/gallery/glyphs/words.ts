import {arrow, box, disc, each, letters, path, through} from "./shapes.ts";

/** A formula, and below it the line that computes it with the same colors. */
export const formula = (): string =>
  [
    ["k", 10, "h"],
    ["n", 25, "="],
    ["w", 44, "W₀"],
    ["x", 62, "x"],
    ["n", 76, "+"],
    ["b", 89, "B"],
    ["a", 101, "A"],
    ["x", 112, "x"],
  ]
    .map(([look, x, name]) => letters(`${look} symbol`, x as number, 34, name as string))
    .join("") +
  [
    ["k", 16, 8],
    ["n", 28, 5],
    ["x", 37, 8],
    ["w", 47, 16],
    ["n", 67, 5],
    ["x", 76, 8],
    ["a", 86, 10],
    ["b", 98, 10],
  ]
    .map(([look, x, width]) => box(`${look} soft`, x as number, 52, width as number, 7))
    .join("") +
  through("n line thin", [
    [10, 44],
    [114, 44],
  ]);

/** One word on its tiles turns into another. */
export function lab(): string {
  const tiles = (look: string, word: string, y: number) =>
    [...word]
      .map(
        (letter, i) =>
          path(`${look} line thin`, `M${14 + 24 * i} ${y}h20v22h-20z`) +
          letters(`${look} tile`, 24 + 24 * i, y + 16, letter),
      )
      .join("");
  return (
    tiles("w", "word", 4) +
    tiles("d", "name", 54) +
    arrow("k line", 60, 31, 60, 49) +
    box("b", 70, 34, 3, 12) +
    box("a", 76, 34, 12, 3)
  );
}

/** A word, and below it the word that comes of the same draws: the letter that changed stands on a tile. */
export const forge = (): string =>
  each(6, (i) => letters("w name", 17 + 17 * i, 22, "gadrin"[i]!)) +
  path("d soft", "M94 36h16v26h-16z") +
  each(6, (i) => letters(i < 5 ? "k symbol" : "d symbol", 17 + 17 * i, 55, "gadrie"[i]!)) +
  path("d line", "M94 62h16");

/** A reply over each letter, and below it the same answer, longer or shorter. */
export const question = (): string =>
  [6, 14, 9, 26].map((reply, i) => box("a", 15 + 27 * i, 30 - reply, 10, reply)).join("") +
  each(4, (i) => letters("k name", 20 + 27 * i, 43, "name"[i]!)) +
  [0.25, 0.5, 0.35, 1]
    .map((loud, i) =>
      [11, 7, 4, -3, -6, -9]
        .map((push, row) => box("d", 20 + 27 * i + Math.min(push * loud, 0), 48 + 5 * row, Math.abs(push * loud), 3.5))
        .join(""),
    )
    .join("");

/** One long bar, a sliver of it, and a question. */
export const predict = (): string =>
  box("w soft", 6, 44, 108, 24) +
  box("d", 74, 40, 3, 32) +
  path("k line thin", "M64 34V30H87V34") +
  letters("k symbol", 75.5, 25, "?");

/** Facts ticked on the left, methods in their places on the right. */
export const choose = (): string =>
  each(3, (i) => {
    const y = 12 + 22 * i;
    const tick = i < 2 ? path("x line", `M12 ${y + 6}l3 4 6-8`) : "";
    return path("n line thin", `M8 ${y}h14v14h-14z`) + tick + box("n faint", 28, y + 5, 18, 4);
  }) +
  box("w faint", 62, 48, 16, 26) +
  box("d", 80, 24, 16, 50) +
  box("w faint", 98, 58, 16, 16) +
  letters("paper name", 88, 38, "1") +
  letters("w name", 70, 61, "2") +
  letters("w name", 106, 70, "3");

/** From LoRA's two matrices lines lead to others, each changed in one place. */
export function family(): string {
  const pair = (x: number, y: number, tall = "b", wide = "a") => box(tall, x, y, 4, 18) + box(wide, x + 7, y, 18, 4);
  return (
    pair(10, 31) +
    path("n line thin", "M42 40H58M58 40C68 40 64 13 76 13M58 40H76M58 40C68 40 64 67 76 67") +
    pair(82, 4) +
    box("d", 114, 4, 3, 18) +
    pair(82, 31, "w soft", "w soft") +
    disc("d", 98, 43, 3.5) +
    pair(82, 58) +
    letters("d name", 98, 74, "√r")
  );
}

/** The arrows of two runs: the first ones point the same way, the others do not. */
export function subspace(): string {
  const from = (look: string, degrees: number, length: number) => {
    const angle = (degrees * Math.PI) / 180;
    return arrow(look, 60, 70, 60 + length * Math.cos(angle), 70 - length * Math.sin(angle));
  };
  return (
    from("a line", 92, 62) +
    from("a line soft", 52, 46) +
    from("a line soft", 150, 46) +
    from("n line", 86, 62) +
    from("n line soft", 22, 46) +
    from("n line soft", 118, 46)
  );
}

/** Two tasks' updates on one layer, and where they meet. */
export const compose = (): string =>
  disc("d faint", 46, 40, 30) +
  disc("d faint", 74, 40, 30) +
  disc("d line thin", 46, 40, 30) +
  disc("d line thin", 74, 40, 30) +
  path("k line", "M54 40H66M60 34V46");
