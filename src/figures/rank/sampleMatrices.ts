/** The matrices that readers choose from: each a function of a seed. */
import {cos, exp} from "../../engine/linalg/elementary.ts";
import {identity, type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";

/** Rows and columns of each. */
export const SAMPLE_SIDE = 48;

/** A matrix with the values of f; y and x run from 0 to 1, down and across. */
function matrixOf(f: (y: number, x: number, row: number, column: number) => number): Matrix {
  const m = zeros(SAMPLE_SIDE, SAMPLE_SIDE);
  for (let i = 0; i < SAMPLE_SIDE; i++)
    for (let j = 0; j < SAMPLE_SIDE; j++) m.data[i * SAMPLE_SIDE + j] = f(i / SAMPLE_SIDE, j / SAMPLE_SIDE, i, j);
  return m;
}

/** A Gaussian bump along one side. A hill is the product of two bumps, so exp runs per row and column and not per cell. */
const bump = (center: number, width: number): readonly number[] =>
  Array.from({length: SAMPLE_SIDE}, (_, i) => exp(-(((i / SAMPLE_SIDE - center) / width) ** 2)));

/** Seven soft hills and hollows and one disk with a hard edge: smooth parts need few directions, the edge needs many. */
function blobs(seed: number): Matrix {
  const random = mulberry32(seed);
  const hills = Array.from({length: 7}, (_, n) => {
    const [y, x, width] = [random(), random(), 0.14 + 0.2 * random()];
    return {down: bump(y, width), across: bump(x, width), height: (n % 2 ? -1 : 1) * (0.5 + 0.5 * random())};
  });
  const disk = {y: 0.25 + 0.5 * random(), x: 0.25 + 0.5 * random()};
  return matrixOf((y, x, row, column) => {
    const soft = hills.reduce((sum, {down, across, height}) => sum + height * down[row]! * across[column]!, 0);
    return soft + ((y - disk.y) ** 2 + (x - disk.x) ** 2 < 0.013 ? 0.7 : 0);
  });
}

/** One color darkening toward the top plus a glow around a low sun: two outer products, so its rank is 2. */
function sunset(): Matrix {
  const [down, across] = [bump(0.68, 0.24), bump(0.6, 0.2)];
  return matrixOf((y, _, row, column) => 1.6 * y - 0.8 + 0.9 * down[row]! * across[column]!);
}

/** Every row is the same wave: rank 1. */
const stripes = (): Matrix => matrixOf((_, x) => cos(2 * Math.PI * 6 * x));

/** Signs of rows times signs of columns: rank 1, however busy it looks. */
const checkerboard = (): Matrix => matrixOf((y, x) => ((Math.floor(y * 8) + Math.floor(x * 8)) % 2 ? -1 : 1));

/** Rows of 23 dots: the letters L, o, R, A in five by seven, one dot apart. */
const LETTER_ROWS = [
  "#...........####....#..",
  "#...........#...#..#.#.",
  "#.....###...#...#.#...#",
  "#....#...#..####..#...#",
  "#....#...#..#.#...#####",
  "#....#...#..#..#..#...#",
  "####..###...#...#.#...#",
];

/** The word LoRA in strokes two cells wide: its rank is the number of linearly independent rows of dots. */
const text = (): Matrix =>
  matrixOf((y, x) => {
    const row = LETTER_ROWS[Math.floor((y * SAMPLE_SIDE - 17) / 2)];
    return row?.[Math.floor((x * SAMPLE_SIDE - 1) / 2)] === "#" ? 1 : 0;
  });

const noise = (seed: number): Matrix => randn(SAMPLE_SIDE, SAMPLE_SIDE, mulberry32(seed));

/** By their names in the control. Only blobs and noise depend on the seed. */
export const sampleMatrices = {
  blobs,
  sunset,
  stripes,
  checkerboard,
  identity: () => identity(SAMPLE_SIDE),
  noise,
  text,
} satisfies Readonly<Record<string, (seed: number) => Matrix>>;
