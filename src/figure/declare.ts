import type {Controls, Params} from "./controls.ts";
import type {Bounds} from "./parse.ts";
import {drawPicture, FRAMES, type Frame, frameFor, type Picture, wideHeight} from "./plot/picture.ts";
import {rescue} from "./plot/rescue.ts";
import type {FigureSize} from "./plot/room.ts";
import type {
  Act,
  AnyWidget,
  Prediction,
  Provenance,
  QuizResponse,
  Readout,
  Recording,
  Table,
  Tape,
  Values,
} from "./widget.ts";

/** A card beside the text, or all of the figure. */
export type Size = "card" | "full";

/** Runs of the figure's model, which the worker computes. */
interface Runs<C extends Controls, R> extends Omit<Recording<C, R>, "runs" | "see"> {
  /** The parameters that a run depends on, or what a run is of in the model's own names; the others only choose what is read. */
  by: readonly (keyof C & string)[] | ((params: Params<C>) => object);
  /** Further runs, drawn whole. */
  beside?(params: Params<C>): readonly object[];
  /** What is shown of a run, and of those beside it, as far as they have come. */
  read(frames: Tape<never>, params: Params<C>, beside: readonly Tape<never>[]): R;
}

/** A figure as one declaration. */
export interface Figure<C extends Controls, R> {
  /** A question. */
  title: string;
  /** How to read and move the picture, one or two sentences. */
  guide: string;
  /** The works behind the picture, with places, as a reader would cite them. */
  sources: readonly string[];
  controls: C;
  /** The one or two controls of its card, and those that take their places in other states. */
  main: readonly (keyof C & string)[];
  bounds?(params: Params<C>): Bounds;
  /** Parameters → result, for a figure that answers at once: pure, deterministic, no DOM. */
  compute?(params: Params<C>): R;
  /** For a figure whose runs are computed in the worker. */
  run?: Runs<C, R>;
  /** For a figure whose run is computed on Play. With labels for its buttons stored runs are made again, from Explore alone. */
  rerun?: {
    tools?: Readonly<Record<"play" | "step" | "restart", string>>;
    progress(result: R): readonly [done: number, due: number, unit: string] | undefined;
  };
  /** A clock of the figure's own, and the label of its button. */
  player?: AnyWidget["player"];
  tools?: AnyWidget["tools"];
  /** Names of controls that readers cannot change in this state; a link or a host still can. */
  locked?(params: Params<C>): readonly string[];
  /** Values with which a guess is asked for, or left out. `isFresh` when the figure begins, or begins anew. */
  asks?(isWanted: boolean, params: Params<C>, isFresh: boolean): Values;
  picture(result: R, params: Params<C>, act: Act, size: Size): Picture;
  /**
   * What is shown now: a sentence of 140 characters at most that names what each control of the card and each handle moves, for
   * the card; and one or two that only the full size and screen readers add.
   */
  says(result: R, params: Params<C>): readonly [card: string, more?: string];
  readouts(result: R, params: Params<C>): readonly Readout[];
  table(result: R, params: Params<C>): Table;
  source(params: Params<C>, result: R): Provenance;
  /** Why a run came to nothing, and the values that put it right. */
  diverged?(result: R, params: Params<C>): {why: string; rescue: {text: string; set: Values}} | undefined;
  predictions?(result: R, params: Params<C>): readonly Prediction[];
  /** Answers given so far, for the host. */
  answers?(result: R, params: Params<C>): readonly QuizResponse[];
  /** The state without what gives an answer away. */
  withheld?(params: Params<C>): Params<C>;
  challenge: {text: string; met(result: R, params: Params<C>): boolean};
}

const ALL = Object.keys(FRAMES) as Frame[];
/** Heights in units: of a dock, which has the first part alone, and of a slide, which fits its frame by being low. */
const [DOCK, SLIDE] = [200, 278];

/** A picture whose charts and elastic drawings are no higher than this with their labels, together where they stand one above the other. */
function lower(picture: Picture, most: number): Picture {
  // The lines of words above them keep their height.
  const words = wideHeight({
    ...picture,
    parts: picture.parts.map((part) => ("html" in part ? part : {...part, height: 0})),
  });
  const share = Math.min(1, (most - words) / (wideHeight(picture) - words));
  const parts = picture.parts.map((part) => {
    if ("html" in part || ("draw" in part && !part.isElastic)) return part;
    return {...part, height: share * (typeof part.height === "number" ? part.height : part.height.wide)};
  });
  return {...picture, parts};
}

function fitted(picture: Picture, size: FigureSize): Picture {
  const first = picture.parts.find(({name}) => name === picture.dock) ?? picture.parts[0]!;
  if (size === "dock") return lower({parts: [first]}, DOCK);
  if (size !== "slide") return picture;
  const {slide} = picture;
  const parts = slide ? picture.parts.filter(({name}) => slide.includes(name)) : picture.parts;
  const columns = parts.length > 1 ? picture.columns : undefined;
  return lower({...picture, parts, columns, key: undefined, note: undefined}, SLIDE);
}

/** Declares a figure. */
export function figure<C extends Controls, R>(declared: Figure<C, R>): AnyWidget & Required<Pick<AnyWidget, "says">> {
  const {run, rerun, says, source, diverged, picture, ...rest} = declared;
  return {
    ...rest,
    ...(run && {player: () => import("./runs/recorder.ts"), recording: recordingOf(run)}),
    ...(rerun && {player: () => import("./runs/playback.ts"), ...rerun}),
    draw(root, result, params, act, room) {
      root.toggleAttribute("data-stored", !!rerun?.tools);
      const size = room.size === "full" ? "full" : "card";
      // A build draws all frames, a page the one that is seen. A slide is a wide card, scaled.
      const width = room.widthOf(root);
      const seen = width && (room.size === "slide" ? "wide" : frameFor(width));
      if (seen) root.setAttribute("data-frame", seen);
      drawPicture(root, fitted(picture(result, params, act, size), room.size), seen ? [seen] : ALL);
      if (!diverged || size === "card") return;
      const lost = diverged(result, params);
      const onPress = () => lost && act.set(lost.rescue.set);
      rescue(root, {isShown: !!lost, why: lost?.why ?? "", text: lost?.rescue.text ?? "", onPress});
    },
    says: (result, params) => says(result, params)[0],
    summary: (result, params) => says(result, params).filter(Boolean).join(" "),
    provenance: source,
    ...(diverged && {diverged: (result: R, params: Params<C>) => diverged(result, params)?.why}),
  } as ReturnType<typeof figure<C, R>>;
}

function recordingOf<C extends Controls, R>({by, read, isWhole, beside, ...rest}: Runs<C, R>): Recording<C, R> {
  return {
    ...rest,
    ...(isWhole && {isWhole}),
    runs(params) {
      const run = typeof by === "function" ? by(params) : Object.fromEntries(by.map((name) => [name, params[name]]));
      // Drawn whole beside the one that is played.
      return [run, ...(isWhole ? [run] : []), ...(beside?.(params) ?? [])];
    },
    see(tapes, params) {
      const [one, ...others] = isWhole ? tapes.slice(1) : tapes;
      return read(one!, params, others);
    },
  };
}
