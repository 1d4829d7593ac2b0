// Loaded by startSearch.ts on demand. One file for both dialogs: the name of a second would make the script of every page longer.
export {openKeyHelp} from "./keyHelp.ts";
export {openSearch} from "./searchDialog.ts";
