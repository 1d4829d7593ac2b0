import type {AnyParams} from "../controls.ts";
import type {Player, Stage} from "../runs/player.ts";
import {type Cause, reasonOf} from "../state/cause.ts";
import type {AnyWidget} from "../widget.ts";
import {arrival} from "./arrival.ts";

/** A result, and what brought it about. */
export interface Outcome {
  result: unknown;
  cause: Cause;
  /** The reader did, by a control or by pressing Play. */
  isReaders: boolean;
}

/** Gets what becomes of the results that were asked for. */
export interface Listener {
  result(outcome: Outcome): void;
  /** A run that plays has moved its clock. */
  moved(values: Readonly<Record<string, number>>, cause: Cause): void;
  /** No result will come. `isRun`: a run stopped, and the host should hear of it too. */
  failed(sentence: string, isRun: boolean): void;
}

/** Turns parameters into results: at once where the widget computes, or by the runs of its player. */
export class Results {
  /** Computed by runs in a worker. */
  readonly isHeavy: boolean;
  readonly #w: AnyWidget;
  readonly #listener: Listener;
  readonly #loading: Promise<Player> | undefined;
  readonly #arrival = arrival();
  #player?: Player;
  #params!: AnyParams;
  #prepared?: {params: AnyParams; result: unknown};
  /** What changed the parameters last. */
  #latest: Cause = "start";
  /** Who is behind it: as `#latest`, but while a run plays this stays whoever pressed Play. */
  #by: Cause = "start";

  constructor(w: AnyWidget, stage: Pick<Stage, "parts" | "name" | "source" | "isStill" | "say">, listener: Listener) {
    this.#w = w;
    this.#listener = listener;
    this.isHeavy = !!w.player;
    this.#loading = w.player?.().then(({player}) => {
      this.#player = player({
        ...stage,
        w,
        show: (result) => this.#tell(result),
        move: (values) => listener.moved(values, this.#latest),
        fail: (reason) => this.#lose(`The run stopped: ${reason}. Reset brings back a working state.`, true),
      });
      return this.#player;
    });
    this.#loading?.catch((error) =>
      this.#lose(`What plays this figure did not load: ${error}. Reload the page to try again.`, false),
    );
  }

  /** Computes a result ahead of `ask`, so that the page can paint in between. */
  prepare(params: AnyParams) {
    if (!this.isHeavy) this.#prepared = {params, result: this.#w.compute!(params)};
  }

  /** Asks for the result of these parameters. The listener gets it: now, or when a run has come that far. */
  ask(params: AnyParams, cause: Cause) {
    if (cause !== "animation") this.#by = cause;
    this.#latest = cause;
    this.#params = params;
    if (this.isHeavy) {
      this.#do((player) => {
        this.#arrival.begin();
        player.restart(this.#params);
      });
      return;
    }
    const prepared = this.#prepared;
    this.#prepared = undefined;
    this.#tell(prepared?.params === params ? prepared.result : this.#w.compute!(params));
  }

  /** Presses a button of the run. */
  press(tool: "play" | "step" | "restart", cause: Cause) {
    this.#by = cause;
    this.#latest = tool === "play" ? "animation" : cause;
    this.#do((player) => player.press(tool, this.#params));
  }

  /** Starts or pauses the run; does nothing if it is already so. */
  play(isWanted: boolean, cause: Cause) {
    this.#do((player) => player.isPlaying() === isWanted || this.press("play", cause));
  }

  get isPlaying(): boolean {
    return !!this.#player?.isPlaying();
  }

  /** Off screen or hidden: what runs waits. */
  sleep() {
    this.#do((player) => player.sleep());
  }
  wake() {
    this.#do((player) => player.wake());
  }

  /** Ends the run. Gives whether somebody was still waiting for a result; their promise is rejected. */
  end(): boolean {
    const wasWaiting = this.#arrival.lose("The figure was taken away.");
    this.#do((player) => player.end());
    return wasWaiting;
  }

  /** Settles once there is a result of the present parameters; rejects with the reason where none comes. */
  async wait(): Promise<void> {
    // A run asked for before its player has loaded begins when it has.
    await Promise.allSettled([this.#loading]);
    await this.#arrival.wait();
  }

  #tell(result: unknown) {
    const cause = this.#latest;
    this.#listener.result({result, cause, isReaders: cause !== "start" && reasonOf(this.#by) === "user"});
    this.#arrival.come();
  }

  #lose(sentence: string, isRun: boolean) {
    this.#listener.failed(sentence, isRun);
    this.#arrival.lose(sentence);
  }

  /** Calls the player now, or once it has loaded. */
  #do(use: (player: Player) => void) {
    if (this.#player) use(this.#player);
    else this.#loading?.then(use).catch(() => undefined);
  }
}
