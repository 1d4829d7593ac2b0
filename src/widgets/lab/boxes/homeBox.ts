import {layer} from "../../../figures/layer.ts";
import {put} from "../../../figures/text/put.ts";
import {differences} from "../../../shell/parse.ts";
import type {Act} from "../../../shell/widget.ts";
import type {LabResult} from "../see.ts";
import {controls, type LabParams, settingsOf} from "../settings.ts";

/** What else the archive holds. */
const contents: Readonly<Record<LabParams["method"], string>> = {
  lora: "the adapter as PEFT has it",
  bottleneck: "the bottlenecks as safetensors (PEFT has no such pair of files for them)",
  prefix: "the prefix as safetensors (no pair of files for PEFT, whose prefixes fit the models of a library)",
  full: "the tuned weights as safetensors",
};

/** The run as files: offered once it is whole. */
export function homeBox(box: Element, {trained}: LabResult, params: LabParams, act: Act) {
  const area = layer(box, "div", "home");
  const button = layer<HTMLButtonElement>(area, "button", "take");
  button.setAttribute("type", "button");
  if (trained) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
  put(button, "Take it home");
  button.onclick = () => {
    if (trained)
      void takeHome(button.ownerDocument, trained, params).catch((error) => act.say(`No file was made: ${error}.`));
  };
  layer(
    area,
    "p",
    "contents",
    `A ZIP of the base, ${contents[params.method]}, and a PyTorch script that loads both and finds these numbers again.`,
  );
}

async function takeHome(document: Document, trained: NonNullable<LabResult["trained"]>, params: LabParams) {
  const [{takeHome}, {save}] = await Promise.all([import("../home.ts"), import("../../../shell/take/save.ts")]);
  const link = `widgets/lab/?${new URLSearchParams(differences(controls, params))}`;
  save(document, "lora-lab.zip", await takeHome(settingsOf(params), trained, link));
}
