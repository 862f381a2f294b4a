import { flag } from "./setting";

/**
 * Whether Terraform refuses to destroy or replace something that others depend on. A plan that would is an error then, before
 * anything is touched.
 */
export const deletionProtection = flag().default(true);
