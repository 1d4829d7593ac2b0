export {previewFrame} from "./previewFrame.ts";
export {scormButton} from "./scormPackage.ts";
