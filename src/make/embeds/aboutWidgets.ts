import {runInThisContext} from "node:vm";
import {code, modelsElsewhere, onlyWhatIsUsed} from "./bundle.ts";

/** What the build knows of a widget without drawing it. */
export interface About {
  name: string;
  title: string;
  guide: string;
  challenge: string;
  sources: readonly string[];
  /** Its runs are computed in a worker. */
  isHeavy: boolean;
  /** Its style sheets in styles/parts/. */
  parts: readonly string[];
}

/** Every widget of the registry, which is bundled for this process and asked. */
export async function aboutWidgets(root: string): Promise<About[]> {
  const text = await code(
    root,
    `import {load, widgetNames} from "./widgets/registry.ts"; import {partsOf} from "./widgets/sheets.ts";
     export const found = Promise.all(widgetNames.map(async (name) => {
       const {title, guide, sources, player, challenge} = await load(name);
       return {name, title, guide, sources, isHeavy: !!player, challenge: challenge.text, parts: partsOf([name])};
     }));`,
    {format: "iife", globalName: "registry", plugins: [modelsElsewhere, onlyWhatIsUsed]},
  );
  return runInThisContext(`${text};registry.found`);
}
