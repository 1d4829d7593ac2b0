import {fixed, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {full as rest} from "../../figure/widget.ts";
import {BY, type controls, couplingNames, type RatesParams, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import {moved, rateText, summary} from "./fullSentences.ts";
import {HELD, type RatesResult} from "./model.ts";
import {taskLossText} from "./sentences.ts";
import {type Bowl, type Runs, shelves} from "./stored.ts";

function runsText(runs: Runs, ground: RatesParams["ground"]): string {
  const [low, median, high] = [runs.low, runs.median, runs.high].map((loss) => taskLossText(loss, ground));
  return runs.seeds > 1 ? `${median} (${low} to ${high})` : median!;
}

function ratesTable({full, loras}: RatesResult, {ground, coupling}: RatesParams) {
  const columns: [string, Bowl][] = [
    ["Full", full],
    ...loras.map((bowl, i): [string, Bowl] => [`r = ${SWEPT_RANKS[i]}`, bowl]),
  ];
  return {
    caption: `${ground === "forge" ? "Letters in doubt on held-out names" : "Nats a digit on fresh inputs"} after 600 steps, ${couplingNames[coupling]}: the middle seed, and the range of all`,
    columns: ["η", ...columns.map(([name]) => name), "Seeds"],
    rows: SWEPT_RATES.map((rate, place) => [
      significant(Number(rate), 3),
      ...columns.map(([, bowl]) => runsText(bowl.runs[place]!, ground)),
      columns.map(([, bowl]) => bowl.runs[place]!.seeds).join(", "),
    ]),
  };
}

const capacityTable = ({field}: RatesResult, {r}: RatesParams) => ({
  caption: `The share of N random pairs that rank ${r} stores, and the least rank for 90%; then what the forge knows of N names by heart`,
  columns: ["N", `Rank ${r}`, "Least rank for 90%", ...SWEPT_RANKS.map((rank) => `Forge, r = ${rank}`)],
  rows: [
    ...field.map((column, i) => {
      const least = column.findIndex((share) => share >= HELD);
      return [BY * (i + 1), percent(column[r]!), least < 0 ? "–" : least, "", "", ""];
    }),
    ...shelves.map(({names, shares}) => [
      `${whole(names)} names`,
      "",
      "",
      ...SWEPT_RANKS.map((rank) => percent(shares[rank]!.median)),
    ]),
  ],
});

function ratesReadouts(result: RatesResult, {ground, rank}: RatesParams) {
  const {full, lora, apart, loras} = result;
  return [
    {
      label: ["Best rate, full fine-tuning"],
      value: rateText(full.best),
      note: `lowest loss ${taskLossText(full.least, ground)}`,
    },
    {
      label: ["Best rate, LoRA at ", symbol.r, ` = ${rank}`],
      value: rateText(lora.best),
      note: `lowest loss ${taskLossText(lora.least, ground)}`,
    },
    {label: ["LoRA’s best rate over full’s"], value: `${fixed(apart, 1)}×`},
    {
      label: ["LoRA’s best rate moves with ", symbol.r, " by"],
      value: `${fixed(moved(result), 1)}×`,
      note: `${loras.map(({best}) => rateText(best)).join(", ")} at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

function capacityReadouts({share, needed}: RatesResult, {pairs, r}: RatesParams) {
  const some = shelves[2]!;
  return [
    {label: ["Stored"], value: percent(share), note: `${pairs} pairs at rank ${r}`},
    {label: ["Least rank for 90%"], value: needed === undefined ? "none" : String(needed), note: `of ${pairs} pairs`},
    {
      label: [`The forge, ${some.names} names by heart`],
      value: SWEPT_RANKS.map((rank) => percent(some.shares[rank]!.median)).join(", "),
      note: `at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

export default rest<typeof controls, RatesResult>({
  summary,
  readouts: (result, params) =>
    params.show === "rates" ? ratesReadouts(result, params) : capacityReadouts(result, params),
  table: (result, params) => (params.show === "rates" ? ratesTable(result, params) : capacityTable(result, params)),
});
