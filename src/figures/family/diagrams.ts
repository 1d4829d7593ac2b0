import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import type {Room} from "../../figure/plot/room.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, type FamilyParams, type Work} from "./controls.ts";
import {type DiagramPart, diagram, diagramHeight, type MatrixCells} from "./drawing/diagram.ts";
import {type LayerPlace, layerPlaces, loraRecipe, recipeOf} from "./recipes.ts";
import {members} from "./works.ts";

type Moment = FamilyParams["moment"];

const own: Readonly<Record<LayerPlace, MatrixCells | undefined>> = {
  base: {tone: "W0"},
  A: {tone: "A"},
  B: {tone: "B"},
  middle: undefined,
  scale: undefined,
  out: undefined,
};

/** How the cells of a part are drawn. */
function cellsOf(work: Work, name: LayerPlace, moment: Moment): MatrixCells | undefined {
  const isStart = moment === "start";
  const special: Partial<Record<Work, Partial<Record<LayerPlace, MatrixCells>>>> = {
    adalora: {
      middle: {tone: "dW", isEmpty: isStart, ...(!isStart && {without: 2})},
      B: {tone: "B", ...(!isStart && {without: 2})},
      A: {tone: "A", ...(!isStart && {without: 2})},
    },
    qlora: {base: {tone: "W0", isCoarse: true}},
    lorafa: {A: {tone: "W0"}},
    loftq: {base: {tone: "W0", isCoarse: true}, B: {tone: "B"}},
    vera: {A: {tone: "W0"}, B: {tone: "W0"}, middle: {tone: "A"}, out: {tone: "B", isEmpty: isStart}},
    dora: {out: {tone: "dW"}},
    galore: {base: {tone: "dW"}},
    pissa: {
      base: {tone: "W0", isThin: true},
      A: {tone: isStart ? "W0" : "A"},
      B: {tone: isStart ? "W0" : "B"},
    },
  };
  const mine = special[work]?.[name];
  if (mine) return mine;
  return name === "B" && isStart ? {tone: "B", isEmpty: true} : own[name];
}

/** The next work after this one that changes a place. */
function after(work: Work, name: LayerPlace): Work | undefined {
  const all = changing(name);
  const next = all[(all.indexOf(work) + 1) % all.length];
  return next === work ? undefined : next;
}

const named: Readonly<Record<LayerPlace, string>> = {
  base: "W₀",
  A: "A",
  B: "B",
  middle: "Between A and B",
  scale: "The scale",
  out: "The output",
};

function partsOf({work, moment, ratio}: FamilyParams): DiagramPart[] {
  const changed = recipeOf(work, moment);
  return layerPlaces.map((name): DiagramPart => {
    const change = changed[name];
    const isRoadless = change === "gone";
    const next = after(work, name);
    const dials: Partial<Record<LayerPlace, string>> = work === "loraplus" ? {A: "η", B: `${ratio} η`} : {};
    const lines = isRoadless
      ? []
      : (change ?? (name === "scale" ? ["α/r"] : loraRecipe[name].map((line) => line.split(",")[0]!)));
    // What is written on a part begins its name, so that who sees it can say it.
    const called = lines.join(" ") || named[name];
    return {
      name,
      lines,
      isLit: !!change && !isRoadless,
      cells: cellsOf(work, name, moment),
      dial: dials[name],
      ...(next && {leads: `${called}: ${controls.work.options[next]} changes it${change ? " too" : ""}`}),
    };
  });
}

/** The works that change a place, in the order of the list. */
export const changing = (name: LayerPlace): Work[] =>
  (Object.keys(members) as Work[]).filter((work) => work !== "lora" && recipeOf(work)[name]?.length);

/** The layer of LoRA, with all but what the chosen work changes faint. A press on a part goes to the next work that changes it. */
export function diagramOf(picture: Element, params: FamilyParams, act: Act, room: Room) {
  const {work, moment} = params;
  const parts = partsOf(params);
  const lit = parts.filter(({isLit}) => isLit);
  const isTight = isNarrow(room);
  const title = controls.work.options[work];
  const when = moment === "start" ? "at the start of training" : "at the end of training";
  const {g, width} = chart(picture, "diagram", room, {
    nominal: 560,
    height: diagramHeight(isTight),
    framed: {wide: diagramHeight(false), narrow: diagramHeight(true)},
    alt: lit.length
      ? `${title}, ${when}, changes: ${lit.map(({lines}) => lines.join(" ")).join("; ")}`
      : `${title} changes no part of the layer`,
    interactive: true,
  });
  g.setAttribute("data-work", lit.length && work !== "lora" ? "one" : "all");
  diagram(g, parts, {
    width,
    isNarrow: isTight,
    hasRoad: recipeOf(work).A !== "gone",
    onPick(name) {
      const next = after(work, name);
      if (next) act.set({work: next});
    },
  });
}
