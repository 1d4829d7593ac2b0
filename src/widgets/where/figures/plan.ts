/** Where the parts of a block are drawn, in CSS pixels. */
export interface Plan {
  width: number;
  height: number;
  /** The four attention matrices, by letter. */
  places: readonly Place[];
  /** The two matrices of the MLP, which the paper left frozen. */
  mlp: readonly Square[];
  /** Along it x passes by; attention and MLP read from it and add to it. */
  stream: string;
  wires: string;
  sums: readonly (readonly [x: number, y: number])[];
  /** Which tokens look at which: four by four. */
  attention: Square;
  mix: readonly [x: number, y: number, radius: number];
  notes: readonly Note[];
  /** Where the rank and the scores are written. */
  scores: readonly [x: number, y: number, pitch: number];
}

export interface Square {
  x: number;
  y: number;
  size: number;
}

export interface Place extends Square {
  letter: string;
  /** What its output is called, and where that is written. */
  role: Note;
}

export interface Note {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

const note = (text: string, x: number, y: number, anchor: Note["anchor"] = "start"): Note => ({text, x, y, anchor});

/** Left to right, for a card or more: 660 wide. */
const wide: Plan = {
  ...{width: 660, height: 386},
  places: [
    {letter: "q", x: 112, y: 74, size: 60, role: note("query", 179, 97)},
    {letter: "k", x: 112, y: 178, size: 60, role: note("key", 179, 225)},
    {letter: "v", x: 112, y: 282, size: 60, role: note("value", 179, 305)},
    {letter: "o", x: 428, y: 210, size: 60, role: note("output", 458, 287, "middle")},
  ],
  mlp: [
    {x: 560, y: 90, size: 44},
    {x: 560, y: 170, size: 44},
  ],
  stream: "M8 28H652",
  wires:
    "M44 28V312H112M44 104H112M44 208H112M172 104H204V140H230M172 208H204V172H230M314 156H352V218M172 312H352V262M374 240H428M488 240H510V38M540 28V112H560M582 134V170M604 192H632V38",
  sums: [
    [510, 28],
    [632, 28],
  ],
  attention: {x: 232, y: 116, size: 80},
  mix: [352, 240, 21],
  notes: [
    note("x", 12, 20),
    note("x passes by unchanged", 272, 19, "middle"),
    note("who looks", 322, 126),
    note("at whom", 322, 144),
    note("mix", 352, 244, "middle"),
    note("MLP, frozen", 582, 235, "middle"),
    note("in the paper", 582, 252, "middle"),
  ],
  scores: [388, 348, 92],
};

/** From top to bottom, for phones: 311 wide. */
const tall: Plan = {
  ...{width: 311, height: 496},
  places: [
    {letter: "q", x: 66, y: 66, size: 46, role: note("query", 95, 127)},
    {letter: "k", x: 154, y: 66, size: 46, role: note("key", 183, 127)},
    {letter: "v", x: 242, y: 66, size: 46, role: note("value", 271, 127)},
    {letter: "o", x: 177, y: 304, size: 46, role: note("output", 230, 332)},
  ],
  mlp: [
    {x: 60, y: 386, size: 36},
    {x: 120, y: 386, size: 36},
  ],
  stream: "M12 4V450",
  wires:
    "M12 20H265M89 20V66M177 20V66M265 20V66M89 112V136H117V146M177 112V136H149V146M133 212V244H179M265 112V244H221M200 265V304M200 350V368H22M12 404H60M96 404H120M156 404H172V438H22",
  sums: [
    [12, 368],
    [12, 438],
  ],
  attention: {x: 101, y: 148, size: 64},
  mix: [200, 244, 20],
  notes: [
    note("x", 22, 12),
    note("who looks", 173, 176),
    note("at whom", 173, 192),
    note("mix", 200, 248, "middle"),
    note("MLP, frozen", 182, 400),
    note("in the paper", 182, 416),
  ],
  scores: [20, 470, 98],
};

/** Between two scores, so that their letters fit. */
const PITCH = 84;
/** Narrower than this, a block is drawn from top to bottom. */
const NARROW = 420;

const stretched = (path: string, f: number): string =>
  path.replace(/[\d.]+/g, (number) => String(Math.round(10 * f * Number(number)) / 10));

/** The plan for a width: lengths grow with it, letters do not. `isFlat` keeps it from left to right. */
export function planFor(width: number, isFlat: boolean): Plan {
  const plan = width < NARROW && !isFlat ? tall : wide;
  const f = width / plan.width;
  const square = ({x, y, size}: Square) => ({x: f * x, y: f * y, size: f * size});
  const placed = (one: Note): Note => ({...one, x: f * one.x, y: f * one.y});
  const pairs = plan.sums.map(([x, y]) => [f * x, f * y] as const);
  const [x, y, pitch] = plan.scores;
  return {
    ...{width, height: f * plan.height},
    places: plan.places.map((place) => ({...square(place), letter: place.letter, role: placed(place.role)})),
    mlp: plan.mlp.map(square),
    ...{stream: stretched(plan.stream, f), wires: stretched(plan.wires, f), sums: pairs},
    attention: square(plan.attention),
    mix: [f * plan.mix[0], f * plan.mix[1], f * plan.mix[2]],
    notes: plan.notes.map(placed),
    scores: [Math.min(f * x, width - 3 * PITCH), f * y, Math.max(f * pitch, PITCH)],
  };
}

/** Height of a block by its width. */
export const heightFor = (width: number, isFlat: boolean): number => planFor(width, isFlat).height;
