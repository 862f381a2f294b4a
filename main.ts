import { App } from "cdktf";
import { defineChosenDeployment } from "./lib/app";

const app = new App();
defineChosenDeployment(app, process.env);
// what a deployment file does not offer is changed here, on the stacks that were just defined: docs/overrides.md
app.synth();
