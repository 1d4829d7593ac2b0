import type {AnyParams} from "../controls.ts";
import type {Parts} from "../figure/skeleton.ts";
import type {AnyWidget} from "../widget.ts";
import type {Means} from "./run.ts";

/** What a heavy widget's player is given by the figure it stands in. */
export interface Stage {
  parts: Parts;
  name: string;
  w: AnyWidget;
  means: Means;
  /** Draws a result. */
  show(result: unknown): void;
  /** Sets parameters as the run goes on. */
  set(params: Readonly<Record<string, number>>): void;
  /** Speaks a sentence in place of the result's: a run begins, or is half done. Nothing is seen of it. */
  say(sentence: string): void;
  /** Says why a run stopped. */
  fail(reason: string): void;
  /** Whether motion is to be left out: a run is shown at its end. */
  still(): boolean;
}

/** What plays the runs of a heavy widget; the widget loads it, so that a page without one has none. */
export interface Player {
  /** The parameters are these now. */
  restart(params: AnyParams): void;
  press(tool: "play" | "step" | "restart", params: AnyParams): void;
  isPlaying(): boolean;
  /** Off screen or hidden: what runs waits where it is. */
  sleep(): void;
  wake(): void;
  /** Removed: what runs ends. */
  end(): void;
}
