const MOST_UNITS = 4_096;

/** Cuts input into messages of a bounded size, never between the halves of one character. */
export function* chunks(text: string, most = MOST_UNITS): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + most);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && end - start > 1 && last >= 0xd800 && last <= 0xdbff) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}
