/** Why a low rank may be enough: what many words ask of one matrix cancels, except for a few directions. */
import {figure} from "../../figure/declare.ts";
import {FRAMES, type Sheet} from "../../figure/plot/picture.ts";
import {counted, fixed} from "../../figure/plot/text/format.ts";
import {drawMeanMaps, meanMapsHeight, namedMeans, roundPercent} from "./meanMaps.ts";
import {
  controls,
  type GradientParams,
  type GradientResult,
  type GradientSide,
  readGradient,
  type TokenRise,
} from "./model.ts";

/** What the words beside the names are called, many of them. */
const BESIDE_PLURALS: Readonly<Record<GradientParams["beside"], string>> = {
  own: "of its own words",
  shuffled: "shuffled names",
};
/** The share of the strongest piece, in percent. */
const strongestShare = ({shares}: GradientSide): string => roundPercent(shares[0]!);
/** What a step makes likelier, in words. */
const riseText = ({token}: TokenRise): string => (token === "." ? "end sooner" : `more ${token}`);

/** ": end sooner", once all names are in the mean; empty before. */
const riseSuffix = ({rises}: GradientResult): string => (rises ? `: ${riseText(rises[0]!)}` : "");

export default figure<typeof controls, GradientResult>({
  title: "Why should a low rank be enough?",
  guide:
    "Each map is ∂L/∂W of one matrix of the forge before any training, averaged over words. Move the slider: what the words share stays, and what they do not share cancels. A dashed tick marks what would be left if they shared nothing.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  main: ["beside"],
  run: {clock: "words", pace: 20, by: ["beside"], read: readGradient},
  picture: (result, params) => ({
    parts: [
      {
        name: "mean-maps",
        height: {
          narrow: meanMapsHeight(FRAMES.narrow),
          mid: meanMapsHeight(FRAMES.mid),
          wide: meanMapsHeight(FRAMES.wide),
        },
        alt: namedMeans(result, params)
          .map(
            ({name, gradient}) =>
              `${name}: ${roundPercent(gradient.sizeShare)} of one word’s size is left, ${strongestShare(gradient)} of it in one piece`,
          )
          .join("; "),
        draw: (g: Element, sheet: Sheet) => drawMeanMaps(g, result, params, sheet),
      },
    ],
  }),
  says(result, {beside}) {
    const {count, names, beside: other} = result;
    return [
      `Averaged over ${counted(count, "name")}, ${strongestShare(names)} of the gradient is one piece${riseSuffix(result)}; over as many ${BESIDE_PLURALS[beside]}, ${strongestShare(other)} is.`,
      `The names keep ${roundPercent(names.sizeShare)} of the size of one word’s gradient, and the words beside them ${roundPercent(other.sizeShare)}; words that share nothing would keep ${roundPercent(1 / Math.sqrt(count))}.`,
    ];
  },
  readouts: ({names, beside, rises}) => [
    {label: ["In one piece"], value: strongestShare(names), note: `beside it ${strongestShare(beside)}`},
    {
      label: ["Left of one word’s size"],
      value: roundPercent(names.sizeShare),
      note: `beside it ${roundPercent(beside.sizeShare)}`,
    },
    ...(rises
      ? [
          {
            label: ["It says"],
            value: riseText(rises[0]!),
            note: `a step of 1 adds ${fixed(100 * rises[0]!.rise, 1)} points to its chance`,
          },
        ]
      : []),
  ],
  table: ({names, beside, count}, params) => ({
    caption: `Share of the energy of the mean gradient in each piece, ${counted(count, "word")}`,
    columns: ["Piece", "Names", controls.beside.options[params.beside]],
    rows: names.shares.map((share, i) => [i + 1, fixed(share, 4), fixed(beside.shares[i]!, 4)]),
  }),
  source: () => ({kind: "live", text: "∂L/∂W of the forge, before training"}),
  challenge: {
    text: "take two names or more, but so few that their mean gradient has at most 35% in one piece.",
    met: ({count, names}) => count > 1 && names.shares[0]! <= 0.35,
  },
});
