import {isLost, reasonFor} from "../../../figure/errorNote.ts";
import {differences} from "../../../figure/parse.ts";
import {button} from "../../../figure/plot/button.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Act} from "../../../figure/widget.ts";
import {controls, type LabParams, labSettings} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import type {TrainedRun} from "../snapshot.ts";
import {besideTakeHome} from "../takeHome/beside.ts";

/** The files of the archive besides the base and the script. */
const contents: Readonly<Record<LabParams["method"], string>> = {
  lora: "the adapter as PEFT has it",
  bottleneck: "the adapter layers as safetensors (PEFT has no files of its own for them)",
  prefix: "the prefix as safetensors (no files for PEFT, whose prefixes fit only the models of a library)",
  full: "the tuned weights as safetensors",
};

/** Offers the finished run as an archive. */
export function takeHomeButton(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {trained} = result;
  const area = layer(box, "div", "home");
  const take = button(area, "take", "Take it home");
  if (trained) take.removeAttribute("aria-disabled");
  else take.setAttribute("aria-disabled", "true");
  take.onclick = () => {
    if (trained)
      void saveArchive(take.ownerDocument, trained, params).catch((error) =>
        act.say(`No file was made: ${reasonFor(error)}.`, isLost(error)),
      );
  };
  besideTakeHome(area, result, params, act);
  layer(
    area,
    "p",
    "holds",
    `A ZIP of the base, ${contents[params.method]}, and a PyTorch script that loads both and gets the same losses.`,
  );
}

async function saveArchive(document: Document, trained: TrainedRun, params: LabParams) {
  const [{runArchive}, {save}] = await Promise.all([
    import("../takeHome/takeHome.ts"),
    import("../../../figure/export/save.ts"),
  ]);
  const isOwn = params.task === "own";
  // The words are in no link: they are pasted again on the lab's own page, which alone has a field for them.
  const query = new URLSearchParams(differences(controls, isOwn ? {...params, own: ""} : params));
  const link = isOwn ? `lab/?${query}, with the words pasted again` : `widgets/lab/?${query}`;
  save(document, "lora-lab.zip", await runArchive(labSettings(params), trained, link));
}
