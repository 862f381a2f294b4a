import { privateLinkServiceAlias, requestMessage } from "../azure/private-link";
import { Problem, check } from "../azure/check";

/** How a private endpoint asks for its connection; one factory for each way that Azure has. */
export class ServiceConnection {
  /**
   * By resource id and without a request: for a subscription on the auto-approval list, or a deployer with rights on
   * the service.
   *
   * @param serviceAlias the service's alias; a service that is made anew under the same id has another, and endpoints of the
   *   former one stay disconnected: with it such an endpoint is made anew
   */
  static byResourceId(resourceId: string, serviceAlias?: string): ServiceConnection {
    return new ServiceConnection({ resourceId, serviceAlias });
  }

  /**
   * By resource id with a request that the owner approves.
   *
   * @param message what the owner reads, 1 to 140 bytes
   * @param serviceAlias the service's alias, as with `byResourceId`
   */
  static requestedByResourceId(resourceId: string, message: string, serviceAlias?: string): ServiceConnection {
    return new ServiceConnection({ resourceId, message, serviceAlias });
  }

  /**
   * By alias, from any tenant. Azure treats every such connection as a request; it is granted at once to a subscription
   * on the auto-approval list.
   *
   * @param message what the owner reads, 1 to 140 bytes
   */
  static byAlias(alias: string, message: string): ServiceConnection {
    return new ServiceConnection({ alias, message });
  }

  private constructor(
    /** What azurerm is told: exactly one of id and alias, and a message when the connection is requested. */
    readonly target: {
      readonly resourceId?: string;
      readonly alias?: string;
      readonly message?: string;
      /** What tells a service from a later one of the same id. */
      readonly serviceAlias?: string;
    },
  ) {}

  /** What Azure would refuse about the connection. */
  problems(): Problem[] {
    return [
      ...check("alias", this.target.alias, privateLinkServiceAlias),
      ...check("message", this.target.message, requestMessage),
    ];
  }
}
