/** A mistake in a deployment file; the message is for the person who wrote it and names everything at once. */
export class DeploymentError extends Error {}
