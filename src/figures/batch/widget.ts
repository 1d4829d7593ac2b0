/** One batch whose rows ask for different adapters: the picture, its words and its numbers. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {doubtText, whole} from "../../figure/plot/text/format.ts";
import {drawOrders, type Orders, ordersHeight} from "./drawing/orders.ts";
import {type BatchResult, type BatchRow, controls, type Kind, ORDERS, readBatch} from "./model.ts";

/** The names of each kind: what is asked for, what is on the slip, and all its words. */
const kinds: Readonly<Record<Kind, {request: string; slip: string; all: string}>> = {
  names: {request: "name", slip: "names", all: "names"},
  french: {request: "French", slip: "French", all: "French words"},
  spanish: {request: "Spanish", slip: "Spanish", all: "Spanish words"},
};
/** How many rows have a lower loss than the base. */
const gainCount = ({rows}: BatchResult): number => rows.filter(({gains}) => gains).length;
/** The row of a kind. */
const rowOf = ({rows}: BatchResult, kind: Kind): BatchRow => rows.find((row) => row.kind === kind)!;

/** Which weights wrote the word, in words, because a word does not show what it was meant to be. */
function servedByOf({kind}: BatchRow, slips: BatchResult["slips"]): string {
  if (slips === "beside") return `by ${kinds[kind].slip}`;
  if (slips === "names") return kind === "names" ? "by names" : `by names, not ${kinds[kind].slip}`;
  return "by names + French";
}

/** What the drawing needs. */
function ordersOf(result: BatchResult): Orders {
  const {rows, slips, matrices} = result;
  return {
    rows: rows.map((row, i) => ({
      before: row.before,
      now: row.now,
      gains: row.gains,
      request: kinds[row.kind].request,
      servedBy: servedByOf(row, slips),
      doubt: doubtText(row.losses.now),
      without: `${doubtText(row.losses.base)} without`,
      slip: kinds[row.kind].slip,
      ...matrices.slips[i]!,
    })),
    w0: matrices.w0,
    change: matrices.change,
    changeText: slips === "both" ? "W0 + two ΔW" : "W0 + ΔW",
    count: `${gainCount(result)} of ${rows.length}`,
    countedText: "rows are served better than by the forge alone",
  };
}

export default figure<typeof controls, BatchResult>({
  title: "Four orders in one batch: can one forge serve them?",
  guide:
    "Each row of the batch passes through the same weights, drawn for the values of the second block; a slip beside them holds the row’s own A and B. Merged, an update is added to the weights, and violet cells are where it is large. Words come from the same draws, old above new.",
  sources: ["Hu et al. 2021, §4.1 and §4.2"],
  controls,
  main: ["slips"],
  run: {clock: "letter", pace: 3, by: ["slips", "draw"], read: readBatch},
  picture(result, _, act) {
    const next = () => act.set((now) => ({draw: (Number(now.draw) % controls.draw.max) + 1}));
    return {
      parts: [
        {
          name: "batch",
          height: {
            narrow: ordersHeight("narrow", ORDERS.length),
            mid: ordersHeight("mid", ORDERS.length),
            wide: ordersHeight("wide", ORDERS.length),
          },
          isElastic: true,
          alt: result.rows
            .map(
              ({kind, now, losses}) =>
                `${kinds[kind].request}: ${now || "no word"}, ${doubtText(losses.now)} letters in doubt`,
            )
            .join("; "),
          draw: (g, sheet) => drawOrders(g, ordersOf(result), sheet),
        },
        {name: "next-batch", html: (box) => buttonRow(box, [{text: "Next batch", onPress: next}], "Words")},
      ],
    };
  },
  says(result, {letter}) {
    const {slips, rows, same} = result;
    const [names, french, spanish] = (["names", "french", "spanish"] as const).map(
      (kind) => rowOf(result, kind).losses,
    );
    const all = `Letters in doubt on held-out words: ${doubtText(names!.now)} on names, ${doubtText(french!.now)} on French, ${doubtText(spanish!.now)} on Spanish; the forge alone has ${doubtText(names!.base)}, ${doubtText(french!.base)} and ${doubtText(spanish!.base)}; ${same} of the ${rows.length} words are those that the row’s own forge writes alone; they are written up to letter ${letter} of ${controls.letter.max}.`;
    if (slips === "beside")
      return [
        `Beside the weights, each row brings its own A and B to the same forge: all ${rows.length} get what they asked for.`,
        all,
      ];
    const price = `French has ${doubtText(french!.now)}, worse than the ${doubtText(french!.base)} of no adapter`;
    if (slips === "names")
      return [`With the names merged, a row gets a name whatever it asks for: of letters in doubt, ${price}.`, all];
    return [
      `Two merged: names have ${doubtText(names!.now)} letters in doubt, not ${doubtText(names!.own)}, and ${price}.`,
      all,
    ];
  },
  readouts: (result) =>
    (["names", "french", "spanish"] as const).map((kind) => {
      const {losses} = rowOf(result, kind);
      return {
        label: [`Letters in doubt, ${kinds[kind].all}`],
        value: doubtText(losses.now),
        note: `${doubtText(losses.base)} for the forge alone, ${doubtText(losses.own)} with its own adapter`,
      };
    }),
  table: ({rows}) => ({
    caption: `The words of a batch of ${whole(rows.length)}`,
    columns: ["Asked for", "The forge alone", "Written", "Letters in doubt"],
    rows: rows.map(({kind, before, now, losses}) => [kinds[kind].request, before, now, doubtText(losses.now)]),
  }),
  source: ({draw}) => ({kind: "live", text: `draw ${draw}, stored adapters`}),
  challenge: {
    text: "merge something of which Spanish gains nothing.",
    met: (result) => !rowOf(result, "spanish").gains,
  },
});
