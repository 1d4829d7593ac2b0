/** What readers set in the figure of choices and seeds. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {LISTS, OPERATIONS} from "../shared/taskNames.ts";

const {names} = LISTS;
const {reversePlusOne, rotateTwo, plusThree, reversePermute} = OPERATIONS;
/** What is trained, exactly as `placesOf` (stored.ts) names it: the model finds rows by these names. */
export const trainedPlaces = {qv: "Wq + Wv", every: "every matrix", full: "all weights"};
/** The condition of the base's controls, which only the digit tasks have. */
const ifDigitMatrices = {vary: ["matrices"], learned: ["reversePlusOne", "rotateTwo"]};

/** Names must differ from `lab`'s: one page's address holds the parameters of both. */
export const controls = {
  vary: choice(["Compare"], {matrices: "Matrices", rank: "Ranks", rate: "Rates", tasks: "Tasks"}, "matrices"),
  learned: {
    ...choice(["Task"], {reversePlusOne, rotateTwo, names}, "reversePlusOne"),
    when: {vary: ["matrices"]},
  },
  machine: {
    ...range(["Seed of the base"], {min: 1, max: 6, value: 1}),
    when: ifDigitMatrices,
  },
  pretraining: {
    ...choice(["Steps of pretraining"], {"500": "500", "1200": "1,200"}, "1200"),
    when: ifDigitMatrices,
  },
  ranked: {
    ...choice(["Task"], {names, reversePlusOne, plusThree, reversePermute}, "names"),
    when: {vary: ["rank"]},
  },
  rated: {
    ...choice(
      ["Task and what is trained"],
      {
        qv: "Reverse, +1: Wq + Wv",
        every: "Reverse, +1: every matrix",
        full: "Reverse, +1: all weights",
        names: "Names: every matrix",
        "names-full": "Names: all weights",
      },
      "qv",
    ),
    when: {vary: ["rate"]},
  },
  way: {
    ...choice(["Trained"], {qv: trainedPlaces.qv, every: "Every matrix", full: "All weights"}, "qv"),
    when: {vary: ["tasks"]},
  },
};
export type SweepParams = Params<typeof controls>;
