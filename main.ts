import { App } from "cdktf";
import { defineChosenDeployment } from "./lib/app";

const app = new App();
const stacks = defineChosenDeployment(app, process.env);
// what the file does not offer, a team changes here: docs/overrides.md
void stacks;
app.synth();
