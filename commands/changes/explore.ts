import { Applied } from "/work/wt/ten/commands/changes/terraform";
import { parse } from "yaml";
import { readFileSync } from "node:fs";
const q = () => parse(readFileSync("/work/wt/ten/deployments/quickstart.yaml", "utf8"));
function tried(name: string, before: any, after: any, stack = "provider") {
  const a = Applied.none();
  for (const s of a.synthesize(before).slice(0, stack === "provider" ? 1 : 99)) a.apply(s);
  a.synthesize(after);
  console.log("==", name);
  try { for (const m of a.apply(stack)) console.log(`   ${m.at.padEnd(5)} ${m.action.padEnd(6)} ${m.address}`); } catch (e) { console.log(String(e).slice(0,3000)); }
  console.log("   next:", a.plan(stack));
}
const two = () => { const c = q(); c.provider.forwarder.virtualMachines = [{name:"vm-a"},{name:"vm-b"}]; return c; };
const which = process.argv[2];
const cases: Record<string, () => void> = {
  lbname: () => { const c = two(); c.provider.loadBalancer.name = "lb-other"; tried("lb name", two(), c); },
  frontend: () => { const c = two(); c.provider.loadBalancer.frontendName = "other"; tried("frontend name", two(), c); },
  size: () => { const c = two(); c.provider.forwarder.size = "Standard_B2s"; tried("size", two(), c); },
  ports: () => { const c = two(); c.provider.forwarder.ports = [443, 8443]; tried("ports", two(), c); },
  location: () => { const c = two(); c.provider.location = "westeurope"; tried("location", two(), c); },
  consumer: () => { const c = q(); c.consumers[0].location = "westus2"; tried("consumer location", q(), c, "consumer-external"); },
  sku: () => { const c = two(); c.provider.apim.skuName = "Premium_1"; tried("sku", two(), c); },
  subnet: () => { const c = two(); c.provider.network.subnets.forwarder = {addressPrefix: "10.0.3.0/24"}; tried("own subnet", two(), c); },
  apimrange: () => { const c = two(); c.provider.network.subnets.apim.addressPrefix = "10.0.4.0/24"; tried("apim range", two(), c); },
  scaleset: () => { const c = two(); c.provider.forwarder.scaleSet = {}; tried("scale set beside", two(), c); },
  os: () => { const c = two(); delete c.provider.forwarder.sshPublicKey; c.provider.forwarder.operatingSystem = "windows"; c.provider.forwarder.size="Standard_B2s"; tried("windows", two(), c); },
};
cases.subnetname = () => { const c = two(); c.provider.network.subnets.privateLinkService.name = "snet-other"; tried("subnet name", two(), c); };
for (const w of process.argv.slice(2)) cases[w]!();
