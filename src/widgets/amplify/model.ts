export {compute, ready} from "../labTwinRuns.ts";
