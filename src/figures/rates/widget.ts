/** The figure “Does one learning rate suit every rank?”, which also shows what a rank can store. */
import {figure} from "../../figure/declare.ts";
import {capacityChart, capacityReadouts, capacitySentences, capacityTable} from "./capacity.ts";
import {controls} from "./controls.ts";
import {ratesChart, ratesReadouts, ratesSentences, ratesTable} from "./learningRates.ts";
import {compute, type RatesResult, SEED} from "./model.ts";

export default figure<typeof controls, RatesResult>({
  title: "Does one learning rate suit every rank?",
  guide:
    "Under “Learning rates” the straight lines join the best rates of the ranks; drag the dashed one to read two losses, each the middle of five seeds near the lowest point and one run elsewhere. Under “What a rank can store” drag the point.",
  sources: ["Hu et al. 2021, Table 12", "Kalajdzievski 2023", "Izenman 1975"],
  controls,
  compute,
  main: ["coupling", "rank", "r", "pairs"],
  picture: (result, params, act) =>
    params.show === "rates"
      ? {
          parts: [ratesChart(result, params, act)],
          note: "Upright strokes: from the lowest to the highest of five seeds.",
        }
      : {parts: [capacityChart(result, params, act)]},
  says: (result, params) => (params.show === "rates" ? ratesSentences : capacitySentences)(result, params),
  readouts: (result, params) => (params.show === "rates" ? ratesReadouts : capacityReadouts)(result, params),
  table: (result, params) => (params.show === "rates" ? ratesTable : capacityTable)(result, params),
  source: ({show}) =>
    show === "rates"
      ? {kind: "precomputed", text: "stored runs"}
      : {kind: "live", text: `seed ${SEED}; the forge’s runs are stored`},
  challenge: {
    text: "open “What a rank can store” and find the smallest rank that stores 90% of 24 random pairs.",
    met: ({needed}, {show, pairs, r}) => show === "capacity" && pairs === 24 && r === needed,
  },
});
