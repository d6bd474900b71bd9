/**
 * The page's Content-Security-Policy allows a <style> element only with the nonce of this response, and no
 * style attribute written as text. Three libraries create style elements of their own (xterm.js for its cell
 * sizes and colours, react-remove-scroll while a dialog is open, Mantine for its variables), and xterm.js
 * writes cell colours by `setAttribute("style", ...)`. Here these two calls are made to pass:
 *
 * - `document.createElement("style")` gives the element the nonce;
 * - `setAttribute("style", text)` becomes `style.cssText = text`, which the policy does not concern.
 *
 * Nothing is weakened: the policy keeps out styles that arrive as markup, and only script of our own origin,
 * which may set any style property anyway, can call these methods.
 */
const PLACEHOLDER = "__CSP_NONCE__";

let nonce = "";

/** The nonce the server put into the page; empty where none was (the development server). */
export function styleNonce(): string {
  return nonce;
}

export function installStyleNonce(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]');
  nonce = meta && meta.content !== PLACEHOLDER ? meta.content : "";
  // Attribute selectors could spell it out to an injected style sheet.
  meta?.remove();
  if (nonce !== "") giveNonceToStyleElements(nonce);
  writeStyleAttributesAsProperties();
}

function giveNonceToStyleElements(value: string): void {
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (
    this: Document,
    name: string,
    options?: ElementCreationOptions,
  ) {
    const element = create.call(this, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = value;
    return element;
  } as typeof create;
}

function writeStyleAttributesAsProperties(): void {
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (this: Element, name: string, value: string) {
    if (name === "style" && this instanceof HTMLElement) this.style.cssText = value;
    else set.call(this, name, value);
  };
}
