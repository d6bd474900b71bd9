const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before attempt `attempt` (0 = the first repetition): doubling, at most half a minute,
 * and spread over half of its range so that a restarted server is not met by everybody at once.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random());
}
