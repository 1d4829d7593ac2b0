/** Runs of widgets, each computed once for all tests of a file. */
export {keptFramesOf as tapeOf, widgetWithModel as remembering} from "../../../src/figure/runs/withModel.ts";
