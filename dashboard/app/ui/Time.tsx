import { formatAbsolute, formatRelative, parseTime } from "@/modules/time";
import { useNow } from "@/modules/useNow";

interface TimeProps {
  value: string | null | undefined;
  /** What stands for an absent time. */
  absent?: string;
  exact?: boolean;
}

/** A time: relative with the exact one on hover, or the other way round. */
export function Time({ value, absent = "Never", exact = false }: TimeProps) {
  const now = useNow();
  const date = parseTime(value);
  if (date === undefined) return <span>{absent}</span>;
  const relative = formatRelative(date, now);
  const absolute = formatAbsolute(date);
  return (
    <time dateTime={date.toISOString()} title={exact ? relative : absolute}>
      {exact ? absolute : relative}
    </time>
  );
}
