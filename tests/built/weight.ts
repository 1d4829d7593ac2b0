import {existsSync, readFileSync} from "node:fs";
import {dirname, join, posix} from "node:path";
import {gzipSync} from "node:zlib";

/** What one page makes a reader load. `files` are paths in dist; sizes are bytes, gzip but for fonts. */
export interface Part {
  files: readonly string[];
  bytes: number;
}

export interface PageWeight {
  page: string;
  html: Part;
  /** What a screen waits for. */
  css: Part;
  /** Sheets for paper alone: fetched too, last and waited for by nobody. */
  printCss: Part;
  /** Every font face the page's stylesheets name: more than a page asks for, never less. */
  fonts: Part;
  /** What runs before a widget is near: the page's scripts and all they import statically. */
  script: Part;
  /**
   * `script`, the widgets' shell, what any two widgets of the page share, there and in the worker, and the heaviest widget as
   * the first to come near, with its model in the worker.
   */
  firstWidget: Part;
  /** The same without what only other widgets share: what is loaded when the heaviest widget comes near before all others. */
  anyWidgetFirst: Part;
  /** The most that one widget of the page has to itself, but for the engine. */
  furtherWidget: Part;
  /** The most that one widget's model has to itself in the worker, but for the engine. Loaded when that widget asks for a run. */
  model: Part;
  /** What trains and computes, counted once: the engine that the page's widgets load, there and in the worker, and the worker. */
  training: Part;
  /** HTML, CSS and every script, each widget live and each worker running; but for `data`. */
  whole: Part;
  /** Weights and word lists that the lab's runs load, each once: a worker and a page have copies of their own. */
  data: Part;
}

const staticImport =
  /(?:\bimport|\bexport)\s*(?:[\w*{][^"'`();]*?\bfrom\s*|\{[^}]*\}\s*from\s*)?["']([^"']+\.m?js)["']/g;
const dynamicImport = /\bimport\(\s*["'`]([^"'`]+\.m?js)["'`]/g;
/** `new Worker(…)` around an address, or the address alone, in a constant of its own. */
const worker = /new\s+URL\(\s*(?:new\s+URL\(\s*)?["'`]([^"'`]*worker[^"'`]*\.js)["'`]\s*,\s*import\.meta\.url/g;
/** An entry of the registry as built: `rank:()=>import("./widget.js")`, with or without Vite's preload around it. */
const registered =
  /(?<![\w-])["'`]?([a-z][a-z0-9-]{0,40})["'`]?:\s*\(\)\s*=>\s*(?:[\w$]+\(\s*(?:async\s*)?\(\)\s*=>\s*)?import\(\s*["'`]([^"'`]+)["'`]/g;

/** The chunk of a file in content/lab/, and what it is called without its hash. */
const labData = /^_astro\/([\w-]+\.weights|forge\.full|forge\.adapters|names|french|spanish)[-.][\w-]{8}\.js$/;

/** Chunks that bring exercises to life and tables into order, and what on a page asks for them. */
const askedFor = [
  [/^_astro\/exercise[-.][\w-]{8}\.js$/, /\bdata-kind=["']?(ordering|written|code)\b/],
  [/^_astro\/sortTables[-.][\w-]{8}\.js$/, /\bclass=["']?[^"'>]*\bpaper-table\b/],
] as const;

/**
 * Chunks that no page brings: the search, the list of keys and what opens a card, which readers open, what reads a number that
 * is not digits alone, for who types one, the word on a newer version for who has the site kept, and on earlier answers for who
 * keeps them.
 */
const opened = /^_astro\/(dialogs|explore|typedNumber|updateNotice|earlierAnswer)[-.][\w-]{8}\.js$/;

/** The chunk with what only a widget's full size shows (src/shell/complete.ts): a card does not wait for it, a whole figure does. */
const fullSize = /^_astro\/full[-.][\w-]{8}\.js$/;

const all = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((match) => match.slice(1) as string[]);
const sum = (numbers: readonly number[]) => numbers.reduce((total, next) => total + next, 0);

/** A chunk that holds nothing but modules of the engine, as astro.config.ts names it. */
const isEngine = (file: string) => /(^|\/)engine-/.test(file);

/** Reads the pages of a built site under `dist`, served at `base`, whose registry knows these widgets. */
export function weigher(dist: string, known: readonly string[], base = "/") {
  const texts = new Map<string, string>();
  const sizes = new Map<string, number>();
  const read = (file: string) => {
    if (!texts.has(file)) texts.set(file, readFileSync(join(dist, file), "utf8"));
    return texts.get(file) as string;
  };
  const gzip = (file: string) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file))).length);
    return sizes.get(file) as number;
  };
  const part = (files: Iterable<string>, size = gzip): Part => {
    const sorted = [...new Set(files)].sort((a, b) => size(b) - size(a));
    return {files: sorted, bytes: sum(sorted.map(size))};
  };

  /** A link of `from` as a path in dist. Throws when there is no such file. */
  const resolve = (link: string, from: string) => {
    const path = link.split(/[?#]/)[0] ?? link;
    const within = path.startsWith(base) ? path.slice(base.length) : path.replace(/^\//, "");
    const file = /^\.\.?\//.test(path) || !path.startsWith("/") ? posix.join(dirname(from), path) : within;
    if (!existsSync(join(dist, file))) throw new Error(`budget: ${from} names ${link}, which is not in the built site`);
    return file;
  };
  const linked = (pattern: RegExp, file: string) => all(pattern, read(file)).map(([link = ""]) => resolve(link, file));

  /** What a registry in this script names, with the file it loads. */
  const entriesOf = (file: string) =>
    all(registered, read(file)).map(([name = "", link = ""]): [string, string] => [name, resolve(link, file)]);

  /** These scripts and all they import statically. */
  const closure = (files: Iterable<string>) => {
    const reached = new Set(files);
    for (const file of reached) for (const next of linked(staticImport, file)) reached.add(next);
    return reached;
  };
  const dynamics = (files: Iterable<string>) => [...files].flatMap((file) => linked(dynamicImport, file));
  const workers = (files: Iterable<string>) => [...files].flatMap((file) => linked(worker, file));
  /**
   * These scripts and all they may ever load: static, dynamic, workers; of a registry's entries those of these widgets.
   * What is loaded by then is not gone through again.
   */
  const everything = (files: Iterable<string>, used: readonly string[], loaded: ReadonlySet<string>) => {
    const reached = new Set(files);
    for (const file of reached) {
      if (loaded.has(file)) continue;
      const entries = entriesOf(file).filter(([name]) => known.includes(name));
      const others = new Set(entries.flatMap(([name, link]) => (used.includes(name) ? [] : [link])));
      for (const [name, link] of entries) if (used.includes(name)) others.delete(link);
      const asked = dynamics([file]).filter((next) => !others.has(next) && !opened.test(next));
      for (const next of [...closure([file]), ...asked, ...workers([file])]) reached.add(next);
    }
    return reached;
  };

  return function weigh(page: string): PageWeight {
    const html = read(page);
    const tags = all(/<(script|link)\b([^>]*)>/g, html).map(([tag, attributes = ""]) => {
      const value = (name: string) => new RegExp(`\\b${name}=["']?([^"'\\s>]+)`).exec(attributes)?.[1];
      return {
        tag,
        rel: value("rel"),
        href: value("href"),
        src: value("src"),
        type: value("type"),
        media: value("media"),
      };
    });
    const scripts = tags.flatMap(({src}) => (src ? [resolve(src, page)] : []));
    const preloaded = tags.flatMap(({rel, href}) => (rel === "modulepreload" && href ? [resolve(href, page)] : []));
    const sheetsFor = (paper: boolean) =>
      tags.flatMap(({rel, href, media}) =>
        rel === "stylesheet" && href && (media === "print") === paper ? [resolve(href, page)] : [],
      );
    const [sheets, printSheets] = [sheetsFor(false), sheetsFor(true)];

    const start = closure([...scripts, ...preloaded]);
    const names = new Map([...start].flatMap(entriesOf).filter(([name]) => known.includes(name)));
    // A classic script, as on an embed page, has its widget in it.
    const isClassic = tags.some(({src, type}) => src && type !== "module");
    const elements = all(/<lora-widget\b([^>]*)>/g, html).map(([attributes = ""]) => ({
      name: /\bname=["']?([\w-]+)/.exec(attributes)?.[1] ?? "",
      isCard: /\bdata-size=["']?(card|dock)\b/.test(attributes),
    }));
    const used = isClassic ? [] : [...new Set(elements.map(({name}) => name))];
    const isWhole = (widget: string) => elements.some(({name, isCard}) => name === widget && !isCard);
    const widgets = used.map((name) => {
      const file = names.get(name);
      if (!file) throw new Error(`budget: ${page} holds the widget ${name}, which no script of the page can load`);
      return [file, ...(isWhole(name) ? dynamics([file]).filter((next) => fullSize.test(next)) : [])];
    });
    const isWidget = new Set(names.values());
    const later = dynamics(start).filter((file) => !isWidget.has(file) && !opened.test(file));
    const shell = used.length ? later.filter((file) => !askedFor.some(([chunk]) => chunk.test(file))) : [];
    const wanted = later.filter((file) => askedFor.some(([chunk, asks]) => chunk.test(file) && asks.test(html)));
    const reach = widgets.map(closure);
    const shared = reach.flatMap((one, i) =>
      [...one].filter((file) => reach.some((two, j) => j !== i && two.has(file))),
    );
    const base = closure([...start, ...shell, ...shared]);
    const heaviest = (parts: readonly Part[]) => parts.reduce((a, b) => (b.bytes > a.bytes ? b : a), part([]));
    const further =
      widgets.length > 1 ? reach.map((one) => part([...one].filter((file) => !base.has(file) && !isEngine(file)))) : [];
    const live = new Set([
      ...start,
      ...everything([...shell, ...wanted, ...widgets.flat(), ...(used.length ? workers(start) : [])], used, start),
    ]);
    const hiring = closure(workers(live));
    const modelOf = new Map([...hiring].flatMap(entriesOf));
    const models = used.map((name) => closure(modelOf.has(name) ? [modelOf.get(name) as string] : []));
    const trains = [...reach, ...models].flatMap((one) => [...one]).filter(isEngine);
    const inWorker = models.map((one) => [...one].filter((file) => !isEngine(file) && !hiring.has(file)));
    const sharedThere = inWorker.flatMap((one, i) =>
      one.filter((file) => models.some((two, j) => j !== i && two.has(file))),
    );
    const first = (i: number) => [...base, ...(reach[i] as Set<string>), ...sharedThere, ...(inWorker[i] as string[])];
    const fonts = sheets.flatMap((file) => linked(/url\(\s*["']?([^"')]+\.woff2)/g, file));
    const raw = (file: string) => readFileSync(join(dist, file)).length;
    return {
      page,
      html: part([page]),
      css: part(sheets),
      printCss: part(printSheets),
      fonts: part(fonts, raw),
      script: part(start),
      firstWidget: heaviest(widgets.map((_, i) => part(first(i)))),
      anyWidgetFirst: heaviest(widgets.map((widget) => part(closure([...start, ...shell, ...widget])))),
      furtherWidget: heaviest(further),
      model: heaviest(inWorker.map((one) => part(one.filter((file) => !sharedThere.includes(file))))),
      training: part([...hiring, ...trains]),
      whole: part([page, ...sheets, ...printSheets, ...[...live].filter((file) => !labData.test(file))]),
      data: part(
        new Map(
          [...live].flatMap(
            (file) =>
              labData
                .exec(file)
                ?.slice(1, 2)
                .map((stem) => [stem, file]) ?? [],
          ),
        ).values(),
      ),
    };
  };
}
