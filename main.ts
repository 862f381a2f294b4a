import { App } from "cdktf";
import { defineChosenDeployment } from "./lib/app";

// cdktf's validations only ask Terraform's version, anew for every stack; a validation of your own wants them back.
const app = new App({ skipValidation: true });
defineChosenDeployment(app, process.env);
// what a deployment file does not offer is changed here, on the stacks that were just defined: docs/overrides.md
app.synth();
