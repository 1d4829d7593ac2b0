export {previewFrame} from "./previewFrame.ts";
export {scormButton} from "./scormWithState.ts";
