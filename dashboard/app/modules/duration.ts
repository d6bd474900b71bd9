const HOUR_MS = 3_600_000;

/** Milliseconds as hours for a field; at most two decimals. */
export function toHours(ms: number | null | undefined): number {
  return Math.round(((ms ?? 0) / HOUR_MS) * 100) / 100;
}

export function fromHours(hours: number | string): number {
  const number = typeof hours === "number" ? hours : Number(hours || 0);
  return Number.isFinite(number) ? Math.round(number * HOUR_MS) : 0;
}

export const toDays = (ms: number | null | undefined) => Math.round((toHours(ms) / 24) * 100) / 100;
export const fromDays = (days: number | string) =>
  fromHours((typeof days === "number" ? days : Number(days || 0)) * 24);
