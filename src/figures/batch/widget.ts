/** One batch whose rows ask for different adapters: the picture, its words and its numbers. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {doubtText, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {type BatchParams, type BatchResult, type BatchRow, controls, type OrderKind, readBatch} from "./model.ts";
import {betterServedText, drawOrders, KIND_NAMES} from "./orders.ts";

const KINDS = Object.keys(KIND_NAMES) as OrderKind[];

/** Where A and B are, to begin a sentence. */
const PLACE_TEXTS: Readonly<Record<BatchParams["slips"], string>> = {
  beside: "With A and B beside the weights",
  names: "With the names merged",
  both: "With names and French merged",
};

/** The first row of a kind. */
const rowOf = ({rows}: BatchResult, kind: OrderKind): BatchRow => rows.find((row) => row.kind === kind)!;

export default figure<typeof controls, BatchResult>({
  title: "Four orders in one batch: can one forge serve them?",
  guide:
    "Each row of the batch passes through the same weights, drawn for the values of the second block; a slip beside them holds the row’s own A and B. Merged, an update is added to the weights, and violet cells are where it is large. Words come from the same draws, old above new.",
  sources: ["Hu et al. 2021, §4.1 and §4.2"],
  controls,
  main: ["slips"],
  run: {clock: "letter", pace: 3, by: ["slips", "draw"], read: readBatch},
  picture(result, _, act) {
    const drawNext = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
    return {
      parts: [
        {
          name: "batch",
          height: 314,
          isElastic: true,
          alt: result.rows
            .map(
              ({kind, now, losses}) =>
                `${KIND_NAMES[kind].one}: ${now || "no word"}, ${doubtText(losses.now)} letters in doubt`,
            )
            .join("; "),
          draw: (g, sheet) => drawOrders(g, result, sheet),
        },
        {name: "next-batch", html: (box) => buttonRow(box, [{text: "Next batch", onPress: drawNext}], "Words")},
      ],
    };
  },
  says(result) {
    const {slips, rows, sameCount} = result;
    const doubts = (served: "now" | "base") =>
      listText(KINDS.map((kind) => doubtText(rowOf(result, kind).losses[served])));
    const {now, base} = rowOf(result, "french").losses;
    return [
      `${PLACE_TEXTS[slips]}, ${betterServedText(result)} rows are served better than by the forge alone: French has ${doubtText(now)} letters in doubt, not ${doubtText(base)}.`,
      `On held-out names, French and Spanish words ${doubts("now")} letters are in doubt, and ${doubts("base")} by the forge alone; ${sameCount} of the ${rows.length} words are those that the row’s own forge writes alone.`,
    ];
  },
  readouts: (result) =>
    KINDS.map((kind) => {
      const {losses} = rowOf(result, kind);
      return {
        label: [`Letters in doubt, ${KIND_NAMES[kind].many}`],
        value: doubtText(losses.now),
        note: `${doubtText(losses.base)} for the forge alone, ${doubtText(losses.own)} with its own adapter`,
      };
    }),
  table: ({rows}) => ({
    caption: `The words of a batch of ${whole(rows.length)}`,
    columns: ["Asked for", "The forge alone", "Written", "Letters in doubt"],
    rows: rows.map(({kind, before, now, losses}) => [KIND_NAMES[kind].one, before, now, doubtText(losses.now)]),
  }),
  source: ({draw}) => ({kind: "live", text: `draw ${draw}, stored adapters`}),
  challenge: {
    text: "merge something of which Spanish gains nothing.",
    met: (result) => !rowOf(result, "spanish").isServedBetter,
  },
});
