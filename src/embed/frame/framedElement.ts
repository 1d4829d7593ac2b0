import type {LoraWidget} from "../../figure/loraWidget.ts";

type UsedMember = "state" | "foresee" | "set" | "reset" | "play" | "pause" | "step" | "take";

/** The part of the element that a frame uses. Calling any of its methods starts a widget that has not come near the viewport yet. */
export type FramedElement = HTMLElement & Readonly<Pick<LoraWidget, UsedMember>>;
