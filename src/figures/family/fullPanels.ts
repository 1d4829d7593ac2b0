import {byWidth} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {key} from "../../figure/plot/text/key.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, type FamilyParams, type Work} from "./controls.ts";
import {type RecipePart, recipe} from "./drawing/recipe.ts";
import {type Floor, rivalCurves} from "./drawing/rivalCurves.ts";
import {raceLossAt, raceLossText} from "./losses.ts";
import {notes} from "./notes.ts";
import {member} from "./panels.ts";
import {bestOf, type FamilyResult, type MethodRuns, RACE_RATES, RACE_STEPS} from "./race.ts";
import {layerPlaces, loraRecipe, recipeOf, type WorkRecipe} from "./recipes.ts";
import {bestText, workName} from "./sentences.ts";

/** Powers of ten at the ends of both charts. */
const AXIS = {bottom: -3, top: 1};

const steps = Array.from({length: RACE_STEPS + 1}, (_, step) => String(step));

/** Class of a run’s line: LoRA, full fine-tuning, the successor, or QLoRA next to LoftQ. */
const classOf = ({who}: MethodRuns, {work}: FamilyParams): string =>
  who === "lora" || who === "full" ? who : who === work ? "other" : "beside";

/** The chosen work: its name and formula, its idea, a note on the runs and its source. */
export function aboutWork(picture: Element, params: FamilyParams) {
  const [idea, source, note] = notes[params.work];
  const box = member(picture, params);
  for (const [name, text] of Object.entries({idea, note, source})) layer(box, "p", name, text);
}

/** Texts for works that differ between start and end: here one text covers both. */
const whole: Partial<Record<Work, WorkRecipe>> = {
  lora: {B: ["B, trained", "starts at 0"], A: ["A, trained", "starts at random"]},
  loftq: recipeOf("loftq", "start"),
  vera: {
    B: ["B, random, frozen", "its rows scaled"],
    middle: ["scaled, trained"],
    A: ["A, random, frozen", "one for all layers"],
  },
  dora: {out: ["lengths of rows trained"]},
  pissa: {...recipeOf("pissa"), B: ["B, starts at", "those directions"], A: ["A, starts at", "those directions"]},
};

/** The layer with the parts that the chosen work changes lit. */
export function changedLayer(picture: Element, {work}: FamilyParams, room: Room) {
  const changed = whole[work] ?? recipeOf(work);
  const parts = layerPlaces.map((name): RecipePart => {
    const change = changed[name];
    if (change === "gone") return {name, lines: [], state: "gone"};
    return {name, lines: change ?? loraRecipe[name], state: change ? "lit" : "plain"};
  });
  const lit = parts.filter(({state}) => state === "lit");
  const {g, ...size} = chart(picture, "recipe", room, {
    nominal: 400,
    height: byWidth(room, 0.5, 0.76),
    alt: lit.length
      ? `${controls.work.options[work]} changes: ${lit.map(({lines}) => lines.join(" ")).join("; ")}`
      : `${controls.work.options[work]} changes no part of the layer`,
  });
  recipe(g, parts, size);
}

/** The floors above zero; two equal floors share one line. */
function floorsOf(runs: readonly MethodRuns[], params: FamilyParams): Floor[] {
  const some = runs.filter(({floor}) => floor);
  const isOne = some.every(({floor}) => raceLossText(floor!) === raceLossText(some[0]!.floor!));
  if (some.length > 1 && isOne) return [{name: "level", label: "both floors", value: some[0]!.floor!}];
  return some
    .filter(({who}) => who !== "qlora" || params.work === "qlora")
    .map((run) => ({
      name: `level ${classOf(run, params)}-floor`,
      label: `floor ${workName(run.who)}`,
      value: run.floor!,
    }));
}

/** The loss by step at the chosen rate. */
export function byStep(picture: Element, {runs}: FamilyResult, params: FamilyParams, act: Act, room: Room) {
  const {rate, step} = params;
  const at = RACE_RATES.indexOf(rate);
  const said = runs.map((run) => `${workName(run.who)} ${raceLossAt(run.losses[at]!, step)}`).join(", ");
  const {g, width, height} = chart(picture, "losses", room, {
    label: [`Loss by step at η = ${rate}`],
    nominal: 330,
    height: byWidth(room, 0.7, 0.8),
    alt: `Loss after step ${step} at η = ${rate}: ${said}`,
  });
  rivalCurves(
    g,
    runs.map((run) => ({
      name: classOf(run, params),
      label: run.who === "full" ? "full" : workName(run.who),
      values: run.losses[at]!,
    })),
    floorsOf(runs, params),
    {
      ...{
        ...AXIS,
        width: width - 140,
        height: height - 38,
        places: steps,
        each: 20,
        hasPoints: false,
        hasNames: true,
        at: step,
      },
      onMove: (to) => act.set({step: to}),
    },
  );
}

/** The loss by rate at the chosen step, with the best of each ringed. */
export function byRate(picture: Element, {runs}: FamilyResult, params: FamilyParams, act: Act, room: Room) {
  const {rate, step} = params;
  const bests = runs.map((run) => bestOf(run, step));
  const {g, width, height} = chart(picture, "values", room, {
    label: [`Loss after step ${step}, by rate η`],
    nominal: 260,
    height: byWidth(room, 0.7, 0.8),
    alt: `Best over seven rates: ${runs.map(({who}, i) => `${workName(who)} ${bestText(bests[i])}`).join(", ")}`,
  });
  rivalCurves(
    g,
    runs.map((run, i) => ({
      name: classOf(run, params),
      label: workName(run.who),
      values: run.losses.map((one) => one[step]),
      best: bests[i]?.at,
    })),
    [],
    {
      ...{
        ...AXIS,
        width: width - 60,
        height: height - 38,
        places: RACE_RATES,
        each: 2,
        hasPoints: true,
        hasNames: false,
      },
      at: RACE_RATES.indexOf(rate),
      onMove: (to) => act.set({rate: RACE_RATES[to]!}),
    },
  );
  key(picture, [
    ...runs.map((run) => ({name: `line ${classOf(run, params)}`, kind: "line" as const, text: workName(run.who)})),
    {name: "ring", kind: "dot" as const, text: "its best of seven rates"},
  ]);
}
