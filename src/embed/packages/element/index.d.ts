/** The parameters of a figure by their names. Each figure's page, and `widgets/index.json` of the site, list them. */
export type State = Readonly<Record<string, number | string>>;

/** Common options (`theme`, `lock`, …): `widgets/index.json` lists them too. */
export type Options = Readonly<Record<string, unknown>>;

/** Who changed a state: the reader, your page, or a run that plays. */
export type Reason = "user" | "host" | "animation";

export interface Score {
  raw: number;
  min: number;
  max: number;
  scaled: number;
}

/** What each event carries: the `detail` of `lora-ready`, `lora-change` and so on. */
export interface Events {
  ready: {state: State; summary: string; height: number; version: string};
  change: {
    state: State;
    /** Names of the parameters that differ from the last event of this phase. */
    changed: readonly string[];
    reason: Reason;
    /** `input` while it moves, at most once a frame; `commit` once it has settled. */
    phase: "input" | "commit";
    summary: string;
  };
  /** `actual` and `error` are null where nothing is measured. */
  predict: {item: string; prediction: number | string; actual: number | string | null; error: number | null};
  answer: {item: string; response: string; correct: boolean; score: Score; attempt: number};
  /** `duration` since the figure started, in ISO 8601. */
  complete: {success: boolean; score: Score; duration: string};
  error: {code: "name" | "start" | "run" | "diverged"; text: string};
}

/** What a figure gives as a file. */
export interface Exports {
  svg: string;
  png: Blob;
  csv: string;
  json: string;
}

/** `<lora-widget name="rank">`. Its methods start the figure; its properties can be set before the script has loaded. */
export interface LoraWidget extends HTMLElement {
  /** The figure's name. Another name puts another figure in its place. */
  name: string;
  /** Resolves when the figure answers, and rejects if it cannot start. */
  readonly ready: Promise<unknown>;
  /** Undefined before the start. Values are brought into range, as an address's values are. */
  get state(): State | undefined;
  set state(given: State | undefined);
  /** The same, for Observable's `viewof`. */
  get value(): State | undefined;
  set value(given: State | undefined);
  /** The result as a sentence. */
  readonly summary: string | undefined;
  /** The state that `set(raw)` would make of the state `from`; undefined before the start, or if a value could not be taken as it is. */
  foresee(raw: State, from: State): State | undefined;
  /** Gives a sentence for each value that could not be taken. */
  set(raw: State, options?: Options): Promise<readonly string[]>;
  reset(): Promise<void>;
  /** These do nothing in a figure that does not play. */
  play(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  exportSVG(): Promise<string>;
  /** Rejects if the page's policy forbids images from data. */
  exportPNG(): Promise<Blob>;
  exportCSV(): Promise<string>;
  take<T extends keyof Exports>(format: T): Promise<Exports[T]>;
}

type TagEvents = {[T in keyof Events as `lora-${T}`]: CustomEvent<Events[T]>};

declare global {
  interface HTMLElementTagNameMap {
    "lora-widget": LoraWidget;
  }
  interface HTMLElementEventMap extends TagEvents {}
}
