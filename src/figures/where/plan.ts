/** Where the parts of a block are drawn, in units: from left to right for wide cards, from top to bottom for narrow ones. */
export interface BlockPlan {
  width: number;
  height: number;
  /** The four attention matrices, by letter. */
  places: readonly MatrixPlace[];
  /** The two matrices of the MLP, which the paper left frozen. */
  mlp: readonly Square[];
  /** The path of the residual stream: attention and MLP read from it and add to it. */
  stream: string;
  /** The paths between the parts. They reach a matrix at an edge that has neither B nor A. */
  wires: string;
  /** The middles of the sums on the stream. */
  sums: readonly (readonly [x: number, y: number])[];
  /** The square of the attention weights: four by four. A prefix adds rows above and columns at the left, each as large as theirs. */
  attention: Square;
  /** The circle where attention mixes the values. */
  mix: readonly [x: number, y: number, radius: number];
  /** The first position of the input, with a prefix before it, and the distance to the next. */
  tokens: readonly [x: number, y: number, step: number];
  /** The middles of the adapter layers, half of one along its path and across it, and whether the paths run up or down there. */
  gates: readonly (readonly [x: number, y: number])[];
  gateSize: readonly [along: number, across: number];
  isUpright: boolean;
  /** The names of the parts. */
  notes: readonly PlanNote[];
  /** Where it is said whether "who looks at whom" changes. */
  attentionNote: PlanNote;
  /** The names of what a method adds. */
  additionNotes: Readonly<Record<"adapters" | "prefix", readonly PlanNote[]>>;
}

/** A matrix, or the attention weights, in units. */
export interface Square {
  x: number;
  y: number;
  size: number;
  /** The edge at which its output leaves. */
  out: "right" | "bottom";
}

/** One of the four attention matrices. */
interface MatrixPlace extends Square {
  letter: string;
  /** What its output is called, and where that is written. */
  role: PlanNote;
}

/** A word in the drawing. */
export interface PlanNote {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

const note = (text: string, x: number, y: number, anchor: PlanNote["anchor"] = "start"): PlanNote => ({
  text,
  x,
  y,
  anchor,
});

const place = (letter: string, square: Square, role: PlanNote): MatrixPlace => ({letter, ...square, role});

/** Left to right, for wide cards. */
const wide: BlockPlan = {
  width: 660,
  height: 386,
  places: [
    place("q", {x: 112, y: 70, size: 58, out: "right"}, note("query", 177, 91)),
    place("k", {x: 112, y: 178, size: 58, out: "right"}, note("key", 177, 225)),
    place("v", {x: 112, y: 286, size: 58, out: "right"}, note("value", 177, 307)),
    place("o", {x: 434, y: 210, size: 58, out: "right"}, note("output", 471, 290)),
  ],
  mlp: [
    {x: 560, y: 90, size: 44, out: "bottom"},
    {x: 560, y: 170, size: 44, out: "right"},
  ],
  stream: "M8 28H652",
  wires:
    "M62 28V352H141V344M62 136H141V128M62 244H141V236M170 99H204V140H262M170 207H204V172H262M346 156H372V294M170 315H351M393 315H463V268M492 239H522V38M550 28V112H560M582 134V170M604 192H632V38",
  sums: [
    [522, 28],
    [632, 28],
  ],
  attention: {x: 264, y: 116, size: 80, out: "right"},
  mix: [372, 315, 21],
  tokens: [8, 7, 11],
  gates: [
    [522, 120],
    [632, 120],
  ],
  gateSize: [26, 19],
  isUpright: true,
  notes: [
    note("x", 80, 18),
    note("x passes by unchanged", 300, 19, "middle"),
    note("who looks", 354, 108),
    note("at whom", 354, 126),
    note("mix", 372, 319, "middle"),
    note("MLP, frozen", 582, 235, "middle"),
    note("in the paper", 582, 252, "middle"),
  ],
  attentionNote: note("", 354, 144),
  additionNotes: {
    adapters: [note("adapter", 492, 116, "end"), note("layer", 492, 134, "end")],
    prefix: [note("prefix", 264, 68)],
  },
};

/** From top to bottom, for narrow cards. */
const tall: BlockPlan = {
  width: 311,
  height: 450,
  places: [
    place("q", {x: 66, y: 66, size: 46, out: "bottom"}, note("query", 95, 126)),
    place("k", {x: 154, y: 66, size: 46, out: "bottom"}, note("key", 183, 126)),
    place("v", {x: 242, y: 66, size: 46, out: "bottom"}, note("value", 271, 126)),
    place("o", {x: 90, y: 288, size: 46, out: "bottom"}, note("output", 144, 330)),
  ],
  mlp: [
    {x: 60, y: 374, size: 36, out: "right"},
    {x: 120, y: 374, size: 36, out: "right"},
  ],
  stream: "M12 4V440",
  wires:
    "M12 22H296V89H288M119 22V89H112M207 22V89H200M89 112V132H133V172M177 112V132H165V172M149 238V266H180M265 112V266H220M200 286V311H136M113 334V354H22M12 392H60M96 392H120M156 392H172V428H22",
  sums: [
    [12, 354],
    [12, 428],
  ],
  attention: {x: 117, y: 174, size: 64, out: "bottom"},
  mix: [200, 266, 20],
  tokens: [24, 2, 10],
  gates: [
    [62, 354],
    [62, 428],
  ],
  gateSize: [22, 12],
  isUpright: false,
  notes: [
    note("x", 89, 11),
    note("who looks", 190, 200),
    note("at whom", 190, 216),
    note("mix", 200, 270, "middle"),
    note("MLP, frozen", 182, 390),
    note("in the paper", 182, 406),
  ],
  attentionNote: note("", 190, 232),
  additionNotes: {
    adapters: [note("adapter layer", 122, 359)],
    prefix: [note("prefix", 76, 163, "end")],
  },
};

/** The plan for a room: from top to bottom if it is higher than wide, as on phones. */
export const planFor = ({width, height}: {width: number; height: number}): BlockPlan => (height > width ? tall : wide);
