import { choice } from "../azure/setting";
import { check, prefixed, Problem } from "../azure/check";
import { subscriptionList, subsetProblems } from "../azure/private-link";
import { judged } from "../azure/settled";

/** Who can ask for a connection to a Private Link Service, and whose request is granted at once. */
export const visibilitySettings = {
  /**
   * Who may ask for a connection: principals with rights on the service, the subscriptions listed, or everybody who learns
   * the alias.
   */
  visibility: choice("roleBasedAccessOnly", "restrictedBySubscription", "anyoneWithTheAlias").default(
    "restrictedBySubscription",
  ),
  /** The subscriptions that may ask, with restrictedBySubscription; where they are left out, those of this file's consumers. */
  visibilitySubscriptionIds: subscriptionList.optional(),
  /**
   * The subscriptions whose requests are granted at once; where they are left out, those of this file's consumers, none with
   * roleBasedAccessOnly.
   */
  autoApprovalSubscriptionIds: subscriptionList.optional(),
};

/**
 * Who can ask for a connection to a Private Link Service, and whose request is granted at once.
 *
 * There is one factory for each of the three modes that Azure has, so no combination can be written that Azure would
 * understand as another mode: an empty list of subscriptions, for one, does not mean everybody.
 * https://learn.microsoft.com/azure/private-link/private-link-service-overview#control-service-exposure
 */
export class Visibility {
  /** Only principals with rights on the service itself, in its own tenant; they can connect by resource id only. */
  static roleBasedAccessOnly(): Visibility {
    return new Visibility(undefined, [], false);
  }

  /**
   * The principals of the listed subscriptions, of any tenant.
   *
   * @param subscriptionIds 1 to 100 subscriptions
   * @param autoApproved those of them whose requests need no approval
   */
  static restrictedBySubscription(
    subscriptionIds: readonly string[],
    autoApproved: readonly string[] = [],
  ): Visibility {
    return new Visibility(subscriptionIds, autoApproved, false);
  }

  /**
   * Everybody who learns the alias, in all of Azure.
   *
   * @param autoApproved the subscriptions whose requests need no approval; everybody else waits for it
   */
  static anyoneWithTheAlias(autoApproved: readonly string[] = []): Visibility {
    return new Visibility(["*"], autoApproved, true);
  }

  private constructor(
    /** As azurerm takes it: nothing for role-based access, `*` for everybody. */
    readonly subscriptionIds: readonly string[] | undefined,
    /** The subscriptions whose requests are granted at once. */
    readonly autoApprovalSubscriptionIds: readonly string[],
    private readonly forEveryone: boolean,
  ) {}

  /** Whether a request from this subscription is granted at once. */
  approves(subscriptionId: string): boolean {
    return this.autoApprovalSubscriptionIds.includes(subscriptionId);
  }

  /** Whether the service can be asked for from this subscription by its alias. */
  includes(subscriptionId: string): boolean {
    return this.forEveryone || (this.subscriptionIds ?? []).includes(subscriptionId);
  }

  /** What Azure would refuse about the lists. */
  problems(): Problem[] {
    const listed = this.forEveryone ? undefined : this.subscriptionIds;
    return [
      ...check("visibilitySubscriptionIds", listed, ({ length }) =>
        length === 0
          ? "must name at least one subscription, got none; for role-based access say so instead"
          : undefined,
      ),
      ...prefixed("visibilitySubscriptionIds", judged(subscriptionList, listed ?? []).problems),
      ...prefixed("autoApprovalSubscriptionIds", judged(subscriptionList, this.autoApprovalSubscriptionIds).problems),
      ...subsetProblems("autoApprovalSubscriptionIds", this.autoApprovalSubscriptionIds, listed),
    ];
  }
}
