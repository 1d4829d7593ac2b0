import {cos, exp} from "../../engine/elementary.ts";
import {identity, type Matrix, zeros} from "../../engine/matrix.ts";
import {mulberry32, randn} from "../../engine/random.ts";

export const SIZE = 48;

/** f(i, j) for i, j in [0, 1) over the SIZE × SIZE grid. */
function paint(f: (down: number, across: number) => number): Matrix {
  const m = zeros(SIZE, SIZE);
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < SIZE; j++) m.data[i * SIZE + j] = f(i / SIZE, j / SIZE);
  return m;
}

const bump = (x: number, center: number, width: number): number => exp(-(((x - center) / width) ** 2));

/** Seven soft hills and hollows and one disk with a hard edge: smooth parts need few directions, the edge needs many. */
function blobs(seed: number): Matrix {
  const random = mulberry32(seed);
  const hills = Array.from({length: 7}, (_, n) => ({
    y: random(),
    x: random(),
    width: 0.14 + 0.2 * random(),
    height: (n % 2 ? -1 : 1) * (0.5 + 0.5 * random()),
  }));
  const disk = {y: 0.25 + 0.5 * random(), x: 0.25 + 0.5 * random()};
  return paint((y, x) => {
    const soft = hills.reduce((sum, h) => sum + h.height * bump(y, h.y, h.width) * bump(x, h.x, h.width), 0);
    return soft + ((y - disk.y) ** 2 + (x - disk.x) ** 2 < 0.013 ? 0.7 : 0);
  });
}

/** One color darkening toward the top plus a glow around a low sun: two outer products, so its rank is 2. */
const sunset = (): Matrix => paint((y, x) => 1.6 * y - 0.8 + 0.9 * bump(y, 0.68, 0.24) * bump(x, 0.6, 0.2));

/** Every row is the same wave: rank 1. */
const stripes = (): Matrix => paint((_, x) => cos(2 * Math.PI * 6 * x));

/** Signs of rows times signs of columns: rank 1, however busy it looks. */
const checkerboard = (): Matrix => paint((y, x) => ((Math.floor(y * 8) + Math.floor(x * 8)) % 2 ? -1 : 1));

// Rows of 23 cells: the letters L, o, R, A in five by seven, one cell apart.
const LETTERS = [
  "#...........####....#..",
  "#...........#...#..#.#.",
  "#.....###...#...#.#...#",
  "#....#...#..####..#...#",
  "#....#...#..#.#...#####",
  "#....#...#..#..#..#...#",
  "####..###...#...#.#...#",
];

/** The word LoRA, two cells a stroke: its rank is the number of different rows of dots, less what they share. */
const text = (): Matrix =>
  paint((y, x) => {
    const row = LETTERS[Math.floor((y * SIZE - 17) / 2)];
    return row?.[Math.floor((x * SIZE - 1) / 2)] === "#" ? 1 : 0;
  });

const noise = (seed: number): Matrix => randn(SIZE, SIZE, mulberry32(seed));

/** The pictures of the `rank` widget, by the name its control gives them. Only blobs and noise depend on the seed. */
export const sources: Readonly<Record<string, (seed: number) => Matrix>> = {
  blobs,
  sunset,
  stripes,
  checkerboard,
  identity: () => identity(SIZE),
  noise,
  text,
};
