/** What the modes of tests/run.ts run. */
import {existsSync, globSync} from "node:fs";

export const results = "tests/results";

type Report = "quick" | "unit" | "built" | "browser";

export interface Part {
  name: string;
  command: string;
  env?: Record<string, string>;
  /** Where the runner writes its counts, for parts made of tests. */
  report?: Report;
  /** The part this one is of no use without. */
  needs?: string;
}

/** Lanes side by side; the parts of a lane one after another. */
export type Stage = readonly (readonly Part[])[];

const vitest = (report: Report, ...rest: string[]): Pick<Part, "command" | "report"> => ({
  command: [
    "vitest run --config tests/vitest.config.ts --reporter=default --reporter=json",
    `--outputFile.json=${results}/${report}.json`,
    ...rest,
  ].join(" "),
  report,
});

const types = "astro check --noSync --minimumFailingSeverity hint";
const lint = "npm run -s lint";

/**
 * `npm test`, and `npm run test:all`. One site is built for its readers and one with the test widget in it, below another
 * path. Checking types reads what `astro sync` and the builds write, which is the same each time. The browser has both cores to
 * itself: its tests wait for what happens on the screen.
 */
const everything: readonly Stage[] = [
  [[{name: "sync", command: "astro sync"}]],
  [
    [
      {name: "types", command: types},
      {name: "lint", command: lint},
      {name: "unit", ...vitest("unit", "--exclude 'tests/{built,smoke}/**'")},
    ],
    [
      {name: "build", command: "astro build"},
      {
        name: "build below another path",
        command: `astro build --outDir ${results}/moved`,
        env: {BASE: "/a/b/", PROBE: "1"},
      },
      {
        name: "built site, other browsers",
        // Who drives another browser mostly waits: Firefox, WebKit and the readers of files run side by side.
        ...vitest("built", "tests/built/ tests/smoke/ --maxWorkers=4"),
        needs: "build",
      },
    ],
  ],
  [
    [
      {
        name: "browser",
        command: "playwright test --config tests/playwright.config.ts",
        report: "browser",
        needs: "build",
      },
    ],
  ],
];

/** What `npm run test:all` runs in addition. It asks a registry, which `npm test` does not need. */
const forReleases: Stage = [[{name: "known faults of packages", command: "node tests/audit.ts"}]];

export const everythingFor = (isAll: boolean): readonly Stage[] => (isAll ? [...everything, forReleases] : everything);

/** Tests that need no document and no build. Those of them that train are in files called `*.runs.test.ts`. */
const pure = ["content", "embed/frame", "engine", "figure", "house", "site/markdown", "site/styles"];

/** The files of a part: those whose path has its name, or several in a row, as whole names. */
export function filesOf(part: string, paths: readonly string[]): string[] {
  const name = part.replace(/^\/|\/$/g, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`(^|/)${name}(/|\\.|$)`);
  return paths.filter((path) => whole.test(path));
}

/**
 * `npm run quick`: the pure tests; or, with names of parts (`rank`, `engine/lora`, `book/quiz`), all types and the
 * tests of these parts: those whose files are called so, and what every widget promises for the widgets among them.
 */
export function quick(parts: readonly string[]): Stage[] {
  if (!parts.length)
    return [
      [
        [
          {
            name: "pure tests",
            ...vitest("quick", ...pure.map((folder) => `tests/${folder}/`), "--exclude 'tests/**/*.runs.test.ts'"),
          },
        ],
      ],
    ];
  const paths = ["src/**/*.{ts,astro}", "tests/**/*.test.ts"].flatMap((pattern) => globSync(pattern)).sort();
  const own = new Set(parts.flatMap((part) => filesOf(part, paths)));
  const widgets = [...own].flatMap((path) => /^src\/figures\/([^/]+)\/widget\.ts$/.exec(path)?.[1] ?? []);
  const tests = [...own].filter((path) => path.endsWith(".test.ts") && !/^tests\/(built|smoke)\//.test(path));
  if (widgets.length) tests.push("tests/figures/promises/registry.test.ts");
  if (!tests.length) throw new Error(`quick: no test belongs to ${parts.join(" ")}; name a widget, a file or a folder`);
  const sync = existsSync(".astro/types.d.ts") ? [] : [{name: "sync", command: "astro sync"}];
  return [
    [
      [...sync, {name: "types", command: "tsc -p tests/types"}],
      [{name: "tests", ...vitest("quick", ...tests), ...(widgets.length && {env: {WIDGETS: widgets.join()}})}],
    ],
  ];
}
