/** From parameters to results: computed at once, or by the runs of a player. */
import type {AnyParams} from "../controls.ts";
import {makeDeferred} from "../deferred.ts";
import {whenLate} from "../errorNote.ts";
import type {AnyWidget, Player, PlayerStage} from "../widget.ts";
import {type Cause, reasonOf} from "./hostEvents.ts";

/** A result, and what caused it. */
export interface Outcome {
  result: unknown;
  cause: Cause;
  /** The reader caused it, by a control or by pressing Play. */
  isReaders: boolean;
}

/** Callbacks for the results that were asked for. */
interface Listener {
  onResult(outcome: Outcome): void;
  /** A run that plays has moved its clock. */
  onMove(values: AnyParams, cause: Cause): void;
  /** No result will come. `isRun`: a run stopped, and the host should hear of it too. `isLoadError`: a file did not load. */
  onFailure(sentence: string, isRun: boolean, isLoadError: boolean): void;
  /** Whether a file that a result needs is late; false once a result has come after all. */
  onLate(isLate: boolean): void;
}

/** Turns parameters into results: at once where the widget has `compute`, else by the runs of its player. */
export class Results {
  /** Results come from the runs of a player. */
  readonly hasRuns: boolean;
  readonly #w: AnyWidget;
  readonly #listener: Listener;
  readonly #stage: Pick<PlayerStage, "parts" | "name" | "source" | "isStill" | "say">;
  readonly #loading?: Promise<Player>;
  /** The next result, for whoever waits for it. */
  #next = makeDeferred<void>();
  #player?: Player;
  #params!: AnyParams;
  #prepared?: {params: AnyParams; result: unknown};
  /** What changed the parameters last. */
  #latestCause: Cause = "start";
  /** As `#latestCause`, but while a run plays this stays the one who pressed Play. */
  #initiator: Cause = "start";
  /** The listener was told that a file is late or did not load; the next result takes that back. */
  #hasToldTrouble = false;

  constructor(
    w: AnyWidget,
    stage: Pick<PlayerStage, "parts" | "name" | "source" | "isStill" | "say">,
    listener: Listener,
  ) {
    this.#w = w;
    this.#listener = listener;
    this.#stage = stage;
    this.hasRuns = !!w.player;
    if (!w.player) return;
    this.#loading = whenLate(w.player(), (isLate) => isLate && this.#tellLate()).then(({player}) => {
      this.#player = player({
        ...this.#stage,
        w: this.#w,
        show: (result) => this.#tell(result),
        move: (values) => this.#listener.onMove(values, this.#latestCause),
        fail: (reason, isLoadError) =>
          isLoadError
            ? this.#fail("A file that this run needs did not load.", true, true)
            : this.#fail(`The run stopped: ${reason}. Press Reset to go back to settings that work.`, true),
        late: () => this.#tellLate(),
      });
      return this.#player;
    });
    this.#loading.catch(() => this.#fail("The script that runs this figure did not load.", false, true));
  }

  /** Computes a result ahead of `ask`, so that the page can paint in between. */
  prepare(params: AnyParams) {
    if (!this.hasRuns) this.#prepared = {params, result: this.#w.compute!(params)};
  }

  /** Asks for the result of these parameters. The listener gets it: now, or when a run has come that far. */
  ask(params: AnyParams, cause: Cause) {
    if (cause !== "animation") this.#initiator = cause;
    this.#latestCause = cause;
    this.#params = params;
    if (this.hasRuns) {
      this.#withPlayer((player) => {
        this.#waitForNext();
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
    this.#initiator = cause;
    this.#latestCause = tool === "play" ? "animation" : cause;
    this.#withPlayer((player) => player.press(tool));
  }

  /** Starts or pauses the run; does nothing if that is its state already. */
  play(isWanted: boolean, cause: Cause) {
    this.#withPlayer((player) => player.isPlaying() === isWanted || this.press("play", cause));
  }

  get isPlaying(): boolean {
    return !!this.#player?.isPlaying();
  }

  /** The figure is off screen or hidden: its runs pause. */
  sleep() {
    this.#withPlayer((player) => player.sleep());
  }
  wake() {
    this.#withPlayer((player) => player.wake());
  }

  /** Ends the run. Gives whether somebody was still waiting for a result, and rejects that promise. */
  end(): boolean {
    const wasWaiting = !this.#next.isSettled;
    this.#next.reject(new Error("The figure was taken away."));
    this.#withPlayer((player) => player.end());
    return wasWaiting;
  }

  /** Settles once there is a result of the present parameters; rejects with the reason where none comes. */
  async wait(): Promise<void> {
    // A run asked for before its player has loaded begins when it has.
    await Promise.allSettled([this.#loading]);
    await this.#next.promise;
  }

  /** From now on `wait` waits for the next result. */
  #waitForNext() {
    if (this.#next.isSettled) this.#next = makeDeferred();
  }

  #tell(result: unknown) {
    const cause = this.#latestCause;
    if (this.#hasToldTrouble) this.#listener.onLate(false);
    this.#hasToldTrouble = false;
    this.#listener.onResult({result, cause, isReaders: cause !== "start" && reasonOf(this.#initiator) === "user"});
    // After a failure the promise is settled; a result makes a new one.
    this.#waitForNext();
    this.#next.resolve();
  }

  #tellLate() {
    this.#hasToldTrouble = true;
    this.#listener.onLate(true);
  }

  #fail(sentence: string, isRun: boolean, isLoadError = false) {
    this.#hasToldTrouble = isLoadError;
    this.#listener.onFailure(sentence, isRun, isLoadError);
    this.#next.reject(new Error(sentence));
  }

  /** Calls the player now, or once it has loaded. */
  #withPlayer(use: (player: Player) => void) {
    if (this.#player) use(this.#player);
    else this.#loading?.then(use).catch(() => undefined);
  }
}
