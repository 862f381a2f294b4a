import { App } from "cdktf";
import { defineChosenDeployment } from "../../lib/app";
import { InternalApim } from "../../lib/provider/internal-apim";

const app = new App();
const { provider } = defineChosenDeployment(app, process.env);

// an argument that the bindings have: APIM gets an identity, with which it can read its certificates from a key vault.
const apim = provider?.vnet.apim;
if (apim instanceof InternalApim) apim.apiManagement.putIdentity({ type: "SystemAssigned" });

// anything else, under Terraform's own name: how long Terraform waits until Azure has made the service.
provider?.service.service.addOverride("timeouts.create", "90m");

app.synth();
