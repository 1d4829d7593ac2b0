import {panels} from "../../figure/plot/chart.ts";
import {card} from "../../figure/widget.ts";
import {controls, type RatesParams} from "./controls.ts";
import {compute, type RatesResult, SEED} from "./model.ts";
import {byHeartPanel, holdingPanel, type RatesDrawing, ratesPanel} from "./panels.ts";
import {says} from "./sentences.ts";

const FOR_RATES = ["bowls"];

/** Panels of the other picture go. */
function only(picture: Element, names: readonly string[]) {
  for (const old of [...picture.children]) if (!names.some((name) => old.classList.contains(name))) old.remove();
  panels(picture, names);
}

function draw(
  picture: Element,
  result: RatesResult,
  params: RatesParams,
  act: RatesDrawing["act"],
  room: RatesDrawing["room"],
) {
  const drawing: RatesDrawing = {picture, result, params, act, room};
  if (params.show === "rates") {
    only(picture, FOR_RATES);
    return ratesPanel(drawing);
  }
  const isDock = room.size === "dock";
  only(picture, ["holding", ...(isDock ? [] : ["by-heart"])]);
  holdingPanel(drawing);
  if (!isDock) byHeartPanel(drawing);
}

export default card<typeof controls, RatesResult>({
  title: "Does one learning rate suit every rank?",
  guide:
    "Under “Learning rates” drag the line to read both losses; a dot is the middle of five seeds near the lowest point and one run elsewhere. Under “What a rank can store” drag the point.",
  sources: ["Hu et al. 2021, Table 12", "Kalajdzievski 2023", "Izenman 1975"],
  controls,
  compute,
  main: ["rank", "coupling", "r", "pairs"],
  draw,
  says,
  full: () => import("./full.ts"),
  provenance: ({show}) =>
    show === "rates"
      ? {kind: "precomputed", text: "stored runs (npm run sweep:rates)"}
      : {kind: "live", text: `seed ${SEED}; the forge’s runs are stored`},
  challenge: {
    text: "open “What a rank can store” and find the smallest rank that stores 90% of 24 random pairs.",
    met: ({needed}, {show, pairs, r}) => show === "capacity" && pairs === 24 && r === needed,
  },
});
