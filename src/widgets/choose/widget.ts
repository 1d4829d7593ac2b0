import {card} from "../../shell/widget.ts";
import {compute, controls} from "./model.ts";
import {drawCard} from "./panels.ts";
import {brief, nothingFits} from "./sentences.ts";
import {works} from "./verdicts.ts";

export default card({
  title: "Which method fits your case?",
  guide:
    "Say what is true of your case; four more facts are under More. Who fails less is ahead, then who pays for less; each fact counts the same, and ties stay ties. A bar spans what untested facts leave open: at best they are met, at worst they are like the worst that was found of another method. Who reaches into the band may be first.",
  sources: works,
  controls,
  compute,
  main: ["quality"],
  draw: drawCard,
  says: brief,
  full: () => import("./full.ts"),
  provenance: () => ({kind: "paper", text: "its tables and sections, and works cited below"}),
  challenge: {
    text: "find a case in which no method meets everything you ask, whatever further tests would show. What would you pay with?",
    met: (result) => nothingFits(result),
  },
});
