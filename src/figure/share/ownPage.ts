/** The parts of the embed dialog that only our own pages have, loaded together. */

export {makePreview} from "./preview.ts";
export {makeScormButton} from "./scormWithState.ts";
