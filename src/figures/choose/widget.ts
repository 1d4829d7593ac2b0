import {card} from "../../figure/widget.ts";
import {compute, controls} from "./model.ts";
import {drawCard} from "./panels.ts";
import {nothingFits, says} from "./sentences.ts";
import {verdictWorks} from "./verdicts.ts";

export default card({
  title: "Which method fits your case?",
  guide:
    "Press what is true of your case; four more facts are under More. The methods that fail the fewest requests come first, then those that pay for the fewest; a dashed line shows how far untested facts could move a method, and one that reaches into the band may be first.",
  sources: verdictWorks,
  controls,
  compute,
  main: ["quality"],
  draw: drawCard,
  says,
  full: () => import("./full.ts"),
  provenance: () => ({kind: "paper", text: "its tables and sections, and works cited below"}),
  challenge: {
    text: "find a case in which no method meets everything you ask, whatever further tests would show. What would you give up?",
    met: (result) => nothingFits(result),
  },
});
