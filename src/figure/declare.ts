/** Declares a figure: from its model, picture and sentences to the widget that pages, embeds and exports use. */
import type {Controls, Params} from "./controls.ts";
import {drawPicture, FRAMES, type Frame, frameFor, type Picture, wideHeight} from "./plot/picture.ts";
import {drawRescue} from "./plot/rescue.ts";
import type {FigureSize} from "./plot/room.ts";
import type {Act, AnyWidget, Frames, Provenance, Runs, Values, Widget} from "./widget.ts";

/** The two sizes for which a figure chooses what to draw: a card beside the text, or all of the figure. */
export type Size = "card" | "full";

/** The runs of a figure's model, which the worker computes. */
interface DeclaredRuns<C extends Controls, R> extends Omit<Runs<C, R>, "of" | "read"> {
  /**
   * Names of the parameters that a run depends on; or a function from the parameters to what the model's `compute` takes, undefined
   * in a state without a run.
   */
  by: readonly (keyof C & string)[] | ((params: Params<C>) => object | undefined);
  /** The parameters of further runs, which are drawn whole beside it. */
  beside?(params: Params<C>): readonly object[];
  /** From the frames of the run so far, and of those beside it, to what is shown. */
  read(frames: Frames<never>, params: Params<C>, beside: readonly Frames<never>[]): R;
}

/** What a figure declares exactly as its widget does; widget.ts explains each. */
type SameInWidget =
  | "title"
  | "guide"
  | "sources"
  | "controls"
  | "bounds"
  | "compute"
  | "tools"
  | "locked"
  | "asks"
  | "readouts"
  | "table"
  | "predictions"
  | "answers"
  | "withheld"
  | "challenge";

/** A figure as one declaration. It has `compute`, `run` or `rerun`. */
export interface Figure<C extends Controls, R> extends Pick<Widget<C, R>, SameInWidget> {
  /** The one or two controls of its card, and those that take their places in other states. */
  main: readonly (keyof C & string)[];
  /** For a figure whose runs are computed in the worker as soon as their parameters are known. */
  run?: DeclaredRuns<C, R>;
  /** For a figure whose run is computed on Play. One that names its buttons shows stored runs; the buttons, seen only at full size, repeat them. */
  rerun?: {
    tools?: Readonly<Record<"play" | "step" | "restart", string>>;
    progress: Required<Runs<C, R>>["progress"];
  };
  picture(result: R, params: Params<C>, act: Act, size: Size): Picture;
  /**
   * What is shown now: a sentence of 140 characters at most that names what each control of the card and each handle moves, for
   * the card; and one or two that only the full size and screen readers add.
   */
  says(result: R, params: Params<C>): readonly [card: string, more?: string];
  source(params: Params<C>, result: R): Provenance;
  /** Why a run failed, and the values with which it works. */
  diverged?(result: R, params: Params<C>): {why: string; rescue: {text: string; set: Values}} | undefined;
}

const ALL_FRAMES = Object.keys(FRAMES) as Frame[];
/** The greatest heights of a picture in units: of a dock, which shows one part, and of a slide, whose frame is low. */
const [DOCK_HEIGHT, SLIDE_HEIGHT] = [200, 278];

/** The picture with its charts and elastic drawings made lower, so that in all it is no higher than `maxHeight` units. */
function lowerPicture(picture: Picture, maxHeight: number): Picture {
  // The labels above the parts keep their height.
  const labelHeight = wideHeight({
    ...picture,
    parts: picture.parts.map((part) => ("html" in part ? part : {...part, height: 0})),
  });
  const scale = Math.min(1, (maxHeight - labelHeight) / (wideHeight(picture) - labelHeight));
  const parts = picture.parts.map((part) => {
    if ("html" in part || ("draw" in part && !part.isElastic)) return part;
    return {...part, height: scale * (typeof part.height === "number" ? part.height : part.height.wide)};
  });
  return {...picture, parts};
}

/** The picture for this size: a dock shows one part, a slide the parts that the picture names for it; both are made lower. */
function pictureFor(picture: Picture, size: FigureSize): Picture {
  const first = picture.parts.find(({name}) => name === picture.dock) ?? picture.parts[0]!;
  if (size === "dock") return lowerPicture({parts: [first]}, DOCK_HEIGHT);
  if (size !== "slide") return picture;
  const {slide} = picture;
  const parts = slide ? picture.parts.filter(({name}) => slide.includes(name)) : picture.parts;
  const columns = parts.length > 1 ? picture.columns : undefined;
  return lowerPicture({...picture, parts, columns, key: undefined, note: undefined}, SLIDE_HEIGHT);
}

/** Makes the widget of a declared figure. */
export function figure<C extends Controls, R>(
  declaration: Figure<C, R>,
): AnyWidget & Required<Pick<AnyWidget, "says">> {
  const {run, rerun, says, source, diverged, picture, ...rest} = declaration;
  const runs = run ? runsOf(run) : rerun && rerunOf<C, R>(rerun.progress);
  return {
    ...rest,
    ...(runs && {runs, player: () => import("./runs/player.ts")}),
    ...(rerun?.tools && {tools: rerun.tools}),
    draw(root, result, params, act, room) {
      root.toggleAttribute("data-stored", !!rerun?.tools);
      const size = room.size === "full" ? "full" : "card";
      // A build draws all frames, a page the one that is seen. A slide is a wide card, scaled.
      const frame = room.width && (room.size === "slide" ? "wide" : frameFor(room.width));
      if (frame) root.setAttribute("data-frame", frame);
      drawPicture(root, pictureFor(picture(result, params, act, size), room.size), frame ? [frame] : ALL_FRAMES);
      if (!diverged || size === "card") return;
      const failure = diverged(result, params);
      const onPress = () => failure && act.set(failure.rescue.set);
      drawRescue(root, {isShown: !!failure, why: failure?.why ?? "", text: failure?.rescue.text ?? "", onPress});
    },
    says: (result, params) => says(result, params)[0],
    summary: (result, params) => says(result, params).filter(Boolean).join(" "),
    provenance: source,
    ...(diverged && {diverged: (result: R, params: Params<C>) => diverged(result, params)?.why}),
  } as ReturnType<typeof figure<C, R>>;
}

/** The declared runs as the player takes them: the played run first, then those drawn whole. */
function runsOf<C extends Controls, R>({by, read, beside, ...rest}: DeclaredRuns<C, R>): Runs<C, R> {
  return {
    ...rest,
    of(params) {
      const run = typeof by === "function" ? by(params) : Object.fromEntries(by.map((name) => [name, params[name]]));
      return [...(run ? [run] : []), ...(beside?.(params) ?? [])];
    },
    read: ([main, ...others], params) => read(main ?? [], params, others),
  };
}

/** A run that is computed on Play, and of which the newest frame is shown. */
const rerunOf = <C extends Controls, R>(progress: Runs<C, R>["progress"]): Runs<C, R> => ({
  of: (params) => [params],
  read: ([frames]) => (frames as Frames<R>)[0]!,
  waits: () => true,
  onlyNewest: true,
  progress,
});
