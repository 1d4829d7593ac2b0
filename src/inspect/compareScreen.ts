/** The screen “Compare”: the cosine of two updates, module by module, and φ of A and B against chance. */
import {make} from "../figure/makeElement.ts";
import {counted, fixed} from "../figure/plot/text/format.ts";
import {short} from "./format.ts";
import {fillCell, ModuleMap} from "./moduleMap.ts";
import {
  aside,
  factList,
  foldedTable,
  paragraph,
  pressButton,
  runWithProgress,
  sayIfPairUnavailable,
  scrollBox,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {ComparedAdapters, PairView, PhiView} from "./protocol.ts";
import {ORDINALS} from "./sentences.ts";
import type {ScreenContext} from "./state.ts";

const STOPPED = "You stopped the comparison.";

/**
 * The comparison of both adapters. Where there is none yet, it is started, and the screen is drawn again when it has ended. Undefined
 * until then and where nothing can be compared, of which the screen then says why. `what` begins a sentence.
 */
export function comparisonFor(screen: ScreenContext, what: string): ComparedAdapters | undefined {
  const {state, sentence, panel, client} = screen;
  if (sayIfPairUnavailable(screen, what)) return undefined;
  if (typeof state.compared === "object") return state.compared;
  if (typeof state.compared === "string") {
    writeSentence(sentence, state.compared);
    if (state.compared === STOPPED)
      pressButton(make(panel, "div", "inspect-buttons"), "Compare again", () => {
        state.compared = undefined;
        screen.draw();
      });
    return undefined;
  }
  runWithProgress(
    screen,
    {label: "Reading both", stopped: STOPPED},
    (signal, show) =>
      client.ask("compare", {}, {progress: ({done, of}) => show(`${done} of ${of}`, done / of), signal}),
    (compared) => {
      state.compared = compared;
      screen.draw();
    },
  );
  return undefined;
}

export function drawCompareScreen(screen: ScreenContext): void {
  const compared = comparisonFor(screen, "Comparing");
  if (!compared) return;
  const hasUnknownScale = screen.state.adapters.some((adapter) => adapter!.verdict!.withoutAlpha > 0);
  writeSentence(screen.sentence, comparisonVerdict(compared, hasUnknownScale));
  listLeftOut(screen.panel, compared, "compared");
  const columns = make(screen.panel, "div", "inspect-columns");
  drawWholePart(make(columns, "div", "inspect-left"), compared);
  const right = make(columns, "div", "inspect-right");
  drawMapPart(screen, right, compared);
}

/** Norms whose ratio is this close to 1 are equal. */
const STRENGTH_TOLERANCE = 0.01;

const onlyInTexts = (count: number, which: string) =>
  count > 0 ? [`${counted(count, "module")} ${count === 1 ? "is" : "are"} in the ${which} only`] : [];

/** The kinds of a comparison, with the cosine above which each begins. */
const KINDS: readonly [above: number, kind: string][] = [
  [0.999, "The same update"],
  [0.5, "Much the same"],
  [0.1, "Partly alike"],
  [-0.1, "Different updates"],
  [Number.NEGATIVE_INFINITY, "They work against each other"],
];

/** The sentence at the top. With `hasUnknownScale` it says nothing about strengths. */
export function comparisonVerdict(
  {whole: {cosine, norms}, onlyInFirst, onlyInSecond}: ComparedAdapters,
  hasUnknownScale = false,
): string {
  const cosineText = `cosine ${fixed(cosine, 2)} between the two ΔW, where 1 is the same and 0 unrelated`;
  const unchanged = ORDINALS.filter((_, i) => norms[i] === 0);
  if (unchanged.length > 0)
    return `The ${unchanged.join(" and the ")} ${unchanged.length > 1 ? "change" : "changes"} nothing: ΔW is 0 in every module of both, so there is no direction to compare.`;
  const [above, kind] = KINDS.find(([above]) => cosine > above)!;
  const strength = norms[1] / norms[0];
  const isAsStrong = !hasUnknownScale && Math.abs(strength - 1) <= STRENGTH_TOLERANCE;
  const only = [...onlyInTexts(onlyInFirst, "first"), ...onlyInTexts(onlyInSecond, "second")];
  if (above < KINDS[0]![0] || (isAsStrong && only.length === 0)) return `${kind}: ${cosineText}.`;
  const what = isAsStrong ? "The same" : "The same direction";
  const where = only.length > 0 ? " where both have it" : "";
  const how = hasUnknownScale || isAsStrong ? "" : `, the second ${short(strength, 2)} times as strong`;
  return `${what}${where}${how}: ${[cosineText, ...only].join("; ")}.`;
}

/** At most this many modules are listed one by one. */
const MAX_LISTED = 5;

/** Lists the modules of both that are left out of a screen's numbers, and why: "2 modules of both are not `predicate`". */
export function listLeftOut(root: Element, {leftOut}: ComparedAdapters, predicate: string): void {
  if (leftOut.length === 0) return;
  const box = make(root, "div", "inspect-note");
  const [is, end] = leftOut.length === 1 ? ["is", "."] : ["are", ":"];
  paragraph(box, `${counted(leftOut.length, "module")} of both ${is} not ${predicate}${end}`);
  const list = make(box, "ul", "inspect-notes");
  for (const {name, why} of leftOut.slice(0, MAX_LISTED)) {
    const item = make(list, "li");
    make(item, "code", "", name);
    item.append(`: ${why}.`);
  }
  if (leftOut.length > MAX_LISTED) make(list, "li", "", `And ${leftOut.length - MAX_LISTED} more.`);
}

/** Draws the comparison over all modules. */
function drawWholePart(root: Element, compared: ComparedAdapters): void {
  const {whole, pairs, phi, chance, onlyInFirst, onlyInSecond} = compared;
  const section = titledSection(root, `Over ${counted(pairs.length, "module")} of both`);
  const excess = Math.round(100 * (whole.lengthKept - 1));
  const little = Math.abs(excess) < 10 ? " a little" : "";
  const against =
    excess === 0
      ? "as long as if they were unrelated"
      : `${Math.abs(excess)}% ${excess > 0 ? "longer" : "shorter"} than if they were unrelated: they ${excess > 0 ? "add up" : "cancel"}${little}`;
  const ranks = [...new Set(pairs.map((pair) => pair.ranks.join(", ")))];
  const where = ranks.length === 1 ? `at i, j = ${ranks[0]}` : "at the ranks of both";
  factList(section, [
    ["Cosine", fixed(whole.cosine, 3)],
    ["‖ΔW₁‖, ‖ΔW₂‖", `${whole.norms[0].toPrecision(3)}, ${whole.norms[1].toPrecision(3)}`],
    ["‖ΔW₁ + ΔW₂‖", short(whole.sum, 4), against],
    ["φ of the A side", phi.A.toFixed(2), `chance ${chance.A.toFixed(2)}, mean of the modules ${where}`],
    ["φ of the B side", phi.B.toFixed(2), `chance ${chance.B.toFixed(2)}`],
    [
      "Only in one",
      onlyInFirst + onlyInSecond === 0 ? "no module" : `${onlyInFirst} in the first, ${onlyInSecond} in the second`,
    ],
  ]);
  aside(
    section,
    "φ(i, j) is the share of the first i directions of one that lies in the first j of the other, as in section 7.2 of the paper. Beside each grid: what two random sets of directions would give.",
  );
}

/** Draws the cosines of all modules as a map, and φ of the chosen one. */
function drawMapPart(screen: ScreenContext, root: Element, compared: ComparedAdapters): void {
  const {state, client} = screen;
  const section = titledSection(root, "Cosine of the two ΔW, module by module");
  const phiPart = make(root, "section", "inspect-phi");
  /** Shows φ of a module, unless it was left out. */
  const show = async (name: string) => {
    const pair = compared.pairs.find((one) => one.name === name);
    if (!pair) return;
    state.chosenPair = name;
    drawPhi(phiPart, pair, await client.ask("phi", {name}), compared);
  };
  const map = new ModuleMap(section, compared.spots, "Cosine of the two updates", show);
  for (const {name, why} of compared.leftOut) map.setUnusable(name, why);
  for (const {name, cosine} of compared.pairs)
    map.set(name, {text: fixed(cosine, 2), share: Math.abs(cosine), hue: cosine < 0 ? "negative" : "positive"});
  aside(section, "−1 is opposite, 0 unrelated, 1 the same.");
  foldedTable(section, "All modules of both", ["module", "cosine", "φ of A", "chance", "φ of B", "chance"], () =>
    compared.pairs.map(({name, cosine, phi, chance}) => [
      name,
      fixed(cosine, 4),
      ...[phi.A, chance.A, phi.B, chance.B].map((share) => share.toFixed(3)),
    ]),
  );
  const shownPair =
    compared.pairs.find(({name}) => name === state.chosenPair) ??
    compared.pairs.reduce((most, one) => (one.phi.A + one.phi.B > most.phi.A + most.phi.B ? one : most));
  map.choose(shownPair.name);
  show(shownPair.name);
}

function drawPhi(root: HTMLElement, pair: PairView, sides: PhiView, {haveSameStart}: ComparedAdapters): void {
  root.replaceChildren();
  const title = make(root, "h2", "", "Do they use the same directions? φ(i, j) of ");
  make(title, "code", "", pair.name);
  const row = make(root, "div", "inspect-grids");
  for (const [side, name] of [
    ["A", "A side (inputs)"],
    ["B", "B side (outputs)"],
  ] as const) {
    const {rows, cols, phi, chance, width} = sides[side];
    drawGrid(row, `φ of the ${side} side`, name, rows, cols, phi);
    drawGrid(row, `Chance of the ${side} side`, `chance, width ${width}`, rows, cols, chance);
  }
  const directions = Math.max(sides.A.rows, sides.A.cols);
  if (Math.max(...pair.ranks) > directions)
    aside(root, `The first ${directions} directions of each are shown, of ${pair.ranks.join(" and ")}.`);
  if (!haveSameStart) return;
  const hint = make(root, "p", "inspect-note");
  make(hint, "b", "", "Look at B, not at A. ");
  hint.append(
    "The A sides overlap far above chance, the B sides do not. Both runs seem to have begun with the same random A: they share a start, not what they learned.",
  );
}

/** Draws φ or chance as a table of colored cells. */
function drawGrid(
  root: Element,
  label: string,
  name: string,
  rows: number,
  cols: number,
  values: readonly number[],
): void {
  const table = make(scrollBox(root, label), "table", "inspect-grid");
  make(table, "caption", "", name);
  const head = make(make(table, "thead"), "tr");
  make(head, "td");
  for (let j = 1; j <= cols; j++) make(head, "th", "", String(j)).scope = "col";
  const body = make(table, "tbody");
  for (let i = 0; i < rows; i++) {
    const line = make(body, "tr");
    make(line, "th", "", String(i + 1)).scope = "row";
    for (let j = 0; j < cols; j++) {
      const value = values[i * cols + j]!;
      fillCell(make(line, "td"), value.toFixed(2), value, "dw");
    }
  }
}
