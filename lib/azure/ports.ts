import { Check, wholeNumber } from "./check";

/**
 * A TCP port that a load balancer's front end listens on. The API ends at 65534, azurerm lets 65535 through.
 * https://learn.microsoft.com/rest/api/load-balancer/load-balancers/create-or-update ("between 0 and 65534", where 0 is for
 * all ports; 2026-11)
 */
export const frontendPort: Check<number> = wholeNumber(1, 65534);

/**
 * The load balancer's rules that one network interface can have over all its addresses.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#load-balancer
 * (2024-10-24)
 */
export const MAX_RULES_PER_INTERFACE = 300;
