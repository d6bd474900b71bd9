import type { LogLevel } from "@/api/types";
import { plainLine } from "./text";

export interface LogLine {
  id: number;
  time: string;
  level: LogLevel;
  /** What the line belongs to: a build's stage, a script's name. */
  group: string;
  text: string;
}

export interface LogContent {
  lines: readonly LogLine[];
  /** Lines that were dropped at the beginning to keep the page light. */
  dropped: number;
}

export const emptyLog: LogContent = { lines: [], dropped: 0 };

const MOST_LINES = 4_000;
const LONGEST_LINE = 4_000;

/** Adds lines in the order of their ids; a line that is there already, after a reconnection, is skipped. */
export function appendLines(content: LogContent, added: readonly LogLine[]): LogContent {
  let last = content.lines.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
  const fresh: LogLine[] = [];
  for (const line of added) {
    if (line.id <= last) continue;
    last = line.id;
    fresh.push({ ...line, text: plainLine(line.text).slice(0, LONGEST_LINE) });
  }
  if (fresh.length === 0) return content;
  const all = [...content.lines, ...fresh];
  const excess = Math.max(0, all.length - MOST_LINES);
  return { lines: excess === 0 ? all : all.slice(excess), dropped: content.dropped + excess };
}
