import { App } from "cdktf";
import { defineChosenDeployment } from "../../lib/app";
import { InternalApim } from "../../lib/provider/internal-apim";

const app = new App();
const { provider } = defineChosenDeployment(app, process.env);

// an argument that the bindings have: APIM gets an identity, with which it can read its certificates from a key vault.
const apim = provider?.vnet.apim;
if (apim instanceof InternalApim) apim.apiManagement.putIdentity({ type: "SystemAssigned" });

// anything else, under Terraform's own name: a service that is replaced has another alias, which ends every connection.
provider?.service.service.addOverride("lifecycle.prevent_destroy", true);

app.synth();
