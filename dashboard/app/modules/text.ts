// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is removed here

/** CSI, OSC and the two- and three-character escape sequences. */
const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]+[0-~]|[0-~])|\u009b[0-?]*[ -/]*[@-~]/g;
const CONTROLS_BUT_TAB_AND_LINE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks that reorder text: a title or link could read differently from what it is. */
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A log line as plain text. */
export function plainLine(line: string): string {
  const last = line.replace(/\r+$/, "").split("\r").pop() ?? "";
  return last.replace(ESCAPES, "").replace(CONTROLS_BUT_TAB_AND_LINE, "");
}

/** A title set by a program in a terminal, fit for a browser tab. */
export function plainTitle(title: string): string {
  return plainLine(title).replace(/\s+/g, " ").replace(BIDI, "").trim().slice(0, 80);
}

/**
 * Text to paste: without the control characters by which a page could end the bracketed-paste mode or press
 * keys on the person's behalf. Line breaks and tabs remain.
 */
export function pasteText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROLS_BUT_TAB_AND_LINE, "").replace(BIDI, "");
}
