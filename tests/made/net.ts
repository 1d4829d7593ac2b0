// Writes what every figure draws and says, to compare before and after a change of code that is to change neither:
// `npm run net -- FOLDER [FIGURE …]` on both, then `diff -r` of the two folders.
import {join} from "node:path";
import {runnerImport} from "vite";

if (!process.argv[2]) throw new Error("net: name the folder to write to, such as tests/results/net/before");
await runnerImport(join(import.meta.dirname, "record.ts"), {configFile: false, logLevel: "warn"});
