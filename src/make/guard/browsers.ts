import manifest from "../../../package.json" with {type: "json"};

const entries = manifest.browserslist.map((entry) => {
  const [, name, version] = /^(\w+) >= ([\d.]+)$/.exec(entry) ?? [];
  if (!name || !version)
    throw new Error(
      `package.json, browserslist: “${entry}” came, a name and a least version was due, as in “firefox >= 128”`,
    );
  return {name, version};
});

/** The oldest browsers that figures answer in, as build tools name them: "chrome123". */
export const targets: string[] = entries.map(({name, version}) => `${name === "ios_saf" ? "ios" : name}${version}`);

const versionOf = (name: string) => entries.find((entry) => entry.name === name)!.version;

/** The same in words. */
export const oldest = `Chrome and Edge ${versionOf("chrome")}, Firefox ${versionOf("firefox")} and Safari ${versionOf("safari")}`;
