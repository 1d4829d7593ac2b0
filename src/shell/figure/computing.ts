import {type Cause, reasonOf} from "../cause.ts";
import type {AnyParams} from "../controls.ts";
import type {Stage} from "../runs/player.ts";
import {running} from "../runs/running.ts";
import {arrival} from "./arrival.ts";
import {tell as tellHost} from "./told.ts";

/**
 * Where the results of a figure come from, at once or from the runs of a player, and who brought each about. `paint` gets a
 * result with its cause, and whether it is the reader's own. Gives the run, the promise of a result of the present state,
 * what makes results anew, and what presses a button of the run.
 */
export function computing(
  host: HTMLElement,
  stage: Pick<Stage, "parts" | "name" | "w" | "means" | "still" | "say">,
  now: () => AnyParams,
  set: (values: Readonly<Record<string, number>>, cause: Cause) => unknown,
  paint: (result: unknown, cause: Cause, isOwn: boolean) => void,
  tell: (sentences: readonly string[]) => void,
) {
  let latest: Cause = "start";
  /** Who brought about what is drawn, by a word or by Play. */
  let by: Cause = "start";
  const first = arrival();

  const show = (result: unknown) => {
    paint(result, latest, latest !== "start" && reasonOf(by) === "user");
    first.come();
  };
  const lose = (sentence: string) => {
    tell([sentence]);
    first.lose(sentence);
  };
  const run = running(
    stage.w,
    {
      ...stage,
      show,
      set: (values) => set(values, latest),
      fail(reason) {
        const text = `The run stopped: ${reason}. Reset brings back a working state.`;
        lose(text);
        tellHost(host, "error", {code: "run", text});
      },
    },
    lose,
  );

  /** The state is another now, or begins anew. */
  const renew = (cause: Cause) => {
    if (cause !== "animation") by = cause;
    latest = cause;
    if (run.isHeavy)
      run.do((player) => {
        first.begin();
        player.restart(now());
      });
    else show(stage.w.compute!(now()));
  };

  const press = (tool: "play" | "step" | "restart", cause: Cause) => {
    by = cause;
    latest = tool === "play" ? "animation" : cause;
    run.do((player) => player.press(tool, now()));
  };
  // What asks for a result before the player is there asks for the one that is begun then.
  return [run, press, renew, {...first, wait: () => Promise.allSettled([run.loading]).then(first.wait)}] as const;
}
