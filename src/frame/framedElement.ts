import type {LoraWidget} from "../shell/element.ts";

type Used = "state" | "set" | "reset" | "play" | "pause" | "step" | "take";

/** What a frame uses of its element. Each of these starts a widget that has not come near the viewport yet. */
export type FramedElement = HTMLElement & Readonly<Pick<LoraWidget, Used>>;
