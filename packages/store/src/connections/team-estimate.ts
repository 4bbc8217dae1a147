/**
 * What a team costs in API calls a day, shown before an admin switches it on (B6.1). Counted from the pace of
 * polls, which is what nearly all calls are: once a minute while idle, every 12 s while anything moves.
 */
export interface OrgTeam {
  readonly accounts: number;
  /** One of them is known to read every task of the org, and polls for all (E3). */
  readonly sharesFeed: boolean;
}

export interface CallEstimate {
  /** A day on which nothing happens. */
  readonly quiet: number;
  /** Eight hours in which something happens all the time. */
  readonly busy: number;
}

const IDLE_AN_HOUR = 60;
const ACTIVE_AN_HOUR = 300;
const WORKING_HOURS = 8;
/** Writes travel together; this is a person who changes something every five minutes, and a daily comparison. */
const OWN_BUSY = 100;
const OWN_QUIET = 1;

export function estimateCalls(orgs: readonly OrgTeam[]): CallEstimate {
  let [quiet, busy] = [0, 0];
  for (const { accounts, sharesFeed } of orgs) {
    const pollers = sharesFeed ? Math.min(1, accounts) : accounts;
    quiet += pollers * 24 * IDLE_AN_HOUR + accounts * OWN_QUIET;
    busy +=
      pollers * (WORKING_HOURS * ACTIVE_AN_HOUR + (24 - WORKING_HOURS) * IDLE_AN_HOUR) +
      accounts * OWN_BUSY;
  }
  return { quiet, busy };
}
