/** B8.2: while anything moved within the overlap window. */
export const POLL_ACTIVE_MS = 12_000;
/** B8.2: "slower when idle". One call a minute is 1,440 a day for each connection. */
export const POLL_IDLE_MS = 60_000;
/** While change events tell of changes: the polls are the net under them, 288 a day for the whole org. */
export const POLL_WITH_EVENTS_MS = 5 * 60_000;
/** E4: quick edits within this time become one write. The store appoints the turn that an edit asks for by it. */
export const EDIT_SETTLE_MS = 1_200;
/** A lost reply is looked into soon, but not so soon that Salesforce is still busy with the request. */
export const AFTER_UNKNOWN_MS = 2_000;
/** Network and server trouble: long enough not to hammer, short enough to be back quickly. */
export const AFTER_TROUBLE_MS = 15_000;
/** The rolling 24-hour limit frees slowly; asking more often would only spend what is left. */
export const AFTER_LIMIT_MS = 15 * 60_000;
