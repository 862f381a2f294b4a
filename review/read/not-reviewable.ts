/** What keeps a review from being made; its message says what to do. */
export class NotReviewable extends Error {}
