import type {Events, Exports, Options, State} from "./index.js";

/** What a figure in a frame says: the events of the element, and what only a frame has to say. */
export type FrameMessages = Omit<Events, "error"> & {
  /** Its height has changed, in CSS pixels. */
  resize: {height: number};
  error: {code: Events["error"]["code"] | "load"; text: string};
};

/**
 * A figure in a frame of your page. Orders wait until the frame has loaded, are carried out in sequence, and start the figure.
 * Each promise gives the state that its order led to, and rejects with the frame's reason if it could not be carried out.
 */
export interface Frame {
  /** Takes parameters, and common options (`theme`, `lock`, …), checked like an address: values are brought into range. */
  set(state: State, options?: Options): Promise<State>;
  get(): Promise<State>;
  /** Back to the state in the frame's address. */
  reset(): Promise<State>;
  /** These do nothing in a figure that does not play. */
  play(): Promise<State>;
  pause(): Promise<State>;
  step(): Promise<State>;
  /** Moves the focus to its first control. */
  focus(): Promise<State>;
  /** The picture, its data, or the state with its sentence. It waits for the result of the present state. */
  export<T extends keyof Exports>(format: T): Promise<Exports[T]>;
  /** Calls `listener` with what each message of this type carries. Returns the function that ends this. */
  on<T extends keyof FrameMessages>(type: T, listener: (detail: FrameMessages[T]) => void): () => void;
  /** Listens no more. Orders without an answer are rejected. */
  close(): void;
}

/** The client of the figure in this frame. */
export declare function frame(iframe: HTMLIFrameElement): Frame;
