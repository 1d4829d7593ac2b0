import manifest from "../../../package.json" with {type: "json"};

const entries = manifest.browserslist.map((entry) => {
  const [, name, version] = /^(\w+) >= ([\d.]+)$/.exec(entry) ?? [];
  if (!name || !version)
    throw new Error(
      `package.json, browserslist: expected a name and its lowest version, such as “firefox >= 128”, got “${entry}”`,
    );
  return {name, version};
});

/** The oldest browsers that figures work in, as build tools name them: "chrome123". */
export const browserTargets: string[] = entries.map(
  ({name, version}) => `${name === "ios_saf" ? "ios" : name}${version}`,
);

const versionOf = (name: string) => entries.find((entry) => entry.name === name)!.version;

/** The oldest browsers in words: "Chrome or Edge 123, Firefox 128 or Safari 17.5". */
export const oldestBrowsers = `Chrome or Edge ${versionOf("chrome")}, Firefox ${versionOf("firefox")} or Safari ${versionOf("safari")}`;
