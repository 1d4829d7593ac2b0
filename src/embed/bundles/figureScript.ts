import type {Packages} from "../../site/licenses/recordPackages.ts";
import {bundle} from "./bundle.ts";

/** The registry and the models with one figure in them, and without what only our own pages ask for. */
const only = (name: string): Record<string, string> => ({
  "src/figures/registry.ts": `import w from "./${name}/widget.ts";
    export const widgetNames = ["${name}"];
    export const figureNamed = (name) => (name === "${name}" ? name : undefined);
    export const load = async () => w;`,
  "src/figures/models.ts": `export const models = {${name}: () => import("./${name}/model.ts")};`,
  "src/figure/share/ownPage.ts": "",
});

/**
 * A figure as one classic script: with its model and its data, and with what exports and shares it. A frame without an origin may
 * import no module and fetch nothing, and may start a worker only from text. So all of the script is one function, `lora`, whose
 * own text is the worker's (figure-entry.ts).
 */
export async function figureScript(root: string, name: string, packages?: Packages): Promise<string> {
  const way = {format: "iife", texts: only(name), packages} as const;
  const files = await bundle(root, {figure: "src/embed/bundles/figure-entry.ts"}, way);
  return `(function lora(){${Buffer.from(files["figure.js"]!).toString("utf8").trim()}})();\n`;
}
