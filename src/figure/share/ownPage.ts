/** The parts of the embed dialog that only our own pages have, loaded together. */

export {previewFrame} from "./previewFrame.ts";
export {scormButton} from "./scormWithState.ts";
