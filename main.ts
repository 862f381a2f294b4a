import { App } from "cdktf";
import { synthesize } from "./lib/app";

synthesize(new App(), process.env);
