/** The picture: the poster of twelve layers, the charts of the runs, and the chosen work in words. */
import type {Size} from "../../figure/declare.ts";
import {attributes, children} from "../../figure/plot/children.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, knob, lineY, type Mark, ruleY, type Tone, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing, Picture} from "../../figure/plot/picture.ts";
import {drawPlot, type Plot} from "../../figure/plot/plot.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, FAMILY_RATES, FAMILY_STEPS, type FamilyParams, isRun, stepOf, workName} from "./controls.ts";
import {familyConditions} from "./derivation.ts";
import {layerPlaces} from "./drawing/layer.ts";
import {type Area, drawLines, drawPoster, wrapped} from "./drawing/poster.ts";
import {bestOf, bestText, type FamilyResult, familyLossAt, floorText, type MethodRuns} from "./losses.ts";
import {layerOf} from "./parts.ts";
import {tileWorks, works} from "./works.ts";

/** The chosen work is ink, LoRA violet. */
const toneOf = ({method}: MethodRuns, {work}: FamilyParams): Tone =>
  method === "full" ? "full" : method === work && method !== "lora" ? "ink" : method === "lora" ? "dw" : "soft";
const nameOf = ({method}: MethodRuns): string => (method === "full" ? "full" : workName(method));

/** The same logarithmic axis in both charts. */
const LOSS_AXIS = {type: "log", domain: [1e-3, 10], tickFormat: String} as const;

/** The losses of all runs over the steps at the chosen rate, with the floors that they cannot pass. */
function byStep({runs}: FamilyResult, params: FamilyParams, now: number, act: Act): Plot {
  const at = FAMILY_RATES.indexOf(params.rate);
  const said = runs.map((run) => `${workName(run.method)} ${familyLossAt(run.losses[at]!, now)}`).join(", ");
  // Equal floors are one line.
  const floors = runs.filter(
    ({floor}, i) => floor && floor > 1e-3 && runs.findIndex((one) => floorText(one) === floorText(runs[i]!)) === i,
  );
  return {
    alt: `Loss after step ${now} at η = ${params.rate}: ${said}`,
    x: {type: "linear", domain: [0, FAMILY_STEPS], ticks: [0, 20, 40, FAMILY_STEPS]},
    y: LOSS_AXIS,
    marks: [
      ruleY(floors, {y: ({floor}) => floor, dashed: true, tone: (run) => toneOf(run, params)}),
      text(floors, {
        x: 0,
        y: ({floor}) => floor,
        text: (run) => `floor of ${nameOf(run)}`,
        anchor: "start",
        dx: 4,
        dy: 14,
      }),
      ...runs.map((run): Mark => {
        const losses = run.losses[at]!;
        return lineY([...losses, ...(losses.length > FAMILY_STEPS ? [] : [Number.POSITIVE_INFINITY])], {
          end: nameOf(run),
          tone: toneOf(run, params),
          ...(run === runs.at(-1) && runs.length > 1 && {strength: 3}),
        });
      }),
      knob(
        now,
        (step) => {
          const to = Math.min(Math.max(Math.round(step), 0), FAMILY_STEPS);
          act.set({step: to, moment: to ? "end" : "start"});
        },
        {called: "Step", said: `step ${now} of ${FAMILY_STEPS}`, step: [1, 0]},
      ),
    ],
  };
}

/** The losses at a step over all rates, with the best of each ringed. */
function byRate({runs}: FamilyResult, params: FamilyParams, act: Act): Chart {
  const {rate, step} = params;
  const bests = runs.map((run) => bestOf(run, step));
  const inside = (loss: number | undefined) => (loss !== undefined && loss >= 1e-3 && loss <= 10 ? loss : undefined);
  return {
    name: "rates",
    label: [`Loss after step ${step}, log, by rate η`],
    alt: `Best over seven rates: ${runs.map(({method}, i) => `${workName(method)} ${bestText(bests[i])}`).join(", ")}`,
    height: 210,
    x: {type: "point", names: FAMILY_RATES},
    y: LOSS_AXIS,
    marks: [
      ...runs.flatMap((run, i) => {
        const losses = run.losses.map((one) => one[step] ?? Number.POSITIVE_INFINITY);
        const tone = toneOf(run, params);
        return [
          lineY(losses, {end: nameOf(run), tone}),
          dot(run.losses, {y: (one) => inside(one[step]), r: 3, tone}),
          dot(bests[i] ? [bests[i]] : [], {x: ({at}) => at, y: ({loss}) => inside(loss), r: 6, tone, hollow: true}),
        ];
      }),
      knob(
        FAMILY_RATES.indexOf(rate),
        (at) => act.set({rate: FAMILY_RATES[Math.min(Math.max(Math.round(at), 0), FAMILY_RATES.length - 1)]!}),
        {called: "Rate", said: `η = ${rate}`, step: [1, 0]},
      ),
    ],
  };
}

/** In a card, below the enlarged layer: the work's run beside LoRA's, or why there is none. */
function drawRun(g: Element, {x, y, width, height}: Area, result: FamilyResult, params: FamilyParams, act: Act) {
  attributes(g, {transform: `translate(${Math.round(x)} ${Math.round(y)})`});
  const isShown = isRun(params.work);
  const lines = isShown ? [`Loss, log, by step at η = ${params.rate}`] : wrapped(works[params.work].note, width);
  const [said, box] = children(g, "g", isShown ? ["said-of", "moved"] : ["said-of"]);
  drawLines(said!, lines, 0, 12);
  if (!box) return;
  attributes(box, {transform: "translate(0 20)"});
  drawPlot(layer(box, "g", "losses"), byStep(result, params, stepOf(params), act), width, height - 20);
}

/** The same layer twelve times; the chosen one is large once the reader has enlarged it. */
function poster(result: FamilyResult, params: FamilyParams, act: Act, size: Size): Drawing {
  const {work, moment, enlarged} = params;
  const name = (one: typeof work) => controls.work.options[one];
  const parts = layerOf(work, moment);
  const changed = layerPlaces.flatMap((place) => (parts[place]?.isNew ? [parts[place].words] : []));
  const chosen = changed.length ? `; ${name(work)}: ${changed.join("; ")}` : "";
  return {
    name: "poster",
    isWide: true,
    isInteractive: true,
    isElastic: true,
    alt: `One layer, twelve times, at the ${moment} of training${chosen}`,
    height: {narrow: 474, mid: 430, wide: 476},
    draw: (g, sheet) =>
      drawPoster(
        g,
        tileWorks.map((key) => ({
          key,
          name: name(key),
          year: works[key].year,
          caption: works[key].caption,
          layer: layerOf(key, moment),
        })),
        sheet,
        {
          chosen: work,
          isLarge: !!enlarged && tileWorks.includes(work),
          hasRun: size === "card",
          press: (key) =>
            act.set(enlarged && key === work ? {enlarged: ""} : {work: key as typeof work, enlarged: "yes"}),
          drawRun: (box, area) => drawRun(box, area, result, params, act),
        },
      ),
  };
}

/** The chosen work in words. */
function about({work}: FamilyParams): Box {
  const {year, changes, formula, idea, note, source} = works[work];
  return {
    name: "about",
    isWide: true,
    html(box) {
      const run = isRun(work) ? "run here" : "described";
      layer(box, "p", "label", `${controls.work.options[work]}, ${year} (${run}) · changes: ${changes}`);
      write(layer(box, "p", "formula"), formula);
      for (const [name, words] of Object.entries({idea, note, source})) layer(box, "p", name, words);
    },
  };
}

/** The poster; in Explore also the runs over steps and rates, the chosen work in words, and how the runs were made. */
export function familyPicture(result: FamilyResult, params: FamilyParams, act: Act, size: Size): Picture {
  if (size === "card") return {parts: [poster(result, params, act, size)]};
  return {
    columns: [1, 1],
    parts: [
      poster(result, params, act, size),
      {
        name: "losses",
        label: [`Loss, log, by step at η = ${params.rate}`],
        height: 210,
        ...byStep(result, params, params.step, act),
      },
      byRate(result, params, act),
      about(params),
      {
        name: "conditions",
        isWide: true,
        html: (box) => derivation(box, "What is run, and how", familyConditions(params)),
      },
    ],
    key: [{symbol: "circle", hollow: true, words: "ring: its best of seven rates"}],
  };
}
