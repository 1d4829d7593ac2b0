import type {Reason} from "../figure/hostEvents.ts";

/** What brought a state about. */
export type Cause = "start" | "typing" | "reader" | "host" | "animation";

/** What a host hears of it: nothing of a start. */
export const reasonOf = (cause: Cause): Reason | undefined =>
  cause === "host" || cause === "animation" ? cause : cause === "start" ? undefined : "user";
