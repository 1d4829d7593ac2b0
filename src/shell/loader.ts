/** Loads a module and remembers it. After a failure the next call loads it anew; so does `again` while it is still on its way. */
export type Loader<T> = (again?: boolean) => Promise<T>;

/**
 * A loader for `load`, which is nothing but one `import("…")`. Browsers remember a module that did not load, and what it imports,
 * by their addresses. So each further attempt asks for the file in another spelling of its folder: to the host it is the same
 * path, to the browser a new address all the way down.
 */
export function loader<T>(load: () => Promise<T>): Loader<T> {
  let attempt = 0;
  let hasLoaded = false;
  let loading: Promise<T> | undefined;
  const begin = () => {
    const begun = attempt === 0 ? load() : anew(load, attempt);
    begun.then(
      () => {
        hasLoaded ||= loading === begun;
      },
      () => {
        if (loading !== begun) return;
        loading = undefined;
        attempt++;
      },
    );
    return begun;
  };
  return (again) => {
    if (again && loading && !hasLoaded) {
      loading = undefined;
      attempt++;
    }
    loading ??= begin();
    return loading;
  };
}

/** An import as a bundler writes it: the chunk, and what of the chunk is the module where it holds several. */
const written = /\bimport\(\s*["'`]([^"'`]+)["'`]\s*\)(?:\.then\(\(?(\w+)\)?\s*=>\s*\2\.(\w+)\))?/;

/** Imports what `load` imports under addresses that no earlier attempt has used. */
export async function anew<T>(load: () => Promise<T>, attempt: number): Promise<T> {
  // The bundler tells the chunk's name nowhere but in the function itself. All chunks are in one folder, this one too.
  const [, name, , part] = written.exec(String(load)) ?? [];
  // In a classic script nothing is imported, and what it loads instead is asked for again each time.
  if (!name || !import.meta.url) return load();
  // The comments are for bundlers of pages that have the element as a package.
  const chunk = await import(
    /* webpackIgnore: true */ /* @vite-ignore */ respelled(
      new URL(/* webpackIgnore: true */ name, import.meta.url).href,
      attempt,
    )
  );
  return part ? chunk[part] : chunk;
}

/** Some letters of this part of an address as percent codes, others for each attempt. */
const respell = (address: string, attempt: number, part: RegExp): string =>
  address.replace(part, (name) =>
    Array.from(decodeURIComponent(name), (letter, i) =>
      (attempt >> i) & 1 ? `%${letter.charCodeAt(0).toString(16).toUpperCase()}` : letter,
    ).join(""),
  );

/**
 * The address with some letters of the file's folder as percent codes, others for each attempt: `/_astro/a.js` becomes
 * `/%5Fastro/a.js`. A host reads both as the same path.
 */
export const respelled = (address: string, attempt: number): string => respell(address, attempt, /[^/]+(?=\/[^/]*$)/);

/**
 * The same with letters of the file's name. What the file imports keeps its address, so a module that runs already is not run a
 * second time; but one that did not load stays lost.
 */
export const renamed = (address: string, attempt: number): string => respell(address, attempt, /[^/]+$/);
