import {isAbsolute, join} from "node:path";
import type {Plugin as BundlerPlugin} from "esbuild";

/** Folders of the packages whose code is in something that a reader gets. */
export type Packages = Set<string>;

/** Everything that this build ships. The bundlers add to it; the page of licenses is written from it at the end. */
export const shippedPackages: Packages = new Set();

/**
 * The folder of the package that a module belongs to, below `root`; undefined for a module of ours. Bundlers add modules of
 * their own: `\0vite/preload-helper.js` belongs to Vite.
 */
export function packageOf(id: string, root: string): string | undefined {
  const own = /^\0(vite|rolldown)\//.exec(id)?.[1];
  if (own) return join(root, "node_modules", own);
  const found = /^\0?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1];
  return found && (isAbsolute(found) ? found : join(root, found));
}

/** Adds the packages of these modules. */
const addAll = (ids: readonly string[], root: string, into: Packages) => {
  for (const id of ids) {
    const folder = packageOf(id, root);
    if (folder) into.add(folder);
  }
};

/** For esbuild: adds the packages whose code is left in the bundle, after all that is unused has been dropped. */
export const recordBundle = (into: Packages = shippedPackages): BundlerPlugin => ({
  name: "packages in the bundle",
  setup(esbuild) {
    esbuild.initialOptions.metafile = true;
    const root = esbuild.initialOptions.absWorkingDir ?? process.cwd();
    esbuild.onEnd(({metafile}) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.entries(output.inputs));
      const used = inputs.filter(([, {bytesInOutput}]) => bytesInOutput > 0).map(([path]) => path);
      addAll(used, root, into);
    });
  },
});

/** A file that Vite writes; scripts say which modules they are made of. */
interface Output {
  modules?: Readonly<Record<string, {renderedLength: number}>>;
}

/** For Vite: the same for the scripts of pages and for their workers, but not for the code that renders the pages. */
export const recordPages = (root: string, into: Packages = shippedPackages) => ({
  name: "packages in the pages' scripts",
  applyToEnvironment: ({name}: {name: string}) => name === "client",
  generateBundle(_: unknown, bundle: Readonly<Record<string, Output>>) {
    for (const {modules = {}} of Object.values(bundle)) {
      const used = Object.entries(modules).filter(([, {renderedLength}]) => renderedLength > 0);
      addAll(
        used.map(([id]) => id),
        root,
        into,
      );
    }
  },
});
