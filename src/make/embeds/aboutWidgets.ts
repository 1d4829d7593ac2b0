import {runInThisContext} from "node:vm";
import type {Controls} from "../../shell/controls.ts";
import {bundleText, modelsElsewhere, onlyWhatIsUsed} from "./bundle.ts";

/** A widget's texts, sources and needs. */
export interface About {
  name: string;
  title: string;
  guide: string;
  challenge: string;
  sources: readonly string[];
  controls: Controls;
  /** A worker computes its runs. */
  isHeavy: boolean;
  /** Its style sheets in styles/parts/. */
  parts: readonly string[];
}

/** Every widget of the registry. Node cannot import all that widgets import, so the registry is bundled and then run here. */
export async function aboutWidgets(root: string): Promise<About[]> {
  const text = await bundleText(
    root,
    `import {load, widgetNames} from "./widgets/registry.ts"; import {partsOf} from "./widgets/sheets.ts";
     export const found = Promise.all(widgetNames.map(async (name) => {
       const {title, guide, sources, controls, player, challenge} = await load(name);
       return {name, title, guide, sources, controls, isHeavy: !!player, challenge: challenge.text, parts: partsOf([name])};
     }));`,
    {format: "iife", globalName: "registry", plugins: [modelsElsewhere, onlyWhatIsUsed]},
  );
  return runInThisContext(`${text};registry.found`);
}
