/** The interfaces of a figure: what its widget declares, what its pieces pass to one another, and what plays its runs. */
import type {AnyParams, Controls, Params} from "./controls.ts";
import type {labFrame} from "./live/labFrame.ts";
import type {Bounds} from "./parse.ts";
import type {Room} from "./plot/room.ts";
import type {Rich} from "./plot/text/symbol.ts";
import type {RunSource} from "./runs/run.ts";
import type {Attributes, RawParams} from "./state/rawParams.ts";

/** Where a figure's numbers come from; shown in its foot. */
export interface Provenance {
  kind: "paper" | "live" | "precomputed" | "estimate";
  text: string;
}

/** A number beside the picture. */
export interface Readout {
  label: Rich;
  value: string;
  note?: string;
}

/** The picture as rows: shown under "Data", saved as CSV. */
export interface Table {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** Values for some of the controls, by name. */
export type Values = Readonly<Record<string, number | string>>;

/** A reader's prediction and how it turned out; null where nothing is scored. */
export interface Prediction {
  item: string;
  prediction: number | string;
  actual: number | string | null;
  error: number | null;
}

/** A reader's answer to a question that has a right one. */
export interface QuizResponse {
  item: string;
  response: string;
  correct: boolean;
}

/** What a picture can ask of its widget. At build time nothing listens. */
export interface Act {
  /**
   * Changes parameters as if the reader had moved the controls. Pass a function if the new values depend on the present
   * ones: while a run is under way the picture may show an earlier state. `sentence` is spoken in place of the result's.
   */
  set(params: Values | ((now: AnyParams) => Values), sentence?: string): void;
  /**
   * Tells the reader something that is not a result, for instance why a pasted matrix was refused. `canReload`: a file did not
   * load, so a button reloads the page.
   */
  say(sentence: string, canReload?: boolean): void;
}

/** The frames of a run so far, the first at 0; with `onlyNewest`, the newest alone. */
export type Frames<F> = readonly F[];

/**
 * The runs of a figure: which there are in a state, when they are computed, and how they are shown. One control, the clock, says which
 * frame is shown, so going back needs no training. A run of one frame, which is asked of the worker because it needs a model's
 * weights, has no clock, and nothing to play.
 */
export interface Runs<C extends Controls, R> {
  /** The control that counts frames from 0. */
  clock?: keyof C & string;
  /** Parameters for the model's `compute`: first of the run that is played, then of those drawn whole beside it. */
  of(params: Params<C>): readonly object[];
  /** All frames are shown, whatever the clock says: until they are there a prerendered picture stays. */
  isWhole?: boolean;
  /** Runs take seconds, so the played one is shown while it grows. */
  grows?: boolean;
  /**
   * Whether a run has only its first frame until the button is pressed. In the lab, runs that do not wait are computed while
   * nothing trains.
   */
  waits?(run: object): boolean;
  /** What the button says where it computes a run, if in other states it moves a clock. */
  computeText?: string;
  /** Of a run that waits: how much of its work is done, "3 of 70 runs", once it has begun. */
  progress?(result: R): readonly [done: number, total: number, unit: string] | undefined;
  /** Each frame has in it what is shown of those before, so only the newest is kept. */
  onlyNewest?: boolean;
  /** Steps of the clock in a second of Play, if not 30. */
  pace?: number;
  /** The clock `seconds` after Play began at `from`, if it does not move evenly. */
  after?(seconds: number, from: number): number;
  /** A place from which Play begins at the start, as it does from the end: there the figure shows best what it is about. */
  restsAt?: number;
  /**
   * The result to show. The first run's frames reach the clock unless it grows or ends early; the others may still be short. `before`
   * is the result shown last.
   */
  read(runFrames: readonly Frames<never>[], params: Params<C>, before?: R): R;
}

/** The parts of a figure, in the order a reader meets them. */
export interface Parts {
  figure: HTMLElement;
  form: HTMLFormElement;
  /** The form of a run's clock. */
  clock?: HTMLFormElement;
  /** The boxes in which the lab draws: behind its settings, above its button, and below its picture. */
  panel?: Element;
  between?: HTMLElement;
  below?: Element;
  picture: HTMLElement;
  notice: HTMLElement;
  liveRegion: HTMLElement;
  data: HTMLDetailsElement;
}

/** The state with which a figure starts, and where it comes from. */
export interface StartState {
  /** The element's attributes at that time. */
  hostAttributes: Attributes;
  /** All raw values, parameters and common options alike. */
  raw: RawParams;
  /** Where Reset leads: to what the page's author wrote, and in a frame to what its address says. */
  initial: AnyParams;
  /** The state that the page's address asks for; undefined where it asks for none. */
  addressState?: AnyParams;
  /** What could not be taken, one sentence each. */
  notes: readonly string[];
}

/** What a player gets from its figure. */
export interface PlayerStage {
  parts: Parts;
  name: string;
  w: AnyWidget;
  source: RunSource;
  /** Takes a result to show. */
  show(result: unknown): void;
  /** Takes new values: of the clock as the run moves it, and those with which another run begins. */
  move(values: AnyParams): void;
  /** Speaks a sentence that is not shown: a run begins, or is half done. */
  say(sentence: string): void;
  /** Takes the reason why a run stopped; `isLoadError`: something that it needs did not load. */
  fail(reason: string, isLoadError?: boolean): void;
  /** A file that a run needs is late. */
  late(): void;
  /** Whether the reader wants no motion: a run is then shown at its end. */
  isStill(): boolean;
}

/** Plays the runs of a figure. The widget loads it, so that a page without such a figure loads none of it. */
export interface Player {
  /** Shows the run of these parameters, and computes it unless it waits for the button. */
  restart(params: AnyParams): void;
  press(tool: "play" | "step" | "restart"): void;
  isPlaying(): boolean;
  /** Off screen or hidden: what runs waits where it is. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs stops, and goes on when it is asked for again. */
  end(): void;
}

/** The drawing code that only the lab needs. The lab's widget imports it, so that no other figure loads it. */
type LabFrame = typeof labFrame;

/** What only the lab has, whose training the reader starts: its button is above the picture, and most of its controls open from a line. */
interface LabTraining<C extends Controls, R> extends LabFrame {
  /** The button's labels, by what pressing it does: start, pause, go on or train again; `wait` while something has to load. */
  buttonTexts: Record<"start" | "pause" | "on" | "again", string> & {
    wait(params: Params<C>): string;
  };
  /** Values to set when another run begins, or the same run is trained again. */
  resetValues: Values;
  /** The words beside the button: what training will do, or how far it is. */
  statusText(result: R, params: Params<C>): string;
  /** The present settings, in the line that opens the further controls. */
  settings(params: Params<C>): string;
  /** Whether a run can start in this state; until then the button is disabled. */
  isReady?(params: Params<C>): boolean;
  /** Draws between the first controls and the button, at full size; hides the box where it has nothing to show. */
  drawBetween(box: HTMLElement, result: R, params: Params<C>, act: Act): void;
  /** Draws behind the settings, below their controls. */
  drawPanel(box: Element, result: R, params: Params<C>, act: Act): void;
  /** Draws below the sentence of the full size. */
  drawBelow(box: Element, result: R, params: Params<C>, act: Act): void;
}

/** A figure in the form in which pages, embeds and exports use it. `figure` in declare.ts makes it from a shorter declaration. */
export interface Widget<C extends Controls, R> {
  /** A question. */
  title: string;
  /** How to read and move the picture, one or two sentences. */
  guide: string;
  /** The works behind the picture, with places, as a reader would cite them. */
  sources: readonly string[];
  /** Parameters → result: pure, deterministic, no DOM. A figure with runs has a model in `models.ts` and a player instead. */
  compute?(params: Params<C>): R;
  /** Loads the code that plays the model's runs. */
  player?(): Promise<{player(stage: PlayerStage): Player}>;
  /** Labels for the buttons of a run, where "Play" would be wrong. */
  tools?: Partial<Record<"play" | "step" | "restart", string>>;
  runs?: Runs<C, R>;
  training?: LabTraining<C, R>;
  controls: C;
  /**
   * The controls of its card: one or two are seen. More are named where each state shows only some of
   * them. A chapter may name others, one or two.
   */
  main?: readonly (keyof C & string)[];
  bounds?(params: Params<C>): Bounds;
  /** Names of controls that readers cannot change in this state; a link or a host still can. */
  locked?(params: Params<C>): readonly string[];
  /** Draws a result for this room, completely and idempotently. The same call prerenders, hydrates and updates. */
  draw(picture: Element, result: R, params: Params<C>, act: Act, room: Room): void;
  /** What is shown now, for card and dock: one sentence of 140 characters at most. */
  says?(result: R, params: Params<C>): string;
  /** The same for the full size and for screen readers, in one sentence or two: what is set, what came out, what it means. */
  summary(result: R, params: Params<C>): string;
  readouts(result: R, params: Params<C>): readonly Readout[];
  table(result: R, params: Params<C>): Table;
  provenance(params: Params<C>, result: R): Provenance;
  /** The reader's predictions whose outcome is known, for the host. */
  predictions?(result: R, params: Params<C>): readonly Prediction[];
  /** The reader's answers so far, for the host. */
  answers?(result: R, params: Params<C>): readonly QuizResponse[];
  /** Values with which a guess is asked for, or left out. `isFresh` when the figure begins, or begins anew. */
  asks?(isWanted: boolean, params: Params<C>, isFresh: boolean): Values;
  /** The state without what gives an answer away. Sentences and fields show this state where answers are withheld. */
  withheld?(params: Params<C>): Params<C>;
  /** A sentence on why a run failed, for the host. */
  diverged?(result: R, params: Params<C>): string | undefined;
  challenge: {text: string; met(result: R, params: Params<C>): boolean};
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds widgets of every parameter and result type
export type AnyWidget = Widget<any, any>;

/** A widget with `compute`: of a figure that answers at once, or of one with runs whose model is loaded too. */
export type ComputingWidget = AnyWidget & Required<Pick<AnyWidget, "compute">>;

type WidgetWithRuns<C extends Controls, R> = Widget<C, R> & Required<Pick<Widget<C, R>, "player" | "runs">>;

/** Declares a figure with runs that does without `figure` of declare.ts: the lab. */
export const widgetWithRuns = <C extends Controls, R>(w: WidgetWithRuns<C, R>): WidgetWithRuns<C, R> => w;
