import {byWidth} from "../../figures/aspects.ts";
import {chart} from "../../figures/chart.ts";
import {layer} from "../../figures/layer.ts";
import type {Room} from "../../figures/room.ts";
import {key} from "../../figures/text/key.ts";
import {type Formula, typeset} from "../../figures/text/typeset.ts";
import type {Act} from "../../shell/widget.ts";
import {controls, type FamilyParams, type FamilyResult, isRun, RATES, type Run, STEPS, type Work} from "./controls.ts";
import {type Part, recipe} from "./figures/recipe.ts";
import {type Floor, rivalCurves} from "./figures/rivalCurves.ts";
import {timeline} from "./figures/timeline.ts";
import {places, plain, recipes} from "./recipes.ts";
import {bestOf, bestText, lossAt, lossText, nameOf} from "./sentences.ts";
import {members} from "./works.ts";

/** Powers of ten at the ends of both charts. */
const AXIS = {bottom: -3, top: 1};

const steps = Array.from({length: STEPS + 1}, (_, step) => String(step));

/** Class of a run’s line: LoRA, full fine-tuning, the successor, or QLoRA next to LoftQ. */
const classOf = ({who}: Run, {work}: FamilyParams): string =>
  who === "lora" || who === "full" ? who : who === work ? "other" : "beside";

/** The timeline of all works, with the chosen one pressed. */
export function works(picture: Element, {work}: FamilyParams, act: Act) {
  timeline(
    picture,
    (Object.keys(members) as Work[]).map((name) => ({
      name,
      year: members[name].year,
      title: controls.work.options[name],
      aside: members[name].changes,
      isShown: isRun(name),
    })),
    {label: "LoRA and what came after", at: work, onPick: (name) => act.set({work: name})},
  );
}

/** A formula as text for screen readers. */
function spoken(formula: Formula): string {
  return formula
    .map((piece): string => {
      if (typeof piece === "string") return piece;
      if ("text" in piece) return piece.text.replace(/[_^]/g, " ");
      if ("over" in piece) return `${spoken(piece.over)} / ${spoken(piece.under)} `;
      return "base" in piece ? `${spoken(piece.base)} ${spoken(piece.below)}` : "";
    })
    .join("");
}

/** The chosen work: its idea and its formula, with what is new highlighted; all of it also has its source and a note on the runs. */
export function card(picture: Element, {work}: FamilyParams, room: Room) {
  const {year, changes, formula, idea, source, note} = members[work];
  const box = layer(picture, "div", "member");
  layer(
    box,
    "p",
    "label",
    `${controls.work.options[work]}, ${year} (${isRun(work) ? "● run here" : "○ described"}) · changes: ${changes}`,
  );
  if (room.size !== "dock") {
    const line = layer(box, "div", "math");
    line.setAttribute("aria-label", formula.map(spoken).join(" ").trim());
    typeset(
      line,
      formula.map((keep) => ({keep})),
      {lit: "new", onPick() {}},
    );
  }
  if (room.size !== "full") return;
  layer(box, "p", "idea", idea);
  layer(box, "p", "note", note);
  layer(box, "p", "source", source);
}

/** The layer with the parts that the chosen work changes lit. */
export function layerOf(picture: Element, {work}: FamilyParams, room: Room) {
  const changed = recipes[work];
  const parts = places.map((name): Part => {
    const change = changed[name];
    if (change === "gone") return {name, lines: [], state: "gone"};
    return {name, lines: change ?? plain[name], state: change ? "lit" : "plain"};
  });
  const lit = parts.filter(({state}) => state === "lit");
  const {g, ...size} = chart(picture, "recipe", room, {
    nominal: 400,
    height:
      room.size === "dock"
        ? byWidth(room, 0.42, 0.5)
        : byWidth(room, {card: 0.76, full: 0.5, slide: 0.54}[room.size], 0.76),
    alt: lit.length
      ? `${controls.work.options[work]} changes: ${lit.map(({lines}) => lines.join(" ")).join("; ")}`
      : `${controls.work.options[work]} changes no part of the layer`,
  });
  recipe(g, parts, size);
}

/** The floors above zero; two equal floors share one line. */
function floorsOf(runs: readonly Run[], params: FamilyParams): Floor[] {
  const some = runs.filter(({floor}) => floor);
  const isOne = some.every(({floor}) => lossText(floor!) === lossText(some[0]!.floor!));
  if (some.length > 1 && isOne) return [{name: "level", label: "both floors", value: some[0]!.floor!}];
  return some
    .filter(({who}) => who !== "qlora" || params.work === "qlora")
    .map((run) => ({
      name: `level ${classOf(run, params)}-floor`,
      label: `floor ${nameOf(run.who)}`,
      value: run.floor!,
    }));
}

/** The loss by step at the chosen rate. */
export function byStep(picture: Element, {runs}: FamilyResult, params: FamilyParams, act: Act, room: Room) {
  const {rate, step} = params;
  const at = RATES.indexOf(rate);
  const said = runs.map((run) => `${nameOf(run.who)} ${lossAt(run.losses[at]!, step)}`).join(", ");
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
      label: run.who === "full" ? "full" : nameOf(run.who),
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
  const box = room.size === "full" ? picture : layer(picture, "div", "tuned");
  const {g, width, height} = chart(box, "values", room, {
    label: [room.size === "full" ? `Loss after step ${step}, by rate η` : "Loss by rate η"],
    nominal: 260,
    height: room.size === "full" ? byWidth(room, 0.7, 0.8) : byWidth(room, room.size === "slide" ? 0.62 : 0.85, 0.6),
    alt: `Best over seven rates: ${runs.map(({who}, i) => `${nameOf(who)} ${bestText(bests[i])}`).join(", ")}`,
  });
  rivalCurves(
    g,
    runs.map((run, i) => ({
      name: classOf(run, params),
      label: nameOf(run.who),
      values: run.losses.map((one) => one[step]),
      best: bests[i]?.at,
    })),
    [],
    {
      ...{...AXIS, width: width - 60, height: height - 38, places: RATES, each: 2, hasPoints: true, hasNames: false},
      at: RATES.indexOf(rate),
      onMove: (to) => act.set({rate: RATES[to]!}),
    },
  );
  key(box, [
    ...runs.map((run) => ({name: `line ${classOf(run, params)}`, kind: "line" as const, text: nameOf(run.who)})),
    {name: "ring", kind: "dot" as const, text: room.size === "full" ? "its best of seven rates" : "its best"},
  ]);
}
