/** The worker of a page's figures. */
import {serveModels} from "./serveModels.ts";

serveModels();
