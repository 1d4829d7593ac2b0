import {isNarrow} from "../../figure/plot/aspects.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import type {AmplifyParams} from "./controls.ts";
import {type FaderGroup, faders} from "./drawing/faders.ts";
import {fourNorms, fourNormsHeight} from "./drawing/fourNorms.ts";
import {normReach, tonesOf} from "./equalized.ts";
import {FACTORS, normText} from "./printed.ts";
import {half, heard, reachText} from "./printedSentences.ts";

const NOMINAL = 560;

/** On a slide both charts share a line, so each is narrow there too. */
const stacks = (room: Room): boolean => room.size === "slide" || isNarrow(room);

/** The four norms of a half of Table 7, with the paper's factor between the two it compares. */
export function normsOnLogScale(picture: Element, params: AmplifyParams, room: Room) {
  const {rank, onOwn, delta, onDelta, onRandom} = half(params);
  const all = [
    {tone: "W0", name: `W₀ in its own top ${rank} directions`, value: onOwn},
    {tone: "dW", name: "ΔW, the update itself", value: delta},
    {tone: "W0", name: `W₀ in the ${rank} directions of ΔW`, value: onDelta},
    {tone: "random", name: `W₀ in ${rank} random directions`, value: onRandom},
  ].map((norm) => ({...norm, said: normText(norm.value)}));
  const {said} = FACTORS[rank]!;
  const {g, width} = chart(picture, "four-norms", room, {
    ...(room.size === "dock" ? {} : {label: ["Four norms, on a log scale"]}),
    nominal: NOMINAL,
    height: () => fourNormsHeight(stacks(room)),
    alt: `${all.map(({name, said}) => `${name}: ${said}`).join("; ")}. ΔW has ${said} times what W₀ has in its directions.`,
  });
  fourNorms(g, all, {rows: [1, 2], said: `× ${said}`}, {width, isNarrow: stacks(room)});
}

/** The same norms as three groups of faders; ΔW's can be dragged, and two buttons play what the faders say. */
export function normFaders(picture: Element, params: AmplifyParams, act: Act, room: Room) {
  const norms = half(params);
  const {rank, onOwn, delta, onDelta, onRandom} = norms;
  const {strength} = params;
  const could = normReach(norms, strength / 100);
  const isTight = stacks(room);
  const mixed = strength ? `${normText(onDelta)} → ${reachText(norms, strength)}` : normText(onDelta);
  // A first frame has both, and the style sheet leaves out the second where it does not fit.
  const named = (short: string, more: string) => (isTight ? [short] : [short, more]);
  const all: FaderGroup[] = [
    {
      tone: "W0",
      name: named(`W₀’s top ${rank}`, " directions"),
      said: normText(onOwn),
      level: onOwn,
      base: onOwn,
    },
    {
      ...{tone: "dW", name: named(`ΔW’s ${rank}`, " directions"), said: mixed},
      ...{level: could.middle, base: onDelta, reach: could},
    },
    {
      ...{tone: "random", name: named(`${rank} random`, " directions"), said: normText(onRandom)},
      ...{level: onRandom, base: onRandom},
    },
  ];
  const {g, width, height} = chart(picture, "mixer", room, {
    label: ["The same as an equalizer: drag the violet knobs to turn ", symbol.dW, " down"],
    nominal: NOMINAL,
    height: (width) => (isTight ? 196 : width * 0.33),
    alt: `Three groups of ${rank} faders: ${all.map(({name, said}) => `${name.join("")}, ${said}`).join("; ")}.`,
  });
  faders(g, all, {
    ...{width, height, count: rank},
    onDrag: (norm) => act.set({strength: norm <= onDelta ? 0 : Math.round(100 * Math.min(norm / delta, 1))}),
    onCancel: () => act.set({strength}),
  });
  if (room.size === "slide") return;
  const play = (share: number) => () => {
    import("./sound.ts")
      .then(({playTones}) => playTones(tonesOf(norms, share), onOwn))
      .catch(() => act.say("The sound could not be played here. Press the button again to retry."));
  };
  const box = layer(picture, "div", "heard");
  buttonRow(
    box,
    [
      {text: "♪ Hear W₀", onPress: play(0)},
      {text: "♪ Hear W₀ + ΔW", onPress: play(strength / 100)},
    ],
    "Sound",
  );
  layer(box, "p", "words", `Amplitudes are the norms: ${heard(norms, strength)}.`);
}
