import {serveModels} from "./serveModels.ts";

serveModels();
