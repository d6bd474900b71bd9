import type { ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { webAddress } from "@/modules/links";
import classes from "./Markdown.module.css";

const LONGEST = 200_000;

/**
 * Text by a template's author, who is not trusted with this page: HTML is left out, links lead only to web
 * addresses and tell them nothing of us, and pictures, which would be fetched from strangers, become their
 * description.
 */
const components: Components = {
  a: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
  img: ({ alt }) => <em>[{alt || "picture"}]</em>,
  // The page has its own first heading.
  h1: "h3",
  h2: "h3",
  h3: "h4",
};

export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown skipHtml components={components}>
        {withoutFrontMatter(text).slice(0, LONGEST)}
      </ReactMarkdown>
    </div>
  );
}

function OutsideLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const address = webAddress(href ?? "");
  if (address === undefined) return <span>{children}</span>;
  return (
    <a href={address.href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** The block of settings that a README may begin with. */
export function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, "");
}
