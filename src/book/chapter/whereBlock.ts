/** What a small map of a block shows. */
export interface MapState {
  /** The letters of the matrices that are spoken of. */
  lit: readonly string[];
  /** How they are drawn: ringed, all weights trained, with B and A at their edges, with B and A laid in. */
  as: "asked" | "trained" | "beside" | "merged";
  /** Threads of B and of A. */
  rank: number;
  gates: boolean;
}

interface Place {
  letter: string;
  x: number;
  y: number;
  size: number;
  isLit: boolean;
}

/** A path and its class. */
interface Shape {
  name: string;
  d: string;
}

const SIZE = 36;
/** A thread's thickness, and from one to the next; the gap to the square. */
const [THICK, STEP, GAP] = [1.6, 2.4, 3];

/** x comes in below; q, k and v stand in a row, their mix over k, then o and the MLP. */
const corners: readonly (readonly [letter: string, x: number, y: number])[] = [
  ["q", 22, 168],
  ["k", 82, 168],
  ["v", 142, 168],
  ["o", 82, 78],
];
const WIRES = "M100 250V228M40 204V228H160V204M100 228V204M40 168V138H160V168M100 168V78M100 114V40M100 18V4";

const box = (x: number, y: number, width: number, height: number) =>
  `M${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}h${width}v${height}h-${width}z`;

const each = (count: number, draw: (i: number) => string): string =>
  Array.from({length: count}, (_, i) => draw(i)).join("");

/** Columns of B at the left edges and rows of A over the top edges. */
function threads(lit: readonly Place[], rank: number): Shape[] {
  const at = (i: number) => GAP + i * STEP + THICK;
  const over = (draw: (place: Place, i: number) => string) =>
    lit.map((place) => each(rank, (i) => draw(place, i))).join("");
  return [
    {name: "thread of-B", d: over(({x, y, size}, i) => box(x - at(i), y, THICK, size))},
    {name: "thread of-A", d: over(({x, y, size}, i) => box(x, y - at(i), size, THICK))},
  ];
}

/** An adapter layer narrows and widens again. */
const gate = (y: number) => `M84 ${y}h32l-9 5 9 5h-32l9-5z`;

const tokens = (from: number, to: number) => each(to - from, (i) => box(76 + 10 * (from + i), 250, 8, 8));

/** The parts of the map, in CSS pixels. */
export function blockMap({lit, as, rank, gates}: MapState) {
  const places = corners.map(([letter, x, y]): Place => ({letter, x, y, size: SIZE, isLit: lit.includes(letter)}));
  const ours = places.filter(({isLit}) => isLit);
  const rings = ours.map(({x, y, size}) => box(x - 4, y - 4, size + 8, size + 8)).join("");
  const first = gates ? 2 : 0;
  return {
    ...{width: 200, height: 262, places, wires: WIRES, mix: 142, mlp: 33},
    shapes: [
      {name: "mix", d: "M97 125h6a13 13 0 0 1 0 26h-6a13 13 0 0 1 0 -26z"},
      {name: as === "trained" ? "mlp trained" : "mlp", d: box(68, 18, 64, 22)},
      {name: "token", d: tokens(first, 5)},
      ...(gates ? [{name: "gate", d: gate(52) + gate(4) + tokens(0, first)}] : []),
      ...(as === "beside" ? threads(ours, rank) : []),
      ...(as === "asked" ? [{name: "ring", d: rings}] : []),
    ],
  };
}
