import type {Packages} from "../../site/licenses/recordPackages.ts";
import {bundle} from "./bundle.ts";

/** Other texts of modules: the registry and the models hold only this figure, and what only our own pages load is empty. */
const textsFor = (name: string): Record<string, string> => ({
  "src/figures/registry.ts": `import w from "./${name}/widget.ts";
    export const widgetNames = ["${name}"];
    export const figureNamed = (name) => (name === "${name}" ? name : undefined);
    export const loadWidget = async () => w;`,
  "src/figures/models.ts": `export const models = {${name}: () => import("./${name}/model.ts")};`,
  "src/figure/share/ownPage.ts": "",
});

/**
 * A figure as one classic script, with its model, its data, and what exports and shares it. A frame without an origin may import no
 * module, fetch nothing, and start a worker only from text. So the whole script is one function, `lora`, and the worker runs the
 * text of that function (figure-entry.ts).
 */
export async function figureScript(root: string, name: string, packages?: Packages): Promise<string> {
  const form = {format: "iife", texts: textsFor(name), packages} as const;
  const files = await bundle(root, {figure: "src/embed/bundles/figure-entry.ts"}, form);
  return `(function lora(){${Buffer.from(files["figure.js"]!).toString("utf8").trim()}})();\n`;
}
