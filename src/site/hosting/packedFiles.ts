import {readFile} from "node:fs/promises";
import {gzipSync} from "node:zlib";

const QUERY = "?packed";

/** A Vite plugin: `import text from "file?packed"` gives a file as gzip in base64, for pages whose policy lets them load only scripts. */
export const packedFiles = () => ({
  name: "files as gzip in base64",
  enforce: "pre" as const,
  async load(id: string) {
    if (!id.endsWith(QUERY)) return undefined;
    const packed = gzipSync(await readFile(id.slice(0, -QUERY.length)), {level: 9});
    return `export default ${JSON.stringify(packed.toString("base64"))};`;
  },
});
