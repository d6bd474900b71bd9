/** The cloister arch: one vault over two openings. Decorative; the word stands beside it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <path
        d="M5.5 26V15.5C5.5 9.7 10.2 5.5 16 5.5s10.5 4.2 10.5 10V26M4 26.2h24M11 26v-8.5c0-1.9 1-3.3 2.5-3.3s2.5 1.4 2.5 3.3V26m0-8.5c0-1.9 1-3.3 2.5-3.3s2.5 1.4 2.5 3.3V26"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
