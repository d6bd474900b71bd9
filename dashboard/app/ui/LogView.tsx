import { memo, useLayoutEffect, useRef } from "react";
import type { SocketState } from "@/api/socket";
import type { LogContent, LogLine } from "@/modules/logBuffer";
import classes from "./LogView.module.css";

interface LogViewProps {
  label: string;
  content: LogContent;
  state: SocketState;
}

const NEAR_END_PX = 40;
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** A log that stays at its end while it grows, unless somebody has scrolled back. */
export function LogView({ label, content, state }: LogViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const onScroll = () => {
    const element = box.current;
    if (element)
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever lines were added
  useLayoutEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [content]);
  return (
    <div
      ref={box}
      onScroll={onScroll}
      className={classes.log}
      role="log"
      aria-live="off"
      aria-label={label}
      tabIndex={0}
    >
      {content.dropped > 0 && (
        <div className={classes.note}>{content.dropped} earlier lines are not shown.</div>
      )}
      {content.lines.map((line, index) => (
        <Entry key={line.id} line={line} starts={line.group !== content.lines[index - 1]?.group} />
      ))}
      <div className={classes.note}>{note(content, state)}</div>
    </div>
  );
}

const Entry = memo(function Entry({ line, starts }: { line: LogLine; starts: boolean }) {
  return (
    <>
      {starts && line.group !== "" && <div className={classes.group}>{line.group}</div>}
      {line.text !== "" && (
        <div className={classes.line}>
          <span className={classes.time}>{formatClock(line.time)}</span>
          <span className={classes[line.level]}>{line.text}</span>
        </div>
      )}
    </>
  );
});

function formatClock(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : clock.format(date);
}

function note(content: LogContent, state: SocketState): string {
  switch (state.kind) {
    case "connecting":
      return "Connecting …";
    case "waiting":
      return "The connection broke off. Trying again …";
    case "open":
      return content.lines.length === 0 ? "Waiting for output …" : "";
    case "closed":
      return content.lines.length === 0 ? "There is no output." : "";
  }
}
