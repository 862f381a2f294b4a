import { Token } from "cdktf";
import { accountId } from "./account";
import { both, Check, matching, Problem } from "./check";
import { uuid } from "./names";
import { listOnce } from "./setting";
import { bytesOf, visibleText } from "./text";

// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#private-link-limits

/** NAT addresses that one Private Link Service can have. */
export const MAX_NAT_ADDRESSES = 8;

/** Subscriptions that a visibility or auto-approval list can hold. */
export const MAX_LISTED_SUBSCRIPTIONS = 100;

/** Private endpoints that one Private Link Service can have. */
export const MAX_ENDPOINTS_PER_SERVICE = 1000;

/** The alias of a Private Link Service: prefix, GUID, region and a fixed ending. */
export const privateLinkServiceAlias: Check<string> = matching(
  /^[a-zA-Z\d][\w.-]*\.[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\.[a-z\d]+\.azure\.privatelinkservice$/,
  "the alias of a Private Link Service: <name>.<GUID>.<region>.azure.privatelinkservice",
);

/** The message of a connection request; azurerm refuses a manual connection without one. */
export const requestMessage: Check<string> = both(bytesOf(1, 140), visibleText);

const notEverybody: Check<string> = (id) =>
  id === "*" ? 'must be a subscription, got "*"; visibility anyoneWithTheAlias is for everybody' : undefined;

/** The subscriptions that a service is visible to, or whose requests are granted at once. */
export const subscriptionList = listOnce(accountId(both(notEverybody, uuid))).max(MAX_LISTED_SUBSCRIPTIONS);

/** Auto-approved subscriptions to which the service is not visible; Azure wants a subset. */
export function subsetProblems(
  path: PropertyKey,
  approved: readonly string[],
  visible: readonly string[] | undefined,
): Problem[] {
  if (visible === undefined || visible.some((id) => Token.isUnresolved(id))) return [];
  const seen = new Set(visible.map((id) => id.toLowerCase()));
  return approved.flatMap((id, index) =>
    Token.isUnresolved(id) || seen.has(id.toLowerCase())
      ? []
      : [
          {
            path: [path, index],
            complaint: `must be one of the subscriptions that the service is visible to, got "${id}"; add it there too`,
          },
        ],
  );
}

// https://learn.microsoft.com/azure/private-link/configure-private-link-service-direct-connect
const DIRECT_CONNECT_REGIONS = [
  "northcentralus",
  "eastus2",
  "centralus",
  "southcentralus",
  "westus",
  "westus2",
  "westus3",
  "southeastasia",
  "australiaeast",
  "spaincentral",
];

/** A region that has the preview of Direct Connect. */
export const directConnectRegion: Check<string> = (region) =>
  Token.isUnresolved(region) || DIRECT_CONNECT_REGIONS.includes(region)
    ? undefined
    : `must be loadBalancer in ${region}: Azure has directConnect in ${DIRECT_CONNECT_REGIONS.join(", ")} only`;

/** Source ports that one NAT address has toward one forwarder. */
export const PORTS_PER_NAT_ADDRESS = 64000;
