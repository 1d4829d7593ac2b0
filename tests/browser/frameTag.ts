export {SANDBOX as RECOMMENDED} from "../../src/figure/share/frame.ts";

/** The sandbox with the fewest rights in which a figure still lives. */
export const NARROWEST = "allow-scripts";

/** A frame on a host's page; `sandbox` null leaves the attribute out. */
export const frameTag = (src: string, sandbox: string | null = NARROWEST, size = 'width="900" height="1200"'): string =>
  `<iframe title="A widget" src="${src}" ${size}${sandbox === null ? "" : ` sandbox="${sandbox}"`}></iframe>`;
