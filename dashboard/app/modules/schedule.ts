/** The days by the numbers that schedules use for them. */
export const weekdays: { value: string; label: string; name: string }[] = [
  { value: "1", label: "Mon", name: "monday" },
  { value: "2", label: "Tue", name: "tuesday" },
  { value: "3", label: "Wed", name: "wednesday" },
  { value: "4", label: "Thu", name: "thursday" },
  { value: "5", label: "Fri", name: "friday" },
  { value: "6", label: "Sat", name: "saturday" },
  { value: "0", label: "Sun", name: "sunday" },
];

/** A time of day on some days of the week, in a time zone. */
export interface Schedule {
  zone: string;
  /** `HH:MM`. */
  time: string;
  /** Numbers as in `weekdays`. */
  days: string[];
}

const LINE = /^(?:CRON_TZ=(\S+)\s+)?(\d{1,2})\s+(\d{1,2})\s+\*\s+\*\s+(\S+)$/;

/** Reads `CRON_TZ=Europe/Rome 30 9 * * 1-5`; undefined for what a time and some days cannot say. */
export function parseSchedule(line: string | null | undefined): Schedule | undefined {
  const found = LINE.exec((line ?? "").trim());
  if (found === null) return undefined;
  const [, zone = "UTC", minute = "0", hour = "0", days = "*"] = found;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  const list = parseDays(days);
  if (list === undefined) return undefined;
  return { zone, time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`, days: list };
}

function parseDays(text: string): string[] | undefined {
  if (text === "*") return weekdays.map(({ value }) => value);
  const list: string[] = [];
  for (const part of text.split(",")) {
    const range = /^([0-7])(?:-([0-7]))?$/.exec(part);
    if (range === null) return undefined;
    const from = Number(range[1]);
    const to = Number(range[2] ?? range[1]);
    if (from > to) return undefined;
    // Seven is Sunday as well.
    for (let day = from; day <= to; day += 1) list.push(String(day % 7));
  }
  return [...new Set(list)];
}

/** The line that says it; every day is said by a star. */
export function formatSchedule({ zone, time, days }: Schedule): string {
  const [hour = "0", minute = "0"] = time.split(":");
  const which = days.length === 7 ? "*" : [...days].sort().join(",");
  return `CRON_TZ=${zone} ${Number(minute)} ${Number(hour)} * * ${which}`;
}

export function checkSchedule({ zone, time, days }: Schedule): string | null {
  if (!/^\d{2}:\d{2}$/.test(time)) return "Enter a time.";
  if (days.length === 0) return "Choose at least one day.";
  return zone === "" ? "Choose a time zone." : null;
}

/** The time zones this browser knows, and the given one. */
export function timeZones(present: string): string[] {
  return [...new Set([present, "UTC", ...Intl.supportedValuesOf("timeZone")])].filter((zone) => zone !== "");
}

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
