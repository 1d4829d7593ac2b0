import type {AnyParams} from "../controls.ts";
import type {Parts} from "../live/skeleton.ts";
import type {AnyWidget} from "../widget.ts";
import type {RunSource} from "./run.ts";

/** What a heavy widget's player gets from its figure. */
export interface PlayerStage {
  parts: Parts;
  name: string;
  w: AnyWidget;
  source: RunSource;
  /** Takes a result to show. */
  show(result: unknown): void;
  /** Takes the values of the clock as the run moves it, and what another run begins with. */
  move(values: AnyParams): void;
  /** Speaks a sentence that is not shown: a run begins, or is half done. */
  say(sentence: string): void;
  /** Takes the reason why a run stopped; `isLost`: something that it needs did not load. */
  fail(reason: string, isLost?: boolean): void;
  /** What a run needs is late. */
  late(): void;
  /** Motion is to be left out: a run is shown at its end. */
  isStill(): boolean;
}

/** Plays the runs of a heavy widget. The widget loads it, so that a page without one pays for none of it. */
export interface Player {
  /** Begins the run of these parameters. */
  restart(params: AnyParams): void;
  press(tool: "play" | "step" | "restart", params: AnyParams): void;
  isPlaying(): boolean;
  /** Off screen or hidden: what runs waits where it is. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs ends. */
  end(): void;
}
